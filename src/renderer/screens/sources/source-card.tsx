import { Button, Group, List, Text, Title } from "@mantine/core";
import {
  IconCloudDataConnection,
  IconDatabase,
  IconFileTypeCsv,
  IconFileTypography,
  IconFolder,
  IconPencil,
  IconRefresh,
  IconServer,
  IconTrash,
} from "@tabler/icons-react";
import { useState, type ReactNode } from "react";
import type { SourceSummary } from "../../../contract/calls/sources.ts";
import { useCall } from "../../client/query.ts";
import { useLabels } from "../../labels/labels.tsx";
import { Confirm } from "../../parts/confirm.tsx";
import { ErrorNotice } from "../../parts/error-notice.tsx";
import { useFormat } from "../../parts/format.ts";
import { StateBadge, type Tone } from "../../parts/state-badge.tsx";
import { WorkProgress } from "../../parts/work-progress.tsx";
import { isRecordKind } from "./records-draft.ts";
import { ResourceTypes } from "./resource-types.tsx";
import { isResourceKind } from "./resources-draft.ts";
import { SourceAccess } from "./source-access.tsx";
import { SourceProblems } from "./source-problems.tsx";
import classes from "./sources.module.css";

const TONES: Record<SourceSummary["state"], Tone> = {
  never: "neutral",
  syncing: "running",
  ok: "neutral",
  attention: "attention",
  failed: "failed",
};

interface SourceCardProps {
  source: SourceSummary;
  /** Why a sync could not be started from here. */
  error: Error | undefined;
  onDismissError: () => void;
  onSync: () => void;
  onEdit: () => void;
}

/** One source: what it holds, how it is, and what can be done with it. */
export function SourceCard({ source, error, onDismissError, onSync, onEdit }: SourceCardProps): ReactNode {
  const { sources: labels } = useLabels();
  const format = useFormat();
  const holdings = useHoldings(source);
  const cancelSync = useCall("sources.cancelSync");
  const kindWord = Object.hasOwn(labels.kinds, source.kind)
    ? labels.kinds[source.kind as keyof typeof labels.kinds]
    : source.kind;
  const { lastReport, progress } = source;
  const syncing = source.state === "syncing";
  // A sync that failed both here and in the list is told once.
  const shown = source.error ?? error;
  return (
    <article className={classes.card} aria-label={source.name}>
      <Group gap="sm" wrap="nowrap" align="flex-start">
        <span aria-hidden className={classes.kind}>
          <KindIcon kind={source.kind} />
        </span>
        <div className={classes.words}>
          <Group gap="md" justify="space-between">
            <Title order={2}>
              <bdi>{source.name}</bdi>
            </Title>
            <StateBadge tone={TONES[source.state]}>{labels.states[source.state]}</StateBadge>
          </Group>
          <Text size="sm" c="dimmed" className={classes.place}>
            {kindWord} · <bdi>{source.place}</bdi>
          </Text>
          {(source.lastSync !== null || source.patients + source.exams + source.resources > 0) && (
            <Text size="sm">{holdings.join(" · ")}</Text>
          )}
          {source.lastSync !== null && (
            <Text size="sm" c="dimmed">
              {labels.lastSync(format.moment(source.lastSync))}
              {lastReport !== null &&
                ` · ${labels.changes(format.count(lastReport.added), format.count(lastReport.changed), format.count(lastReport.removed))}`}
            </Text>
          )}
        </div>
      </Group>
      {syncing && (
        <WorkProgress
          label={labels.phases[progress?.phase ?? "connecting"]}
          done={progress?.done ?? 0}
          total={progress?.total ?? null}
          onCancel={() => cancelSync.mutate({ name: source.name })}
        />
      )}
      {shown !== undefined && !syncing && (
        <ErrorNotice
          error={shown}
          onDismiss={source.error === null ? onDismissError : undefined}
          action={{ label: labels.edit, onClick: onEdit }}
        />
      )}
      {lastReport !== null && !lastReport.complete && source.error === null && !syncing && (
        <StateBadge tone="attention">{labels.incomplete}</StateBadge>
      )}
      {isResourceKind(source.kind) && (
        <>
          <SourceAccess source={source} onSignedIn={onSync} />
          <ResourceTypes name={source.name} />
        </>
      )}
      {source.problems > 0 && <SourceProblems source={source} />}
      {lastReport !== null && lastReport.notices.length > 0 && (
        <div>
          <Text size="sm" fw={600}>
            {labels.notices}
          </Text>
          <List size="sm">
            {lastReport.notices.map((notice) => (
              <List.Item key={notice}>{notice}</List.Item>
            ))}
          </List>
        </div>
      )}
      {cancelSync.error !== null && <ErrorNotice error={cancelSync.error} onDismiss={() => cancelSync.reset()} />}
      <Group gap="xs">
        <Button
          variant="default"
          leftSection={<IconRefresh size={16} />}
          disabled={syncing}
          aria-label={labels.syncOf(source.name)}
          onClick={onSync}
        >
          {labels.sync}
        </Button>
        <Button
          variant="default"
          leftSection={<IconPencil size={16} />}
          disabled={syncing}
          aria-label={labels.editOf(source.name)}
          onClick={onEdit}
        >
          {labels.edit}
        </Button>
        <RemoveSource name={source.name} disabled={syncing} />
      </Group>
    </article>
  );
}

/** What the catalog holds of a source, in the words of its kind. */
function useHoldings(source: SourceSummary): string[] {
  const { sources: labels, records, resourceSources } = useLabels();
  const format = useFormat();
  const counted = (count: number, say: (n: number, shown: string) => string): string => say(count, format.count(count));
  const patients = counted(source.patients, labels.patients);
  if (isResourceKind(source.kind)) return [patients, counted(source.resources, resourceSources.card.resources)];
  if (isRecordKind(source.kind))
    return [patients, counted(source.notes, records.notes), counted(source.exams, records.exams)];
  return [patients, counted(source.studies, labels.studies), counted(source.instances, labels.instances)];
}

function KindIcon({ kind }: { kind: string }): ReactNode {
  const plain = { size: 24, stroke: 1.5 };
  if (kind === "folder") return <IconFolder {...plain} />;
  if (kind === "ndjson") return <IconFileTypography {...plain} />;
  if (isResourceKind(kind)) return <IconCloudDataConnection {...plain} />;
  if (kind === "csv") return <IconFileTypeCsv {...plain} />;
  return isRecordKind(kind) && kind !== "studies-api" ? <IconDatabase {...plain} /> : <IconServer {...plain} />;
}

function RemoveSource({ name, disabled }: { name: string; disabled: boolean }): ReactNode {
  const { sources: labels } = useLabels();
  const remove = useCall("sources.remove");
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconTrash size={16} />}
        disabled={disabled}
        aria-label={labels.removeOf(name)}
        onClick={() => setAsking(true)}
      >
        {labels.remove}
      </Button>
      <Confirm
        opened={asking}
        title={labels.removeTitle(name)}
        confirmLabel={labels.removeConfirm}
        busy={remove.isPending}
        onCancel={() => setAsking(false)}
        onConfirm={() => remove.mutate({ name }, { onSettled: () => setAsking(false) })}
      >
        {labels.removeText}
      </Confirm>
      {remove.error !== null && <ErrorNotice error={remove.error} onDismiss={() => remove.reset()} />}
    </>
  );
}
