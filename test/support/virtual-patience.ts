import type { Patience } from "../../src/main/sources/http/retry.ts";

/** A clock that leaps where somebody sleeps. */
export interface VirtualPatience extends Patience {
  /** Milliseconds, in order. */
  slept: number[];
  advance(milliseconds: number): void;
}

/** @param start milliseconds since 1970; by default now, so that what a real server says of its time agrees */
export function virtualPatience(start = Date.now()): VirtualPatience {
  let now = start;
  const patience: VirtualPatience = {
    slept: [],
    now: () => now,
    random: () => 0.5,
    sleep: async (milliseconds, signal) => {
      signal.throwIfAborted();
      patience.slept.push(milliseconds);
      now += milliseconds;
      // As a real sleep, it lets others have their turn.
      await new Promise((resolve) => setImmediate(resolve));
    },
    advance: (milliseconds) => void (now += milliseconds),
  };
  return patience;
}
