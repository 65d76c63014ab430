import { SatchelError } from "../../contract/errors.ts";
import type { JobEvent, JobResult, JobState, JobSummary } from "../../contract/job.ts";
import { recipe as recipeSchema, type Recipe } from "../../contract/recipe.ts";
import { getJob, listJobs, markInterruptedJobs, removeUnplannedJobs, updateJob, type JobRow } from "../catalog/jobs.ts";
import { packagesOf, summariseJob } from "./job-summary.ts";
import { freeBytesAt, prepareJob, type StoredPlan } from "./prepare-job.ts";
import { JobMeter } from "./progress.ts";
import { discardUnfinished, runJob, type JobRun, type JobsPorts } from "./run-job.ts";

interface RunningJob {
  abort: AbortController;
  ended: Promise<void>;
}

/** States of a job that does not run and may go on. */
const RESUMABLE: ReadonlySet<JobState> = new Set(["planned", "paused", "interrupted"]);
/** One of these is given up by cancelling it. */
const UNFINISHED: ReadonlySet<JobState> = new Set([...RESUMABLE, "failed"]);

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
    this.#launch({ id, recipe, policy, plan, packages: [], resume: false });
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
    const policy = this.#ports.policyOf(recipe);
    this.#launch({ id: job.id, recipe, policy, plan, packages: packagesOf(job), resume: true });
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
    } else if (UNFINISHED.has(job.state)) {
      discardUnfinished(job.plan as StoredPlan, job.destination, packagesOf(job));
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
    return summariseJob(this.#job(id));
  }

  list(): JobSummary[] {
    return listJobs(this.#ports.catalog).map(summariseJob);
  }

  /** Stops what runs so that it can be resumed; for the end of the process. */
  async close(): Promise<void> {
    await Promise.all([...this.#running.values()].map(({ ended }) => ended));
  }

  #job(id: string): JobRow {
    const number = /^\d{1,15}$/.test(id) ? Number(id) : -1;
    return getJob(this.#ports.catalog, number);
  }

  async #finish(id: number, meter: JobMeter, job: Promise<JobResult>): Promise<void> {
    const result = await job;
    this.#running.delete(id);
    meter.end(result);
  }

  #launch(run: Omit<JobRun, "abort" | "meter">): void {
    const { id, plan } = run;
    const totals = {
      items: plan.packages.reduce((sum, one) => sum + one.items, 0),
      bytes: plan.packages.reduce((sum, one) => sum + one.counts.bytes, 0),
    };
    const meter = new JobMeter(String(id), "running", totals);
    const abort = new AbortController();
    const running: RunningJob = { abort, ended: Promise.resolve() };
    this.#running.set(id, running);
    this.#meters.set(id, meter);
    running.ended = this.#finish(id, meter, runJob(this.#ports, { ...run, abort, meter }));
  }
}
