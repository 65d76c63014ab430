import { Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useAnswer } from "../../../client/query.ts";
import { useLabels } from "../../../labels/labels.tsx";
import { useFormat } from "../../../parts/format.ts";
import { useRecordsState, type RecordsKind } from "./records-state.ts";
import styles from "../browse.module.css";

/** What the filter leaves, counted, of how many there are; what it leaves out without being asked to; and what is searched. */
export function RecordsSummary({ kind }: { kind: RecordsKind }): ReactNode {
  return <p className={styles.summary}>{kind === "notes" ? <NotesSummary /> : <ExamsSummary />}</p>;
}

function NotesSummary(): ReactNode {
  const { browse, browseRecords, records } = useLabels();
  const format = useFormat();
  const { notes: filter } = useRecordsState();
  const { data } = useAnswer("records.noteFacets", filter, { keepPrevious: true });
  if (data === undefined) return null;
  const parts = [
    browseRecords.ofAll(records.notes(data.notes, format.count(data.notes)), format.count(data.inCatalog)),
    browse.patients(data.patients, format.count(data.patients)),
    ...(filter.includeDeletedPatients === true ? [browseRecords.notes.deletedShown] : []),
    ...(filter.text === undefined ? [] : [browseRecords.notes.searched]),
  ];
  return (
    <Text span size="sm" c="dimmed">
      {parts.join(" · ")}
    </Text>
  );
}

function ExamsSummary(): ReactNode {
  const { browseRecords, records, tables } = useLabels();
  const format = useFormat();
  const { exams: filter } = useRecordsState();
  const { data } = useAnswer("records.examFacets", filter, { keepPrevious: true });
  if (data === undefined) return null;
  const { exams, inCatalog, withoutCheckIn } = data;
  const parts = [
    browseRecords.ofAll(records.exams(exams, format.count(exams)), format.count(inCatalog)),
    ...(withoutCheckIn > 0 ? [tables.what.withoutCheckIn(withoutCheckIn, format.count(withoutCheckIn))] : []),
    ...(filter.q === undefined ? [] : [browseRecords.exams.searched]),
  ];
  return (
    <Text span size="sm" c="dimmed">
      {parts.join(" · ")}
    </Text>
  );
}
