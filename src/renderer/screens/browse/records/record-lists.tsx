import { useMemo, type ReactNode } from "react";
import type { ExamsFilter, NotesFilter } from "../../../../contract/records.ts";
import { useLabels } from "../../../labels/labels.tsx";
import { useFormat } from "../../../parts/format.ts";
import type { RememberedTable } from "../../../parts/virtual-table/use-table-layout.ts";
import { ListTable } from "../list-table.tsx";
import { examColumns } from "./exam-columns.tsx";
import { noteColumns } from "./note-columns.tsx";
import { changeRecords, getRecordsState, rememberRecordsOffset, useRecordsState } from "./records-state.ts";
import type { ExamsWindows, NotesWindows } from "./use-records.ts";

/** Notes that match, each opening in the side panel. */
export function NoteList(props: { filter: NotesFilter; table: RememberedTable; windows: NotesWindows }): ReactNode {
  const labels = useLabels();
  const format = useFormat();
  const { note } = useRecordsState();
  const columns = useMemo(() => noteColumns(labels, format), [labels, format]);
  return (
    <ListTable
      {...props}
      label={labels.browseRecords.notes.title}
      columns={columns}
      sort={props.windows.sort}
      isOpen={note === undefined ? undefined : (row) => row.id === note}
      onOpen={({ id }) => changeRecords({ note: id })}
      onClose={() => changeRecords({ note: undefined })}
      startAt={getRecordsState().offsets.notes}
      onScrolled={(offset) => rememberRecordsOffset("notes", offset)}
    />
  );
}

/** Exams that match, each opening in the side panel. */
export function ExamList(props: { filter: ExamsFilter; table: RememberedTable; windows: ExamsWindows }): ReactNode {
  const labels = useLabels();
  const format = useFormat();
  const { exam } = useRecordsState();
  const columns = useMemo(() => examColumns(labels, format), [labels, format]);
  return (
    <ListTable
      {...props}
      label={labels.browseRecords.exams.title}
      columns={columns}
      sort={props.windows.sort}
      isOpen={exam === undefined ? undefined : (row) => row.id === exam.id}
      onOpen={(row) => changeRecords({ exam: row })}
      onClose={() => changeRecords({ exam: undefined })}
      startAt={getRecordsState().offsets.exams}
      onScrolled={(offset) => rememberRecordsOffset("exams", offset)}
    />
  );
}
