import { setTimeout as sleep } from "node:timers/promises";
import type { WatchRecipe } from "../../contract/calls/watch.ts";
import { SatchelError } from "../../contract/errors.ts";
import type { JobResult } from "../../contract/job.ts";
import { getSource, listSources, type SourceRow } from "../catalog/sources.ts";
import type { Jobs } from "../jobs/jobs.ts";
import { sourceKind } from "../sources/registry.ts";
import { watchSource, type WatchPorts } from "../watch/watch-source.ts";
import { assertApart } from "./destination.ts";
import type { CallContext, HandlersOf } from "./context.ts";
import { syncPorts } from "./sources.ts";

export function watchHandlers(context: CallContext): Pick<HandlersOf<"sources">, "sources.watch"> {
  /** The catalog's numbers of sources that are watched. */
  const watched = new Set<number>();
  return {
    "sources.watch": async function* ({ name, seconds, recipe }, signal) {
      const { catalog, log } = context.workspace;
      const source = getSource(catalog, name);
      if (sourceKind(source.kind).holds !== "resources")
        throw new SatchelError(
          "USAGE",
          `The source ${source.name} is of the kind ${source.kind}, which cannot be watched.`,
          "Watch a FHIR server, a JupyterHealth Exchange or a folder of NDJSON.",
        );
      if (watched.has(source.id))
        throw new SatchelError("USAGE", `The source ${source.name} is being watched already.`, "End that watch first.");
      if (recipe !== undefined) assertRunnable(context, recipe);
      const { jobs } = context;
      const ports: WatchPorts = {
        catalog,
        now: () => context.ports.now(),
        sync: (aborted) => context.syncs.sync(syncPorts(context), stillThere(context, source), false, aborted),
        start: (one, nameOf) => jobs.start(one, undefined, nameOf),
        ended: (id, aborted) => endOfJob(jobs, id, aborted),
        giveUp: async (id) => void (await jobs.cancel(id)),
        sleep: context.ports.sleep?.bind(context.ports) ?? byTheClock,
        unexpected: (thrown) => log.error("sources.watch", thrown),
      };
      watched.add(source.id);
      try {
        yield* watchSource(ports, { source: source.id, everyMs: seconds * 1_000, recipe }, signal);
      } catch (thrown) {
        if (signal.aborted) throw new SatchelError("CANCELLED", "The watch was ended.", undefined, { cause: thrown });
        throw thrown;
      } finally {
        watched.delete(source.id);
      }
    },
  };
}

/** As it is configured now. @throws USAGE where it was removed meanwhile */
function stillThere({ workspace }: CallContext, { id, name }: SourceRow): SourceRow {
  const found = listSources(workspace.catalog).find((one) => one.id === id);
  if (found !== undefined) return found;
  throw new SatchelError("USAGE", `The source ${name} was removed.`, "Watch another one.");
}

async function byTheClock(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal });
}

/** @throws USAGE */
function assertRunnable(context: CallContext, recipe: WatchRecipe): void {
  assertApart(context, recipe.destination);
  if (recipe.selection.changedSince !== undefined)
    throw new SatchelError(
      "USAGE",
      "The recipe is of changes since one moment already: a watch finds out by itself what changed.",
      "Take the recipe of the whole export.",
    );
}

async function endOfJob(jobs: Jobs, id: string, signal: AbortSignal): Promise<JobResult> {
  let cancelling: Promise<unknown> | undefined;
  const cancel = (): void => void (cancelling ??= jobs.cancel(id));
  signal.addEventListener("abort", cancel, { once: true });
  if (signal.aborted) cancel();
  try {
    // Watched without the signal: a job that is cancelled tells its end as well.
    for await (const event of jobs.watch(id, new AbortController().signal))
      if (event.type === "result") return event.result;
    throw new SatchelError("INTERNAL", "A job ended without a result.");
  } finally {
    signal.removeEventListener("abort", cancel);
    await cancelling;
  }
}
