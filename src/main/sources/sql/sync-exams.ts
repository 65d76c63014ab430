import { EXAM_COLUMNS, type ExamColumn } from "../../../contract/records.ts";
import type { IndexedExam } from "../records-source.ts";
import type { ExamsPart, Reference } from "./mapping.ts";
import { countRows, readPages } from "./read-pages.ts";
import type { SqlRow, SqlValue } from "./sql-session.ts";
import { changedSince, momentOf, tellProblem, textOf, type SqlSync } from "./sync-context.ts";

const OTHER_COLUMNS = EXAM_COLUMNS.filter((column) => column !== "exam_id");

/** Puts exams as the table has them. @returns how many there are, and how many were read */
export async function syncExams(
  sync: SqlSync,
  part: ExamsPart,
  changes: boolean,
): Promise<{ total: number; read: number }> {
  const key = part.columns.exam_id as Reference;
  const total = changes ? null : await countRows(sync.session, part);
  const readRow = rowReader(sync, part);
  const where = changedSince(sync, part, sync.marks.get("exams") ?? null);
  let read = 0;
  if (changes) {
    const gone = readPages(sync.session, { part, key, columns: () => [], where, outside: true });
    for await (const rows of gone) for (const [id] of rows) sync.target.remove("exam", textOf(id));
  }
  const pages = readPages(sync.session, {
    part,
    key,
    columns: (builder) =>
      OTHER_COLUMNS.map((column) => {
        const reference = part.columns[column];
        return reference === undefined ? "NULL" : builder.column(reference);
      }),
    ...(changes ? { where } : {}),
  });
  for await (const rows of pages) {
    for (const row of rows) {
      sync.target.putExam(readRow(row));
      await sync.breathe();
    }
    read += rows.length;
    sync.progress({ phase: "exams", step: "Reading exams", done: read, total });
  }
  return { total: total ?? read, read };
}

function rowReader(sync: SqlSync, part: ExamsPart): (row: SqlRow) => IndexedExam {
  const readers = OTHER_COLUMNS.map((column) => {
    const reference = part.columns[column];
    return { column, readMoment: reference === undefined ? () => null : momentOf(sync, part, reference) };
  });
  return (row) => {
    const id = textOf(row[0]);
    const unread: ExamColumn[] = [];
    const values = readers.map(({ column, readMoment }, index): [ExamColumn, string | number | null] => {
      const cell = row[index + 1] ?? null;
      const value = column.endsWith("_datetime") ? readMoment(cell) : readPlain(column, cell);
      if (value === undefined) unread.push(column);
      return [column, value ?? null];
    });
    if (unread.length > 0)
      tellProblem(
        sync,
        id,
        `The exam's ${unread.join(", ")} cannot be read and ${unread.length === 1 ? "is" : "are"} left empty.`,
      );
    return { exam_id: id, ...Object.fromEntries(values) } as IndexedExam;
  };
}

/** @returns undefined where a number is none */
function readPlain(column: ExamColumn, cell: SqlValue): string | number | null | undefined {
  if (cell === null) return null;
  const text = textOf(cell);
  if (column === "patient_age") {
    if (text.trim() === "") return null;
    return /^\d{1,3}$/.test(text.trim()) ? Number(text) : undefined;
  }
  return text;
}
