import { Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useLabels } from "../../labels/labels.tsx";
import { ErrorNotice } from "../../parts/error-notice.tsx";
import { useFormat } from "../../parts/format.ts";
import { StateBadge } from "../../parts/state-badge.tsx";
import { WorkProgress } from "../../parts/work-progress.tsx";
import { Findings } from "./findings.tsx";
import type { Verifying } from "./use-verify.ts";

/** A verification that runs, or what it found. Nothing before the first. */
export function Verification({ name, verify }: { name: string; verify: Verifying }): ReactNode {
  const labels = useLabels().packages;
  const format = useFormat();
  const { latest, running, error, cancel } = verify;
  if (error !== undefined) return <ErrorNotice error={error} />;
  if (running && latest?.type !== "result")
    return (
      <WorkProgress
        label={labels.verifying(name)}
        done={latest?.filesDone ?? 0}
        total={latest?.filesTotal ?? null}
        onCancel={cancel}
      />
    );
  if (latest?.type !== "result") return null;
  if (!latest.ok)
    return (
      <div role="alert">
        <StateBadge tone="failed">{labels.result.damaged}</StateBadge>
        <Findings findings={latest.findings} />
      </div>
    );
  return (
    <div role="status">
      <StateBadge tone="verified">
        {labels.result.ok(format.count(latest.files), format.bytes(latest.bytes))}
      </StateBadge>
      {latest.result === "incomplete" && <Text size="sm">{labels.result.incomplete}</Text>}
    </div>
  );
}
