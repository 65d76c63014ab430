import type { ReactNode } from "react";
import type { DatasetRecipe } from "../../../../contract/fhir-recipe.ts";
import { useLabels } from "../../../labels/labels.tsx";
import { useFormat } from "../../../parts/format.ts";
import { Page } from "../../../parts/page.tsx";
import { useResourcesDraft } from "../draft-state.ts";
import { ExportKindChoice } from "../export-kind-choice.tsx";
import classes from "../exports.module.css";
import { StartBar } from "../start-bar.tsx";
import { missingOfResources, reasonsNotToStart } from "../start-reasons.ts";
import { StepWhere } from "../step-where.tsx";
import { Step } from "../step.tsx";
import { FormChoice } from "../tables/form-choice.tsx";
import { usePlan, useStandInDestination } from "../use-plan.ts";
import { PackageChoice } from "./package-choice.tsx";
import {
  hasPolicy,
  mayStandAlone,
  toResourcesRecipe,
  type ResourcesKind,
  type ResourcesRecipe,
} from "./resources-draft.ts";
import { ResourcesHow } from "./resources-how.tsx";
import { ResourcesReview } from "./resources-review.tsx";
import { ResourcesWhat } from "./resources-what.tsx";
import { usePlannedTotals } from "./use-counts.ts";

/** A new export of FHIR, or of what is made of it: what, how, where on one page, then what will leave, then Start. */
export function NewResourcesExport({ kind }: { kind: ResourcesKind }): ReactNode {
  const labels = useLabels().exporting;
  const hand = useResourcesDraft();
  const { draft, selection, change } = hand;
  const standIn = useStandInDestination();
  const destination = draft.destination === "" ? standIn : draft.destination;
  const recipe =
    selection === undefined || destination === undefined
      ? undefined
      : toResourcesRecipe(kind, draft, selection, destination);
  const { planned, plan, current, problem, failed, place } = usePlan(recipe, draft.destination);
  const missing = missingOfResources(kind, draft, selection !== undefined);
  const reasons = reasonsNotToStart(missing, current, failed, place, draft.format === "folder" ? "none" : "file");
  // What leaves does not depend on where it goes: another folder is no reason to read it again.
  const reviewed = planned && standIn !== undefined ? { ...planned, destination: standIn } : undefined;
  const form = { value: draft.format, onChange: (format: typeof draft.format) => change({ format }) };
  return (
    <Page title={labels.title} chips={<ExportKindChoice kind={kind} />}>
      <div className={classes.steps}>
        <ResourcesWhat kind={kind} hand={hand} recipe={reviewed} />
        <ResourcesHow kind={kind} hand={hand} />
        <StepWhere
          destination={draft.destination}
          onDestination={(chosen) => change({ destination: chosen })}
          plan={plan}
          problem={problem}
          place={place}
          reasons={reasons}
        >
          {mayStandAlone(kind, draft) ? <FormChoice {...form} /> : <PackageChoice {...form} />}
        </StepWhere>
        <Step number={4} title={labels.steps.review}>
          <ResourcesReview key={kind} kind={kind} recipe={reviewed} plan={plan} />
        </Step>
      </div>
      <ReadyBar recipe={draft.destination === "" ? undefined : recipe} counted={reviewed} reasons={reasons} />
    </Page>
  );
}

function ReadyBar(props: {
  recipe: ResourcesRecipe | undefined;
  counted: ResourcesRecipe | undefined;
  reasons: Parameters<typeof StartBar>[0]["reasons"];
}): ReactNode {
  const { recipe, counted, reasons } = props;
  const { exporting, resourceExports: labels } = useLabels();
  const format = useFormat();
  const totals = usePlannedTotals(counted);
  const say = (): string => {
    if (recipe === undefined) return "";
    if (!isDataset(recipe)) return labels.start[recipe.kind];
    if (totals === undefined) return "";
    return labels.start[recipe.policy.kind](
      labels.what.resources(totals.resources, format.count(totals.resources)),
      exporting.patients(totals.patients, format.count(totals.patients)),
    );
  };
  return <StartBar recipe={recipe} ready={say()} reasons={reasons} />;
}

function isDataset(recipe: ResourcesRecipe): recipe is DatasetRecipe {
  return hasPolicy(recipe.kind);
}
