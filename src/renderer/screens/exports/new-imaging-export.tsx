import type { ReactNode } from "react";
import { useLabels } from "../../labels/labels.tsx";
import { useFormat } from "../../parts/format.ts";
import { Page } from "../../parts/page.tsx";
import { ReviewPanel } from "../review/review-panel.tsx";
import { useDraft } from "./draft-state.ts";
import { toRecipe } from "./export-draft.ts";
import { ExportKindChoice } from "./export-kind-choice.tsx";
import classes from "./exports.module.css";
import { StartBar } from "./start-bar.tsx";
import { missingOfImages, reasonsNotToStart } from "./start-reasons.ts";
import { StepHow } from "./step-how.tsx";
import { StepWhat } from "./step-what.tsx";
import { StepWhere } from "./step-where.tsx";
import { Step } from "./step.tsx";
import { usePlan, useStandInDestination } from "./use-plan.ts";

/** A new export of images: what, how, where on one page, then what will leave, then Start. */
export function NewImagingExport(): ReactNode {
  const labels = useLabels().exporting;
  const format = useFormat();
  const hand = useDraft();
  const { draft, selection } = hand;
  const standIn = useStandInDestination();
  const destination = draft.destination === "" ? standIn : draft.destination;
  const recipe =
    selection === undefined || destination === undefined ? undefined : toRecipe(draft, selection, destination);
  const { planned, plan, current, problem, failed, uncounted, place } = usePlan(recipe, draft.destination);
  const found = plan !== undefined && plan.packages.length > 0;
  // What leaves does not depend on where it goes: another folder is no reason to read the instance again.
  const reviewed =
    found && planned !== undefined && standIn !== undefined ? { ...planned, destination: standIn } : undefined;
  const missing = missingOfImages(draft, selection !== undefined);
  const reasons = reasonsNotToStart(missing, current, failed, place, draft.format === "folder" ? "none" : "file");
  const amount = plan && labels.packages(plan.packages.length, format.count(plan.packages.length));
  return (
    <Page title={labels.title} chips={<ExportKindChoice kind="imaging" />}>
      <div className={classes.steps}>
        <StepWhat hand={hand} plan={plan} uncounted={uncounted} />
        <StepHow hand={hand} />
        <StepWhere
          destination={draft.destination}
          onDestination={(path) => hand.change({ destination: path })}
          plan={plan}
          problem={problem}
          place={place}
          reasons={reasons}
        />
        <Step number={4} title={labels.steps.review}>
          <ReviewPanel recipe={reviewed} />
        </Step>
      </div>
      <StartBar
        recipe={draft.destination === "" ? undefined : recipe}
        ready={plan && amount ? labels.start.ready[draft.identity](amount, format.bytes(plan.bytes)) : ""}
        reasons={reasons}
      />
    </Page>
  );
}
