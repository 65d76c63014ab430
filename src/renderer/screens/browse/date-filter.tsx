import { Button, Group, Stack, TextInput } from "@mantine/core";
import type { ReactNode } from "react";
import { useLabels } from "../../labels/labels.tsx";
import { useFormat, type Format } from "../../parts/format.ts";
import { DATE_PRESETS, presetOfRange, rangeOfPreset, type DateBucket, type DateRange } from "./date-range.ts";
import { DateHistogram } from "./date-histogram.tsx";
import { FilterChip } from "./filter-chip.tsx";
import type { Labels } from "../../labels/en/index.ts";

/** When something was made: presets, two days, or a range drawn over how many records there are. */
export function DateFilter({
  name,
  range,
  facet,
  onChange,
}: {
  /** Left out: the date. */
  name?: string;
  range: DateRange;
  facet: readonly DateBucket[];
  onChange: (range: DateRange) => void;
}): ReactNode {
  const labels = useLabels().browse.filter;
  const format = useFormat();
  const now = new Date();
  const preset = presetOfRange(range, now);
  return (
    <FilterChip
      name={name ?? labels.date}
      value={sayRange(
        range,
        preset === "all" || preset === undefined ? undefined : labels.presets[preset],
        format,
        labels,
      )}
      onRemove={() => onChange({ from: undefined, to: undefined })}
      width={360}
    >
      <Stack gap="sm">
        <Group gap={4}>
          {DATE_PRESETS.map((one) => (
            <Button
              key={one}
              size="compact-xs"
              variant={preset === one ? "filled" : "default"}
              aria-pressed={preset === one}
              onClick={() => onChange(rangeOfPreset(one, now))}
            >
              {labels.presets[one]}
            </Button>
          ))}
        </Group>
        <DateHistogram facet={facet} range={range} onChange={onChange} />
        <Group grow gap="xs">
          <DayField label={labels.from} value={range.from} onChange={(from) => onChange({ ...range, from })} />
          <DayField label={labels.to} value={range.to} onChange={(to) => onChange({ ...range, to })} />
        </Group>
      </Stack>
    </FilterChip>
  );
}

function DayField({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string | undefined;
  onChange: (day: string | undefined) => void;
}): ReactNode {
  return (
    <TextInput
      size="xs"
      type="date"
      label={label}
      value={value ?? ""}
      min="1890-01-01"
      max="9999-12-31"
      onChange={(event) => {
        const day = event.currentTarget.value;
        // While a year is typed the field has years such as 0002: no study is older than X-rays.
        if (day === "" || day >= "1890") onChange(day === "" ? undefined : day);
      }}
    />
  );
}

function sayRange(
  { from, to }: DateRange,
  preset: string | undefined,
  format: Format,
  labels: Labels["browse"]["filter"],
): string | undefined {
  if (preset !== undefined) return preset;
  if (from !== undefined && to !== undefined) return labels.between(format.date(from), format.date(to));
  if (from !== undefined) return labels.since(format.date(from));
  return to === undefined ? undefined : labels.until(format.date(to));
}
