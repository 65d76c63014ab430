import { Select, Text } from "@mantine/core";
import { useState, type ReactNode } from "react";
import type { DatasetRecipe } from "../../../../contract/fhir-recipe.ts";
import type { PlanSummary } from "../../../../contract/job.ts";
import { sayNotice } from "../../../engine-words.ts";
import { useLabels } from "../../../labels/labels.tsx";
import { useFormat } from "../../../parts/format.ts";
import exportsClasses from "../exports.module.css";
import { QualityPanel } from "./quality-panel.tsx";
import { ResourceBesidePanel } from "./resource-beside.tsx";
import type { ResourcesKind, ResourcesRecipe } from "./resources-draft.ts";
import classes from "./resources.module.css";
import { TablePreviewPanel } from "./table-preview.tsx";

/** What will leave: rows of tables, one real resource before and after, or what was found of the quality. Nothing is written. */
export function ResourcesReview(props: {
  kind: ResourcesKind;
  recipe: ResourcesRecipe | undefined;
  plan: PlanSummary | undefined;
}): ReactNode {
  const { kind, recipe, plan } = props;
  const { engine, resourceExports: labels } = useLabels();
  const format = useFormat();
  if (recipe === undefined || recipe.kind !== kind)
    return (
      <Text size="sm" c="dimmed">
        {kind === "quality" ? labels.quality.waiting : labels.review.waiting}
      </Text>
    );
  return (
    <div className={classes.block}>
      {recipe.kind === "quality" && (
        <QualityPanel key={JSON.stringify([recipe.selection, recipe.key, recipe.expect])} recipe={recipe} />
      )}
      {recipe.kind === "report" && <Text size="sm">{labels.report.counts}</Text>}
      {(recipe.kind === "view" || recipe.kind === "observations") && <Tables recipe={recipe} />}
      {(recipe.kind === "view" || recipe.kind === "observations" || recipe.kind === "fhir") && (
        <ResourceBesidePanel key={JSON.stringify([recipe.kind, recipe.selection])} recipe={recipe} />
      )}
      {plan !== undefined && plan.notices.length > 0 && (
        <section aria-label={labels.review.notices}>
          <Text size="sm" fw={600}>
            {labels.review.notices}
          </Text>
          <ul className={exportsClasses.identities}>
            {plan.notices.map((notice, index) => (
              <li key={notice} dir="auto">
                <Text size="sm" span>
                  {sayNotice(notice, plan.noticeMeanings[index], engine, format)}
                </Text>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

/** The tables of an export, one at a time. */
function Tables({ recipe }: { recipe: DatasetRecipe }): ReactNode {
  const labels = useLabels().resourceExports.review;
  const [chosen, setChosen] = useState(0);
  const [paths, setPaths] = useState<readonly string[]>([]);
  const table = chosen < paths.length ? chosen : 0;
  return (
    <>
      {paths.length > 1 && (
        <Select
          label={labels.table}
          data={paths.map((path, index) => ({ value: String(index), label: path }))}
          value={String(table)}
          onChange={(value) => setChosen(Number(value ?? 0))}
          allowDeselect={false}
          maw={320}
        />
      )}
      <TablePreviewPanel recipe={recipe} table={table} onTables={setPaths} />
    </>
  );
}
