import { Select, Stack, Text } from "@mantine/core";
import { useMemo, useState, type ReactNode } from "react";
import type { SeriesRow } from "../../../contract/calls/find.ts";
import { useAnswer } from "../../client/query.ts";
import { useLabels } from "../../labels/labels.tsx";
import { ErrorNotice } from "../../parts/error-notice.tsx";
import { useFormat } from "../../parts/format.ts";
import { VirtualTable } from "../../parts/virtual-table/virtual-table.tsx";
import type { StudyKey } from "./browse-state.ts";
import { filterElements } from "./filter-elements.ts";
import { tagColumns } from "./tag-columns.tsx";
import { TextFilter } from "./text-filter.tsx";
import styles from "./browse.module.css";

/** The header of the first instance of a series, as the source has it. */
export function TagsOfStudy({ study, series }: { study: StudyKey; series: readonly SeriesRow[] }): ReactNode {
  const { browse: labels } = useLabels();
  const format = useFormat();
  const [chosen, setChosen] = useState(series[0]?.seriesInstanceUid);
  const [text, setText] = useState("");
  const seriesInstanceUid = series.some((one) => one.seriesInstanceUid === chosen)
    ? chosen
    : series[0]?.seriesInstanceUid;
  const first = useAnswer(
    "find.instances",
    { ...study, seriesInstanceUid: seriesInstanceUid ?? "", limit: 1 },
    { enabled: seriesInstanceUid !== undefined },
  );
  const instance = first.data?.rows[0]?.instance;
  const tags = useAnswer("find.tags", { instance: instance ?? 0 }, { enabled: instance !== undefined });
  const columns = useMemo(() => tagColumns(labels.tags), [labels]);
  const rows = useMemo(() => filterElements(tags.data?.rows ?? [], text), [tags.data, text]);
  const rowAt = useMemo(() => (index: number) => rows[index], [rows]);
  const error = first.error ?? tags.error;
  return (
    <Stack gap="xs">
      <Select
        size="xs"
        label={labels.tags.ofSeries}
        allowDeselect={false}
        data={series.map((one) => ({
          value: one.seriesInstanceUid,
          label: [one.modality, one.seriesNumber, one.description]
            .filter((part) => part !== "" && part !== null)
            .join(" · "),
        }))}
        value={seriesInstanceUid ?? null}
        onChange={(next) => setChosen(next ?? undefined)}
      />
      <TextFilter
        search
        label={labels.tags.search}
        clearLabel={labels.filter.clearSearch}
        value={text}
        onChange={setText}
      />
      {error === null ? null : <ErrorNotice error={error} />}
      {tags.isLoading || first.isLoading ? <Text size="sm">{labels.tags.reading}</Text> : null}
      {tags.data === undefined ? null : (
        <>
          <Text size="xs" c="dimmed">
            {labels.tags.shown(format.count(rows.length), format.count(tags.data.rows.length))}
          </Text>
          <div className={styles.tags}>
            <VirtualTable
              label={labels.panel.tags}
              columns={columns}
              total={rows.length}
              rowAt={rowAt}
              rowHeight={24}
              listKey={`${instance} ${text}`}
            />
          </div>
        </>
      )}
    </Stack>
  );
}
