import type { Catalog } from "./database.ts";

/** One item of a job's plan. */
export interface JobItem {
  /** Position in the plan, from 0. */
  index: number;
  /** JSON, parsed and unchecked: the jobs room knows its schema. */
  item: unknown;
}

const BATCH = 10_000;
const WINDOW = 1_000;

/**
 * Writes a plan, 10,000 items a transaction. A plan cut off by a crash is known by its job having none yet.
 * @returns how many items were written.
 */
export function addJobItems(catalog: Catalog, job: number, items: Iterable<unknown>): number {
  const iterator = items[Symbol.iterator]();
  let index = 0;
  const addSome = () => {
    for (let count = 0; count < BATCH; count += 1) {
      const next = iterator.next();
      if (next.done === true) return false;
      catalog.run("INSERT INTO job_item (job, idx, item) VALUES (?, ?, ?)", job, index, JSON.stringify(next.value));
      index += 1;
    }
    return true;
  };
  while (catalog.write(addSome));
  return index;
}

/** The plan in its order, a thousand items in memory at a time; the catalog can be written to meanwhile. */
export function* iterateJobItems(catalog: Catalog, job: number, fromIndex = 0): Generator<JobItem> {
  let from = fromIndex;
  let full = true;
  while (full) {
    const rows = catalog.all<{ index: number; item: string }>(
      `SELECT idx AS "index", item FROM job_item WHERE job = ? AND idx >= ? ORDER BY idx LIMIT ?`,
      job,
      from,
      WINDOW,
    );
    for (const { index, item } of rows) yield { index, item: JSON.parse(item) as unknown };
    from = (rows.at(-1)?.index ?? from) + 1;
    full = rows.length === WINDOW;
  }
}
