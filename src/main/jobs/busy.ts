/** Told whether long work is under way and how much of it is done (0 to 1; null where that is not known). */
export type OnBusy = (busy: boolean, progress: number | null) => void;

/** One piece of long work. */
export interface BusyWork {
  /** @param share 0 to 1 */
  update(share: number): void;
  /** Safe to call twice. */
  end(): void;
}

const INTERVAL_MS = 500;

/** Adds up long work (jobs, copies) for what the shell does meanwhile: it keeps the machine awake and shows a bar in the taskbar. */
export class Busy {
  readonly #onBusy: OnBusy;
  readonly #shares = new Map<BusyWork, number | null>();
  #told = -INTERVAL_MS;

  constructor(onBusy: OnBusy | undefined) {
    this.#onBusy = onBusy ?? (() => undefined);
  }

  begin(): BusyWork {
    const work: BusyWork = {
      update: (share) => {
        if (!this.#shares.has(work)) return;
        this.#shares.set(work, share);
        if (performance.now() - this.#told >= INTERVAL_MS) this.#tell();
      },
      end: () => {
        if (this.#shares.delete(work)) this.#tell();
      },
    };
    this.#shares.set(work, null);
    this.#tell();
    return work;
  }

  #tell(): void {
    this.#told = performance.now();
    const known = [...this.#shares.values()].filter((share) => share !== null);
    const mean = known.reduce((sum, share) => sum + share, 0) / known.length;
    this.#onBusy(this.#shares.size > 0, known.length === 0 ? null : Math.min(1, mean));
  }
}
