import type { WatchEvent, WatchRecipe } from "../../contract/calls/watch.ts";
import { toErrorRecord, type ErrorCode } from "../../contract/errors.ts";
import { recordsGeneration } from "../catalog/records-generation.ts";
import { changesSince } from "../catalog/watch-runs.ts";
import type { SyncProgress, SyncReport } from "../sources/source.ts";
import { runWatchedRecipe, type RunPorts } from "./run-recipe.ts";

/** What a watch needs of the rooms around it. */
export interface WatchPorts extends RunPorts {
  /** One sync of the source, as it is configured. */
  sync(
    signal: AbortSignal,
  ): AsyncIterable<{ kind: "progress"; value: SyncProgress } | { kind: "result"; value: SyncReport }>;
  /** Until the time is over, or the signal aborted: then it throws. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
  /** Notes a defect in the local log. */
  unexpected(thrown: unknown): void;
}

export interface Watched {
  /** The catalog's number of the source. */
  source: number;
  everyMs: number;
  recipe: WatchRecipe | undefined;
}

/** Trying again changes nothing: somebody has to do something first. */
const ENDS: ReadonlySet<ErrorCode> = new Set([
  "USAGE",
  "NOT_ALLOWED",
  "SIGN_IN_NEEDED",
  "LOCKED",
  "KEY_NEEDED",
  "SOURCE_REFUSED",
  "LEAK",
]);
/** Between two tries, however often they failed; never less than the interval itself. */
const LONGEST_BACK_OFF_MS = 3_600_000;

/**
 * Looks at a source until the signal is aborted. A look that fails is tried again after twice the time of the one before, up to an hour. What
 * a sync of its own finds out (the limits of the server, what was asked for last) holds here as well.
 *
 * @throws what trying again cannot mend; CANCELLED
 */
export async function* watchSource(
  ports: WatchPorts,
  watched: Watched,
  signal: AbortSignal,
): AsyncGenerator<WatchEvent> {
  for (let failures = 0; ;) {
    const now = (): string => ports.now().toISOString();
    yield { type: "reading", at: now() };
    try {
      yield* lookOnce(ports, watched, signal);
      failures = 0;
    } catch (thrown) {
      const error = toErrorRecord(thrown);
      if (signal.aborted || ENDS.has(error.code)) throw thrown;
      if (error.code === "INTERNAL") ports.unexpected(thrown);
      failures++;
      yield { type: "failed", at: now(), error };
    }
    const wait = pauseAfter(failures, watched.everyMs);
    yield { type: "waiting", until: new Date(ports.now().getTime() + wait).toISOString() };
    await ports.sleep(wait, signal);
  }
}

async function* lookOnce(
  ports: WatchPorts,
  { source, recipe }: Watched,
  signal: AbortSignal,
): AsyncGenerator<WatchEvent> {
  const { catalog } = ports;
  const before = recordsGeneration(catalog);
  for await (const { kind, value } of ports.sync(signal)) {
    if (kind === "progress") {
      yield { type: "progress", step: value.step, done: value.done, total: value.total };
      continue;
    }
    yield {
      type: "read",
      at: ports.now().toISOString(),
      types: changesSince(catalog, source, before),
      complete: value.complete && value.problems === 0,
      notices: value.notices,
    };
  }
  if (recipe !== undefined) yield* runWatchedRecipe(ports, source, recipe, signal);
}

/** @returns milliseconds */
export function pauseAfter(failures: number, everyMs: number): number {
  if (failures === 0) return everyMs;
  return Math.max(everyMs, Math.min(LONGEST_BACK_OFF_MS, everyMs * 2 ** failures));
}
