import type { Patience } from "../http/retry.ts";

const MINUTE = 60_000;

/** Never more than so many in any minute. First come, first served. */
export interface RateLimit {
  /** Resolves when one more may go. Rejects where the signal is aborted. */
  take(signal: AbortSignal): Promise<void>;
  /** From now on; what has gone counts. */
  setPerMinute(perMinute: number): void;
}

/**
 * Remembers when the last ones went, rather than filling a bucket: a bucket of 100 that is filled at 100 a minute lets 200 go within the
 * first, and the server, which counts minutes, refuses.
 */
export function createRateLimit(perMinute: number, patience: Patience): RateLimit {
  let most = perMinute;
  /** Moments at which the latest went, the oldest first. */
  let gone: number[] = [];
  let turn: Promise<void> = Promise.resolve();

  async function waitForPlace(signal: AbortSignal): Promise<void> {
    for (;;) {
      signal.throwIfAborted();
      const now = patience.now();
      // A clock that was set back would make those before it wait for hours.
      gone = gone.filter((at) => at > now - MINUTE && at <= now);
      if (gone.length < most) {
        gone.push(now);
        return;
      }
      await patience.sleep((gone[gone.length - most] ?? now) + MINUTE - now, signal);
    }
  }

  return {
    take(signal) {
      const mine = turn.then(() => waitForPlace(signal));
      turn = mine.catch(() => undefined);
      return mine;
    },
    setPerMinute: (perMinute) => void (most = perMinute),
  };
}
