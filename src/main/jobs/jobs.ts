import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { SatchelError, toErrorRecord, type ErrorRecord } from "../../contract/errors.ts";
import type { JobEvent, JobResult, JobState, JobSummary, PackageResult } from "../../contract/job.ts";
import { recipe as recipeSchema, type Recipe } from "../../contract/recipe.ts";
import type { Catalog } from "../catalog/database.ts";
import { iterateJobItems } from "../catalog/job-items.ts";
import { getJob, listJobs, markInterruptedJobs, removeUnplannedJobs, updateJob, type JobRow } from "../catalog/jobs.ts";
import type { ImagingItem } from "../exports/imaging/item.ts";
import { cancelFile } from "./cancel-file.ts";
import type { JobPolicy } from "./job-policy.ts";
import { JobMeter } from "./progress.ts";
import { freeBytesAt, prepareJob, type StoredPlan } from "./prepare-job.ts";
import type { WorkerPool } from "./pool.ts";
import { discardOwnPartial, removeServedJournal } from "./package-target.ts";
import { runPackage, type JobContext } from "./run-package.ts";
import type { SourceAccess } from "./messages.ts";

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

interface RunningJob {
  abort: AbortController;
  meter: JobMeter;
  ended: Promise<void>;
}

/** Items a worker has in hand at once where reading waits for a network. Measured: see ARCHITECTURE.md. */
const NETWORK_LANES = 4;
/** States of a job that does not run and may go on. */
const RESUMABLE: ReadonlySet<JobState> = new Set(["planned", "paused", "interrupted"]);
/** How often a running job looks whether another process asks it to stop. */
const LOOK_MS = 200;

/** The jobs of a workspace: started, watched, stopped and taken up again. One process at a time has it (the workspace's lock). */
export class Jobs {
  readonly #ports: JobsPorts;
  readonly #running = new Map<number, RunningJob>();
  /** Of every job this process ran: one that ended before anybody watched still tells its result. */
  readonly #meters = new Map<number, JobMeter>();

  /** @param writes this process holds the workspace: whatever is marked as running in it was left by one that died. */
  constructor(ports: JobsPorts, writes: boolean) {
    this.#ports = ports;
    if (!writes) return;
    markInterruptedJobs(ports.catalog);
    removeUnplannedJobs(ports.catalog);
  }

