import { EXAM_COLUMNS } from "../../../contract/records.ts";
import type { IndexedExam, IndexedNote, IndexedPatient } from "../records-source.ts";
import type { ExamsMapping, NotesMapping } from "./csv-mapping.ts";
import { parseDate, parseMoment } from "../parse-moment.ts";
import type { RecognisedColumns } from "./recognise-columns.ts";

/** What rows said that a user should know, counted. */
export interface RowFacts {
  rows: number;
  /** Moments without an offset. */
  naive: number;
  /** Status words that the mapping does not know. */
  unknownStatus: number;
  unknownGender: number;
  /** Ages left empty. */
  withoutAge: number;
}

export function noFacts(): RowFacts {
  return { rows: 0, naive: 0, unknownStatus: 0, unknownGender: 0, withoutAge: 0 };
}

type Cell = (name: string) => string;
const cellOf =
  (columns: RecognisedColumns, cells: readonly string[]): Cell =>
  (name) =>
    cells[columns.places.get(name) ?? -1] ?? "";

/** A note and its patient as far as the row tells them, or why the row says neither. The patient's past is not in such a file. */
export function readNoteRow(
  columns: RecognisedColumns,
  mapping: NotesMapping,
  hospital: string,
  cells: readonly string[],
  facts: RowFacts,
): { patient: IndexedPatient; note: IndexedNote } | string {
  const wrong = wrongWidth(columns, cells);
  if (wrong !== undefined) return wrong;
  const cell = cellOf(columns, cells);
  const { columns: names } = mapping;
  const patientId = cell("patientId").trim();
  const noteId = cell("noteId").trim();
  if (patientId === "") return `${names.patientId} is empty`;
  if (noteId === "") return `${names.noteId} is empty`;
  const at = parseMoment(cell("at"), mapping.dates, mapping.naiveTimes ?? hospital);
  if (at === undefined) return `${names.at} is no date with time`;
  const age = readWhole(cell("age"));
  if (age === undefined) return `${names.age ?? "age"} is no whole number`;
  const gender = cell("gender").trim();
  const label = cell("status").trim();
  const status = mapping.statuses[label];
  facts.rows++;
  if (at.naive) facts.naive++;
  if (label !== "" && status === undefined) facts.unknownStatus++;
  if (gender !== "" && mapping.genders[gender] === undefined) facts.unknownGender++;
  if (age === null) facts.withoutAge++;
  return {
    patient: {
      sourceId: patientId,
      name: cell("patientName").trim(),
      birthDate: parseDate(cell("birthDate"), mapping.dates),
      gender: mapping.genders[gender] ?? "N",
      status: { status: status ?? "unknown", label },
      recordNumber: cell("recordNumber").trim(),
      ward: cell("ward").trim(),
      deleted: false,
      identifiers: [],
      recordNumbers: [],
      statuses: [],
    },
    note: {
      sourceId: noteId,
      patientId,
      kind: mapping.kind,
      eventAt: at.moment,
      content: cell("content"),
      ...(age === null ? {} : { ageAtNote: age }),
    },
  };
}

/** An exam, or why the row is none. */
export function readExamRow(
  columns: RecognisedColumns,
  mapping: ExamsMapping,
  hospital: string,
  cells: readonly string[],
  facts: RowFacts,
): IndexedExam | string {
  const wrong = wrongWidth(columns, cells);
  if (wrong !== undefined) return wrong;
  const cell = cellOf(columns, cells);
  if (cell("exam_id").trim() === "") return `${mapping.columns.exam_id ?? "exam_id"} is empty`;
  const exam: Record<string, string | number | null> = {};
  let naive = false;
  for (const column of EXAM_COLUMNS) {
    const text = cell(column);
    if (text === "") exam[column] = null;
    else if (column === "patient_age") {
      const age = readWhole(text);
      if (age === undefined) return "patient_age is no whole number";
      exam[column] = age;
    } else if (column.endsWith("_datetime")) {
      const at = parseMoment(text, mapping.dates, mapping.naiveTimes ?? hospital);
      if (at === undefined) return `${column} is no date with time`;
      if (at.naive) naive = true;
      exam[column] = at.moment;
    } else exam[column] = column === "exam_id" ? text.trim() : text;
  }
  facts.rows++;
  if (naive) facts.naive++;
  if (exam["patient_age"] === null) facts.withoutAge++;
  return exam as IndexedExam;
}

function wrongWidth(columns: RecognisedColumns, cells: readonly string[]): string | undefined {
  return cells.length === columns.width
    ? undefined
    : `it has ${cells.length} cell${cells.length === 1 ? "" : "s"} where the header names ${columns.width}`;
}

/** pandas writes whole numbers of a column with gaps as "45.0". @returns null where empty, undefined where it is none */
function readWhole(text: string): number | null | undefined {
  const trimmed = text.trim();
  if (trimmed === "") return null;
  return /^\d{1,4}(\.0+)?$/.test(trimmed) ? Number(trimmed) : undefined;
}
