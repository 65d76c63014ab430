import { guardFormulas } from "./formula-guard.ts";
import type { TableFormat, TableFormatSettings } from "./table-format.ts";
import type { Cell, Row } from "./table.ts";

const BYTE_ORDER_MARK = "\uFEFF";
const LINE_END = "\r\n";
const TO_QUOTE = /[",\r\n]/;
/** Most cells: neither to be quoted nor to be guarded, by one look instead of three. */
const PLAINLY_HARMLESS = /^[0-9A-Za-z][^",;\t\r\n]*$/;
/** Longer texts have a comma somewhere: the look would be one more. */
const MOST_PLAIN = 50;
const NOTHING = Buffer.alloc(0);

/**
 * CSV after RFC 4180: comma, CR LF, a header line, quotes only where the text has a comma, quote, CR or LF. UTF-8; U+FFFD stands for a lone
 * surrogate. An empty text and no value are both nothing between two commas: CSV knows no difference that all readers share.
 */
export function createCsvFormat(settings: TableFormatSettings): TableFormat {
  const { columns, byteOrderMark } = settings;
  const write = settings.formulas === "guard" ? guardedCell : plainCell;
  const only = columns.length === 1;
  const lineOf = (cells: Row): string => {
    let line = write(cells[0] ?? null);
    // A line without anything is no row at all to most readers.
    if (only && line === "") line = '""';
    for (let column = 1; column < columns.length; column++) line += `,${write(cells[column] ?? null)}`;
    return line + LINE_END;
  };
  return {
    extension: "csv",
    mediaType: "text/csv",
    deflates: false,
    before: NOTHING,
    after: () => NOTHING,
    head: () => (byteOrderMark ? BYTE_ORDER_MARK : "") + lineOf(columns.map(({ name }) => name)),
    row: lineOf,
    foot: () => "",
  };
}

/** A text as it stands between the commas, quoted where it must be. */
export function quoteCell(text: string): string {
  return TO_QUOTE.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function guardedCell(cell: Cell): string {
  if (cell === null) return "";
  if (typeof cell === "string" && cell.length <= MOST_PLAIN && PLAINLY_HARMLESS.test(cell)) return cell;
  return typeof cell === "number" ? String(cell) : quoteCell(guardFormulas(cell));
}

function plainCell(cell: Cell): string {
  if (cell === null) return "";
  return typeof cell === "number" ? String(cell) : quoteCell(cell);
}
