import { useState, type ReactNode } from "react";
import type { ResourcesFilter } from "../../../../contract/fhir.ts";
import { useAnswer } from "../../../client/query.ts";
import { useLabels } from "../../../labels/labels.tsx";
import { useFormat } from "../../../parts/format.ts";
import { showPersonName } from "../../../parts/person-name.ts";
import { FilterChip } from "../filter-chip.tsx";
import { FoundValues } from "./found-values.tsx";
import { changeResourcesFilter } from "./resources-state.ts";

const SHOWN = 30;
const NONE: readonly string[] = [];

/** Of whom: found by a part of the name, or a whole id. */
export function PatientsFilter({ filter }: { filter: ResourcesFilter }): ReactNode {
  const { filter: labels } = useLabels().browseResources;
  const format = useFormat();
  const chosen = filter.patients ?? NONE;
  return (
    <FilterChip
      name={labels.patient}
      value={chosen.length === 0 ? undefined : chosen.length > 2 ? format.count(chosen.length) : format.list(chosen)}
      onRemove={() => changeResourcesFilter({ patients: undefined })}
    >
      <Found filter={filter} chosen={chosen} />
    </FilterChip>
  );
}

/** Asked only while the chip is open. */
function Found({ filter, chosen }: { filter: ResourcesFilter; chosen: readonly string[] }): ReactNode {
  const { parts, browseResources } = useLabels();
  const [query, setQuery] = useState("");
  const { sources } = filter;
  const { data } = useAnswer(
    "resources.patients",
    { query, limit: SHOWN, ...(sources === undefined ? {} : { sources }) },
    { keepPrevious: true },
  );
  // Two sources may have the same id: the filter names ids alone, so they are one choice.
  const rows = [...new Map((data?.rows ?? []).map((row) => [row.id, row])).values()];
  return (
    <FoundValues
      searchLabel={browseResources.filter.searchPatients}
      query={query}
      onQuery={setQuery}
      found={rows.map(({ id, name, source, resources }) => ({
        value: id,
        label: showPersonName(name) || parts.unnamed,
        detail: `${id} · ${source}`,
        count: resources,
      }))}
      total={Math.max(data?.total ?? 0, rows.length) - ((data?.rows.length ?? 0) - rows.length)}
      chosen={chosen}
      onChange={(patients) => changeResourcesFilter({ patients })}
    />
  );
}
