import { Button, Text } from "@mantine/core";
import type { ReactNode } from "react";
import type { PlanSummary } from "../../../contract/job.ts";
import { useLabels } from "../../labels/labels.tsx";
import { ErrorNotice } from "../../parts/error-notice.tsx";
import { FolderField } from "../../parts/folder-field.tsx";
import { useFormat } from "../../parts/format.ts";
import { StateBadge } from "../../parts/state-badge.tsx";
import classes from "./exports.module.css";
import { folderOfToday } from "./folder-of-today.ts";
import type { DestinationFacts, StartReason } from "./start-reasons.ts";
import { Step } from "./step.tsx";
import { Warning } from "./warning.tsx";

/** Names shown at once; the rest is counted. */
const SHOWN_NAMES = 6;

/** Where the packages go: the folder, its room, and the names they will have there. */
export function StepWhere(props: {
  destination: string;
  onDestination: (destination: string) => void;
  plan: PlanSummary | undefined;
  /** Why there is no plan. */
  problem: Error | null;
  place: DestinationFacts | undefined;
  reasons: readonly StartReason[];
  /** What else is to be chosen before the names are known: the form of a table. */
  children?: ReactNode;
}): ReactNode {
  const { destination, onDestination, plan, problem, place, reasons, children } = props;
  const labels = useLabels().exporting;
  const format = useFormat();
  return (
    <Step number={3} title={labels.steps.where}>
      <FolderField label={labels.where.label} value={destination} onChange={onDestination} purpose="write" />
      {children}
      {problem !== null && <ErrorNotice error={problem} />}
      {destination === "" && (
        <Text size="sm" c="dimmed">
          {labels.where.chooseFirst}
        </Text>
      )}
      {destination !== "" && plan !== undefined && plan.packages.length > 0 && (
        <>
          {/* What is computed first has no size yet. */}
          {plan.bytes > 0 && <Room plan={plan} />}
          {reasons.includes("read-only") && <StateBadge tone="failed">{labels.where.readOnly}</StateBadge>}
          {reasons.includes("file-too-large") && typeof place?.largestFile === "number" && (
            <StateBadge tone="failed">{labels.where.fileLimit(format.bytes(place.largestFile))}</StateBadge>
          )}
          {reasons.includes("table-too-large") && (
            <StateBadge tone="failed">{labels.start.reasons["table-too-large"]}</StateBadge>
          )}
          <PackageNames plan={plan} />
          {reasons.includes("names-taken") && (
            <Warning title={takenWords(plan, labels.where.existsText, format.count)}>
              <Button
                mt="xs"
                size="compact-sm"
                variant="default"
                onClick={() => onDestination(folderOfToday(destination, new Date()))}
              >
                {labels.where.anotherFolder}
              </Button>
            </Warning>
          )}
        </>
      )}
    </Step>
  );
}

function takenWords(
  { packages }: PlanSummary,
  say: (n: number, shown: string) => string,
  count: (n: number) => string,
): string {
  const taken = packages.filter(({ exists }) => exists).length;
  return say(taken, count(taken));
}

function Room({ plan }: { plan: PlanSummary }): ReactNode {
  const { where } = useLabels().exporting;
  const format = useFormat();
  const fits = plan.bytes <= plan.freeBytes;
  return (
    <Text size="sm" component="div">
      {where.free(format.bytes(plan.freeBytes), format.bytes(plan.bytes))}{" "}
      {fits ? (
        where.fits
      ) : (
        <StateBadge tone="failed">{where.doesNotFit(format.bytes(plan.bytes - plan.freeBytes))}</StateBadge>
      )}
    </Text>
  );
}

function PackageNames({ plan }: { plan: PlanSummary }): ReactNode {
  const { where } = useLabels().exporting;
  const format = useFormat();
  // Those that are there already first: they stop the export.
  const sorted = plan.packages.toSorted((a, b) => Number(b.exists) - Number(a.exists));
  const rest = sorted.length - SHOWN_NAMES;
  return (
    <div>
      <Text size="sm" fw={500}>
        {where.names}
      </Text>
      <ul className={classes.names}>
        {sorted.slice(0, SHOWN_NAMES).map(({ name, exists, bytes }) => (
          <li key={name}>
            <bdi dir="auto">{name}</bdi>
            {bytes > 0 && (
              <Text span size="sm" c="dimmed">
                {format.bytes(bytes)}
              </Text>
            )}
            {exists && <StateBadge tone="attention">{where.exists}</StateBadge>}
          </li>
        ))}
        {rest > 0 && <li>{where.more(format.count(rest))}</li>}
      </ul>
    </div>
  );
}
