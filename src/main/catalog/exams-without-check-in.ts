import type { ExamsFilter } from "../../contract/records.ts";
import type { Catalog } from "./database.ts";
import { ALL_ROWS } from "./exam-rows.ts";
import { joinConditions, toExamConditions } from "./exams-filter.ts";

/** Row ids of one step: some milliseconds. */
const WINDOW = 20_000;

/** Counts, in steps, rows that a filter leaves out for its days alone, since they have no check-in. 0 where it gives no day. */
export function* countWithoutCheckIn(catalog: Catalog, filter: ExamsFilter): Generator<undefined, number> {
  if (filter.from === undefined && filter.to === undefined) return 0;
  let count = 0;
  for (const rows of ALL_ROWS) {
    const others = toExamConditions(catalog, rows, filter).filter(({ part }) => part !== "days");
    const { where, values } = joinConditions(others);
    const table = rows.origin === "exam" ? "exam" : "study_listing";
    const [last] = catalog.column<number | null>(`SELECT max(id) FROM ${table}`);
    for (let from = 0; from < (last ?? 0); from += WINDOW) {
      const [found] = catalog.column<number>(
        `SELECT count(*) FROM ${rows.from} WHERE ${rows.id} > ? AND ${rows.id} <= ? AND ${where}
           AND ${rows.columns.check_in_datetime} IS NULL`,
        from,
        from + WINDOW,
        ...values,
      );
      count += found ?? 0;
      yield;
    }
  }
  return count;
}
