import type { ErrorRecord } from "../../contract/errors.ts";
import type { Catalog } from "./database.ts";

/** One thing that happened to a job. */
export interface JobLogEntry {
  /** ISO 8601, UTC. */
  at: string;
  /** A sentence. */
  text: string;
  error: ErrorRecord | null;
}

export function addJobLog(catalog: Catalog, job: number, entry: JobLogEntry): void {
  const error = entry.error === null ? null : JSON.stringify(entry.error);
  catalog.run("INSERT INTO job_log (job, at, text, error) VALUES (?, ?, ?, ?)", job, entry.at, entry.text, error);
}

/** Oldest first. */
export function jobLogOf(catalog: Catalog, job: number): JobLogEntry[] {
  return catalog
    .all<{ at: string; text: string; error: string | null }>(
      "SELECT at, text, error FROM job_log WHERE job = ? ORDER BY id",
      job,
    )
    .map(({ at, text, error }) => ({ at, text, error: error === null ? null : (JSON.parse(error) as ErrorRecord) }));
}
