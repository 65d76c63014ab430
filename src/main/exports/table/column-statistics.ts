import type { Cell, ColumnType, Row, TableColumn } from "./table.ts";

/** What a column's cells have in common. Nothing of a text gets in here: only times and numbers have a smallest and a largest. */
export interface ColumnSummary {
  name: string;
  /** Cells that are empty in the table: without a value, or with an empty text. */
  nulls: number;
  /** Cells in which lone surrogates, which UTF-8 cannot hold, were written as U+FFFD. */
  illFormed: number;
  /** Of dates, times and numbers; absent where there is none. Times as they stand in the table, compared as moments. */
  min?: string | number;
  max?: string | number;
}

/** Sums what a receipt says of a table's columns, row by row, part by part. */
export class ColumnStatistics {
  readonly #types: readonly ColumnType[];
  readonly #summaries: ColumnSummary[];

  constructor(columns: readonly TableColumn[]) {
    this.#types = columns.map(({ type }) => type);
    this.#summaries = columns.map(({ name }) => ({ name, nulls: 0, illFormed: 0 }));
  }

  add(row: Row): void {
    for (let column = 0; column < this.#types.length; column++) {
      const cell = row[column] ?? null;
      const summary = this.#summaries[column]!;
      if (cell === null || cell === "") {
        summary.nulls++;
        continue;
      }
      if (typeof cell === "string" && !cell.isWellFormed()) summary.illFormed++;
      const type = this.#types[column]!;
      if (type !== "string") widen(summary, cell, type);
    }
  }

  /** Adds what another part of the same table found. */
  merge(others: readonly ColumnSummary[]): void {
    for (const [column, summary] of this.#summaries.entries()) {
      const other = others[column];
      if (other === undefined) continue;
      summary.nulls += other.nulls;
      summary.illFormed += other.illFormed;
      const type = this.#types[column]!;
      if (other.min !== undefined) widen(summary, other.min, type);
      if (other.max !== undefined) widen(summary, other.max, type);
    }
  }

  toJSON(): ColumnSummary[] {
    return this.#summaries.map((summary) => ({ ...summary }));
  }
}

function widen(summary: ColumnSummary, cell: Exclude<Cell, null>, type: ColumnType): void {
  if (!isOfType(cell, type)) return;
  if (summary.min === undefined || isBefore(cell, summary.min)) summary.min = cell;
  if (summary.max === undefined || isBefore(summary.max, cell)) summary.max = cell;
}

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const DATETIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,6})?(?:Z|[+-]\d{2}:\d{2})$/;

/** A source's text that is no date stands in the table as it is, but says nothing about the range. */
function isOfType(cell: Exclude<Cell, null>, type: ColumnType): boolean {
  if (type === "integer") return typeof cell === "number";
  if (typeof cell === "number") return false;
  return type === "date" ? DATE.test(cell) : DATETIME.test(cell);
}

const OFFSET_LENGTH = "-03:00".length;

/** Times of one offset compare as text (a fraction follows: "." is after "-" and "+"); others by the moment they name. */
function isBefore(left: string | number, right: string | number): boolean {
  if (typeof left === "number" || typeof right === "number") return Number(left) < Number(right);
  if (left.endsWith(right.slice(-OFFSET_LENGTH)) || left.length <= 10) return left < right;
  return Date.parse(left) < Date.parse(right);
}
