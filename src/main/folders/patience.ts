import { SatchelError } from "../../contract/errors.ts";

/** Calls that have not come back and hold a thread each, of the four that Node.js has for files. */
const MOST_STUCK = 2;

/**
 * Asks file systems that may never answer: a server that was switched off under its mount holds a call, and the thread that makes it, for
 * minutes or for ever. One such call is waited for, and no other is sent after it until it has come back.
 */
export class Patience {
  readonly #limit: number;
  readonly #stuck = new Map<string, number>();

  /** @param limit milliseconds that one call may take */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /**
   * @param mount which file system is asked
   * @throws SatchelError READ_FAILED where it does not answer; what `action` throws
   */
  async ask<T>(mount: string, action: () => Promise<T>): Promise<T> {
    if (this.#stuck.has(mount) || this.#stuck.size >= MOST_STUCK) throw noAnswer();
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      this.#stuck.set(mount, (this.#stuck.get(mount) ?? 0) + 1);
      reject(noAnswer());
    }, this.#limit);
    const ended = (): void => {
      clearTimeout(timer);
      if (!late) return;
      const left = (this.#stuck.get(mount) ?? 1) - 1;
      if (left === 0) this.#stuck.delete(mount);
      else this.#stuck.set(mount, left);
    };
    action()
      .finally(ended)
      .then(resolve, (error: unknown) => reject(error instanceof Error ? error : noAnswer()));
    return promise;
  }
}

function noAnswer(): SatchelError {
  return new SatchelError(
    "READ_FAILED",
    "The drive or server that holds this folder does not answer.",
    "Check that it is connected and switched on, or choose another folder.",
  );
}
