import { NOTE_LIST_COLUMNS, type ExamRow, type NoteRow } from "../../../../contract/calls/records.ts";
import type { ExamsFilter, ExamSort, NotesFilter } from "../../../../contract/records.ts";
import type { Sort } from "../../../parts/virtual-table/columns.ts";
import type { RememberedTable } from "../../../parts/virtual-table/use-table-layout.ts";
import { useWindows, type Windows } from "../../../parts/virtual-table/use-windows.ts";
import { toExamSort, toTableSort } from "./exam-columns.tsx";

export type NotesWindows = Windows<NoteRow> & { sort: Sort };
export type ExamsWindows = Windows<ExamRow> & { sort: Sort; examSort: ExamSort };

/** Notes, newest first, unless a person sorted them otherwise. */
export function useNotes(filter: NotesFilter, table: RememberedTable): NotesWindows {
  const column = NOTE_LIST_COLUMNS.find((one) => one === table.sort?.column);
  const sort =
    column === undefined
      ? ({ column: "eventTime", descending: true } as const)
      : { column, descending: table.sort?.descending === true };
  const question = { ...filter, sort };
  const windows = useWindows(["records.notes", question], (client, window, signal) =>
    client["records.notes"]({ ...question, ...window }, signal),
  );
  return { ...windows, sort };
}

/** Exams in one of the orders of the study list. */
export function useExams(filter: ExamsFilter, table: RememberedTable): ExamsWindows {
  const examSort = toExamSort(table.sort);
  const question = { ...filter, sort: examSort };
  const windows = useWindows(["records.exams", question], (client, window, signal) =>
    client["records.exams"]({ ...question, ...window }, signal),
  );
  return { ...windows, sort: toTableSort(examSort), examSort };
}
