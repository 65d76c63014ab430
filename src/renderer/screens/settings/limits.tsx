import { NumberInput } from "@mantine/core";
import type { ReactNode } from "react";
import { useCall } from "../../client/query.ts";
import { useLabels } from "../../labels/labels.tsx";
import { ErrorNotice } from "../../parts/error-notice.tsx";
import { usePreferences } from "../../preferences.ts";
import { Section } from "./section.tsx";

export function Limits(): ReactNode {
  const { settings: labels } = useLabels();
  const { workers, jobsAtOnce, maxRows } = usePreferences();
  const set = useCall("settings.set");
  return (
    <Section title={labels.limits}>
      <NumberInput
        label={labels.workers}
        description={labels.workersHelp}
        value={workers}
        min={0}
        max={16}
        clampBehavior="strict"
        allowDecimal={false}
        maw={320}
        onChange={(value) => typeof value === "number" && value !== workers && set.mutate({ workers: value })}
      />
      <NumberInput
        label={labels.jobsAtOnce}
        description={labels.jobsAtOnceHelp}
        value={jobsAtOnce}
        min={1}
        max={4}
        clampBehavior="strict"
        allowDecimal={false}
        maw={320}
        onChange={(value) => typeof value === "number" && value !== jobsAtOnce && set.mutate({ jobsAtOnce: value })}
      />
      <NumberInput
        label={labels.maxRows}
        description={labels.maxRowsHelp}
        value={maxRows}
        min={1}
        clampBehavior="blur"
        allowDecimal={false}
        maw={320}
        onChange={(value) =>
          typeof value === "number" && value >= 1 && value !== maxRows && set.mutate({ maxRows: value })
        }
      />
      {set.error !== null && <ErrorNotice error={set.error} onDismiss={() => set.reset()} />}
    </Section>
  );
}
