import type { ErrorRecord } from "../../contract/errors.ts";
import type { JobSummary, PackageResult } from "../../contract/job.ts";
import type { Recipe } from "../../contract/recipe.ts";
import type { JobRow } from "../catalog/jobs.ts";
import type { StoredPlan } from "./prepare-job.ts";

/** The packages that a job has made so far. */
export function packagesOf(job: JobRow): PackageResult[] {
  return [...((job.result as { packages?: PackageResult[] } | null)?.packages ?? [])];
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
    picked:
      recipe.selection.scope === "patients"
        ? recipe.selection.patients.length
        : recipe.selection.scope === "studies"
          ? recipe.selection.studies.length
          : 0,
    itemsTotal: plan?.packages.reduce((sum, one) => sum + one.items, 0) ?? 0,
    packages: packagesOf(job),
    error: (job.result as { error?: ErrorRecord | null } | null)?.error ?? null,
  };
}
