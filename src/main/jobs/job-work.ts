import type { DatasetRecipe, SummaryRecipe } from "../../contract/fhir-recipe.ts";
import type { ImagingRecipe } from "../../contract/recipe.ts";
import type { TableRecipe } from "../../contract/table-recipe.ts";
import type { OpenDataset } from "../exports/dataset/kinds.ts";
import type { OpenSummary } from "../exports/summary/summary.ts";
import type { OpenTable } from "../exports/table/kinds.ts";
import type { JobPolicy } from "./job-policy.ts";
import type { DatasetPlan, ImagingPlan, StoredPlan, SummaryPlan, TablePlan } from "./stored-plan.ts";

/** What a job does: its recipe opened, and its plan. */
export type JobWork =
  | { kind: "imaging"; recipe: ImagingRecipe; policy: JobPolicy; plan: ImagingPlan }
  | { kind: "table"; recipe: TableRecipe; table: OpenTable; plan: TablePlan }
  | { kind: "dataset"; recipe: DatasetRecipe; dataset: OpenDataset; plan: DatasetPlan }
  | { kind: "summary"; recipe: SummaryRecipe; summary: OpenSummary; plan: SummaryPlan };

/** What is done to the whole of a plan: what progress counts. Items are instances, rows, or resources. */
export function totalsOf(plan: StoredPlan): { items: number; bytes: number } {
  if (plan.kind === "table") {
    return {
      items: plan.packages.reduce((sum, one) => sum + one.counts.rows, 0),
      bytes: plan.packages.reduce((sum, one) => sum + one.counts.bytes, 0),
    };
  }
  if (plan.kind === "dataset" || plan.kind === "summary") {
    return {
      items: plan.packages.reduce((sum, one) => sum + one.counts.resources, 0),
      bytes: plan.packages.reduce((sum, one) => sum + one.counts.bytes, 0),
    };
  }
  return {
    items: plan.packages.reduce((sum, one) => sum + one.items, 0),
    bytes: plan.packages.reduce((sum, one) => sum + one.counts.bytes, 0),
  };
}
