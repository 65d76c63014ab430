import { SatchelError } from "../../contract/errors.ts";
import type { Change } from "../../contract/calls/exports.ts";
import type { Catalog } from "../catalog/database.ts";
import { openCatalog } from "../catalog/database.ts";
import { recordsGeneration } from "../catalog/records-generation.ts";
import type { ScrubbedText } from "../deidentify/text/scrubber.ts";
import { noteAsItIs } from "../exports/notes/export-note.ts";
import { NoteRows, type NoteRowsSettings } from "../exports/notes/note-rows.ts";
import { examCell } from "../exports/studies/export-exam.ts";
import { ExamRows, type ExamRowsSettings } from "../exports/studies/exam-rows.ts";
import { guardFormulas } from "../exports/table/formula-guard.ts";
import type { Cell, Row, RowSource, TableChunk } from "../exports/table/table.ts";
import { shiftSpans } from "./shift-spans.ts";
import type { ReviewedRow, TableRowsAnswer, TableRowsQuestion } from "./side-messages.ts";

/** Characters of a cell that are shown: a note may have millions. */
const MOST_SHOWN = 100_000;

/**
 * Opens the catalog for a look at what was planned.
 *
 * @throws SOURCE_ANSWER where the records have changed since
 */
function withRecords<Result>(
  { catalog: { path, key }, generation }: RowSource,
  look: (catalog: Catalog) => Result,
): Result {
  const catalog = openCatalog(path, Buffer.from(key), { readOnly: true });
  try {
    return catalog.read(() => {
      if (recordsGeneration(catalog) !== generation)
        throw new SatchelError("SOURCE_ANSWER", "The records changed while they were looked at.", "Look again.");
      return look(catalog);
    });
  } finally {
    catalog.close();
  }
}

interface RowPair {
  before: Row;
  after: Row;
  text: { column: number; scrubbed: ScrubbedText } | null;
}

/** Rows of a chunk before and after the policy. @throws SOURCE_ANSWER */
export function readTableRows({ source, format, chunk, skip, limit }: TableRowsQuestion): TableRowsAnswer {
  // What is shown is what stands in the file: a spreadsheet's own cells need no guard.
  const guards = format.table === "csv" && format.formulas === "guard";
  return withRecords(source, (catalog) => {
    const rows: ReviewedRow[] = [];
    for (const pair of pairsOf(catalog, source, chunk, skip)) {
      rows.push(shown(pair, guards));
      if (rows.length === limit) break;
    }
    return { rows };
  });
}

function* pairsOf(
  catalog: Catalog,
  { kind, settings }: RowSource,
  chunk: TableChunk,
  skip: number,
): Generator<RowPair> {
  if (kind === "notes") {
    const { policy } = settings as NoteRowsSettings;
    for (const { row, note, patient, scrubbed } of new NoteRows(catalog, settings as NoteRowsSettings).made(
      chunk,
      skip,
    ))
      yield {
        before: noteAsItIs(note, patient, policy.asOf),
        after: row,
        text: scrubbed === null ? null : { column: row.length - 1, scrubbed },
      };
    return;
  }
  const { columns } = settings as ExamRowsSettings;
  for (const { row, exam, scrubbed } of new ExamRows(catalog, settings as ExamRowsSettings).made(chunk, skip)) {
    // A page shows the places of one: the one in which something was replaced.
    const [first] = [...scrubbed].sort(([, one], [, other]) => other.replaced.length - one.replaced.length);
    yield {
      before: columns.map((column) => examCell(exam, column)),
      after: row,
      text: first === undefined ? null : { column: columns.indexOf(first[0]), scrubbed: first[1] },
    };
  }
}

function shown({ before, after, text }: RowPair, guards: boolean): ReviewedRow {
  const written = after.map((cell) => (guards && typeof cell === "string" ? guardFormulas(cell) : cell));
  return {
    before: before.map(cut),
    after: written.map(cut),
    change: after.map((cell, column) => changeOf(before[column] ?? null, cell, text?.column === column)),
    text:
      text === null
        ? null
        : {
            column: text.column,
            replaced: within(text.scrubbed.replaced).map(({ start, end, kind }) => ({ start, end, kind })),
            suspicious: within(
              shiftSpans(text.scrubbed.text, String(written[text.column] ?? ""), text.scrubbed.suspicious),
            ),
          },
  };
}

function within<Span extends { end: number }>(spans: readonly Span[]): Span[] {
  return spans.filter(({ end }) => end <= MOST_SHOWN);
}

function cut(cell: Cell): string | null {
  if (cell === null) return null;
  const text = String(cell);
  return text.length <= MOST_SHOWN
    ? text
    : `${text.slice(0, MOST_SHOWN)}… (${text.length - MOST_SHOWN} characters more)`;
}

/** A formula that was made harmless counts as kept: it can be undone. */
function changeOf(before: Cell, after: Cell, scrubbed: boolean): Change {
  const [was, is] = [before ?? "", after ?? ""];
  if (was === is) return "kept";
  if (is === "") return "emptied";
  return scrubbed ? "cleaned" : "replaced";
}
