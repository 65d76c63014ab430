import { Text } from "@mantine/core";
import type { ReactNode } from "react";
import type { Review } from "../../../contract/calls/exports.ts";
import type { Policy } from "../../../contract/policy.ts";
import { useLabels } from "../../labels/labels.tsx";
import { useFormat } from "../../parts/format.ts";
import { Picture } from "../../parts/picture.tsx";
import { StateBadge } from "../../parts/state-badge.tsx";
import classes from "./review.module.css";

const EDGE = 216;

/** Beside the header: the picture that leaves with it, and what the leak sweep says. */
export function InstanceBeside({ review, policy }: { review: Review; policy: Policy }): ReactNode {
  const labels = useLabels().review;
  return (
    <div className={classes.beside}>
      <Picture instance={review.picture} edge={EDGE} alt={labels.picture} />
      <Sweep review={review} identified={policy.kind === "identified"} />
    </div>
  );
}

/** Why this instance is not in the package; nothing where it is. */
export function HeldNotice({ review, policy }: { review: Review; policy: Policy }): ReactNode {
  const { engine, review: labels } = useLabels();
  if (review.held.length === 0) return null;
  const passes = policy.kind === "pseudonymised" && policy.includeHeld !== undefined;
  return (
    <div role="status" className={classes.held}>
      <StateBadge tone="attention">{passes ? labels.passedTitle : labels.heldTitle}</StateBadge>
      {review.held.map(({ code }) => (
        <Text key={code} size="sm">
          {engine.held[code]}
        </Text>
      ))}
    </div>
  );
}

function Sweep({ review, identified }: { review: Review; identified: boolean }): ReactNode {
  const labels = useLabels().review;
  const format = useFormat();
  const { leaks } = review;
  if (identified)
    return (
      <Text size="sm" c="dimmed">
        {labels.sweepNone}
      </Text>
    );
  if (leaks.length === 0) return <Text size="sm">{labels.sweepClean}</Text>;
  return (
    <div role="alert">
      <StateBadge tone="failed">{labels.sweepLeaks(leaks.length, format.count(leaks.length))}</StateBadge>
      <Text size="sm">{leaks.join(", ")}</Text>
      <Text size="sm">{labels.sweepLeaksText}</Text>
    </div>
  );
}
