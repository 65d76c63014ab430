import type { IndexedExam, IndexedNote, IndexedPatient } from "../records-source.ts";
import type { CsvConfig } from "./csv-config.ts";
import { countLines, openCsvFile, requireEncoding, type CsvFile } from "./csv-file.ts";
import { csvRows, readHeader, type Delimiter } from "./csv-rows.ts";
import { noFacts, readExamRow, readNoteRow, type RowFacts } from "./read-rows.ts";
import { recogniseColumns, type RecognisedColumns } from "./recognise-columns.ts";

/** The platform cuts its exports here, without a word (HTTP 200). */
export const PLATFORM_LIMIT = 10_000;
/** Broken rows that are told one by one. */
const MOST_TOLD = 1000;

/** A file that was opened, found to be in its encoding, and whose header is known. */
export interface OpenedCsv {
  file: CsvFile;
  delimiter: Delimiter;
  columns: RecognisedColumns;
}

/** @param limit bytes looked at @throws READ_FAILED, SOURCE_ANSWER, CANCELLED; the file is closed then */
export async function openCsv(config: CsvConfig, signal: AbortSignal, limit?: number): Promise<OpenedCsv> {
  const file = await openCsvFile(config.path, config.encoding);
  try {
    await requireEncoding(file, config.encoding, signal, limit);
    const { delimiter, columns } = await readHeader(file, signal);
    return { file, delimiter, columns: recogniseColumns(config, columns) };
  } catch (error) {
    await file.close();
    throw error;
  }
}

export interface CsvReading {
  facts: RowFacts;
  /** The first thousand, by line. */
  broken: { line: number; reason: string }[];
  /** All of them. */
  brokenRows: number;
}

export interface RowSink {
  note(note: IndexedNote, patient: IndexedPatient): void;
  exam(exam: IndexedExam): void;
}

/** Reads all rows into the sink, one turn of the main thread for each 64 KiB. @throws READ_FAILED, TOO_LARGE, CANCELLED */
export async function readCsv(
  opened: OpenedCsv,
  hospital: string,
  sink: RowSink,
  onRow: (rows: number) => void,
  signal: AbortSignal,
  limit?: number,
): Promise<CsvReading> {
  const { file, delimiter, columns } = opened;
  const { mapping } = columns;
  const facts = noFacts();
  const broken: { until: number; reason: string }[] = [];
  let brokenRows = 0;
  const told = (until: number, reason: string): void => {
    brokenRows++;
    if (broken.length < MOST_TOLD) broken.push({ until, reason });
  };
  let header = true;
  let rows = 0;
  for await (const row of csvRows(file, delimiter, signal, limit)) {
    if (header) {
      header = false;
      continue;
    }
    onRow(++rows);
    if ("broken" in row) {
      told(row.until, row.broken);
      continue;
    }
    if (mapping.holds === "notes") {
      const read = readNoteRow(columns, mapping, hospital, row.cells, facts);
      if (typeof read === "string") told(row.until, read);
      else sink.note(read.note, read.patient);
    } else {
      const read = readExamRow(columns, mapping, hospital, row.cells, facts);
      if (typeof read === "string") told(row.until, read);
      else sink.exam(read);
    }
  }
  return { facts, broken: await findLines(file, broken, signal), brokenRows };
}

/** The parser counts bytes right and lines wrongly (a line end of two characters within quotes twice): they are counted where needed. */
async function findLines(
  file: CsvFile,
  broken: readonly { until: number; reason: string }[],
  signal: AbortSignal,
): Promise<CsvReading["broken"]> {
  const wanted = broken.toSorted((one, other) => one.until - other.until);
  const found: CsvReading["broken"] = [];
  if (wanted.length === 0) return found;
  let [at, line, next] = [0, 1, 0];
  for await (const chunk of file.chunks(signal)) {
    for (let row = wanted[next]; row !== undefined && row.until <= at + chunk.length; row = wanted[next]) {
      // The line end of the row itself is not counted: it ends the line that is named.
      found.push({ line: line + countLines(chunk, Math.max(0, row.until - at - 1)), reason: row.reason });
      next++;
    }
    if (next === wanted.length) break;
    at += chunk.length;
    line += countLines(chunk, chunk.length);
  }
  return found;
}
