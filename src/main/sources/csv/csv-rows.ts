import { parse, type CsvError, type InfoRecord } from "csv-parse";
import { Readable } from "node:stream";
import { SatchelError } from "../../../contract/errors.ts";
import type { CsvFile } from "./csv-file.ts";

/** A row in which a quote was forgotten takes in the rest of the file: it must not be held. */
const LARGEST_ROW = 64 * 1024 * 1024;

export const DELIMITERS = [",", ";", "\t", "|"] as const;
export type Delimiter = (typeof DELIMITERS)[number];

/** A row's cells, or why it could not be read. `until`: bytes of the file, as UTF-8, up to its end or to where reading failed. */
export type CsvRow = { cells: string[]; until: number } | { broken: string; until: number };

/** Columns of the first line by the delimiter that parts it most often outside quotes. @throws SOURCE_ANSWER where the file is empty */
export async function readHeader(
  file: CsvFile,
  signal: AbortSignal,
): Promise<{ delimiter: Delimiter; columns: string[] }> {
  let best: { delimiter: Delimiter; columns: string[] } | undefined;
  for (const delimiter of DELIMITERS) {
    for await (const row of csvRows(file, delimiter, signal, 1024 * 1024)) {
      if ("broken" in row) break;
      if (best === undefined || row.cells.length > best.columns.length)
        best = { delimiter, columns: row.cells.map((cell) => cell.trim()) };
      break;
    }
  }
  if (best === undefined || best.columns.every((column) => column === ""))
    throw new SatchelError(
      "SOURCE_ANSWER",
      "The CSV file has no header: its first line does not name columns.",
      "Give a file whose first line holds the names of the columns.",
    );
  return best;
}

/**
 * All rows, the header first, in constant memory. A row that breaks the quoting (RFC 4180 2.5 to 2.7) is told as broken, and what follows
 * it is read again from the next row that is whole.
 *
 * @param limit bytes of the file; what they cut is not told
 * @throws READ_FAILED, TOO_LARGE (a row beyond 64 MiB), CANCELLED
 */
export async function* csvRows(
  file: CsvFile,
  delimiter: Delimiter,
  signal: AbortSignal,
  limit?: number,
): AsyncGenerator<CsvRow> {
  const broken: { broken: string; until: number }[] = [];
  const parser = parse({
    delimiter,
    bom: false,
    info: true,
    record_delimiter: ["\r\n", "\n", "\r"],
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    on_skip: (error) => {
      if (error === undefined) return undefined;
      const row = { broken: reasonOf(error), until: bytesOf(error) };
      // One row may break the quoting more than once.
      if (broken.at(-1)?.until !== row.until) broken.push(row);
      return undefined;
    },
  });
  let taken = 0;
  let given = 0;
  async function* feed(): AsyncGenerator<Buffer> {
    for await (const chunk of file.chunks(signal, limit)) {
      given += chunk.length;
      if (given - taken > LARGEST_ROW && parser.readableLength === 0) throw rowTooLarge();
      yield chunk;
    }
  }
  const source = Readable.from(feed(), { objectMode: true, highWaterMark: 1 });
  source.on("error", (error) => parser.destroy(error));
  source.pipe(parser);
  // The last row that a limit lets in is cut: each is told when the next has come.
  let held: CsvRow | undefined;
  const whole = limit === undefined || limit >= file.size;
  try {
    for await (const item of parser as AsyncIterable<{ record: string[]; info: InfoRecord & { bytes: number } }>) {
      taken = item.info.bytes;
      for (let row = broken[0]; row !== undefined && row.until <= taken; row = broken[0]) {
        broken.shift();
        yield row;
      }
      if (held !== undefined) yield held;
      held = { cells: item.record, until: taken };
    }
    if (held !== undefined && whole) yield held;
    if (whole) yield* broken;
  } finally {
    source.destroy();
    parser.destroy();
  }
}

function bytesOf(error: CsvError): number {
  return typeof error["bytes"] === "number" ? error["bytes"] : 0;
}

function reasonOf(error: CsvError): string {
  switch (error.code) {
    case "CSV_QUOTE_NOT_CLOSED":
      return "a cell is opened with a quote that is never closed; all that follows belongs to it";
    case "CSV_INVALID_CLOSING_QUOTE":
      return "a quote within a quoted cell is not doubled, or the cell goes on after its closing quote";
    default:
      return "a quote stands within a cell that is not quoted";
  }
}

function rowTooLarge(): SatchelError {
  return new SatchelError(
    "TOO_LARGE",
    `The CSV file holds a row of more than ${LARGEST_ROW / 1024 / 1024} MiB; probably a quote was never closed.`,
    "Look at the file with the check of the source, correct it or have it exported again.",
  );
}
