import { Button, Group } from "@mantine/core";
import { IconDatabase, IconFilterOff } from "@tabler/icons-react";
import type { ReactNode } from "react";
import type { SourceSummary } from "../../../../contract/calls/sources.ts";
import { useLabels } from "../../../labels/labels.tsx";
import { EmptyState } from "../../../parts/empty-state.tsx";
import { WorkProgress } from "../../../parts/work-progress.tsx";
import { goTo } from "../../../route.ts";
import { isResourceKind } from "../../sources/resources-draft.ts";
import { clearResourcesFilter } from "./resources-state.ts";

/** Why the list is empty, and what to do: the filter lets nothing through, a source is being read, or none has FHIR. */
export function EmptyResources({ sources }: { sources: readonly SourceSummary[] | undefined }): ReactNode {
  const { browse, browseResources: labels, resourceSources, sources: sourceLabels } = useLabels();
  if (sources === undefined) return null;
  const ofResources = sources.filter(({ kind }) => isResourceKind(kind));
  if (ofResources.some(({ resources }) => resources > 0))
    return (
      <EmptyState
        icon={<IconFilterOff size={32} />}
        title={browse.empty.nothingMatches}
        text={browse.empty.nothingMatchesText}
      >
        <Button onClick={clearResourcesFilter}>{browse.filter.clearAll}</Button>
      </EmptyState>
    );
  const syncing = ofResources.filter(({ state }) => state === "syncing");
  if (syncing.length > 0)
    return (
      <EmptyState icon={<IconDatabase size={32} />} title={browse.empty.syncing} text={labels.syncing}>
        {syncing.map(({ name, progress }) => (
          <WorkProgress
            key={name}
            label={browse.empty.syncingStep(name, sourceLabels.phases[progress?.phase ?? "connecting"])}
            done={progress?.done ?? 0}
            total={progress?.total ?? null}
          />
        ))}
      </EmptyState>
    );
  return (
    <EmptyState icon={<IconDatabase size={32} />} title={labels.noneTitle} text={labels.noneText}>
      <Group justify="center">
        <Button onClick={() => goTo("sources", "add-fhir")}>{resourceSources.add}</Button>
        <Button variant="default" onClick={() => goTo("sources", "add-ndjson")}>
          {labels.openFiles}
        </Button>
        <Button variant="default" onClick={() => goTo("sources")}>
          {browse.empty.toSources}
        </Button>
      </Group>
    </EmptyState>
  );
}
