import { Checkbox, Group, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useLabels } from "../../../labels/labels.tsx";
import { useFormat } from "../../../parts/format.ts";
import { TextFilter } from "../text-filter.tsx";
import styles from "./resources.module.css";

export interface FoundValue {
  value: string;
  label: string;
  /** In small print: what tells two of the same label apart. */
  detail: string;
  count: number;
}

/** Values out of very many: those that a search finds, to be chosen. What is chosen stays in sight. */
export function FoundValues(props: {
  searchLabel: string;
  query: string;
  onQuery: (query: string) => void;
  found: readonly FoundValue[];
  /** How many the search leaves in all. */
  total: number;
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
}): ReactNode {
  const { found, total, chosen, onChange } = props;
  const { browse, browseResources } = useLabels();
  const format = useFormat();
  const there = new Set(found.map(({ value }) => value));
  const gone = chosen.filter((value) => !there.has(value));
  const values = [...gone.map((value) => ({ value, label: value, detail: "", count: undefined })), ...found];
  return (
    <Stack gap="xs">
      <TextFilter
        label={props.searchLabel}
        clearLabel={browse.filter.clearSearch}
        value={props.query}
        onChange={props.onQuery}
      />
      {values.length === 0 && <Text size="sm">{browse.filter.nothingToChoose}</Text>}
      <div className={styles.found}>
        {values.map(({ value, label, detail, count }) => (
          <Group key={value} justify="space-between" wrap="nowrap" gap="xs">
            <Checkbox
              size="xs"
              label={<bdi>{label}</bdi>}
              description={detail === "" ? undefined : <bdi>{detail}</bdi>}
              checked={chosen.includes(value)}
              onChange={() =>
                onChange(chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value])
              }
            />
            <Text size="sm" c="dimmed">
              {count === undefined ? "" : format.count(count)}
            </Text>
          </Group>
        ))}
      </div>
      {total > found.length && (
        <Text size="sm" c="dimmed">
          {browseResources.filter.more(format.count(found.length), format.count(total))}
        </Text>
      )}
    </Stack>
  );
}
