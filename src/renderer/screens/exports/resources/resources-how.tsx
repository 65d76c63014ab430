import type { ReactNode } from "react";
import { useLabels } from "../../../labels/labels.tsx";
import type { ResourcesInHand } from "../draft-state.ts";
import { ProjectKeyField } from "../project-key-field.tsx";
import { SavedRecipes } from "../saved-recipes.tsx";
import { Step } from "../step.tsx";
import { LayoutFields } from "./layout-fields.tsx";
import { PackageFields } from "./package-fields.tsx";
import { PolicyCard } from "./policy-card.tsx";
import { ReportFields, QualityFields } from "./summary-fields.tsx";
import { hasPolicy, type ResourcesKind } from "./resources-draft.ts";
import { ViewsChoice } from "./views-choice.tsx";

/** How resources leave: who is known by them, and in which form. */
export function ResourcesHow({ kind, hand }: { kind: ResourcesKind; hand: ResourcesInHand }): ReactNode {
  const { draft, change } = hand;
  const labels = useLabels().exporting;
  return (
    <Step number={2} title={labels.steps.how}>
      {kind === "view" && <ViewsChoice hand={hand} />}
      {hasPolicy(kind) && <PolicyCard hand={hand} />}
      {!hasPolicy(kind) && <SavedRecipes />}
      {kind === "report" && <ReportFields hand={hand} />}
      {kind === "quality" && (
        <>
          <QualityFields hand={hand} />
          <ProjectKeyField value={draft.key} onChange={(key) => change({ key })} />
        </>
      )}
      <LayoutFields kind={kind} hand={hand} />
      {!hasPolicy(kind) && <PackageFields hand={hand} />}
    </Step>
  );
}
