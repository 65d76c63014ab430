import type { ResourceRow } from "../../../../contract/calls/resources.ts";
import type { ResourcesFilter } from "../../../../contract/fhir.ts";
import type { Sort } from "../../../parts/virtual-table/columns.ts";
import type { RememberedTable } from "../../../parts/virtual-table/use-table-layout.ts";
import { useWindows, type Windows } from "../../../parts/virtual-table/use-windows.ts";

export type ResourcesWindows = Windows<ResourceRow> & { sort: Sort };

/** Resources, newest first, unless a person turned them round. */
export function useResources(filter: ResourcesFilter, table: RememberedTable): ResourcesWindows {
  const oldestFirst = table.sort?.column === "day" && !table.sort.descending;
  const question = { ...filter, oldestFirst };
  const windows = useWindows(["resources.list", question], (client, window, signal) =>
    client["resources.list"]({ ...question, ...window }, signal),
  );
  return { ...windows, sort: { column: "day", descending: !oldestFirst } };
}
