import type { SourceSummary } from "../../contract/calls/sources.ts";
import { SatchelError, type ErrorRecord } from "../../contract/errors.ts";
import type { Catalog } from "../catalog/database.ts";
import { iterateJobItems } from "../catalog/job-items.ts";
import { getJob, unfinishedJobs } from "../catalog/jobs.ts";
import { sourceCounts } from "../catalog/source-counts.ts";
import type { SourceRow } from "../catalog/sources.ts";
import { placeOf } from "./source-place.ts";
import type { CallContext } from "./context.ts";

const INTERRUPTED: ErrorRecord = {
  code: "CANCELLED",
  message: "The last sync was interrupted: Satchel ended while it ran. What it had read is kept.",
  next: "Sync again to read the rest.",
};

/** A source as lists and cards show it. */
export function summariseSource({ syncs, ports, workspace }: CallContext, row: SourceRow): SourceSummary {
  const progress = syncs.progressOf(row.id);
  // Beside the process that writes, nothing tells whether it still does.
  const syncing = progress !== undefined || (row.syncBeganAt !== null && ports.access === "read");
  const error = row.syncBeganAt !== null && !syncing ? INTERRUPTED : row.lastError;
  const { patients, studies } = sourceCounts(workspace.catalog).get(row.id) ?? { patients: 0, studies: 0 };
  return {
    name: row.name,
    kind: row.kind,
    place: placeOf(row.config),
    config: row.config as Record<string, unknown>,
    hasSecret: row.hasSecret,
    state: syncing ? "syncing" : stateOf(row, error),
    lastSync: row.lastSyncAt,
    lastReport: row.lastSync,
    error,
    progress: progress ?? null,
    patients: patients + row.recordPatients,
    studies,
    instances: row.instances,
    notes: row.notes,
    exams: row.exams,
    resources: row.resources,
    problems: row.problems,
  };
}

function stateOf(row: SourceRow, error: ErrorRecord | null): SourceSummary["state"] {
  // A cancelled or interrupted sync is no fault of the source, but it did not go to the end.
  if (error?.code === "CANCELLED") return "attention";
  if (error !== null) return "failed";
  if (row.lastSync === null) return "never";
  return row.problems > 0 || !row.lastSync.complete ? "attention" : "ok";
}

/**
 * @param which `unfinished`: jobs that may go on, since they could only end with all of that missing; `running`: only those at work now.
 * @throws USAGE where such a job reads from the source
 */
export function assertUnused(catalog: Catalog, source: number, what: string, which: "unfinished" | "running"): void {
  const reads = (job: number): boolean => {
    for (const { item } of iterateJobItems(catalog, job))
      if ((item as { source?: number }).source === source) return true;
    return false;
  };
  const waiting = unfinishedJobs(catalog)
    .filter((job) => which === "unfinished" || getJob(catalog, job).state === "running")
    .filter(reads);
  if (waiting.length === 0) return;
  throw new SatchelError(
    "USAGE",
    `The source cannot be ${what}: ${waiting.length === 1 ? "job" : "jobs"} ${waiting.join(", ")} still ${waiting.length === 1 ? "reads" : "read"} from it.`,
    `Let ${waiting.length === 1 ? "that job" : "those jobs"} come to an end, or cancel ${waiting.length === 1 ? "it" : "them"}, first.`,
  );
}
