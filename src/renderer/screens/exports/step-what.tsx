import { Button, Group, Text } from "@mantine/core";
import type { ReactNode } from "react";
import type { PlanSummary } from "../../../contract/job.ts";
import { useLabels } from "../../labels/labels.tsx";
import { useFormat } from "../../parts/format.ts";
import { goTo } from "../../route.ts";
import type { DraftInHand } from "./draft-state.ts";
import { planTotals } from "./plan-totals.ts";
import { saySelection } from "../../selection-words.ts";
import classes from "./exports.module.css";
import { Step } from "./step.tsx";

/** What leaves: the selection in words, counted; the way back to Browse, or everything. */
export function StepWhat(props: {
  hand: DraftInHand;
  plan: PlanSummary | undefined;
  /** Why there is no plan, while there is none. */
  uncounted: "counting" | "failed" | "incomplete";
}): ReactNode {
  const { hand, plan, uncounted } = props;
  const labels = useLabels().exporting;
  const format = useFormat();
  const { selection, draft, picked, change } = hand;
  const isOwn = draft.selection !== null && draft.selection.scope !== "all";
  return (
    <Step number={1} title={labels.steps.what}>
      <div className={classes.what}>
        {selection === undefined ? (
          <Text>
            {labels.what.nothing} {labels.what.nothingNext}
          </Text>
        ) : (
          <div>
            <Text fw={600}>{saySelection(selection, labels, format)}</Text>
            <Text size="sm" c="dimmed">
              {plan === undefined ? labels.what.uncounted[uncounted] : <Totals plan={plan} />}
            </Text>
            {isOwn && <Text size="sm">{labels.what.fromRecipe}</Text>}
          </div>
        )}
        <Group gap="xs">
          <Button variant="default" size="compact-md" onClick={() => goTo("browse")}>
            {selection === undefined ? labels.what.pick : labels.what.change}
          </Button>
          {selection?.scope !== "all" && (
            <Button variant="default" size="compact-md" onClick={() => change({ selection: { scope: "all" } })}>
              {labels.what.takeEverything}
            </Button>
          )}
          {draft.selection !== null && picked && (
            <Button variant="subtle" size="compact-md" onClick={() => change({ selection: null })}>
              {labels.what.usePicked}
            </Button>
          )}
        </Group>
      </div>
    </Step>
  );
}

function Totals({ plan }: { plan: PlanSummary }): ReactNode {
  const labels = useLabels().exporting;
  const format = useFormat();
  const { patients, studies, series, instances, previews } = planTotals(plan);
  const counted = (say: (n: number, shown: string) => string, n: number): string => say(n, format.count(n));
  return [
    patients === undefined ? "" : counted(labels.patients, patients),
    counted(labels.studies, studies),
    counted(labels.series, series),
    counted(labels.instances, instances),
    previews === 0 ? "" : counted(labels.previews, previews),
    labels.what.about(format.bytes(plan.bytes)),
  ]
    .filter((one) => one !== "")
    .join(" · ");
}
