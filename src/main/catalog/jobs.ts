import { SatchelError } from "../../contract/errors.ts";
import type { Catalog } from "./database.ts";

/**
 * planned -> running -> complete | incomplete | failed | cancelled; running -> paused (a full disk, say) -> running.
 * `interrupted` is a job whose process ended without a word; it resumes like a paused one.
 */
export type JobState =
  | "planned"
  | "running"
  | "paused"
  | "interrupted"
  | "complete"
  | "incomplete"
  | "failed"
  | "cancelled";

/** One run of a recipe. JSON columns come back parsed and unchecked: the jobs room knows their schema. */
export interface JobRow {
  id: number;
  recipe: unknown;
  destination: string;
  state: JobState;
  /** ISO 8601, UTC. */
  createdAt: string;
  startedAt: string | null;
  endedAt: string | null;
  /** What the items are divided into; null until the plan is whole. */
  plan: unknown;
  result: unknown;
}

type StoredJob = Omit<JobRow, "recipe" | "plan" | "result"> & {
  recipe: string;
  plan: string | null;
  result: string | null;
};

const SELECT = `SELECT id, recipe, destination, state, created_at AS createdAt, started_at AS startedAt,
  ended_at AS endedAt, plan, result FROM job`;

function toJob(row: StoredJob): JobRow {
  return {
    ...row,
    recipe: JSON.parse(row.recipe) as unknown,
    plan: row.plan === null ? null : (JSON.parse(row.plan) as unknown),
    result: row.result === null ? null : (JSON.parse(row.result) as unknown),
  };
}

/** @returns the new job, in state `planned`. */
export function createJob(catalog: Catalog, job: { recipe: unknown; destination: string }): JobRow {
  const { id } = catalog.run(
    "INSERT INTO job (recipe, destination, state, created_at) VALUES (?, ?, 'planned', ?)",
    JSON.stringify(job.recipe),
    job.destination,
    new Date().toISOString(),
  );
  return getJob(catalog, id);
}

/** @throws SatchelError NOT_FOUND */
export function getJob(catalog: Catalog, id: number): JobRow {
  const row = catalog.get<StoredJob>(`${SELECT} WHERE id = ?`, id);
  if (row === undefined) throw noSuchJob(id);
  return toJob(row);
}

/** Newest first. */
export function listJobs(catalog: Catalog, window: { limit?: number; offset?: number } = {}): JobRow[] {
  return catalog
    .all<StoredJob>(`${SELECT} ORDER BY id DESC LIMIT ? OFFSET ?`, window.limit ?? 100, window.offset ?? 0)
    .map(toJob);
}

/** Columns of a change, and whether they hold JSON. */
const CHANGES = {
  state: ["state", false],
  startedAt: ["started_at", false],
  endedAt: ["ended_at", false],
  plan: ["plan", true],
  result: ["result", true],
} as const;

/**
 * Changes what is given and leaves the rest: a plan may be long, and would be written anew with every package.
 *
 * @throws SatchelError NOT_FOUND
 */
export function updateJob(
  catalog: Catalog,
  id: number,
  change: Partial<Omit<JobRow, "id" | "recipe" | "destination" | "createdAt">>,
): void {
  const columns: string[] = [];
  const values: (string | null)[] = [];
  for (const [field, [column, json]] of Object.entries(CHANGES)) {
    const value: unknown = change[field as keyof typeof CHANGES];
    if (value === undefined) continue;
    columns.push(`${column} = ?`);
    values.push(value === null || !json ? (value as string | null) : JSON.stringify(value));
  }
  const { changes } = catalog.run(`UPDATE job SET ${["id = id", ...columns].join(", ")} WHERE id = ?`, ...values, id);
  if (changes === 0) throw noSuchJob(id);
}

function noSuchJob(id: number): SatchelError {
  return new SatchelError("NOT_FOUND", `There is no job ${id}.`, "Look at the list of jobs.");
}

/** Jobs that have a plan and have not come to their end, by id, oldest first. */
export function unfinishedJobs(catalog: Catalog): number[] {
  return catalog
    .all<{ id: number }>(
      `SELECT id FROM job WHERE state IN ('planned', 'running', 'paused', 'interrupted') AND plan IS NOT NULL ORDER BY id`,
    )
    .map(({ id }) => id);
}

/** Marks jobs that a dead process left running. Only for the holder of the workspace's lock. @returns their ids. */
export function markInterruptedJobs(catalog: Catalog): number[] {
  return catalog
    .all<{ id: number }>("UPDATE job SET state = 'interrupted' WHERE state = 'running' RETURNING id")
    .map(({ id }) => id);
}

/** Removes a job and its plan: one that could not even be planned. */
export function removeJob(catalog: Catalog, id: number): void {
  catalog.run("DELETE FROM job WHERE id = ?", id);
}

/** Removes jobs whose process died while it planned them: they have written nothing. Only for the holder of the workspace's lock. */
export function removeUnplannedJobs(catalog: Catalog): number {
  return catalog.run("DELETE FROM job WHERE state = 'planned' AND plan IS NULL").changes;
}
