import { useMemo, type ReactNode } from "react";
import type { ResourcesFilter } from "../../../../contract/fhir.ts";
import { useLabels } from "../../../labels/labels.tsx";
import { useFormat } from "../../../parts/format.ts";
import type { RememberedTable } from "../../../parts/virtual-table/use-table-layout.ts";
import { ListTable } from "../list-table.tsx";
import { resourceColumns } from "./resource-columns.tsx";
import { changeResources, getResourcesState, rememberResourcesOffset, useResourcesState } from "./resources-state.ts";
import type { ResourcesWindows } from "./use-resources.ts";

/** Resources that match, each opening in the side panel. */
export function ResourceList(props: {
  filter: ResourcesFilter;
  table: RememberedTable;
  windows: ResourcesWindows;
}): ReactNode {
  const labels = useLabels();
  const format = useFormat();
  const { row: opened } = useResourcesState();
  const columns = useMemo(() => resourceColumns(labels, format), [labels, format]);
  return (
    <ListTable
      {...props}
      label={labels.browseResources.title}
      columns={columns}
      sort={props.windows.sort}
      isOpen={opened === undefined ? undefined : ({ row }) => row === opened}
      onOpen={({ row }) => changeResources({ row })}
      onClose={() => changeResources({ row: undefined })}
      startAt={getResourcesState().offset}
      onScrolled={rememberResourcesOffset}
    />
  );
}
