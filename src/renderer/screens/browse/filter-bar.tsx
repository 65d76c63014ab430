import { Button, Stack, UnstyledButton } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { useCallback, type ReactNode } from "react";
import type { SearchFilter } from "../../../contract/search.ts";
import { useAnswer } from "../../client/query.ts";
import { useLabels } from "../../labels/labels.tsx";
import { useFormat } from "../../parts/format.ts";
import { changeFilter, clearFilter } from "./browse-state.ts";
import { DateFilter } from "./date-filter.tsx";
import { FacetFilter } from "./facet-filter.tsx";
import { FilterChip } from "./filter-chip.tsx";
import { FoldedFilters, useFolding } from "./folded-filters.tsx";
import { TextFilter } from "./text-filter.tsx";
import styles from "./browse.module.css";

/** What a study must be to be shown: words, and chips; these fold into one button where there is no room for them. */
export function FilterBar({ filter }: { filter: SearchFilter }): ReactNode {
  const labels = useLabels().browse.filter;
  const [bar, isFolded] = useFolding();
  const onText = useCallback((text: string) => changeFilter({ text }), []);
  return (
    <div ref={bar} className={styles.filters}>
      <TextFilter
        search
        label={labels.search}
        clearLabel={labels.clearSearch}
        value={filter.text ?? ""}
        onChange={onText}
      />
      {isFolded ? (
        <FoldedFilters set={countSet(filter)}>
          <Chips filter={filter} />
        </FoldedFilters>
      ) : (
        <Chips filter={filter} />
      )}
    </div>
  );
}

/** How many chips are set: text is no chip, and two days are one. */
function countSet(filter: SearchFilter): number {
  const parts = new Set(Object.keys(filter).map((part) => (part === "to" ? "from" : part)));
  parts.delete("text");
  return parts.size;
}

function toCounts(facet: readonly { value: string; studies: number }[] = []): { value: string; count: number }[] {
  return facet.map(({ value, studies }) => ({ value, count: studies }));
}

/** The counts in each chip follow the other chips. */
function Chips({ filter }: { filter: SearchFilter }): ReactNode {
  const labels = useLabels().browse.filter;
  const format = useFormat();
  const { data: facets } = useAnswer("find.facets", filter, { keepPrevious: true });
  const onDescription = useCallback((description: string) => changeFilter({ description }), []);
  return (
    <>
      <DateFilter
        range={{ from: filter.from, to: filter.to }}
        facet={toCounts(facets?.dates)}
        onChange={({ from, to }) => changeFilter({ from, to })}
      />
      <FacetFilter
        name={labels.modality}
        facet={toCounts(facets?.modalities)}
        chosen={filter.modalities ?? []}
        onChange={(modalities) => changeFilter({ modalities })}
      />
      <FacetFilter
        name={labels.source}
        facet={toCounts(facets?.sources)}
        chosen={filter.sources ?? []}
        onChange={(sources) => changeFilter({ sources })}
      />
      <FilterChip name={labels.description} value={filter.description} onRemove={() => onDescription("")}>
        <Stack gap="xs">
          <TextFilter
            label={labels.descriptionWords}
            clearLabel={labels.clearSearch}
            value={filter.description ?? ""}
            onChange={onDescription}
          />
        </Stack>
      </FilterChip>
      <UnstyledButton
        className={styles.toggleChip}
        data-set={filter.withAnalyses === true}
        aria-pressed={filter.withAnalyses === true}
        onClick={() => changeFilter({ withAnalyses: filter.withAnalyses === true ? undefined : true })}
      >
        {filter.withAnalyses === true ? <IconCheck size={14} aria-hidden /> : null}
        {labels.withAnalyses(format.count(facets?.withAnalyses ?? 0))}
      </UnstyledButton>
      {Object.keys(filter).length === 0 ? null : (
        <Button size="compact-xs" variant="subtle" onClick={clearFilter}>
          {labels.clearAll}
        </Button>
      )}
    </>
  );
}
