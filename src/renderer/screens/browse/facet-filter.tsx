import { Checkbox, Group, Radio, Stack, Text } from "@mantine/core";
import { useId, type ReactNode } from "react";
import { useLabels } from "../../labels/labels.tsx";
import { useFormat } from "../../parts/format.ts";
import { FilterChip } from "./filter-chip.tsx";

/** A choice of values, each with how many records it would leave. A chosen value stays in the list where nothing has it any more. */
export function FacetFilter({
  name,
  facet,
  chosen,
  onChange,
  say = (value) => value,
  single = false,
  unset,
}: {
  name: string;
  facet: readonly { value: string; count: number }[];
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
  /** What a value is called. */
  say?: (value: string) => string;
  /** One value at most. */
  single?: boolean;
  /** What holds while nothing is chosen, where that is not everything. */
  unset?: string;
}): ReactNode {
  const labels = useLabels().browse.filter;
  const format = useFormat();
  const group = useId();
  const gone = chosen.filter((value) => facet.every((one) => one.value !== value));
  const values = [...facet, ...gone.map((value) => ({ value, count: 0 }))].filter(({ value }) => value !== "");
  return (
    <FilterChip
      name={unset === undefined || chosen.length > 0 ? name : `${name}: ${unset}`}
      value={chosen.length === 0 ? undefined : format.list(chosen.map(say))}
      onRemove={() => onChange([])}
      width={260}
    >
      <Stack gap={8} mah={320} style={{ overflowY: "auto" }}>
        {values.length === 0 ? <Text size="sm">{labels.nothingToChoose}</Text> : null}
        {values.map(({ value, count }) => {
          const isChosen = chosen.includes(value);
          const common = { size: "xs", label: <bdi>{say(value)}</bdi>, checked: isChosen } as const;
          return (
            <Group key={value} justify="space-between" wrap="nowrap" gap="xs">
              {single ? (
                <Radio {...common} name={group} onChange={() => onChange([value])} />
              ) : (
                <Checkbox
                  {...common}
                  onChange={() => onChange(isChosen ? chosen.filter((one) => one !== value) : [...chosen, value])}
                />
              )}
              <Text size="sm" c="dimmed">
                {format.count(count)}
              </Text>
            </Group>
          );
        })}
      </Stack>
    </FilterChip>
  );
}
