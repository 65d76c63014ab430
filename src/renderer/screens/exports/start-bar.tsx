import { Button, Text } from "@mantine/core";
import { useId, type ReactNode } from "react";
import type { PlanSummary } from "../../../contract/job.ts";
import type { ImagingRecipe } from "../../../contract/recipe.ts";
import { useCall } from "../../client/query.ts";
import { useLabels } from "../../labels/labels.tsx";
import { ErrorNotice } from "../../parts/error-notice.tsx";
import { useFormat } from "../../parts/format.ts";
import { goTo } from "../../route.ts";
import classes from "./exports.module.css";
import { SaveRecipe } from "./save-recipe.tsx";
import type { StartReason } from "./start-reasons.ts";

/** Always in sight: what Start would make, or in words why it cannot start yet. */
export function StartBar(props: {
  recipe: ImagingRecipe | undefined;
  plan: PlanSummary | undefined;
  reasons: readonly StartReason[];
}): ReactNode {
  const { recipe, plan, reasons } = props;
  const labels = useLabels().exporting;
  const format = useFormat();
  const start = useCall("exports.start");
  const remember = useCall("settings.set");
  const words = useId();
  const [reason] = reasons;
  const canStart = recipe !== undefined && reason === undefined;
  const begin = (): void => {
    if (!canStart) return;
    start.mutate(
      { recipe },
      {
        onSuccess: ({ jobId }) => {
          remember.mutate({ lastDestination: recipe.destination });
          goTo("exports", jobId);
        },
      },
    );
  };
  const sayWhether = (): string => {
    if (reason !== undefined) {
      const words = labels.start.reasons[reason];
      return reasons.length === 1 ? words : `${words} ${labels.start.more(format.count(reasons.length - 1))}`;
    }
    if (plan === undefined || recipe === undefined) return "";
    const amount = labels.packages(plan.packages.length, format.count(plan.packages.length));
    return labels.start.ready[recipe.policy.kind](amount, format.bytes(plan.bytes));
  };
  return (
    <div className={classes.bar}>
      {start.error !== null && <ErrorNotice error={start.error} onDismiss={() => start.reset()} />}
      <Text size="sm" id={words} className={classes.barWords}>
        {sayWhether()}
      </Text>
      <SaveRecipe recipe={recipe} />
      <Button disabled={!canStart} loading={start.isPending} aria-describedby={words} onClick={begin}>
        {labels.start.button}
      </Button>
    </div>
  );
}
