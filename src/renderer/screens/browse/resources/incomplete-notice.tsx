import type { ReactNode } from "react";
import type { ResourcesFilter } from "../../../../contract/fhir.ts";
import { useAnswer } from "../../../client/query.ts";
import { sayIncomplete } from "../../../incomplete-words.ts";
import { useLabels } from "../../../labels/labels.tsx";
import { useFormat } from "../../../parts/format.ts";
import { StateBadge } from "../../../parts/state-badge.tsx";
import { incompleteTypes, sourcesOfStudies } from "./resource-facets.ts";
import styles from "./resources.module.css";

/** Which of the shown types are not all that their source has: a list never looks more complete than it is. */
export function IncompleteNotice({ filter }: { filter: ResourcesFilter }): ReactNode {
  const { resourceSources } = useLabels();
  const format = useFormat();
  const { data } = useAnswer("resources.types", {}, { keepPrevious: true });
  const { data: studies } = useAnswer("resources.studies", {}, { keepPrevious: true });
  const sources = filter.sources ?? sourcesOfStudies(studies ?? [], filter.studies);
  const sentences = sayIncomplete(incompleteTypes(data ?? [], { ...filter, sources }), resourceSources, format);
  if (sentences.length === 0) return null;
  return (
    <div className={styles.notices} role="status">
      {sentences.map((sentence) => (
        <StateBadge key={sentence} tone="attention">
          {sentence}
        </StateBadge>
      ))}
    </div>
  );
}
