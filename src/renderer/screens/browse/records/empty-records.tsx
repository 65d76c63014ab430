import { Button, Group } from "@mantine/core";
import { IconDatabase, IconFilterOff } from "@tabler/icons-react";
import type { ReactNode } from "react";
import type { SourceSummary } from "../../../../contract/calls/sources.ts";
import { useAnswer } from "../../../client/query.ts";
import { useLabels } from "../../../labels/labels.tsx";
import { EmptyState } from "../../../parts/empty-state.tsx";
import { WorkProgress } from "../../../parts/work-progress.tsx";
import { goTo } from "../../../route.ts";
import { changeNotesFilter, clearRecordsFilter, useRecordsState, type RecordsKind } from "./records-state.ts";
import { RecordsSummary } from "./records-summary.tsx";

/** Why the list is empty, and what to do: the filter lets nothing through, a source is being read, or none has such records. */
export function EmptyRecords(props: { kind: RecordsKind; sources: readonly SourceSummary[] | undefined }): ReactNode {
  const { kind, sources } = props;
  const { browse, browseRecords, records, sources: sourceLabels } = useLabels();
  const state = useRecordsState();
  const filter = state[kind];
  const notes = useAnswer("records.noteFacets", state.notes, { keepPrevious: true, enabled: kind === "notes" });
  const exams = useAnswer("records.examFacets", state.exams, { keepPrevious: true, enabled: kind === "exams" });
  const inCatalog = (kind === "notes" ? notes : exams).data?.inCatalog;
  if (inCatalog === undefined || sources === undefined) return null;
  const labels = browseRecords[kind];
  if (inCatalog > 0) {
    // Without a filter nothing is shown where the catalog has notes of other kinds alone.
    const isOtherKinds = kind === "notes" && Object.keys(filter).length === 0;
    const kinds = notes.data?.kinds ?? [];
    const all = Object.keys(records.noteKinds) as (keyof typeof records.noteKinds)[];
    const there = all.filter((one) => kinds.some(({ value, count }) => value === one && count > 0));
    return (
      <>
        <RecordsSummary kind={kind} />
        <EmptyState
          icon={<IconFilterOff size={32} />}
          title={browse.empty.nothingMatches}
          text={isOtherKinds ? browseRecords.notes.otherKinds : browse.empty.nothingMatchesText}
        >
          {isOtherKinds ? (
            <Button onClick={() => changeNotesFilter({ kinds: there })}>{browseRecords.notes.showKinds}</Button>
          ) : (
            <Button onClick={() => clearRecordsFilter(kind)}>{browse.filter.clearAll}</Button>
          )}
        </EmptyState>
      </>
    );
  }
  const syncing = sources.filter((source) => source.state === "syncing");
  if (syncing.length > 0)
    return (
      <EmptyState icon={<IconDatabase size={32} />} title={browse.empty.syncing} text={browseRecords.syncing}>
        {syncing.map((source) => (
          <WorkProgress
            key={source.name}
            label={browse.empty.syncingStep(source.name, sourceLabels.phases[source.progress?.phase ?? "connecting"])}
            done={source.progress?.done ?? 0}
            total={source.progress?.total ?? null}
          />
        ))}
      </EmptyState>
    );
  return (
    <EmptyState icon={<IconDatabase size={32} />} title={labels.noneTitle} text={labels.noneText}>
      <Group justify="center">
        <Button onClick={() => goTo("sources", "add-postgres")}>{browseRecords.connectDatabase}</Button>
        <Button variant="default" onClick={() => goTo("sources", "add-csv")}>
          {browseRecords.openCsv}
        </Button>
        <Button variant="default" onClick={() => goTo("sources")}>
          {browse.empty.toSources}
        </Button>
      </Group>
    </EmptyState>
  );
}
