import { realPatience, type Patience } from "../http/retry.ts";
import { createBytePace, type BytePace } from "./byte-pace.ts";
import { createRateLimit, type RateLimit } from "./rate-limit.ts";

/** What one server is asked for at most. */
export interface LimitSettings {
  callsPerMinute: number;
  /** Of downloads; null for none. */
  bytesPerMinute: number | null;
}

/** The limits of one server and what it asked for itself; shared by all that speak to it in this process. */
export interface SourceLimits {
  /** Resolves when one more request may go: there is a place in the minute, and the server has not asked for a pause. */
  call(signal: AbortSignal): Promise<void>;
  /** The server answered 429: nobody asks it anything for so many milliseconds. */
  pause(milliseconds: number): void;
  downloaded(bytes: number, signal: AbortSignal): Promise<void>;
}

interface Shared {
  calls: RateLimit;
  bytes: BytePace;
  pausedUntil: number;
}

const shared = new Map<string, Shared>();

/**
 * @param server what they are the limits of: its base address
 * @param settings hold from now on for all that share them
 * @param patience a clock of a test has limits of its own
 */
export function limitsOf(server: string, settings: LimitSettings, patience: Patience = realPatience): SourceLimits {
  const { callsPerMinute, bytesPerMinute } = settings;
  const create = (): Shared => ({
    calls: createRateLimit(callsPerMinute, patience),
    bytes: createBytePace(bytesPerMinute, patience),
    pausedUntil: 0,
  });
  const limits = patience === realPatience ? (shared.get(server) ?? create()) : create();
  if (patience === realPatience) shared.set(server, limits);
  limits.calls.setPerMinute(callsPerMinute);
  limits.bytes.setPerMinute(bytesPerMinute);
  return {
    async call(signal) {
      for (let now = patience.now(); now < limits.pausedUntil; now = patience.now())
        await patience.sleep(limits.pausedUntil - now, signal);
      await limits.calls.take(signal);
    },
    pause(milliseconds) {
      limits.pausedUntil = Math.max(limits.pausedUntil, patience.now() + milliseconds);
    },
    downloaded: (bytes, signal) => limits.bytes.took(bytes, signal),
  };
}
