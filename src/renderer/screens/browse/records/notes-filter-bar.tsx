import { Button, Switch } from "@mantine/core";
import { useCallback, type ReactNode } from "react";
import { GENDERS, NOTE_KINDS, PATIENT_STATUSES, type NotesFilter } from "../../../../contract/records.ts";
import { useAnswer } from "../../../client/query.ts";
import { useLabels } from "../../../labels/labels.tsx";
import { DateFilter } from "../date-filter.tsx";
import { FacetFilter } from "../facet-filter.tsx";
import { FilterChip } from "../filter-chip.tsx";
import { FoldedFilters, useFolding } from "../folded-filters.tsx";
import { TextFilter } from "../text-filter.tsx";
import { ListFilter } from "./list-filter.tsx";
import { changeNotesFilter, clearRecordsFilter, countChips } from "./records-state.ts";
import styles from "../browse.module.css";

const NONE: readonly string[] = [];

/** What a note must be to be shown. */
export function NotesFilterBar({ filter }: { filter: NotesFilter }): ReactNode {
  const { browse, browseRecords } = useLabels();
  const [bar, isFolded] = useFolding();
  const onText = useCallback((text: string) => changeNotesFilter({ text }), []);
  const chips = <Chips filter={filter} />;
  return (
    <div ref={bar} className={styles.filters}>
      <TextFilter
        search
        label={browseRecords.notes.search}
        clearLabel={browse.filter.clearSearch}
        value={filter.text ?? ""}
        onChange={onText}
      />
      {isFolded ? <FoldedFilters set={countChips(filter)}>{chips}</FoldedFilters> : chips}
    </div>
  );
}

/** The counts in each chip follow the other chips. */
function Chips({ filter }: { filter: NotesFilter }): ReactNode {
  const { browse, browseRecords, records } = useLabels();
  const labels = browseRecords.notes;
  const { data: facets } = useAnswer("records.noteFacets", filter, { keepPrevious: true });
  return (
    <>
      <DateFilter
        range={{ from: filter.from, to: filter.to }}
        facet={facets?.dates ?? []}
        onChange={({ from, to }) => changeNotesFilter({ from, to })}
      />
      <FacetFilter
        name={labels.kind}
        unset={records.noteKinds["daily-note"]}
        facet={facets?.kinds ?? []}
        chosen={filter.kinds ?? NONE}
        say={wordOf(records.noteKinds)}
        onChange={(chosen) => changeNotesFilter({ kinds: NOTE_KINDS.filter((one) => chosen.includes(one)) })}
      />
      <FacetFilter
        name={labels.ward}
        facet={facets?.wards ?? []}
        chosen={filter.wards ?? NONE}
        onChange={(wards) => changeNotesFilter({ wards })}
      />
      <FacetFilter
        name={labels.status}
        facet={facets?.statuses ?? []}
        chosen={filter.statuses ?? NONE}
        say={wordOf(records.statuses)}
        onChange={(chosen) => changeNotesFilter({ statuses: PATIENT_STATUSES.filter((one) => chosen.includes(one)) })}
      />
      <FacetFilter
        name={labels.gender}
        facet={facets?.genders ?? []}
        chosen={filter.genders ?? NONE}
        say={wordOf(records.genders)}
        onChange={(chosen) => changeNotesFilter({ genders: GENDERS.filter((one) => chosen.includes(one)) })}
      />
      <ListFilter
        name={labels.patients}
        label={labels.patientsLabel}
        hint={labels.patientsHint}
        chosen={filter.patients ?? NONE}
        onChange={(patients) => changeNotesFilter({ patients })}
      />
      <FacetFilter
        name={browse.filter.source}
        facet={facets?.sources ?? []}
        chosen={filter.sources ?? NONE}
        onChange={(sources) => changeNotesFilter({ sources })}
      />
      <FilterChip
        name={labels.deleted}
        value={filter.includeDeletedPatients === true ? labels.deletedIncluded : undefined}
        onRemove={() => changeNotesFilter({ includeDeletedPatients: undefined })}
      >
        <Switch
          label={labels.deletedSwitch}
          description={labels.deletedHint}
          checked={filter.includeDeletedPatients === true}
          onChange={(event) => changeNotesFilter({ includeDeletedPatients: event.currentTarget.checked })}
        />
      </FilterChip>
      {Object.keys(filter).length === 0 ? null : (
        <Button size="compact-xs" variant="subtle" onClick={() => clearRecordsFilter("notes")}>
          {browse.filter.clearAll}
        </Button>
      )}
    </>
  );
}

/** What is not in the list is shown as it is. */
function wordOf(words: Readonly<Record<string, string>>): (value: string) => string {
  return (value) => words[value] ?? value;
}
