import { setTimeout as wait } from "node:timers/promises";

/** Time and chance, so that tests need neither. Milliseconds. */
export interface Patience {
  now(): number;
  random: () => number;
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
}

export const realPatience: Patience = {
  now: () => Date.now(),
  random: () => Math.random(),
  sleep: async (milliseconds, signal) => {
    await wait(milliseconds, undefined, { signal });
  },
};

const FIRST_DELAY = 250;
const LONGEST_DELAY = 10_000;
/** A server that asks for more patience than this is treated as if it had asked for this much. */
const LONGEST_RETRY_AFTER = 60_000;

/**
 * How often a request is tried again. A 500 is mostly a fault of the thing asked for (a damaged file in Orthanc's storage), which
 * waiting does not mend: it gets one more chance.
 */
export function retriesFor(status: number): number {
  if (status === 500) return 1;
  if (status === 408 || status === 429) return 4;
  return status === 502 || status === 503 || status === 504 || status > 505 ? 4 : 0;
}

export const NETWORK_RETRIES = 4;

/** Exponential back-off with full jitter: many clients of one server that comes back do not arrive together. */
export function backOff(attempt: number, random: () => number): number {
  const ceiling = Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** attempt);
  return Math.round(ceiling / 2 + (random() * ceiling) / 2);
}

/** What is larger is no number of seconds to wait but a moment: some servers send theirs. The years 2001 (seconds) and 1970 (milliseconds). */
const EPOCH_SECONDS = 1e9;
const EPOCH_MILLISECONDS = 1e11;

/**
 * `Retry-After` as RFC 9110 10.2.3 has it, seconds or an HTTP date, or as a moment in seconds or milliseconds since 1970; clamped to 0 ..
 * `longest`.
 *
 * @param longest milliseconds
 * @returns milliseconds, or undefined where the header is absent or says nothing sensible
 */
export function parseRetryAfter(
  value: string | undefined,
  now: number,
  longest = LONGEST_RETRY_AFTER,
): number | undefined {
  if (value === undefined) return undefined;
  const text = value.trim();
  const wanted = /^\d+(\.\d+)?$/.test(text) ? waitOf(Number(text), now) : Date.parse(text) - now;
  if (Number.isNaN(wanted)) return undefined;
  return Math.min(longest, Math.max(0, wanted));
}

function waitOf(seconds: number, now: number): number {
  if (seconds >= EPOCH_MILLISECONDS) return seconds - now;
  return seconds >= EPOCH_SECONDS ? seconds * 1000 - now : seconds * 1000;
}
