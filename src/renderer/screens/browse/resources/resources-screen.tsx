import { Button } from "@mantine/core";
import { useMemo, type ReactNode } from "react";
import { useAnswer } from "../../../client/query.ts";
import { useLabels } from "../../../labels/labels.tsx";
import { useFormat } from "../../../parts/format.ts";
import { Page } from "../../../parts/page.tsx";
import { ColumnsMenu } from "../../../parts/virtual-table/columns-menu.tsx";
import { useTableLayout } from "../../../parts/virtual-table/use-table-layout.ts";
import { goTo } from "../../../route.ts";
import { pickResources } from "../../../selection.ts";
import { useBrowse } from "../browse-state.ts";
import { BrowseTabs } from "../browse-tabs.tsx";
import { EmptyResources } from "./empty-resources.tsx";
import { IncompleteNotice } from "./incomplete-notice.tsx";
import { resourceColumns } from "./resource-columns.tsx";
import { ResourceList } from "./resource-list.tsx";
import { ResourcePanel } from "./resource-panel.tsx";
import { ResourcesFilterBar } from "./resources-filter-bar.tsx";
import { changeResources, useResourcesState } from "./resources-state.ts";
import { useResources } from "./use-resources.ts";

/** FHIR resources: found and looked at. What the filter finds is what an export takes. */
export function ResourcesScreen(): ReactNode {
  const labels = useLabels();
  const { browse, browseResources, resourceSources } = labels;
  const format = useFormat();
  const { filter, row } = useResourcesState();
  const table = useTableLayout("browse-resources");
  const resources = useResources(filter, table);
  const { total, isOld } = resources;
  const { data: sources } = useAnswer("sources.list", {});
  const { data: images } = useAnswer("find.facets", useBrowse().filter, { keepPrevious: true });
  const columns = useMemo(() => resourceColumns(labels, format), [labels, format]);
  const counted = total === undefined ? "" : resourceSources.card.resources(total, format.count(total));
  return (
    <Page
      title={browse.title}
      scroll="own"
      chips={<ResourcesFilterBar filter={filter} />}
      actions={
        <Button
          disabled={total === undefined || total === 0 || isOld}
          onClick={() => {
            pickResources(filter);
            goTo("exports", "new");
          }}
        >
          {browseResources.export(counted)}
        </Button>
      }
      aside={row === undefined ? undefined : <ResourcePanel row={row} />}
      asideLabel={browseResources.panel.resource}
      onAsideClose={() => {
        changeResources({ row: undefined });
        document.querySelector<HTMLElement>("[role=grid]")?.focus();
      }}
    >
      <BrowseTabs
        value="resources"
        patients={images?.patients}
        studies={images?.studies}
        end={<ColumnsMenu columns={columns} layout={table.layout} onLayout={table.setLayout} onReset={table.reset} />}
      >
        {total === 0 && !isOld ? (
          <EmptyResources sources={sources} />
        ) : (
          <>
            <IncompleteNotice filter={filter} />
            <ResourceList filter={filter} table={table} windows={resources} />
          </>
        )}
      </BrowseTabs>
    </Page>
  );
}
