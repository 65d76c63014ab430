import { Button } from "@mantine/core";
import { IconDatabase, IconFilterOff } from "@tabler/icons-react";
import type { ReactNode } from "react";
import type { SourceSummary } from "../../../contract/calls/sources.ts";
import type { SearchFilter } from "../../../contract/search.ts";
import { useLabels } from "../../labels/labels.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import { WorkProgress } from "../../parts/work-progress.tsx";
import { goTo } from "../../route.ts";
import { clearFilter } from "./browse-state.ts";

/** Why there is nothing to see, and what to do: the filter lets nothing through, a source is being read, or there is none. */
export function EmptyList({
  filter,
  sources,
}: {
  filter: SearchFilter;
  sources: readonly SourceSummary[] | undefined;
}): ReactNode {
  const { browse, sources: sourceLabels } = useLabels();
  const labels = browse.empty;
  if (Object.keys(filter).length > 0)
    return (
      <EmptyState icon={<IconFilterOff size={32} />} title={labels.nothingMatches} text={labels.nothingMatchesText}>
        <Button onClick={clearFilter}>{browse.filter.clearAll}</Button>
      </EmptyState>
    );
  if (sources === undefined) return null;
  const syncing = sources.filter((source) => source.state === "syncing");
  if (syncing.length > 0)
    return (
      <EmptyState icon={<IconDatabase size={32} />} title={labels.syncing} text={labels.syncingText}>
        {syncing.map((source) => (
          <WorkProgress
            key={source.name}
            label={labels.syncingStep(source.name, sourceLabels.phases[source.progress?.phase ?? "connecting"])}
            done={source.progress?.done ?? 0}
            total={source.progress?.total ?? null}
          />
        ))}
      </EmptyState>
    );
  const isNew = sources.length === 0;
  return (
    <EmptyState
      icon={<IconDatabase size={32} />}
      title={isNew ? labels.noSource : labels.nothingRead}
      text={isNew ? labels.noSourceText : labels.nothingReadText}
    >
      <Button onClick={() => goTo("sources")}>{isNew ? labels.addSource : labels.toSources}</Button>
    </EmptyState>
  );
}
