import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { toErrorRecord, type ErrorRecord } from "../../contract/errors.ts";
import type { JobResult, JobState, PackageResult } from "../../contract/job.ts";
import type { Recipe } from "../../contract/recipe.ts";
import type { Catalog } from "../catalog/database.ts";
import { iterateJobItems } from "../catalog/job-items.ts";
import { updateJob } from "../catalog/jobs.ts";
import type { ImagingItem } from "../exports/imaging/item.ts";
import { cancelFile } from "./cancel-file.ts";
import type { JobPolicy } from "./job-policy.ts";
import type { SourceAccess } from "./messages.ts";
import { discardOwnPartial, removeServedJournal } from "./package-target.ts";
import type { WorkerPool } from "./pool.ts";
import { freeBytesAt, type StoredPlan } from "./prepare-job.ts";
import type { JobMeter } from "./progress.ts";
import { runPackage, type JobContext } from "./run-package.ts";

/** What jobs need of the rooms around them. */
export interface JobsPorts {
  catalog: Catalog;
  pool: WorkerPool;
  /** For downloads too large to hold, and for words between processes. */
  scratch: string;
  user: string;
  softwareVersion: string;
  now(): Date;
  policyOf(recipe: Recipe): JobPolicy;
  sources(): SourceAccess[];
  /** Writes the audit record of an export that ended. */
  audit(end: ExportEnd): void;
  /** Notes an unexpected error in the local log. */
  unexpected(thrown: unknown): void;
}

/** An export that came to its end, or to a halt. */
export interface ExportEnd {
  recipe: Recipe;
  policy: JobPolicy;
  plan: StoredPlan;
  result: JobResult;
}

/** One run of a job, from its start or from where an earlier run stopped. */
export interface JobRun {
  id: number;
  recipe: Recipe;
  policy: JobPolicy;
  plan: StoredPlan;
  /** Packages that are made; those of this run are added. */
  packages: PackageResult[];
  /** The job ran before: what it left is gone on with. */
  resume: boolean;
  abort: AbortController;
  meter: JobMeter;
}

/** Items a worker has in hand at once where reading waits for a network. Measured: see ARCHITECTURE.md. */
const NETWORK_LANES = 4;
/** How often a running job looks whether another process asks it to stop. */
const LOOK_MS = 200;

/** Runs a job to its end or halt, and writes down what came of it. Never rejects. */
export async function runJob(ports: JobsPorts, run: JobRun): Promise<JobResult> {
  const { catalog } = ports;
  const { id, recipe, policy, plan, packages } = run;
  const began = performance.now();
  const finish = (state: JobState, error?: ErrorRecord): JobResult => {
    const seconds = (performance.now() - began) / 1000;
    const result: JobResult = {
      jobId: String(id),
      state,
      seconds,
      packages,
      ...(error === undefined ? {} : { error }),
    };
    const ended = state === "paused" ? {} : { endedAt: ports.now().toISOString() };
    // First, so that no job is called done without its record; one that dies in between ends, and is recorded, once more.
    ports.audit({ recipe, policy, plan, result });
    updateJob(catalog, id, { state, result: { packages, error: error ?? null }, ...ended });
    return result;
  };
  const requested = cancelFile(ports.scratch, id);
  const look = setInterval(() => existsSync(requested) && run.abort.abort(), LOOK_MS);
  try {
    updateJob(catalog, id, { state: "running", startedAt: plan.startedAt });
    await runPackages(ports, run);
    return finish(packages.some((one) => one.result === "incomplete") ? "incomplete" : "complete");
  } catch (thrown) {
    try {
      if (toErrorRecord(thrown).code === "INTERNAL") ports.unexpected(thrown);
      const error = explain(toErrorRecord(thrown), run);
      if (error.code === "CANCELLED") discardUnfinished(plan, recipe.destination, packages);
      return finish(stateAfter(error), error);
    } catch (second) {
      // Not even the catalog can be written (its disk is full too): the next start finds the job interrupted.
      return { jobId: String(id), state: "interrupted", seconds: 0, packages, error: toErrorRecord(second) };
    }
  } finally {
    clearInterval(look);
    rmSync(requested, { force: true });
  }
}

function stateAfter({ code }: ErrorRecord): JobState {
  if (code === "CANCELLED") return "cancelled";
  return code === "PACKAGE_DAMAGED" ? "failed" : "paused";
}

async function runPackages(ports: JobsPorts, run: JobRun): Promise<void> {
  const { id, recipe, policy, plan, packages, meter } = run;
  const sources = ports.sources();
  const context: JobContext = {
    recipe,
    token: plan.token,
    planDigest: plan.digest,
    policy: policy.receipt,
    notices: policy.notices,
    startedAt: plan.startedAt,
    exportedBy: plan.exportedBy,
    softwareVersion: ports.softwareVersion,
    pool: ports.pool,
    settings: {
      compress: recipe.compress,
      policy: policy.worker,
      sources,
      scratch: ports.scratch,
      lanes: sources.some(({ kind }) => kind !== "folder") ? NETWORK_LANES : 1,
    },
    signal: run.abort.signal,
  };
  let before = { items: 0, bytes: 0 };
  for (const one of plan.packages) {
    const final = join(recipe.destination, one.name);
    if (!packages.some(({ name }) => name === one.name)) {
      const start = before;
      const items = (from: number): Generator<ImagingItem> => itemsFrom(ports.catalog, id, one.firstItem + from);
      const result = await runPackage(context, one, final, items, run.resume, ({ step, itemsDone, bytesDone }) =>
        meter.update({ step, itemsDone: start.items + itemsDone, bytesDone: start.bytes + bytesDone }),
      );
      packages.push(result);
      updateJob(ports.catalog, id, { result: { packages, error: null } });
    }
    removeServedJournal(final, plan.token);
    before = { items: before.items + one.items, bytes: before.bytes + one.counts.bytes };
  }
}

/** A full disk is told with what the whole job still wants, not with what one write wanted. */
function explain(error: ErrorRecord, { recipe, plan, packages }: JobRun): ErrorRecord {
  if (error.code !== "DISK_FULL") return error;
  const names = new Set(packages.map(({ name }) => name));
  const wanted = plan.packages.reduce((sum, one) => sum + (names.has(one.name) ? 0 : one.counts.bytes), 0);
  const free = existsSync(recipe.destination) ? freeBytesAt(recipe.destination) : 0;
  return {
    code: "DISK_FULL",
    message: `The destination is full: ${free} bytes are free, and the packages still to be finished take about ${wanted} altogether.`,
    next: "Free space there, then resume the job.",
  };
}

/** Removes what a job leaves that is given up; finished packages stay. */
export function discardUnfinished(plan: StoredPlan, destination: string, made: readonly PackageResult[]): void {
  for (const { name } of plan.packages) {
    const final = join(destination, name);
    if (made.some((one) => one.name === name)) removeServedJournal(final, plan.token);
    else discardOwnPartial(final, plan.token);
  }
}

function* itemsFrom(catalog: Catalog, job: number, from: number): Generator<ImagingItem> {
  for (const { item } of iterateJobItems(catalog, job, from)) yield item as ImagingItem;
}
