import { Group, NumberInput } from "@mantine/core";
import type { ReactNode } from "react";
import { useLabels } from "../../../labels/labels.tsx";
import { useFormat } from "../../../parts/format.ts";
import { FilterChip } from "../filter-chip.tsx";

const OLDEST = 150;

/** Age in whole years, both ends included. */
export function AgeFilter({
  from,
  to,
  onChange,
}: {
  from: number | undefined;
  to: number | undefined;
  onChange: (ages: { ageFrom?: number | undefined; ageTo?: number | undefined }) => void;
}): ReactNode {
  const { browse, records, tables } = useLabels();
  const format = useFormat();
  const { filter } = tables.what;
  const [first, last] = [from, to].map((age) => (age === undefined ? "" : format.count(age)));
  const value =
    from !== undefined && to !== undefined
      ? browse.filter.between(first ?? "", last ?? "")
      : from !== undefined
        ? filter.ageFrom(first ?? "")
        : to !== undefined
          ? filter.ageTo(last ?? "")
          : undefined;
  return (
    <FilterChip
      name={records.examColumns.patient_age}
      value={value}
      onRemove={() => onChange({ ageFrom: undefined, ageTo: undefined })}
    >
      <Group grow gap="xs">
        <AgeField label={browse.filter.from} value={from} onChange={(ageFrom) => onChange({ ageFrom })} />
        <AgeField label={browse.filter.to} value={to} onChange={(ageTo) => onChange({ ageTo })} />
      </Group>
    </FilterChip>
  );
}

function AgeField(props: {
  label: string;
  value: number | undefined;
  onChange: (age: number | undefined) => void;
}): ReactNode {
  return (
    <NumberInput
      size="xs"
      label={props.label}
      value={props.value ?? ""}
      min={0}
      max={OLDEST}
      allowDecimal={false}
      allowNegative={false}
      clampBehavior="strict"
      hideControls
      onChange={(age) => props.onChange(typeof age === "number" ? age : undefined)}
    />
  );
}
