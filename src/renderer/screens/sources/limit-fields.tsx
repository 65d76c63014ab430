import { Button, Group, NumberInput } from "@mantine/core";
import type { ReactNode } from "react";
import { useLabels } from "../../labels/labels.tsx";
import { useFormat } from "../../parts/format.ts";
import { RECOMMENDED_MEGABYTES, type ResourcesDraft } from "./resources-draft.ts";

const USUAL_CALLS = 100;
const USUAL_EXPORTS = 1;

/** How much a server is asked for at most: all jobs and syncs share it. */
export function LimitFields(props: {
  draft: ResourcesDraft;
  onChange: (part: Partial<ResourcesDraft>) => void;
}): ReactNode {
  const { draft, onChange } = props;
  const { limits: labels } = useLabels().resourceSources;
  const format = useFormat();
  return (
    <>
      <Limit
        label={labels.calls}
        description={labels.callsHelp}
        usual={USUAL_CALLS}
        most={60_000}
        value={draft.callsPerMinute}
        onChange={(callsPerMinute) => onChange({ callsPerMinute })}
      />
      {draft.kind === "fhir" && (
        <>
          <Limit
            label={labels.exports}
            description={labels.exportsHelp}
            usual={USUAL_EXPORTS}
            most={1000}
            value={draft.exportsPerHour}
            onChange={(exportsPerHour) => onChange({ exportsPerHour })}
          />
          <Group gap="xs" align="flex-end">
            <NumberInput
              label={labels.megabytes}
              description={labels.megabytesHelp}
              placeholder={labels.noLimit}
              min={2}
              max={1_000_000}
              allowDecimal={false}
              allowNegative={false}
              hideControls
              value={draft.megabytesPerMinute ?? ""}
              onChange={(value) => onChange({ megabytesPerMinute: typeof value === "number" ? value : undefined })}
            />
            <Button variant="default" onClick={() => onChange({ megabytesPerMinute: RECOMMENDED_MEGABYTES })}>
              {labels.recommended(format.count(RECOMMENDED_MEGABYTES))}
            </Button>
          </Group>
        </>
      )}
    </>
  );
}

function Limit(props: {
  label: string;
  description: string;
  usual: number;
  most: number;
  value: number | undefined;
  onChange: (value: number | undefined) => void;
}): ReactNode {
  const { usual, most, value, onChange, ...words } = props;
  return (
    <NumberInput
      {...words}
      placeholder={String(usual)}
      min={1}
      max={most}
      allowDecimal={false}
      allowNegative={false}
      hideControls
      value={value ?? ""}
      onChange={(next) => onChange(typeof next === "number" ? next : undefined)}
    />
  );
}
