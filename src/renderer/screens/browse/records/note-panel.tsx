import { Badge, Button, Group, Stack, Text, Title } from "@mantine/core";
import { IconUserPlus } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useAnswer } from "../../../client/query.ts";
import { useLabels } from "../../../labels/labels.tsx";
import { ErrorNotice } from "../../../parts/error-notice.tsx";
import { Facts } from "../../../parts/facts.tsx";
import { useFormat } from "../../../parts/format.ts";
import { Name } from "../../../parts/name.tsx";
import { addPatientToFilter, changeNotesFilter, useRecordsState } from "./records-state.ts";
import styles from "../browse.module.css";

/** One note with its whole text, and what was and is true of its patient. */
export function NotePanel({ id }: { id: number }): ReactNode {
  const { browseRecords, records, browse } = useLabels();
  const labels = browseRecords.panel;
  const format = useFormat();
  const { notes: filter } = useRecordsState();
  const { data, error } = useAnswer("records.note", { id }, { keepPrevious: true });
  if (error !== null) return <ErrorNotice error={error} />;
  if (data === undefined) return null;
  const { note, now, patientId } = data;
  const isNamed = filter.patients?.includes(patientId) === true;
  return (
    <Stack gap="md">
      <Title order={2} size="h3">
        {records.noteKinds[note.kind]}
      </Title>
      <Text>{format.wallTime(note.eventTime)}</Text>
      {note.patientDeleted && (
        <Badge color="gray" variant="outline">
          {labels.deleted}
        </Badge>
      )}
      <Facts
        items={[
          [browseRecords.columns.patient, <Name key="name" value={note.patientName} />],
          [labels.recordNumber, sayThen(note.recordNumber, now.recordNumber)],
          [browse.columns.birthDate, data.birthDate === "" ? "" : format.date(data.birthDate)],
          [browseRecords.columns.age, note.age === null ? "" : format.count(note.age)],
          [browseRecords.columns.gender, records.genders[note.gender]],
          [labels.statusThen, sayStatus(records.statuses[note.status], note.statusLabel)],
          [labels.statusNow, sayStatus(records.statuses[now.status], now.statusLabel)],
          [labels.wardThen, note.ward],
          [labels.wardNow, now.ward === note.ward ? "" : now.ward],
          [browseRecords.columns.source, note.source],
        ]}
      />
      <Group gap="xs">
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconUserPlus size={14} aria-hidden />}
          disabled={isNamed}
          onClick={() => addPatientToFilter(patientId)}
        >
          {filter.patients === undefined ? labels.onlyPatient : labels.addPatient}
        </Button>
        {isNamed && (
          <Button
            size="compact-sm"
            variant="subtle"
            onClick={() => changeNotesFilter({ patients: filter.patients?.filter((one) => one !== patientId) })}
          >
            {labels.withoutPatient}
          </Button>
        )}
      </Group>
      <section aria-label={labels.text}>
        <div className={styles.noteText} dir="auto">
          {data.content === "" ? labels.noText : data.content}
        </div>
        <Text size="sm" c="dimmed" mt={4}>
          {data.truncated
            ? labels.truncated(format.count(note.length))
            : labels.characters(note.length, format.count(note.length))}
        </Text>
      </section>
    </Stack>
  );

  function sayThen(then: string, today: string): string {
    return then === today || today === "" ? then : labels.thenAndNow(then === "" ? "–" : then, today);
  }
}

/** In the window's words, and the system's own where those are others. */
function sayStatus(word: string, own: string): string {
  return own === "" || own === word ? word : `${word} (${own})`;
}
