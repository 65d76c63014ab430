import type { Patience } from "../http/retry.ts";

const MINUTE = 60_000;

/** Never faster than so many bytes a minute, all downloads of a source together. */
export interface BytePace {
  /** After so many bytes came: resolves when the next may be read. Rejects where the signal is aborted. */
  took(bytes: number, signal: AbortSignal): Promise<void>;
  /** @param perMinute null: as fast as they come */
  setPerMinute(perMinute: number | null): void;
}

export function createBytePace(perMinute: number | null, patience: Patience): BytePace {
  let most = perMinute;
  let freeAt = 0;
  return {
    async took(bytes, signal) {
      if (most === null) return;
      const now = patience.now();
      // Nothing is saved up: a pause is no reason to rush later. A clock that was set back is no reason to wait.
      freeAt = Math.min(Math.max(freeAt, now), now + MINUTE) + (bytes / most) * MINUTE;
      if (freeAt > now) await patience.sleep(freeAt - now, signal);
    },
    setPerMinute: (perMinute) => void (most = perMinute),
  };
}
