/** Data between two marks of the journal: what a power cut costs at most, and what a resumed job reads again. */
const SYNC_BYTES = 256 * 1024 * 1024;

/** Makes what a run writes durable from time to time, beside the writing. */
export class SyncMarks {
  readonly #sync: () => Promise<void>;
  #unsynced = 0;
  #syncing: Promise<void> | undefined;
  #failure: { thrown: unknown } | undefined;

  /** @param sync makes everything written so far durable and marks it in the journal */
  constructor(sync: () => Promise<void>) {
    this.#sync = sync;
  }

  /** Bytes that have been written. */
  wrote(bytes: number): void {
    this.#unsynced += bytes;
    if (this.#unsynced < SYNC_BYTES || this.#syncing !== undefined) return;
    this.#unsynced = 0;
    this.#syncing = this.#sync()
      .catch((thrown: unknown) => void (this.#failure ??= { thrown }))
      .then(() => void (this.#syncing = undefined));
  }

  /** @throws what a mark failed with */
  assertDurable(): void {
    if (this.#failure !== undefined) throw this.#failure.thrown;
  }

  /** Waits for the mark that is being made: it must not outlive the run. */
  async settle(): Promise<void> {
    await this.#syncing;
  }
}
