import type { Catalog } from "./database.ts";

export type JobItemState = "waiting" | "done" | "failed" | "held";

/** One item of a job's plan. `item` and `outcome` are JSON whose schema the jobs room knows. */
export interface JobItem {
  /** Position in the plan, from 0. */
  index: number;
  item: unknown;
  state: JobItemState;
  attempts: number;
  outcome: unknown;
}

const WINDOW = 1_000;

/**
 * Writes a plan, 10,000 items a transaction, from `firstIndex` on. A plan cut off by a crash is known by its job having none yet.
 * @returns how many items were written.
 */
export function addJobItems(catalog: Catalog, job: number, items: Iterable<unknown>, firstIndex = 0): number {
  let index = firstIndex;
  const iterator = items[Symbol.iterator]();
  const addSome = () => {
    for (let count = 0; count < 10_000; count += 1) {
      const next = iterator.next();
      if (next.done === true) return false;
      catalog.run("INSERT INTO job_item (job, idx, item) VALUES (?, ?, ?)", job, index, JSON.stringify(next.value));
      index += 1;
    }
    return true;
  };
  while (catalog.write(addSome));
  return index - firstIndex;
}

/** Removes a plan, so that it can be made anew. */
export function removeJobItems(catalog: Catalog, job: number): void {
  catalog.run("DELETE FROM job_item WHERE job = ?", job);
}

/** The plan in its order, a thousand items in memory at a time; items may be updated while it runs. */
export function* iterateJobItems(catalog: Catalog, job: number, fromIndex = 0): Generator<JobItem> {
  for (let from = fromIndex; ;) {
    const rows = catalog.all<Omit<JobItem, "item" | "outcome"> & { item: string; outcome: string | null }>(
      `SELECT idx AS "index", item, state, attempts, outcome FROM job_item WHERE job = ? AND idx >= ? ORDER BY idx LIMIT ?`,
      job,
      from,
      WINDOW,
    );
    for (const row of rows) {
      from = row.index + 1;
      yield {
        ...row,
        item: JSON.parse(row.item) as unknown,
        outcome: row.outcome === null ? null : (JSON.parse(row.outcome) as unknown),
      };
    }
    if (rows.length < WINDOW) return;
  }
}

/** Notes what became of items, in one transaction. */
export function updateJobItems(
  catalog: Catalog,
  job: number,
  changes: readonly { index: number; state: JobItemState; attempts: number; outcome?: unknown }[],
): void {
  catalog.write(() => {
    for (const change of changes) {
      catalog.run(
        "UPDATE job_item SET state = ?, attempts = ?, outcome = ? WHERE job = ? AND idx = ?",
        change.state,
        change.attempts,
        change.outcome === undefined ? null : JSON.stringify(change.outcome),
        job,
        change.index,
      );
    }
  });
}

/** How many items stand in each state. */
export function countJobItems(catalog: Catalog, job: number): Record<JobItemState, number> {
  const counts: Record<JobItemState, number> = { waiting: 0, done: 0, failed: 0, held: 0 };
  const rows = catalog.all<{ state: JobItemState; count: number }>(
    "SELECT state, count(*) AS count FROM job_item WHERE job = ? GROUP BY state",
    job,
  );
  for (const row of rows) counts[row.state] = row.count;
  return counts;
}
