import { Text } from "@mantine/core";
import type { ReactNode } from "react";
import type { ResourcesFilter } from "../../../../contract/fhir.ts";
import { useAnswer } from "../../../client/query.ts";
import { useLabels } from "../../../labels/labels.tsx";
import { useFormat } from "../../../parts/format.ts";
import { StateBadge } from "../../../parts/state-badge.tsx";
import { incompleteTypes } from "./resource-facets.ts";
import styles from "./resources.module.css";

const MOST_NAMED = 2;

/** Which of the shown types are not all that their source has: a list never looks more complete than it is. */
export function IncompleteNotice({ filter }: { filter: ResourcesFilter }): ReactNode {
  const { browseResources, resourceSources } = useLabels();
  const format = useFormat();
  const { data } = useAnswer("resources.types", {}, { keepPrevious: true });
  const short = incompleteTypes(data ?? [], filter);
  if (short.length === 0) return null;
  return (
    <div className={styles.notices} role="status">
      {short.slice(0, MOST_NAMED).map(({ source, type, expected, received, count }) => (
        <StateBadge key={`${source} ${type}`} tone="attention">
          {expected === null
            ? resourceSources.card.incompleteUntold(type)
            : resourceSources.card.incompleteType(type, format.count(received ?? count), format.count(expected))}
        </StateBadge>
      ))}
      {short.length > MOST_NAMED && (
        <Text size="sm">{browseResources.moreIncomplete(format.count(short.length - MOST_NAMED))}</Text>
      )}
    </div>
  );
}
