import { Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useLabels } from "../../labels/labels.tsx";
import { useFormat } from "../../parts/format.ts";
import { StateBadge } from "../../parts/state-badge.tsx";
import type { CopyEvent } from "./copy-panel.tsx";
import { Findings } from "./findings.tsx";
import classes from "./packages.module.css";

/** "Safe to remove" only where the medium itself was read back; honest about anything less. */
export function CopyResult({ result }: { result: Extract<CopyEvent, { type: "result" }> }): ReactNode {
  const labels = useLabels().packages.copying;
  const format = useFormat();
  const amount = [format.count(result.files), format.bytes(result.bytes)] as const;
  const path = (
    <span className={classes.path}>
      <bdi dir="ltr">{result.path}</bdi>
    </span>
  );
  if (!result.ok)
    return (
      <div className={classes.bad} role="alert">
        <StateBadge tone="failed">{labels.bad}</StateBadge>
        <Text size="sm">{labels.badText}</Text>
        <Findings findings={result.findings} />
      </div>
    );
  const isRead = result.readBack === "medium";
  return (
    <div className={isRead ? classes.safe : classes.unsure} role="status">
      <StateBadge tone={isRead ? "verified" : "attention"}>{isRead ? labels.safe : labels.cached}</StateBadge>
      <Text size="sm">{isRead ? labels.safeText(...amount) : labels.cachedText(...amount)}</Text>
      {path}
    </div>
  );
}
