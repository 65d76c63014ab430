import { CHANGES, type Change } from "../../../contract/calls/exports.ts";
import type { TableReview } from "../../../contract/calls/records.ts";

/** Rows looked at together. */
export const ROWS_AT_ONCE = 10;

type ReviewedRow = TableReview["rows"][number];
export type ReviewedText = NonNullable<ReviewedRow["text"]>;

/** One cell before and after. */
export interface ReviewedCell {
  column: string;
  before: string | null;
  after: string | null;
  change: Change;
  /** What is marked in it, where it is a scrubbed text. */
  text: ReviewedText | undefined;
}

/** A row with its place in the table, from 0. */
export interface ReviewedCells {
  row: number;
  cells: ReviewedCell[];
  /** The cell that holds free text: it has a way to be read whole. */
  long: ReviewedCell | undefined;
}

/** Free text of notes; a scrubbed one is told by the review itself. */
const TEXT_COLUMN = "note_content";

export function cellsOf({ columns, rows }: Pick<TableReview, "columns" | "rows">, offset: number): ReviewedCells[] {
  return rows.map(({ before, after, change, text }, index) => {
    const cells = columns.map((column, at) => ({
      column,
      before: before[at] ?? null,
      after: after[at] ?? null,
      change: change[at] ?? "kept",
      text: text !== null && text.column === at ? text : undefined,
    }));
    const long =
      cells.find(({ text: marks }) => marks !== undefined) ?? cells.find((one) => one.column === TEXT_COLUMN);
    return { row: offset + index, cells, long };
  });
}

/** The rows without what stays as it is; a row in which nothing changes is not among them. */
export function onlyChanged(rows: readonly ReviewedCells[]): ReviewedCells[] {
  return rows
    .map((one) => ({ ...one, cells: one.cells.filter(({ change }) => change !== "kept") }))
    .filter(({ cells }) => cells.length > 0);
}

/** How many cells are kept, replaced, … */
export function countChanges(rows: readonly ReviewedCells[]): Record<Change, number> {
  const counts = Object.fromEntries(CHANGES.map((change) => [change, 0])) as Record<Change, number>;
  for (const { cells } of rows) for (const { change } of cells) counts[change] += 1;
  return counts;
}

/** Where the ten rows begin among which a row is. */
export function offsetOf(row: number): number {
  return row - (row % ROWS_AT_ONCE);
}

const HIGH = 2 / 3;
const MEDIUM = 1 / 3;

/** @param risk 0 to 1 */
export function riskLevel(risk: number): "high" | "medium" | "low" {
  if (risk >= HIGH) return "high";
  return risk >= MEDIUM ? "medium" : "low";
}
