import type { Cell, ColumnType, TableColumn, WrittenRow } from "./table.ts";
import { tableNotice } from "./table-notices.ts";

/** What a column's cells have in common. Nothing of a text gets in here: only times and numbers have a smallest and a largest. */
export interface ColumnSummary {
  name: string;
  /** Cells that are empty in the table: without a value, or with an empty text. */
  nulls: number;
  /** Cells in which lone surrogates, which UTF-8 cannot hold, were written as U+FFFD. */
  illFormed: number;
  /** Cells that are not what the column's type says, as a date that the source has in words. They stand in the table as they are. */
  offType: number;
  /** UTF-16 units of the longest text. */
  longest: number;
  /** Of dates, times and numbers; absent where there is none. Times as they stand in the table, compared as moments. */
  min?: string | number;
  max?: string | number;
}

/** Sums what a receipt says of a table's columns, row by row, part by part. */
export class ColumnStatistics {
  readonly #types: readonly ColumnType[];
  readonly #summaries: ColumnSummary[];
  /** The last cell of each column of which nothing is counted: most are as in the row before. */
  readonly #plain: WrittenRow[number][];

  constructor(columns: readonly TableColumn[]) {
    this.#types = columns.map(({ type }) => type);
    this.#summaries = columns.map(({ name }) => ({ name, nulls: 0, illFormed: 0, offType: 0, longest: 0 }));
    this.#plain = columns.map(() => null);
  }

  add(row: WrittenRow): void {
    for (let column = 0; column < this.#types.length; column++) {
      const cell = row[column] ?? null;
      const summary = this.#summaries[column]!;
      if (cell === null || cell === "") {
        summary.nulls++;
        continue;
      }
      if (cell === this.#plain[column]) continue;
      if (typeof cell === "object") {
        // UTF-8 already: it holds no lone surrogates.
        if (cell.length === 0) summary.nulls++;
        else if (cell.length > summary.longest) summary.longest = cell.length;
        continue;
      }
      if (typeof cell === "string" && cell.length > summary.longest) summary.longest = cell.length;
      const type = this.#types[column]!;
      const illFormed = typeof cell === "string" && !cell.isWellFormed();
      const offType = type !== "string" && !isOfType(cell, type);
      if (illFormed) summary.illFormed++;
      if (offType) summary.offType++;
      else if (type !== "string" && type !== "boolean") widen(summary, cell);
      if (!illFormed && !offType) this.#plain[column] = cell;
    }
  }

  /** Adds what another part of the same table found. */
  merge(others: readonly ColumnSummary[]): void {
    for (const [column, summary] of this.#summaries.entries()) {
      const other = others[column];
      if (other === undefined) continue;
      summary.nulls += other.nulls;
      summary.illFormed += other.illFormed;
      summary.offType += other.offType;
      summary.longest = Math.max(summary.longest, other.longest);
      if (other.min !== undefined) widen(summary, other.min);
      if (other.max !== undefined) widen(summary, other.max);
    }
  }

  toJSON(): ColumnSummary[] {
    return this.#summaries.map((summary) => ({ ...summary }));
  }
}

function widen(summary: ColumnSummary, cell: Exclude<Cell, null>): void {
  if (summary.min === undefined || isBefore(cell, summary.min)) summary.min = cell;
  if (summary.max === undefined || isBefore(summary.max, cell)) summary.max = cell;
}

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const DATETIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,6})?(?:Z|[+-]\d{2}:\d{2})$/;

function isOfType(cell: Exclude<Cell, null>, type: ColumnType): boolean {
  if (type === "integer" || type === "number") return typeof cell === "number";
  if (typeof cell === "number") return false;
  if (type === "boolean") return cell === "true" || cell === "false";
  return type === "date" ? isDate(cell) : DATETIME.test(cell);
}

/** Of the calendar: 30 February is none, and a sheet or a Table Schema would not take it. */
function isDate(text: string): boolean {
  const time = DATE.test(text) ? Date.parse(text) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

const DATE_LENGTH = "2024-03-01".length;
const OFFSET_LENGTH = "-03:00".length;

/** Characters of a cell that Excel shows; LibreOffice 65,535. Both cut the rest of a longer one without a word. */
const SPREADSHEET_CELL = 32_767;

/** What the receiver of a table should know of its columns, as sentences: where a cell is not what its source had, or will not be seen whole. */
export function columnNotices(summaries: readonly ColumnSummary[]): string[] {
  const notices: string[] = [];
  for (const { name: column, illFormed, offType, longest } of summaries) {
    if (illFormed > 0) notices.push(tableNotice("lone-surrogates", { count: illFormed, column }));
    if (offType > 0) notices.push(tableNotice("off-type", { count: offType, column }));
    if (longest > SPREADSHEET_CELL) notices.push(tableNotice("long-texts", { column, longest }));
  }
  return notices;
}

/** Times of one offset compare as text (a fraction follows: "." is after "-" and "+"); others by the moment they name. */
function isBefore(left: string | number, right: string | number): boolean {
  if (typeof left === "number" || typeof right === "number") return Number(left) < Number(right);
  if (left.length <= DATE_LENGTH || haveSameOffset(left, right)) return left < right;
  return Date.parse(left) < Date.parse(right);
}

/** Two texts made to be compared would take longer than all else that is done with a time. */
function haveSameOffset(left: string, right: string): boolean {
  for (let back = 1; back <= OFFSET_LENGTH; back++)
    if (left.charCodeAt(left.length - back) !== right.charCodeAt(right.length - back)) return false;
  return true;
}
