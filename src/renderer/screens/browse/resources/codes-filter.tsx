import { useMemo, useState, type ReactNode } from "react";
import type { ResourcesFilter } from "../../../../contract/fhir.ts";
import { useAnswer } from "../../../client/query.ts";
import { useLabels } from "../../../labels/labels.tsx";
import { useFormat } from "../../../parts/format.ts";
import { FilterChip } from "../filter-chip.tsx";
import { FoundValues } from "./found-values.tsx";
import { codeAlone } from "./resource-facets.ts";
import { changeResourcesFilter } from "./resources-state.ts";

const SHOWN = 50;
/** The contract's own limit: rarer ones are found by their type. */
const ASKED = 1000;
const NONE: readonly string[] = [];

/** About what: by the words of a code, or the code itself. */
export function CodesFilter({ filter }: { filter: ResourcesFilter }): ReactNode {
  const { filter: labels } = useLabels().browseResources;
  const format = useFormat();
  const chosen = filter.codes ?? NONE;
  const words = chosen.map(codeAlone);
  return (
    <FilterChip
      name={labels.code}
      value={words.length === 0 ? undefined : words.length > 2 ? format.count(words.length) : format.list(words)}
      onRemove={() => changeResourcesFilter({ codes: undefined })}
      width={340}
    >
      <Found filter={filter} chosen={chosen} />
    </FilterChip>
  );
}

/** Asked only while the chip is open. */
function Found({ filter, chosen }: { filter: ResourcesFilter; chosen: readonly string[] }): ReactNode {
  const { filter: labels } = useLabels().browseResources;
  const [query, setQuery] = useState("");
  const { types, sources } = filter;
  const { data } = useAnswer(
    "resources.codes",
    {
      limit: ASKED,
      ...(types?.length === 1 && types[0] !== undefined ? { type: types[0] } : {}),
      ...(sources === undefined ? {} : { sources }),
    },
    { keepPrevious: true },
  );
  const found = useMemo(() => {
    const words = query.toLowerCase();
    return (data ?? []).filter(({ code, text }) => `${code} ${text}`.toLowerCase().includes(words));
  }, [data, query]);
  return (
    <FoundValues
      searchLabel={labels.searchCodes}
      query={query}
      onQuery={setQuery}
      found={found.slice(0, SHOWN).map(({ code, text, count }) => ({
        value: code,
        label: text === "" ? codeAlone(code) : text,
        detail: code,
        count,
      }))}
      total={found.length}
      chosen={chosen}
      onChange={(codes) => changeResourcesFilter({ codes })}
    />
  );
}
