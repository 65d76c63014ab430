import { SatchelError } from "../contract/errors.ts";

interface Waiting {
  readonly shared: boolean;
  enter(): void;
}

/**
 * Exports of records read while no sync of records writes, and the other way round. Exports may run side by side, and so may
 * syncs. First come, first served, so that neither side waits for ever.
 *
 * Several syncs at once are let in since each is of another source; what matters is that the catalog stands still below an export.
 */
export class RecordsGate {
  #readers = 0;
  #writers = 0;
  readonly #waiting: Waiting[] = [];

  /**
   * For an export: waits until no sync writes, and none begins until the returned function is called (once is enough, more do no harm).
   *
   * @param onWait called where it has to wait
   * @throws CANCELLED where the signal is aborted while it waits
   */
  async read(signal: AbortSignal, onWait?: () => void): Promise<() => void> {
    return await this.#enter(true, signal, onWait);
  }

  /** The same where there is nothing to wait for; undefined where a sync writes, or waits to. */
  readNow(): (() => void) | undefined {
    if (this.#waiting.length > 0 || !this.#isFree(true)) return undefined;
    return this.#inside(true);
  }

  /** For a sync: waits until no export reads. @throws as `read` */
  async write(signal: AbortSignal, onWait?: () => void): Promise<() => void> {
    return await this.#enter(false, signal, onWait);
  }

  /** Whether an export reads, or waits to. */
  get isReading(): boolean {
    return this.#readers > 0 || this.#waiting.some(({ shared }) => shared);
  }

  async #enter(shared: boolean, signal: AbortSignal, onWait: (() => void) | undefined): Promise<() => void> {
    if (signal.aborted) throw cancelled(signal);
    if (this.#waiting.length > 0 || !this.#isFree(shared)) {
      onWait?.();
      await new Promise<void>((resolve, reject) => {
        const waiting = { shared, enter: resolve };
        this.#waiting.push(waiting);
        signal.addEventListener(
          "abort",
          () => {
            const place = this.#waiting.indexOf(waiting);
            // Let in already: whoever waits looks at the signal itself.
            if (place === -1) return;
            this.#waiting.splice(place, 1);
            this.#admit();
            reject(cancelled(signal));
          },
          { once: true },
        );
      });
      return this.#leaving(shared);
    }
    return this.#inside(shared);
  }

  #inside(shared: boolean): () => void {
    this.#count(shared, 1);
    return this.#leaving(shared);
  }

  #leaving(shared: boolean): () => void {
    let inside = true;
    return () => {
      if (!inside) return;
      inside = false;
      this.#count(shared, -1);
      this.#admit();
    };
  }

  #isFree(shared: boolean): boolean {
    return shared ? this.#writers === 0 : this.#readers === 0;
  }

  #count(shared: boolean, change: number): void {
    if (shared) this.#readers += change;
    else this.#writers += change;
  }

  #admit(): void {
    for (let first = this.#waiting[0]; first !== undefined && this.#isFree(first.shared); first = this.#waiting[0]) {
      this.#waiting.shift();
      // Counted here: between this and the turn of who waited, nobody else may come in.
      this.#count(first.shared, 1);
      first.enter();
    }
  }
}

function cancelled(signal: AbortSignal): SatchelError {
  return signal.reason instanceof SatchelError ? signal.reason : new SatchelError("CANCELLED", "Cancelled.");
}
