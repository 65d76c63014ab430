import type { ErrorRecord } from "../../contract/errors.ts";
import type { JobSummary, PackageResult } from "../../contract/job.ts";
import { isTableRecipe, type Recipe } from "../../contract/recipe.ts";
import { identityOfTable } from "../../contract/table-recipe.ts";
import type { JobRow } from "../catalog/jobs.ts";
import { totalsOf } from "./job-work.ts";
import type { StoredPlan } from "./stored-plan.ts";

/** The packages that a job has made so far. */
export function packagesOf(job: JobRow): PackageResult[] {
  const packages = (job.result as { packages?: PackageResult[] } | null)?.packages ?? [];
  return packages.map((one) => ({
    ...one,
    verifiedAt: one.verifiedAt ?? null,
    rows: one.rows ?? null,
    resources: one.resources ?? null,
  }));
}

function countPicked(recipe: Recipe, plan: StoredPlan | null): number {
  if (recipe.kind !== "imaging") return plan === null ? 0 : totalsOf(plan).items;
  const { selection } = recipe;
  if (selection.scope === "patients") return selection.patients.length;
  if (selection.scope === "studies") return selection.studies.length;
  if (selection.scope === "all" || plan === null || (plan.kind !== undefined && plan.kind !== "imaging")) return 0;
  // What a filter found when the job was planned. A study stands in one package only.
  if (selection.of === "patients") return plan.meant?.patients ?? 0;
  return plan.packages.reduce((sum, { counts }) => sum + counts.studies, 0);
}

/** "identified", "pseudonymised", "rules" or "aggregated", as lists say it. */
export function identityOf(recipe: Recipe): string {
  if (isTableRecipe(recipe)) return identityOfTable(recipe);
  if (recipe.kind === "report") return "aggregated";
  return recipe.kind === "quality" ? "pseudonymised" : recipe.policy.kind;
}

/** A job as lists and screens show it. */
export function summariseJob(job: JobRow): JobSummary {
  const recipe = job.recipe as Recipe;
  const plan = job.plan as StoredPlan | null;
  return {
    id: String(job.id),
    state: job.state,
    createdAt: job.createdAt,
    startedAt: job.startedAt,
    endedAt: job.endedAt,
    kind: recipe.kind,
    policy: identityOf(recipe),
    destination: job.destination,
    scope: recipe.kind === "imaging" ? recipe.selection.scope : "records",
    picked: countPicked(recipe, plan),
    itemsTotal: plan === null ? 0 : totalsOf(plan).items,
    packages: packagesOf(job),
    error: (job.result as { error?: ErrorRecord | null } | null)?.error ?? null,
  };
}
