import type { ExamRow, NoteRow } from "../../contract/calls/records.ts";
import { SatchelError } from "../../contract/errors.ts";
import { EXAM_COLUMNS, type ExamColumn } from "../../contract/records.ts";
import { findExams, toRow, type ExamRecord } from "../catalog/exams.ts";
import { countingExams } from "../catalog/exams-facets.ts";
import { matchingExams } from "../catalog/exams-match.ts";
import { countingNotes } from "../catalog/notes-facets.ts";
import { listingNotes, noteContent, notesById, ownerOfNote, type ListedNote } from "../catalog/notes-list.ts";
import { ageOn } from "../deidentify/table/age.ts";
import { inTurns } from "../in-turns.ts";
import type { CallContext, HandlersOf } from "./context.ts";
import { shownText } from "./shown-text.ts";

/** Characters of a note that a screen is given: a note may be megabytes. */
const LONGEST_NOTE = 200_000;
/** Of its beginning, once white space is one space. */
const BEGINNING = 160;
/** Exams read in one step. */
const STEP = 100;

export function recordHandlers(context: CallContext): HandlersOf<"records"> {
  return {
    "records.notes": async ({ limit, offset, sort, ...filter }, signal) => {
      const { catalog } = context.workspace;
      const { total, rows } = await inTurns(listingNotes(catalog, filter, { limit, offset, sort }), signal);
      return { total, rows: rows.map(toNoteRow) };
    },
    "records.note": ({ id }) => {
      const { catalog } = context.workspace;
      return catalog.read(() => {
        const [note] = notesById(catalog, [id]);
        const content = noteContent(catalog, id);
        const owner = ownerOfNote(catalog, id);
        if (note === undefined || content === undefined || owner === undefined)
          throw new SatchelError("NOT_FOUND", "The catalog no longer holds this note.", "Look at the list again.");
        const truncated = content.length > LONGEST_NOTE;
        // Not within a pair of surrogates.
        const shown = truncated ? content.slice(0, LONGEST_NOTE).replace(/[\uD800-\uDBFF]$/, "") : content;
        const { patientId, status } = owner;
        const now = {
          status,
          statusLabel: shownText(owner.statusLabel),
          recordNumber: shownText(owner.recordNumber),
          ward: shownText(owner.ward),
        };
        return { note: toNoteRow(note), content: shown, truncated, birthDate: note.birthDate, patientId, now };
      });
    },
    "records.noteFacets": (filter, signal) => inTurns(countingNotes(context.workspace.catalog, filter), signal),
    "records.exams": async ({ limit, offset, sort, ...filter }, signal) => {
      const { catalog } = context.workspace;
      const match = await inTurns(matchingExams(catalog, filter, sort), signal);
      const wanted = [...match.subarray(offset, offset + limit)].map(toRow);
      const rows = await inTurns(
        readingInSteps(wanted, (some) => findExams(catalog, some)),
        signal,
      );
      return { total: match.length, rows: rows.map(toExamRow) };
    },
    "records.examFacets": (filter, signal) => inTurns(countingExams(context.workspace.catalog, filter), signal),
  };
}

function* readingInSteps<Row>(wanted: readonly string[], read: (some: string[]) => Row[]): Generator<void, Row[]> {
  const rows: Row[] = [];
  for (let start = 0; start < wanted.length; start += STEP) {
    rows.push(...read(wanted.slice(start, start + STEP)));
    yield;
  }
  return rows;
}

function toNoteRow(note: ListedNote): NoteRow {
  const { id, gender, status, eventTime, kind, length, source, patientDeleted } = note;
  return {
    id,
    patientName: shownText(note.patientName),
    recordNumber: shownText(note.recordNumber),
    gender,
    age: ageOn(note.birthDate, note.localDate) ?? note.ageAtNote,
    status,
    statusLabel: shownText(note.statusLabel),
    ward: shownText(note.ward),
    eventTime,
    kind,
    beginning: note.beginning
      .replace(/[\s\p{Cc}]+/gu, " ")
      .trim()
      .slice(0, BEGINNING)
      .replace(/[\uD800-\uDBFF]$/, ""),
    length,
    source,
    patientDeleted,
  };
}

function toExamRow({ row, source, origin, values }: ExamRecord): ExamRow {
  const text = (column: ExamColumn): string | null => {
    const value = values[column];
    return value === null ? null : shownText(String(value));
  };
  const shown = Object.fromEntries(EXAM_COLUMNS.map((column) => [column, text(column)]));
  return { id: row, source, origin, values: shown as Record<ExamColumn, string | null> };
}
