import type { SourceSummary } from "../../contract/calls/sources.ts";
import { SatchelError } from "../../contract/errors.ts";
import type { Catalog } from "../catalog/database.ts";
import { iterateJobItems } from "../catalog/job-items.ts";
import { unfinishedJobs } from "../catalog/jobs.ts";
import { catalogNotices } from "../catalog/conflicts.ts";
import { listProblems } from "../catalog/problems.ts";
import {
  addSource,
  getSource,
  listSources,
  recordSync,
  removeSource,
  sourceSecret,
  type SourceRow,
} from "../catalog/sources.ts";
import { syncTarget } from "../catalog/sync.ts";
import { sourceKind } from "../sources/registry.ts";
import type { SyncProgress, SyncReport } from "../sources/source.ts";
import { latestOf } from "./latest-of.ts";
import type { CallContext, HandlersOf } from "./context.ts";

function placeOf(config: unknown): string {
  const { path, url } = config as { path?: string; url?: string };
  return path ?? url ?? "";
}

function summarise(row: SourceRow): SourceSummary {
  return {
    name: row.name,
    kind: row.kind,
    place: placeOf(row.config),
    config: row.config as Record<string, unknown>,
    hasSecret: false,
    state: row.lastSyncAt === null ? "never" : row.problems > 0 ? "attention" : "ok",
    lastSync: row.lastSyncAt,
    lastReport: row.lastSync,
    error: null,
    progress: null,
    patients: 0,
    studies: 0,
    instances: row.instances,
    problems: row.problems,
  };
}

export function sourceHandlers(context: CallContext): HandlersOf<"sources"> {
  return {
    "sources.list": () => listSources(context.workspace.catalog).map(summarise),
    "sources.add": ({ kind, name, config, secret }) => {
      const parsed = sourceKind(kind).parseConfig(config);
      return summarise(addSource(context.workspace.catalog, { kind, name, config: parsed, secret }));
    },
    "sources.check": ({ name }, signal) => {
      const { catalog } = context.workspace;
      const source = getSource(catalog, name);
      return sourceKind(source.kind).check(source.config, sourceSecret(catalog, source.id), signal);
    },
    "sources.remove": ({ name }) => {
      const { catalog } = context.workspace;
      const { id } = getSource(catalog, name);
      assertUnused(catalog, id);
      removeSource(catalog, id);
      return { ok: true };
    },
    "sources.sync": async function* ({ name }, signal) {
      const { catalog } = context.workspace;
      const source = getSource(catalog, name);
      const progress = latestOf<SyncProgress, SyncReport>((onProgress) => sync(context, source, onProgress, signal));
      for await (const event of progress) {
        if (event.kind === "progress") yield { type: "progress", ...event.value };
        else yield { type: "result", source: source.name, ...event.value };
      }
    },
    "sources.problems": ({ name, limit }) => {
      const { catalog } = context.workspace;
      return listProblems(catalog, getSource(catalog, name).id, { limit });
    },
  };
}

/** @throws USAGE where a job that may go on still reads from the source: it could only end with all of that missing */
function assertUnused(catalog: Catalog, source: number): void {
  const reads = (job: number): boolean => {
    for (const { item } of iterateJobItems(catalog, job))
      if ((item as { source?: number }).source === source) return true;
    return false;
  };
  const waiting = unfinishedJobs(catalog).filter(reads);
  if (waiting.length === 0) return;
  throw new SatchelError(
    "USAGE",
    `The source cannot be removed: ${waiting.length === 1 ? "job" : "jobs"} ${waiting.join(", ")} still ${waiting.length === 1 ? "reads" : "read"} from it.`,
    "Resume or cancel first: satchel jobs resume ID, satchel jobs cancel ID.",
  );
}

async function sync(
  context: CallContext,
  source: SourceRow,
  onProgress: (progress: SyncProgress) => void,
  signal: AbortSignal,
): Promise<SyncReport> {
  const { catalog } = context.workspace;
  const target = syncTarget(catalog, source.id);
  let complete = false;
  try {
    const secret = sourceSecret(catalog, source.id);
    const report = await sourceKind(source.kind).sync(source.config, secret, target, onProgress, signal);
    complete = report.complete;
    const { removed } = target.finish(report.complete);
    const whole = {
      ...report,
      removed: report.removed + removed,
      notices: [...report.notices, ...catalogNotices(catalog)],
    };
    recordSync(catalog, source.id, whole);
    return whole;
  } catch (thrown) {
    // What was read so far is kept: the next sync goes on from there.
    if (!complete) target.finish(false);
    throw thrown;
  }
}
