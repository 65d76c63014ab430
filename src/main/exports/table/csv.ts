import type { BlockText } from "../../text-block.ts";
import { createFirstLook } from "./formula-guard-bytes.ts";
import { guardFormulas } from "./formula-guard.ts";
import type { RowSink, TableFormat, TableFormatSettings } from "./table-format.ts";
import type { Cell, Row, WrittenRow } from "./table.ts";

const BYTE_ORDER_MARK = "\uFEFF";
const LINE_END = "\r\n";
const TO_QUOTE = /[",\r\n]/;
const QUOTE = '"'.charCodeAt(0);
const IS_TO_QUOTE = Uint8Array.from({ length: 256 }, (_, byte) => Number(TO_QUOTE.test(String.fromCharCode(byte))));
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
  const guards = settings.formulas === "guard";
  const isHarmless = createFirstLook();
  const nextQuote = createQuoteFinder();
  const write = rememberingCells(guards ? guardedCell : plainCell, columns.length);
  const only = columns.length === 1;
  const lineOf = (cells: Row): string => {
    let line = write(cells[0] ?? null, 0);
    // A line without anything is no row at all to most readers.
    if (only && line === "") line = '""';
    for (let column = 1; column < columns.length; column++) line += `,${write(cells[column] ?? null, column)}`;
    return line + LINE_END;
  };
  /** @returns what is left to be written behind the text; undefined where nothing more is wanted */
  const writeText = (before: string, text: BlockText, sink: RowSink): string | undefined => {
    const { block, start, end } = text;
    if (guards && !isHarmless(text)) return before + guardedCell(text.toString());
    let at = start;
    while (at < end && IS_TO_QUOTE[block[at]!] === 0) at++;
    if (at === end) return sink.add(before) && sink.addBytes(block, start, end) ? "" : undefined;
    if (!sink.add(`${before}"`)) return undefined;
    let from = start;
    // A quote ends one stretch and begins the next: so it stands twice.
    for (at = nextQuote(block, at); at < end; at = nextQuote(block, from + 1)) {
      if (!sink.addBytes(block, from, at + 1)) return undefined;
      from = at;
    }
    return sink.addBytes(block, from, end) ? '"' : undefined;
  };
  const writeRow = (cells: WrittenRow, sink: RowSink): boolean => {
    let line: string | undefined = "";
    for (let column = 0; column < columns.length; column++) {
      if (column > 0) line += ",";
      const cell = cells[column] ?? null;
      if (typeof cell !== "object" || cell === null) line += write(cell, column);
      else {
        line = writeText(line, cell, sink);
        if (line === undefined) return false;
      }
    }
    return sink.add(line + LINE_END);
  };
  return {
    extension: "csv",
    mediaType: "text/csv",
    deflates: false,
    before: NOTHING,
    after: () => NOTHING,
    head: () => (byteOrderMark ? BYTE_ORDER_MARK : "") + lineOf(columns.map(({ name }) => name)),
    row: lineOf,
    ...(only ? {} : { writeRow }),
    foot: () => "",
  };
}

/** Where the next quote stands from a place on: in a block that has none it is looked for once. */
function createQuoteFinder(): (block: Buffer, from: number) => number {
  let looked: Buffer | undefined;
  let [start, quote] = [0, 0];
  return (block, from) => {
    if (block === looked && start <= from && from <= quote) return quote;
    const at = block.indexOf(QUOTE, from);
    [looked, start, quote] = [block, from, at < 0 ? Infinity : at];
    return quote;
  };
}

/** Most cells are as in the row before: the last short one of each column is not looked at again. */
function rememberingCells(write: (cell: Cell) => string, columns: number): (cell: Cell, column: number) => string {
  const cells = Array.from<Cell>({ length: columns }).fill(null);
  const written = Array.from<string>({ length: columns }).fill("");
  return (cell, column) => {
    if (cell === cells[column]) return written[column]!;
    if (typeof cell === "string" && cell.length > MOST_PLAIN) return write(cell);
    cells[column] = cell;
    return (written[column] = write(cell));
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
