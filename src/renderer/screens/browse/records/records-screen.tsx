import { Button, SegmentedControl } from "@mantine/core";
import { useMemo, type ReactNode } from "react";
import { useAnswer } from "../../../client/query.ts";
import { useLabels } from "../../../labels/labels.tsx";
import { useFormat } from "../../../parts/format.ts";
import { Page } from "../../../parts/page.tsx";
import { ColumnsMenu } from "../../../parts/virtual-table/columns-menu.tsx";
import { useTableLayout } from "../../../parts/virtual-table/use-table-layout.ts";
import { goTo } from "../../../route.ts";
import { pickRecords } from "../../../selection.ts";
import { useBrowse } from "../browse-state.ts";
import { BrowseTabs } from "../browse-tabs.tsx";
import { EmptyRecords } from "./empty-records.tsx";
import { examColumns } from "./exam-columns.tsx";
import { ExamPanel } from "./exam-panel.tsx";
import { ExamsFilterBar } from "./exams-filter-bar.tsx";
import { noteColumns } from "./note-columns.tsx";
import { NotePanel } from "./note-panel.tsx";
import { NotesFilterBar } from "./notes-filter-bar.tsx";
import { ExamList, NoteList } from "./record-lists.tsx";
import { RecordsSummary } from "./records-summary.tsx";
import { changeRecords, useRecordsState, type RecordsKind } from "./records-state.ts";
import { useExams, useNotes } from "./use-records.ts";
import styles from "../browse.module.css";

/** Notes and the study list: found and looked at. What the filter finds is what an export takes. */
export function RecordsScreen({ kind }: { kind: RecordsKind }): ReactNode {
  const labels = useLabels();
  const { browse, browseRecords, records } = labels;
  const format = useFormat();
  const { notes: notesFilter, exams: examsFilter, note, exam } = useRecordsState();
  const notesTable = useTableLayout("browse-notes");
  const examsTable = useTableLayout("browse-exams");
  const notes = useNotes(notesFilter, notesTable);
  const exams = useExams(examsFilter, examsTable);
  const { data: sources } = useAnswer("sources.list", {});
  const { data: images } = useAnswer("find.facets", useBrowse().filter, { keepPrevious: true });
  const isNotes = kind === "notes";
  const { total, isOld } = isNotes ? notes : exams;
  const table = isNotes ? notesTable : examsTable;
  const columns = useMemo(
    () => (isNotes ? noteColumns(labels, format) : examColumns(labels, format)),
    [isNotes, labels, format],
  );
  const panel =
    isNotes && note !== undefined ? (
      <NotePanel id={note} />
    ) : !isNotes && exam !== undefined ? (
      <ExamPanel exam={exam} />
    ) : undefined;
  const counted = (shown: number | undefined, say: (n: number, shown: string) => string): string =>
    shown === undefined ? "" : say(shown, format.count(shown));
  return (
    <Page
      title={browse.title}
      scroll="own"
      chips={isNotes ? <NotesFilterBar filter={notesFilter} /> : <ExamsFilterBar filter={examsFilter} />}
      actions={
        <Button
          disabled={total === undefined || total === 0 || isOld}
          onClick={() => {
            pickRecords(
              isNotes
                ? { kind: "notes", filter: notesFilter }
                : { kind: "studies", filter: examsFilter, sort: exams.examSort },
            );
            goTo("exports", "new");
          }}
        >
          {browseRecords.export(counted(total, isNotes ? records.notes : records.exams))}
        </Button>
      }
      aside={panel}
      asideLabel={isNotes ? browseRecords.panel.note : browseRecords.panel.exam}
      onAsideClose={() => {
        changeRecords({ note: undefined, exam: undefined });
        document.querySelector<HTMLElement>("[role=grid]")?.focus();
      }}
    >
      <BrowseTabs
        value="records"
        patients={images?.patients}
        studies={images?.studies}
        end={
          <div className={styles.lists}>
            <SegmentedControl
              size="xs"
              aria-label={browseRecords.which}
              value={kind}
              data={[
                { value: "notes", label: browse.tabs.counted(browseRecords.notes.title, countOf(notes.total)) },
                { value: "exams", label: browse.tabs.counted(browseRecords.exams.title, countOf(exams.total)) },
              ]}
              onChange={(next) => goTo("browse", next)}
            />
            <ColumnsMenu columns={columns} layout={table.layout} onLayout={table.setLayout} onReset={table.reset} />
          </div>
        }
      >
        {total === 0 && !isOld ? (
          <EmptyRecords kind={kind} sources={sources} />
        ) : (
          <>
            <RecordsSummary kind={kind} />
            {isNotes ? (
              <NoteList filter={notesFilter} table={notesTable} windows={notes} />
            ) : (
              <ExamList filter={examsFilter} table={examsTable} windows={exams} />
            )}
          </>
        )}
      </BrowseTabs>
    </Page>
  );

  function countOf(count: number | undefined): string {
    return count === undefined ? "…" : format.count(count);
  }
}