  /** Plans and starts. @throws what prepareJob throws */
  start(recipe: Recipe, exportedAt: string | undefined): string {
    const policy = this.#ports.policyOf(recipe);
    const about = { startedAt: exportedAt ?? this.#ports.now().toISOString(), exportedBy: this.#ports.user };
    const { id, plan } = prepareJob(this.#ports.catalog, recipe, policy, about);
    this.#launch(id, recipe, policy, plan, [], false);
    return String(id);
  }

  /** Takes an interrupted or paused job up again. @throws NOT_FOUND, USAGE */
  resume(id: string): string {
    const job = this.#job(id);
    if (this.#running.has(job.id)) return id;
    if (!RESUMABLE.has(job.state)) {
      throw new SatchelError("USAGE", `Job ${id} is ${job.state}; there is nothing to resume.`, "Start a new export.");
    }
    const recipe = recipeSchema.parse(job.recipe);
    freeBytesAt(recipe.destination);
    const plan = job.plan as StoredPlan;
    this.#launch(job.id, recipe, this.#ports.policyOf(recipe), plan, packagesOf(job), true);
    return id;
  }

  /**
   * Stops a job of this process, or asks the process that runs it to; one that does not run is given up and what it left is removed.
   */
  async cancel(id: string): Promise<JobSummary> {
    const job = this.#job(id);
    const running = this.#running.get(job.id);
    if (running !== undefined) {
      running.abort.abort();
      await running.ended;
    } else if (RESUMABLE.has(job.state)) {
      this.#discard(job.plan as StoredPlan, job.destination, packagesOf(job));
      updateJob(this.#ports.catalog, job.id, { state: "cancelled", endedAt: this.#ports.now().toISOString() });
    }
    return this.show(id);
  }

  watch(id: string, signal: AbortSignal): AsyncIterable<JobEvent> {
    const meter = this.#meters.get(this.#job(id).id);
    if (meter === undefined) throw new SatchelError("NOT_FOUND", `Job ${id} is not running.`, "See satchel jobs show.");
    return meter.watch(signal);
  }

  show(id: string): JobSummary {
    return summarise(this.#job(id));
  }

  list(): JobSummary[] {
    return listJobs(this.#ports.catalog).map(summarise);
  }

  /** Stops what runs so that it can be resumed; for the end of the process. */
  async close(): Promise<void> {
    await Promise.all([...this.#running.values()].map(({ ended }) => ended));
  }

  #job(id: string): JobRow {
    const number = /^\d{1,15}$/.test(id) ? Number(id) : -1;
    return getJob(this.#ports.catalog, number);
  }

  #launch(
    id: number,
    recipe: Recipe,
    policy: JobPolicy,
    plan: StoredPlan,
    done: PackageResult[],
    resume: boolean,
  ): void {
    const totals = {
      items: plan.packages.reduce((sum, one) => sum + one.items, 0),
      bytes: plan.packages.reduce((sum, one) => sum + one.counts.bytes, 0),
    };
    const running: RunningJob = {
      abort: new AbortController(),
      meter: new JobMeter(String(id), "running", totals),
      ended: Promise.resolve(),
    };
    this.#running.set(id, running);
    this.#meters.set(id, running.meter);
    running.ended = this.#run(id, recipe, policy, plan, done, resume, running);
  }

  async #run(
    id: number,
    recipe: Recipe,
    policy: JobPolicy,
    plan: StoredPlan,
    packages: PackageResult[],
    resume: boolean,
    running: RunningJob,
  ): Promise<void> {
    const { catalog } = this.#ports;
    const began = performance.now();
    const finish = (state: JobState, error?: ErrorRecord): void => {
      const result: JobResult = {
        jobId: String(id),
        state,
        seconds: (performance.now() - began) / 1000,
        packages,
        ...(error === undefined ? {} : { error }),
      };
      const ended = state === "paused" ? {} : { endedAt: this.#ports.now().toISOString() };
      // First, so that no job is called done without its record; one that dies in between ends, and is recorded, once more.
      this.#ports.audit({ recipe, policy, plan, result });
      updateJob(catalog, id, { state, result: { packages, error: error ?? null }, ...ended });
      this.#running.delete(id);
      running.meter.end(result);
    };
    const requested = cancelFile(this.#ports.scratch, id);
    const look = setInterval(() => existsSync(requested) && running.abort.abort(), LOOK_MS);
    try {
      updateJob(catalog, id, { state: "running", startedAt: plan.startedAt });
      await this.#runPackages(id, recipe, policy, plan, packages, resume, running);
      finish(packages.some((one) => one.result === "incomplete") ? "incomplete" : "complete");
    } catch (thrown) {
      try {
        if (toErrorRecord(thrown).code === "INTERNAL") this.#ports.unexpected(thrown);
        const error = this.#explain(toErrorRecord(thrown), recipe, plan, packages);
        if (error.code === "CANCELLED") this.#discard(plan, recipe.destination, packages);
        finish(
          error.code === "CANCELLED" ? "cancelled" : error.code === "PACKAGE_DAMAGED" ? "failed" : "paused",
          error,
        );
      } catch (second) {
        // Not even the catalog can be written (its disk is full too): the next start finds the job interrupted.
        this.#running.delete(id);
        const error = toErrorRecord(second);
        running.meter.end({ jobId: String(id), state: "interrupted", seconds: 0, packages, error });
      }
    } finally {
      clearInterval(look);
      rmSync(requested, { force: true });
    }
  }

  async #runPackages(
    id: number,
    recipe: Recipe,
    policy: JobPolicy,
    plan: StoredPlan,
    packages: PackageResult[],
    resume: boolean,
    running: RunningJob,
  ): Promise<void> {
    const { catalog } = this.#ports;
    const sources = this.#ports.sources();
    const context: JobContext = {
      recipe,
      token: plan.token,
      planDigest: plan.digest,
      policy: policy.receipt,
      notices: policy.notices,
      startedAt: plan.startedAt,
      exportedBy: plan.exportedBy,
      softwareVersion: this.#ports.softwareVersion,
      pool: this.#ports.pool,
      settings: {
        compress: recipe.compress,
        policy: policy.worker,
        sources,
        scratch: this.#ports.scratch,
        lanes: sources.some(({ kind }) => kind !== "folder") ? NETWORK_LANES : 1,
      },
      signal: running.abort.signal,
    };
    let before = { items: 0, bytes: 0 };
    for (const one of plan.packages) {
      const made = packages.find(({ name }) => name === one.name);
      const final = join(recipe.destination, one.name);
      if (made === undefined) {
        const start = before;
        const result = await runPackage(
          context,
          one,
          final,
          (from) => itemsFrom(catalog, id, one.firstItem + from),
          resume,
          ({ step, itemsDone, bytesDone }) =>
            running.meter.update({ step, itemsDone: start.items + itemsDone, bytesDone: start.bytes + bytesDone }),
        );
        packages.push(result);
        updateJob(catalog, id, { result: { packages, error: null } });
      }
      removeServedJournal(final, plan.token);
      before = { items: before.items + one.items, bytes: before.bytes + one.counts.bytes };
    }
  }

  /** A full disk is told with what the whole job still wants, not with what one write wanted. */
  #explain(error: ErrorRecord, recipe: Recipe, plan: StoredPlan, made: PackageResult[]): ErrorRecord {
    if (error.code !== "DISK_FULL") return error;
    const names = new Set(made.map(({ name }) => name));
    const wanted = plan.packages.reduce((sum, one) => sum + (names.has(one.name) ? 0 : one.counts.bytes), 0);
    const free = existsSync(recipe.destination) ? freeBytesAt(recipe.destination) : 0;
    return {
      code: "DISK_FULL",
      message: `The destination is full: ${free} bytes are free, and the packages still to be finished take about ${wanted} altogether.`,
      next: "Free space there, then resume the job.",
    };
  }

  #discard(plan: StoredPlan, destination: string, made: PackageResult[]): void {
    for (const { name } of plan.packages) {
      const final = join(destination, name);
      if (made.some((one) => one.name === name)) removeServedJournal(final, plan.token);
      else discardOwnPartial(final, plan.token);
    }
  }
}

function* itemsFrom(catalog: Catalog, job: number, from: number): Generator<ImagingItem> {
  for (const { item } of iterateJobItems(catalog, job, from)) yield item as ImagingItem;
}

function packagesOf(job: JobRow): PackageResult[] {
  return [...((job.result as { packages?: PackageResult[] } | null)?.packages ?? [])];
}

function summarise(job: JobRow): JobSummary {
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
    itemsTotal: plan?.packages.reduce((sum, one) => sum + one.items, 0) ?? 0,
    packages: packagesOf(job),
    error: (job.result as { error?: ErrorRecord | null } | null)?.error ?? null,
  };
}
