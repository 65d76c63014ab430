import { Worker } from "node:worker_threads";
import { fromErrorRecord, SatchelError } from "../../contract/errors.ts";
import { createWatch, findStuck } from "../jobs/watchdog.ts";
import type { FromSideThread, SideAnswers, SideQuestion, ToSideThread } from "./side-messages.ts";

/** Questions that the thread has in hand at once: more than one, since reading may wait for a network. */
const MOST_IN_HAND = 4;
const LOOK_MS = 1_000;
/** A frame that nobody waits for any more may keep others waiting for so long. */
const LONGEST_UNWANTED_SECONDS = 2;

interface Asked {
  id: number;
  question: SideQuestion;
  signal: AbortSignal;
  resolve(answer: SideAnswers[keyof SideAnswers]): void;
  reject(error: unknown): void;
  forget(): void;
}

/**
 * One thread beside the job workers, started when first asked, kept, and replaced if it dies. What was aborted is dropped from its queue.
 * A frame that cannot be decoded in its time ends the thread; what else it had in hand is asked again.
 */
export class SideThread {
  readonly #file: URL;
  readonly #longestFrameSeconds: number | undefined;
  #worker: Worker | undefined;
  #watch = createWatch(1);
  #looking: NodeJS.Timeout | undefined;
  #waiting: Asked[] = [];
  readonly #inHand = new Map<number, Asked>();
  #ids = 0;
  #closed = false;

  /** @param file entry of the worker threads, a port of createApp */
  constructor(file: URL, longestFrameSeconds?: number) {
    this.#file = file;
    this.#longestFrameSeconds = longestFrameSeconds;
  }

  /** @throws what the question meets; CANCELLED, WORKER_DIED, CANNOT_RENDER where a frame took too long */
  async ask<Q extends SideQuestion>(question: Q, signal: AbortSignal): Promise<SideAnswers[Q["kind"]]> {
    if (this.#closed) throw new SatchelError("CANCELLED", "Satchel is being closed.");
    if (signal.aborted) throw cancelled();
    return await new Promise((resolve, reject) => {
      const id = ++this.#ids;
      const drop = (): void => this.#drop(id);
      signal.addEventListener("abort", drop, { once: true });
      const forget = (): void => signal.removeEventListener("abort", drop);
      this.#waiting.push({ id, question, signal, resolve: resolve as Asked["resolve"], reject, forget });
      this.#send();
    });
  }

  /** Ends the thread; what it has in hand is cancelled. */
  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#looking);
    for (const asked of [...this.#waiting, ...this.#inHand.values()]) this.#drop(asked.id);
    await this.#worker?.terminate();
  }

  #drop(id: number): void {
    const waiting = this.#waiting.find((asked) => asked.id === id);
    const asked = waiting ?? this.#inHand.get(id);
    if (asked === undefined) return;
    if (waiting === undefined) this.#post({ type: "abort", id });
    this.#waiting = this.#waiting.filter((other) => other.id !== id);
    // What is in hand stays there until its answer comes, or the thread would be given more than it may hold.
    asked.forget();
    asked.reject(cancelled());
  }

  #send(): void {
    while (this.#waiting.length > 0 && this.#inHand.size < MOST_IN_HAND) {
      const asked = this.#waiting.shift() as Asked;
      this.#inHand.set(asked.id, asked);
      this.#post({ type: "ask", id: asked.id, question: asked.question });
    }
    if (this.#inHand.size > 0) {
      this.#worker?.ref();
      this.#looking ??= setInterval(() => this.#look(), LOOK_MS).unref();
    } else {
      // An idle thread must not keep a finished command from ending.
      this.#worker?.unref();
      clearInterval(this.#looking);
      this.#looking = undefined;
    }
  }

  #post(message: ToSideThread): void {
    this.#worker ??= this.#start();
    this.#worker.postMessage(message);
  }

  #start(): Worker {
    const worker = new Worker(this.#file, { workerData: { index: 0, role: "side" } });
    this.#watch = createWatch(1);
    worker.postMessage({ type: "watch", watch: this.#watch } satisfies ToSideThread);
    worker.on("message", (message: FromSideThread) => this.#take(message));
    let cause: unknown;
    worker.on("error", (error) => (cause = error));
    worker.on("exit", () => this.#gone(worker, cause));
    return worker;
  }

  #take(message: FromSideThread): void {
    const asked = this.#inHand.get(message.id);
    this.#inHand.delete(message.id);
    asked?.forget();
    if (message.type === "answer") asked?.resolve(message.answer);
    else asked?.reject(fromErrorRecord(message.error));
    this.#send();
  }

  #look(): void {
    const tooLong = new Set(findStuck(this.#watch, this.#longestFrameSeconds).map(({ item }) => item));
    for (const { item } of findStuck(this.#watch, LONGEST_UNWANTED_SECONDS)) {
      const stuck = this.#inHand.get(item);
      const worker = this.#worker;
      if (stuck === undefined || worker === undefined || !(tooLong.has(item) || stuck.signal.aborted)) continue;
      this.#inHand.delete(item);
      stuck.forget();
      stuck.reject(
        new SatchelError(
          "CANNOT_RENDER",
          "The pixel data cannot be shown as a picture: decoding a frame took too long.",
          "Open the DICOM file itself in a viewer; it is not affected.",
        ),
      );
      this.#worker = undefined;
      this.#waiting.unshift(...[...this.#inHand.values()].filter(({ signal }) => !signal.aborted));
      this.#inHand.clear();
      void worker.terminate();
      this.#send();
    }
  }

  #gone(worker: Worker, cause: unknown): void {
    if (this.#worker !== worker) return;
    this.#worker = undefined;
    const lost = [...this.#inHand.values()];
    this.#inHand.clear();
    for (const asked of lost) {
      asked.forget();
      asked.reject(new SatchelError("WORKER_DIED", "A worker thread ended unexpectedly.", "Try again.", { cause }));
    }
    if (!this.#closed) this.#send();
  }
}

function cancelled(): SatchelError {
  return new SatchelError("CANCELLED", "The request was cancelled.");
}
