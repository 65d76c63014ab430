import { Checkbox, Group, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useLabels } from "../../labels/labels.tsx";
import { useFormat } from "../../parts/format.ts";
import { FilterChip } from "./filter-chip.tsx";

/** A choice of several values, each with the studies it would leave. A chosen value stays in the list where nothing has it any more. */
export function FacetFilter({
  name,
  facet,
  chosen,
  onChange,
}: {
  name: string;
  facet: readonly { value: string; studies: number }[];
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
}): ReactNode {
  const labels = useLabels().browse.filter;
  const format = useFormat();
  const gone = chosen.filter((value) => facet.every((one) => one.value !== value));
  const values = [...facet, ...gone.map((value) => ({ value, studies: 0 }))];
  return (
    <FilterChip
      name={name}
      value={chosen.length === 0 ? undefined : format.list(chosen)}
      onRemove={() => onChange([])}
      width={260}
    >
      <Stack gap={8} mah={320} style={{ overflowY: "auto" }}>
        {values.length === 0 ? <Text size="sm">{labels.nothingToChoose}</Text> : null}
        {values.map(({ value, studies }) => (
          <Group key={value} justify="space-between" wrap="nowrap" gap="xs">
            <Checkbox
              size="xs"
              label={<bdi>{value}</bdi>}
              checked={chosen.includes(value)}
              onChange={(event) =>
                onChange(event.currentTarget.checked ? [...chosen, value] : chosen.filter((one) => one !== value))
              }
            />
            <Text size="sm" c="dimmed">
              {format.count(studies)}
            </Text>
          </Group>
        ))}
      </Stack>
    </FilterChip>
  );
}
