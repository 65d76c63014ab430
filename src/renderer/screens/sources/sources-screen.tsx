import { Button, Group } from "@mantine/core";
import { IconCloudDataConnection, IconDatabase, IconFolderPlus, IconRefresh, IconServer } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useAnswer } from "../../client/query.ts";
import { useLabels } from "../../labels/labels.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import { ErrorNotice } from "../../parts/error-notice.tsx";
import { Page } from "../../parts/page.tsx";
import { DROPPED, goTo, useRoute } from "../../route.ts";
import { SourceCard } from "./source-card.tsx";
import { isRecordKind, RECORD_KINDS } from "./records-draft.ts";
import { RecordsForm } from "./records-form.tsx";
import { isResourceKind, RESOURCE_KINDS } from "./resources-draft.ts";
import { ResourcesForm } from "./resources-form.tsx";
import { SourceForm } from "./source-form.tsx";
import { useSync } from "./use-sync.ts";
import classes from "./sources.module.css";

const EDIT = "edit ";
const ADD = "add-";
const KINDS: readonly string[] = ["folder", "orthanc", ...RECORD_KINDS, ...RESOURCE_KINDS];

/** Where records are read from: what each source holds, how its last sync went, and what to do where it did not go well. */
export function SourcesScreen(): ReactNode {
  const { sources: labels, recordSources, resourceSources } = useLabels();
  const { detail } = useRoute();
  const answer = useAnswer("sources.list", {});
  const sync = useSync();
  const list = answer.data ?? [];
  const edited = detail.startsWith(EDIT) ? list.find((one) => one.name === detail.slice(EDIT.length)) : undefined;
  const dropped = detail.startsWith(DROPPED) ? detail.slice(DROPPED.length) : undefined;
  const kind =
    edited?.kind ?? KINDS.find((one) => detail === `${ADD}${one}`) ?? (dropped === undefined ? undefined : "folder");
  const done = (name?: string, canRead = true): void => {
    if (name !== undefined && canRead) sync.start(name);
    goTo("sources");
  };
  const buttons = (
    <>
      <Button
        variant="default"
        leftSection={<IconFolderPlus size={16} />}
        onClick={() => goTo("sources", "add-folder")}
      >
        {labels.addFolder}
      </Button>
      <Button variant="default" leftSection={<IconServer size={16} />} onClick={() => goTo("sources", "add-orthanc")}>
        {labels.addServer}
      </Button>
      <Button
        variant="default"
        leftSection={<IconDatabase size={16} />}
        onClick={() => goTo("sources", "add-postgres")}
      >
        {recordSources.add}
      </Button>
      <Button
        variant="default"
        leftSection={<IconCloudDataConnection size={16} />}
        onClick={() => goTo("sources", "add-fhir")}
      >
        {resourceSources.add}
      </Button>
    </>
  );
  return (
    <Page
      title={labels.title}
      actions={
        <>
          {buttons}
          {list.length > 0 && (
            <Button
              leftSection={<IconRefresh size={16} />}
              onClick={() => list.filter((one) => one.state !== "syncing").forEach((one) => sync.start(one.name))}
            >
              {labels.syncAll}
            </Button>
          )}
        </>
      }
    >
      <div className={classes.sources}>
        {kind === undefined ? null : isRecordKind(kind) ? (
          <RecordsForm key={detail} kind={kind} source={edited} onDone={done} />
        ) : isResourceKind(kind) ? (
          <ResourcesForm key={detail} kind={kind} source={edited} onDone={done} />
        ) : (
          <SourceForm key={detail} kind={kind} source={edited} dropped={dropped} onDone={done} />
        )}
        {answer.error !== null && <ErrorNotice error={answer.error} />}
        {answer.data?.length === 0 && kind === undefined && (
          <EmptyState icon={<IconDatabase size={40} stroke={1.5} />} title={labels.noneTitle} text={labels.noneText}>
            <Group>{buttons}</Group>
          </EmptyState>
        )}
        {list
          .filter((one) => one !== edited)
          .map((source) => (
            <SourceCard
              key={source.name}
              source={source}
              error={sync.errors.get(source.name)}
              onDismissError={() => sync.dismiss(source.name)}
              onSync={() => sync.start(source.name)}
              onEdit={() => goTo("sources", `${EDIT}${source.name}`)}
            />
          ))}
      </div>
    </Page>
  );
}
