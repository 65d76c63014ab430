import type { ExamsFilter } from "../../contract/records.ts";
import type { Catalog } from "./database.ts";
import { ALL_ROWS } from "./exam-rows.ts";
import { joinConditions, toExamConditions } from "./exams-filter.ts";

/** Rows that a filter leaves out for its days alone, since they have no check-in. 0 where it gives no day. */
export function countWithoutCheckIn(catalog: Catalog, filter: ExamsFilter): number {
  if (filter.from === undefined && filter.to === undefined) return 0;
  let count = 0;
  for (const rows of ALL_ROWS) {
    const others = toExamConditions(catalog, rows, filter).filter(({ part }) => part !== "days");
    const { where, values } = joinConditions(others);
    const [found] = catalog.column<number>(
      `SELECT count(*) FROM ${rows.from} WHERE ${where} AND ${rows.columns.check_in_datetime} IS NULL`,
      ...values,
    );
    count += found ?? 0;
  }
  return count;
}
