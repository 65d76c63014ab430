import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import type { ResourcesFilter } from "../../../../contract/fhir.ts";
import { useAnswer } from "../../../client/query.ts";
import { useLabels } from "../../../labels/labels.tsx";
import { DateFilter } from "../date-filter.tsx";
import { FacetFilter } from "../facet-filter.tsx";
import { FoldedFilters, useFolding } from "../folded-filters.tsx";
import { CodesFilter } from "./codes-filter.tsx";
import { PatientsFilter } from "./patients-filter.tsx";
import { sourceFacet, typeFacet } from "./resource-facets.ts";
import { changeResourcesFilter, clearResourcesFilter, countResourceChips } from "./resources-state.ts";
import styles from "../browse.module.css";

const NONE: readonly string[] = [];

/** What a resource must be to be shown. */
export function ResourcesFilterBar({ filter }: { filter: ResourcesFilter }): ReactNode {
  const [bar, isFolded] = useFolding();
  const chips = <Chips filter={filter} />;
  return (
    <div ref={bar} className={styles.filters}>
      {isFolded ? <FoldedFilters set={countResourceChips(filter)}>{chips}</FoldedFilters> : chips}
    </div>
  );
}

/** Counts are those of the sources that are chosen. */
function Chips({ filter }: { filter: ResourcesFilter }): ReactNode {
  const { browse, browseResources } = useLabels();
  const labels = browseResources.filter;
  const types = useAnswer("resources.types", {}, { keepPrevious: true }).data ?? [];
  const studies = useAnswer("resources.studies", {}, { keepPrevious: true }).data ?? [];
  const sources = useAnswer("sources.list", {}).data ?? [];
  const ofTypes = typeFacet(types, filter.sources);
  const incomplete = new Set(ofTypes.filter((one) => one.incomplete).map(({ value }) => value));
  const shownStudies = studies.filter(({ source }) => filter.sources?.includes(source) ?? true);
  const nameOfStudy = (id: string): string => studies.find((study) => study.id === id)?.name || id;
  return (
    <>
      <FacetFilter
        name={labels.type}
        facet={ofTypes}
        chosen={filter.types ?? NONE}
        say={(type) => (incomplete.has(type) ? labels.incomplete(type) : type)}
        onChange={(chosen) => changeResourcesFilter({ types: chosen })}
      />
      <PatientsFilter filter={filter} />
      {studies.length > 0 && (
        <FacetFilter
          name={labels.study}
          facet={shownStudies.map(({ id, patients }) => ({ value: id, count: patients }))}
          chosen={filter.studies ?? NONE}
          say={nameOfStudy}
          onChange={(chosen) => changeResourcesFilter({ studies: chosen })}
        />
      )}
      <CodesFilter filter={filter} />
      <DateFilter
        name={labels.day}
        range={{ from: filter.from, to: filter.to }}
        facet={[]}
        onChange={({ from, to }) => changeResourcesFilter({ from, to })}
      />
      <FacetFilter
        name={browse.filter.source}
        facet={sourceFacet(sources)}
        chosen={filter.sources ?? NONE}
        onChange={(chosen) => changeResourcesFilter({ sources: chosen })}
      />
      {Object.keys(filter).length === 0 ? null : (
        <Button size="compact-xs" variant="subtle" onClick={clearResourcesFilter}>
          {browse.filter.clearAll}
        </Button>
      )}
    </>
  );
}
