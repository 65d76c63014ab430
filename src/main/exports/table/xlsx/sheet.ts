import { SatchelError } from "../../../../contract/errors.ts";
import type { Cell, ColumnType, Row, TableColumn } from "../table.ts";
import { serialOfDate, serialOfDatetime } from "./serial.ts";
import { STYLES } from "./styles.ts";
import { escapeText } from "./text.ts";

/** Characters of a cell: Excel's own limit, which others share. */
const MAX_CELL_LENGTH = 32_767;
/** Rows of a sheet without its header. */
export const MAX_ROWS = 1_048_575;
/** Where a fraction begins if there is one. */
const WHOLE_SECONDS = "2024-03-01T21:15:00".length;
const MAX_EXACT_DIGITS = 1e15;

const WIDTHS: Record<ColumnType, number> = {
  string: 24,
  integer: 12,
  number: 12,
  boolean: 10,
  date: 12,
  datetime: 20,
};
const WIDEST = 60;

/** "A", "B", … "AA": the letters of a column, from 0. */
export function columnLetters(column: number): string {
  const before = Math.floor(column / 26);
  return (before === 0 ? "" : columnLetters(before - 1)) + String.fromCharCode(65 + (column % 26));
}

/**
 * What a sheet begins with, up to and with its header row, which stays in sight.
 *
 * @param rows null where only its end will tell: a sheet need not say how large it is (ECMA-376 part 1, 18.3.1.35)
 */
export function sheetHead(columns: readonly TableColumn[], rows: number | null): string {
  const widths = columns.map(({ name, type }, column) => {
    const width = Math.min(WIDEST, Math.max(WIDTHS[type], name.length + 4));
    return `<col min="${column + 1}" max="${column + 1}" width="${width}" customWidth="1"/>`;
  });
  const header = columns.map(({ name }, column) => textCell(`${columnLetters(column)}1`, STYLES.header, name));
  return (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' +
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">' +
    (rows === null ? "" : `<dimension ref="${tableRange(columns.length, rows)}"/>`) +
    '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>' +
    '<selection pane="bottomLeft" activeCell="A2" sqref="A2"/></sheetView></sheetViews>' +
    `<sheetFormatPr defaultRowHeight="15"/><cols>${widths.join("")}</cols><sheetData>` +
    `<row r="1">${header.join("")}</row>`
  );
}

/** What a sheet ends with. */
export function sheetFoot(columns: number, rows: number): string {
  return `</sheetData><autoFilter ref="${tableRange(columns, rows)}"/></worksheet>`;
}

/** The header and all rows, as "A1:R100001". */
export function tableRange(columns: number, rows: number, fixed = ""): string {
  return `${fixed}A${fixed}1:${fixed}${columnLetters(columns - 1)}${fixed}${rows + 1}`;
}

/**
 * Makes a row of the sheet. Text is text whatever it looks like: a cell of type `inlineStr` is never a formula, and its format "@" keeps it
 * text where somebody edits it. So nothing needs to be made harmless here.
 */
export function rowWriter(columns: readonly TableColumn[]): (row: Row, number: number) => string {
  const letters = columns.map((_, column) => columnLetters(column));
  const types = columns.map(({ type }) => type);
  return (row, number) => {
    if (number >= MAX_ROWS) throw tooManyRows(number + 1);
    const line = number + 2;
    let xml = `<row r="${line}">`;
    for (let column = 0; column < types.length; column++) {
      const cell = row[column] ?? null;
      if (cell === null || cell === "") continue;
      if (isTooLong(cell)) throw tooLong(`Row ${number + 1}`, columns[column]);
      xml += cellOf(` r="${letters[column]}${line}"`, cell, types[column]!);
    }
    return `${xml}</row>`;
  };
}

/** The same where nobody knows yet which row it will be: rows and cells follow one another (ECMA-376 part 1, 18.3.1.4 and 18.3.1.73). */
export function unplacedRowWriter(columns: readonly TableColumn[]): (row: Row) => string {
  const types = columns.map(({ type }) => type);
  return (row) => {
    let xml = "<row>";
    for (let column = 0; column < types.length; column++) {
      const cell = row[column] ?? null;
      if (isTooLong(cell)) throw tooLong("A row", columns[column]);
      xml += cell === null || cell === "" ? "<c/>" : cellOf("", cell, types[column]!);
    }
    return `${xml}</row>`;
  };
}

function isTooLong(cell: Cell): boolean {
  return typeof cell === "string" && cell.length > MAX_CELL_LENGTH;
}

function tooLong(row: string, column: TableColumn | undefined): SatchelError {
  return new SatchelError(
    "TOO_LARGE",
    `${row} has more than 32,767 characters in the column ${column?.name}; a cell of a sheet holds no more.`,
    "Export as CSV, which holds texts of any length.",
  );
}

export function tooManyRows(rows: number): SatchelError {
  return new SatchelError(
    "TOO_LARGE",
    `The table has ${rows} rows or more; a sheet holds 1,048,575 below its header.`,
    "Export as CSV, or narrow the selection.",
  );
}

/** @param place its attribute, or "" where it follows the cell before it */
function cellOf(place: string, cell: Exclude<Cell, null>, type: ColumnType): string {
  if (typeof cell === "number") {
    return Math.abs(cell) < MAX_EXACT_DIGITS
      ? `<c${place}><v>${cell}</v></c>`
      : inlineCell(place, STYLES.text, String(cell));
  }
  if (type === "date") {
    const serial = serialOfDate(cell);
    if (serial !== undefined) return `<c${place} s="${STYLES.date}"><v>${serial}</v></c>`;
  } else if (type === "datetime") {
    const serial = serialOfDatetime(cell);
    const style = cell[WHOLE_SECONDS] === "." ? STYLES.fraction : STYLES.datetime;
    if (serial !== undefined) return `<c${place} s="${style}"><v>${serial}</v></c>`;
  } else if (type === "boolean" && (cell === "true" || cell === "false")) {
    return `<c${place} t="b"><v>${cell === "true" ? 1 : 0}</v></c>`;
  }
  return inlineCell(place, STYLES.text, cell);
}

export function textCell(place: string, style: number, text: string): string {
  return inlineCell(` r="${place}"`, style, text);
}

function inlineCell(place: string, style: number, text: string): string {
  return `<c${place} s="${style}" t="inlineStr"><is><t xml:space="preserve">${escapeText(text)}</t></is></c>`;
}
