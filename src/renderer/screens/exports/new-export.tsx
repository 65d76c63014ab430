import { useDebouncedValue } from "@mantine/hooks";
import type { ReactNode } from "react";
import type { ImagingRecipe } from "../../../contract/recipe.ts";
import { useAnswer } from "../../client/query.ts";
import { useLabels } from "../../labels/labels.tsx";
import { Page } from "../../parts/page.tsx";
import { ReviewPanel } from "../review/review-panel.tsx";
import { useDraft } from "./draft-state.ts";
import { toRecipe } from "./export-draft.ts";
import classes from "./exports.module.css";
import { StartBar } from "./start-bar.tsx";
import { reasonsNotToStart } from "./start-reasons.ts";
import { StepHow } from "./step-how.tsx";
import { StepWhat } from "./step-what.tsx";
import { StepWhere } from "./step-where.tsx";
import { Step } from "./step.tsx";

/** A plan walks through the whole selection: it is not asked for at every letter that is typed. */
const PLAN_WAIT_MS = 200;

/** A new export: what, how, where on one page, then what will leave, then Start. */
export function NewExport(): ReactNode {
  const labels = useLabels().exporting;
  const hand = useDraft();
  const { draft, selection } = hand;
  const standIn = useStandInDestination();
  const destination = draft.destination === "" ? standIn : draft.destination;
  const recipe =
    selection === undefined || destination === undefined ? undefined : toRecipe(draft, selection, destination);
  const [planned] = useDebouncedValue(recipe, PLAN_WAIT_MS);
  const plan = useAnswer("exports.plan", planned as ImagingRecipe, {
    enabled: planned !== undefined,
    keepPrevious: true,
  });
  const list = useAnswer("folders.list", { path: draft.destination }, { enabled: draft.destination !== "" });
  const isCurrent = JSON.stringify(planned) === JSON.stringify(recipe) && !plan.isPlaceholderData && !plan.isFetching;
  const shown = planned === undefined || plan.error !== null ? undefined : plan.data;
  const place = list.data?.place;
  const found = shown !== undefined && shown.packages.length > 0;
  // What leaves does not depend on where it goes: another folder is no reason to read the instance again.
  const reviewed =
    found && planned !== undefined && standIn !== undefined ? { ...planned, destination: standIn } : undefined;
  const reasons = reasonsNotToStart(
    draft,
    selection !== undefined,
    isCurrent ? shown : undefined,
    isCurrent && plan.error !== null,
    place,
  );
  const uncounted = recipe === undefined ? "incomplete" : plan.error === null ? "counting" : "failed";
  return (
    <Page title={labels.title}>
      <div className={classes.steps}>
        <StepWhat hand={hand} plan={shown} uncounted={uncounted} />
        <StepHow hand={hand} />
        <StepWhere
          hand={hand}
          plan={shown}
          problem={planned === undefined ? null : plan.error}
          place={place}
          reasons={reasons}
        />
        <Step number={4} title={labels.steps.review}>
          <ReviewPanel recipe={reviewed} />
        </Step>
      </div>
      <StartBar recipe={draft.destination === "" ? undefined : recipe} plan={shown} reasons={reasons} />
    </Page>
  );
}

/** Counts and headers do not depend on where the packages go: until a folder is chosen the plan is made for the home folder. */
function useStandInDestination(): string | undefined {
  const places = useAnswer("folders.places", {});
  if (places.isPending) return undefined;
  return places.data?.find(({ kind }) => kind === "home")?.path ?? "/";
}
