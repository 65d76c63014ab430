import { SatchelError } from "../../contract/errors.ts";
import { isDatasetRecipe, isTableRecipe } from "../../contract/recipe.ts";
import type { JobState, JobSummary } from "../../contract/job.ts";
import type { Jobs } from "../jobs/jobs.ts";
import { cancelFile } from "../jobs/cancel-file.ts";
import { summariseDataset } from "../jobs/prepare-dataset.ts";
import { summarisePlan } from "../jobs/prepare-job.ts";
import { summariseSummary } from "../jobs/prepare-summary.ts";
import { summariseTable } from "../jobs/prepare-table.ts";
import { assertApart } from "./destination.ts";
import type { CallContext, HandlersOf } from "./context.ts";
import { datasetOf, policyOf, summaryOf, tableOf } from "./create-jobs.ts";
import { writeFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";

/** How long a job of another process may take to stop: it looks five times a second. */
const CANCEL_PATIENCE_MS = 10_000;
/** It may wait for its turn there. */
const UNDER_WAY: ReadonlySet<JobState> = new Set(["planned", "running"]);

export function exportHandlers(
  context: CallContext,
): Omit<
  HandlersOf<"exports" | "jobs">,
  | "exports.review"
  | "exports.examine"
  | "exports.reviewTable"
  | "exports.examineText"
  | "exports.reviewResource"
  | "exports.countResources"
> {
  const open = (): Jobs => context.jobs;
  return {
    "exports.plan": (recipe, signal) => {
      assertApart(context, recipe.destination);
      const { catalog } = context.workspace;
      if (recipe.kind === "imaging") return summarisePlan(catalog, recipe, policyOf(context, recipe), signal);
      const now = context.ports.now().toISOString();
      if (isTableRecipe(recipe)) return summariseTable(catalog, recipe, tableOf(context, recipe, now), signal);
      if (isDatasetRecipe(recipe)) return summariseDataset(catalog, recipe, datasetOf(context, recipe, now), signal);
      return summariseSummary(recipe, summaryOf(context, recipe, now));
    },
    "exports.start": async ({ recipe, exportedAt }) => {
      assertApart(context, recipe.destination);
      return { jobId: await open().start(recipe, exportedAt) };
    },
    "jobs.list": () => open().list(),
    "jobs.show": ({ id }) => open().show(id),
    "jobs.recipe": ({ id }) => open().recipe(id),
    "jobs.resume": async ({ id }) => ({ jobId: await open().resume(id) }),
    "jobs.pause": ({ id }) => open().pause(id),
    "jobs.retry": async ({ id }) => ({ jobId: await open().retry(id) }),
    "jobs.log": ({ id }) => open().log(id),
    "jobs.remove": ({ id }) => {
      open().remove(id);
      return { ok: true };
    },
    "jobs.progress": (_input, signal) => open().progress(signal),
    "jobs.watch": ({ id }, signal) => open().watch(id, signal),
    "jobs.cancel": async ({ id }) => {
      if (context.ports.access === "write") return open().cancel(id);
      return askToCancel(context, open(), id);
    },
  };
}

/** Asks the process that has the workspace to stop a job, and waits until it has. */
async function askToCancel(context: CallContext, jobs: Jobs, id: string): Promise<JobSummary> {
  const job = jobs.show(id);
  if (!UNDER_WAY.has(job.state)) return job;
  writeFileSync(cancelFile(context.workspace.scratch, Number(id)), "", { mode: 0o600 });
  for (let waited = 0; waited < CANCEL_PATIENCE_MS; waited += 100) {
    await setTimeout(100);
    const now = jobs.show(id);
    if (!UNDER_WAY.has(now.state)) return now;
  }
  throw new SatchelError(
    "NOT_FOUND",
    `Job ${id} is marked as ${job.state}, but no process answers for it.`,
    "Run the command again; with the workspace free it cancels the job itself.",
  );
}
