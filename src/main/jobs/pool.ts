import { Worker } from "node:worker_threads";
import { SatchelError } from "../../contract/errors.ts";
import type { FromWorker, RunKind, ToWorker } from "./messages.ts";

/** Who listens to the workers during one run. */
export interface PoolListener {
  message(message: FromWorker, worker: number): void;
  /** A worker ended by itself; it has been replaced. What it had in hand is lost. */
  died(error: SatchelError, worker: number): void;
}

/**
 * Worker threads, started when first needed and kept. One run at a time has them. A worker that dies is replaced, and the run is told.
 */
export class WorkerPool {
  readonly #file: URL;
  #size: number;
  readonly #workers: Worker[] = [];
  #listener: PoolListener | undefined;
  #waiting: (() => void)[] = [];
  #busy = false;
  #closing = false;

  constructor(file: URL, size: number) {
    this.#file = file;
    this.#size = size;
  }

  get size(): number {
    return this.#size;
  }

  /** A run has the workers: another would wait. */
  get isBusy(): boolean {
    return this.#busy;
  }

  /** How many there are to be. Once they have started it stays as it is: a run counts on it. */
  resize(size: number): void {
    if (this.#workers.length === 0) this.#size = size;
  }

  /** Waits until no other run has the workers, then lends them out. @throws CANCELLED while it waits */
  async acquire(listener: PoolListener, signal: AbortSignal): Promise<void> {
    while (this.#busy) {
      if (signal.aborted) throw new SatchelError("CANCELLED", "The job was cancelled before its turn came.");
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve);
        signal.addEventListener("abort", () => resolve(), { once: true });
      });
    }
    if (this.#closing) throw new SatchelError("CANCELLED", "Satchel is being closed.");
    this.#busy = true;
    this.#listener = listener;
    this.start();
    for (const worker of this.#workers) worker.ref();
  }

  /** Starts the workers before they are needed, so that they load what the first run will be made of while other things are done. */
  start(first?: RunKind): void {
    while (this.#workers.length < this.#size) {
      const worker = this.#start(this.#workers.length, first);
      if (!this.#busy) worker.unref();
      this.#workers.push(worker);
    }
  }

  release(): void {
    this.#listener = undefined;
    this.#busy = false;
    // An idle pool must not keep a finished command from ending: process.exit() after worker work may hang (nodejs/node#54918).
    for (const worker of this.#workers) worker.unref();
    // All of them look: one that was cancelled meanwhile would not pass the word on.
    for (const wake of this.#waiting.splice(0)) wake();
  }

  send(message: ToWorker): void {
    for (const worker of this.#workers) worker.postMessage(message);
  }

  /** @throws CANCELLED while the pool is being closed: nobody would answer */
  sendTo(index: number, message: ToWorker): void {
    if (this.#closing) throw new SatchelError("CANCELLED", "Satchel is being closed.");
    this.#workers[index]?.postMessage(message);
  }

  /** Ends a worker that answers no more; it is replaced, and the run is told that it died. */
  end(index: number): void {
    void this.#workers[index]?.terminate();
  }

  /** Ends the workers and, with them, a run that still has them: resolves when that has let go. */
  async close(): Promise<void> {
    this.#closing = true;
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
    while (this.#busy) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  #start(index: number, first?: RunKind): Worker {
    const worker = new Worker(this.#file, {
      workerData: { index, first },
      // Big young generations make big processes: what a worker holds is buffers, which live outside the heap. Measured on 20,000
      // instances in 50 packages: 342 to 363 MB at most with 16, 334 with 8, 309 with 6, which costs a twentieth of the time.
      // Eight files of 60 MiB, deflated by two workers: 346 to 354 MB with 6, 336 to 345 with 2.
      resourceLimits: { maxYoungGenerationSizeMb: 2 },
    });
    worker.on("message", (message: FromWorker) => this.#listener?.message(message, index));
    let cause: unknown;
    worker.on("error", (error) => (cause = error));
    worker.on("exit", () => {
      if (!this.#closing) {
        this.#workers[index] = this.#start(index);
        if (!this.#busy) this.#workers[index].unref();
      }
      this.#listener?.died(
        new SatchelError("WORKER_DIED", "A worker thread ended unexpectedly.", "Resume the job.", { cause }),
        index,
      );
    });
    return worker;
  }
}
