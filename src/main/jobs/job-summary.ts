import type { ErrorRecord } from "../../contract/errors.ts";
import type { JobSummary, PackageResult } from "../../contract/job.ts";
import type { Recipe } from "../../contract/recipe.ts";
import type { JobRow } from "../catalog/jobs.ts";
import type { StoredPlan } from "./prepare-job.ts";

/** The packages that a job has made so far. */
export function packagesOf(job: JobRow): PackageResult[] {
  const packages = (job.result as { packages?: PackageResult[] } | null)?.packages ?? [];
  return packages.map((one) => ({ ...one, verifiedAt: one.verifiedAt ?? null }));
}

function countPicked({ selection }: Recipe, plan: StoredPlan | null): number {
  if (selection.scope === "patients") return selection.patients.length;
  if (selection.scope === "studies") return selection.studies.length;
  if (selection.scope === "all" || plan === null) return 0;
  // What a filter found when the job was planned. A study stands in one package only.
  if (selection.of === "patients") return plan.meant?.patients ?? 0;
  return plan.packages.reduce((sum, { counts }) => sum + counts.studies, 0);
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
    policy: recipe.policy.kind,
    destination: job.destination,
    scope: recipe.selection.scope,
    picked: countPicked(recipe, plan),
    itemsTotal: plan?.packages.reduce((sum, one) => sum + one.items, 0) ?? 0,
    packages: packagesOf(job),
    error: (job.result as { error?: ErrorRecord | null } | null)?.error ?? null,
  };
}
