import type { ErrorRecord } from "../../contract/errors.ts";
import type { JobLogEvent } from "../../contract/job-log.ts";
import type { Catalog } from "./database.ts";

/** One thing that happened to a job. */
export interface JobLogEntry {
  /** ISO 8601, UTC. */
  at: string;
  /** A sentence. */
  text: string;
  /** Null in rows of earlier versions. */
  event: JobLogEvent | null;
  params: Record<string, string | number>;
  error: ErrorRecord | null;
}

type StoredEntry = Omit<JobLogEntry, "params" | "error"> & { params: string; error: string | null };

export function addJobLog(catalog: Catalog, job: number, { at, text, event, params, error }: JobLogEntry): void {
  catalog.run(
    "INSERT INTO job_log (job, at, text, event, params, error) VALUES (?, ?, ?, ?, ?, ?)",
    job,
    at,
    text,
    event,
    JSON.stringify(params),
    error === null ? null : JSON.stringify(error),
  );
}

/** Oldest first. */
export function jobLogOf(catalog: Catalog, job: number): JobLogEntry[] {
  return catalog
    .all<StoredEntry>("SELECT at, text, event, params, error FROM job_log WHERE job = ? ORDER BY id", job)
    .map(({ params, error, ...row }) => ({
      ...row,
      params: JSON.parse(params) as JobLogEntry["params"],
      error: error === null ? null : (JSON.parse(error) as ErrorRecord),
    }));
}
