import { Button, CopyButton, Text } from "@mantine/core";
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
            {finding.next !== undefined && <NextStep next={finding.next} />}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** What to do: a sentence, or statements for whoever keeps the database, to be copied. */
function NextStep({ next }: { next: string }): ReactNode {
  const { recordSources: labels } = useLabels();
  if (!/^(?:CREATE|GRANT|REVOKE|ALTER) /m.test(next)) return <Text size="sm">{next}</Text>;
  return (
    <>
      <pre className={classes.statements} tabIndex={0}>
        {next}
      </pre>
      <CopyButton value={next}>
        {({ copied, copy }) => (
          <Button size="compact-sm" variant="default" onClick={copy}>
            {copied ? labels.copied : labels.copyGrants}
          </Button>
        )}
      </CopyButton>
    </>
  );
}
