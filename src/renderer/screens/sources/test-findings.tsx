import { Text } from "@mantine/core";
import type { ReactNode } from "react";
import type { CheckReport } from "../../../contract/calls/sources.ts";
import { useLabels } from "../../labels/labels.tsx";
import { StateBadge, type Tone } from "../../parts/state-badge.tsx";
import classes from "./sources.module.css";

const TONES: Record<CheckReport["findings"][number]["level"], Tone> = {
  ok: "neutral",
  warning: "attention",
  problem: "failed",
};

/** What a test found, each with what to do. */
export function TestFindings({ report }: { report: CheckReport }): ReactNode {
  const { sources } = useLabels();
  const { form } = sources;
  return (
    <div role={report.ok ? "status" : "alert"} className={classes.findings}>
      <Text fw={600}>{report.ok ? form.testOk : form.testFailed}</Text>
      <ul aria-label={form.findings}>
        {report.findings.map((finding) => (
          <li key={finding.text}>
            <StateBadge tone={TONES[finding.level]}>
              <span>
                {form.levels[finding.level]}: {finding.text}
              </span>
            </StateBadge>
            {finding.next !== undefined && <Text size="sm">{finding.next}</Text>}
          </li>
        ))}
      </ul>
    </div>
  );
}
