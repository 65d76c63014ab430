import { Stack, Text } from "@mantine/core";
import { useCallback, type ReactNode } from "react";
import type { ExamsFilter } from "../../../../contract/records.ts";
import { useLabels } from "../../../labels/labels.tsx";
import { useFormat } from "../../../parts/format.ts";
import { FilterChip } from "../filter-chip.tsx";
import { TextFilter } from "../text-filter.tsx";
import { ListField } from "./list-filter.tsx";
import { changeExamsFilter } from "./records-state.ts";

const NONE: readonly string[] = [];

/** What is looked for as it stands in the list: exam item, order number, descriptions, exam numbers. */
export function ExactFilter({ filter }: { filter: ExamsFilter }): ReactNode {
  const { browse, browseRecords, records } = useLabels();
  const format = useFormat();
  const labels = browseRecords.exams;
  const { examItem, applicationOrderNo, examDescription = NONE, examIds = NONE } = filter;
  const set = [
    ...(examItem === undefined ? [] : [examItem]),
    ...(applicationOrderNo === undefined ? [] : [applicationOrderNo]),
    ...examDescription,
    ...examIds,
  ];
  const onItem = useCallback((text: string) => changeExamsFilter({ examItem: text }), []);
  const onOrder = useCallback((text: string) => changeExamsFilter({ applicationOrderNo: text }), []);
  return (
    <FilterChip
      name={labels.exact}
      value={set.length === 0 ? undefined : set.length > 2 ? format.count(set.length) : format.list(set)}
      onRemove={() =>
        changeExamsFilter({
          examItem: undefined,
          applicationOrderNo: undefined,
          examDescription: undefined,
          examIds: undefined,
        })
      }
    >
      <Stack gap="xs">
        <Text size="xs">{labels.exactHint}</Text>
        <TextFilter
          label={records.examColumns.exam_item}
          clearLabel={browse.filter.clearSearch}
          value={examItem ?? ""}
          onChange={onItem}
        />
        <TextFilter
          label={records.examColumns.application_order_no}
          clearLabel={browse.filter.clearSearch}
          value={applicationOrderNo ?? ""}
          onChange={onOrder}
        />
        <ListField
          label={records.examColumns.exam_description}
          hint={labels.onePerLine}
          chosen={examDescription}
          onChange={(next) => changeExamsFilter({ examDescription: next })}
        />
        <ListField
          label={labels.examIds}
          hint={labels.onePerLine}
          chosen={examIds}
          onChange={(next) => changeExamsFilter({ examIds: next })}
        />
      </Stack>
    </FilterChip>
  );
}
