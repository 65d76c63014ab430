import { Button } from "@mantine/core";
import { useCallback, type ReactNode } from "react";
import type { ExamsFilter } from "../../../../contract/records.ts";
import { useAnswer } from "../../../client/query.ts";
import { useLabels } from "../../../labels/labels.tsx";
import { DateFilter } from "../date-filter.tsx";
import { FacetFilter } from "../facet-filter.tsx";
import { FoldedFilters, useFolding } from "../folded-filters.tsx";
import { TextFilter } from "../text-filter.tsx";
import { AgeFilter } from "./age-filter.tsx";
import { ExactFilter } from "./exact-filter.tsx";
import { changeExamsFilter, clearRecordsFilter, countChips } from "./records-state.ts";
import styles from "../browse.module.css";

const NONE: readonly string[] = [];

/** What an exam must be to be shown. */
export function ExamsFilterBar({ filter }: { filter: ExamsFilter }): ReactNode {
  const { browse, browseRecords } = useLabels();
  const [bar, isFolded] = useFolding();
  const onText = useCallback((q: string) => changeExamsFilter({ q }), []);
  const chips = <Chips filter={filter} />;
  return (
    <div ref={bar} className={styles.filters}>
      <TextFilter
        search
        label={browseRecords.exams.search}
        clearLabel={browse.filter.clearSearch}
        value={filter.q ?? ""}
        onChange={onText}
      />
      {isFolded ? <FoldedFilters set={countChips(filter)}>{chips}</FoldedFilters> : chips}
    </div>
  );
}

/** The counts in each chip follow the other chips. */
function Chips({ filter }: { filter: ExamsFilter }): ReactNode {
  const { browse, browseRecords, records } = useLabels();
  const { data: facets } = useAnswer("records.examFacets", filter, { keepPrevious: true });
  return (
    <>
      <DateFilter
        name={browseRecords.exams.checkIn}
        range={{ from: filter.from, to: filter.to }}
        facet={facets?.dates ?? []}
        onChange={({ from, to }) => changeExamsFilter({ from, to })}
      />
      <FacetFilter
        single
        name={records.examColumns.exam_source}
        facet={facets?.examSource ?? []}
        chosen={oneOf(filter.examSource)}
        onChange={([examSource]) => changeExamsFilter({ examSource })}
      />
      <FacetFilter
        single
        name={records.examColumns.exam_status}
        facet={facets?.examStatus ?? []}
        chosen={oneOf(filter.examStatus)}
        onChange={([examStatus]) => changeExamsFilter({ examStatus })}
      />
      <FacetFilter
        name={records.examColumns.exam_equipment}
        facet={facets?.examEquipment ?? []}
        chosen={filter.examEquipment ?? NONE}
        onChange={(examEquipment) => changeExamsFilter({ examEquipment })}
      />
      <FacetFilter
        name={records.examColumns.exam_room}
        facet={facets?.examRoom ?? []}
        chosen={filter.examRoom ?? NONE}
        onChange={(examRoom) => changeExamsFilter({ examRoom })}
      />
      <FacetFilter
        name={records.examColumns.patient_gender}
        facet={facets?.gender ?? []}
        chosen={filter.gender ?? NONE}
        onChange={(gender) => changeExamsFilter({ gender })}
      />
      <AgeFilter from={filter.ageFrom} to={filter.ageTo} onChange={changeExamsFilter} />
      <FacetFilter
        name={browse.filter.source}
        facet={facets?.sources ?? []}
        chosen={filter.sources ?? NONE}
        onChange={(sources) => changeExamsFilter({ sources })}
      />
      <ExactFilter filter={filter} />
      {Object.keys(filter).length === 0 ? null : (
        <Button size="compact-xs" variant="subtle" onClick={() => clearRecordsFilter("exams")}>
          {browse.filter.clearAll}
        </Button>
      )}
    </>
  );
}

function oneOf(value: string | undefined): readonly string[] {
  return value === undefined ? NONE : [value];
}
