import { existsSync, rmSync } from "node:fs";
import { SatchelError, toErrorRecord } from "../../contract/errors.ts";
import type { JobEvent, JobProgress, JobResult, JobState, JobSummary } from "../../contract/job.ts";
import { recipe as recipeSchema, type Recipe } from "../../contract/recipe.ts";
import { iterateJobItems } from "../catalog/job-items.ts";
import { jobLogOf, type JobLogEntry } from "../catalog/job-log.ts";
import {
  getJob,
  listJobs,
  markInterruptedJobs,
  removeJob,
  removeUnplannedJobs,
  unfinishedJobs,
  updateJob,
  type JobRow,
} from "../catalog/jobs.ts";
import type { ImagingItem } from "../exports/imaging/item.ts";
import { cancelFile } from "./cancel-file.ts";
import { noteJob, plannedSentence } from "./job-notes.ts";
import { packagesOf, summariseJob } from "./job-summary.ts";
import { nameBeside } from "./name-beside.ts";
import { freeBytesAt, prepareJob, type StoredPlan } from "./prepare-job.ts";
import { JobMeter } from "./progress.ts";
import { ProgressBoard } from "./progress-board.ts";
import { recipeToRetry } from "./retry.ts";
import { discardUnfinished, runJob, type JobRun, type JobsPorts, type StopAs } from "./run-job.ts";

interface RunningJob {
  run: JobRun;
  ended: Promise<void>;
}

/** States of a job that does not run and may go on. */
const RESUMABLE: ReadonlySet<JobState> = new Set(["planned", "paused", "interrupted"]);
/** One of these is given up by cancelling it. */
const UNFINISHED: ReadonlySet<JobState> = new Set([...RESUMABLE, "failed"]);
const ENDED: ReadonlySet<JobState> = new Set(["complete", "incomplete", "failed", "cancelled"]);
/** How often it is looked whether another process asks a waiting job to stop. */
const LOOK_MS = 200;

/**
 * The jobs of a workspace: started, watched, stopped and taken up again. So many run side by side as the ports say; the others wait in the
 * state `planned`, in the order in which they came. One process at a time has it (the workspace's lock).
 */
export class Jobs {
  readonly #ports: JobsPorts;
  readonly #running = new Map<number, RunningJob>();
  /** In the order in which they will run. */
  readonly #waiting = new Map<number, JobRun>();
  /** Of every job this process ran: one that ended before anybody watched still tells its result. */
  readonly #meters = new Map<number, JobMeter>();
  readonly #board: ProgressBoard;
  #closing = false;
  #look: NodeJS.Timeout | undefined;

  /** @param writes this process holds the workspace: whatever is marked as running in it was left by one that died. */
  constructor(ports: JobsPorts, writes: boolean) {
    this.#ports = ports;
    this.#board = new ProgressBoard((jobs) => ports.onProgress(jobs));
    if (!writes) return;
    markInterruptedJobs(ports.catalog);
    removeUnplannedJobs(ports.catalog);
  }

  /** Plans a job; it starts when its turn comes. @throws what prepareJob throws */
  start(recipe: Recipe, exportedAt: string | undefined, nameOf?: (name: string) => string): string {
    const policy = this.#ports.policyOf(recipe);
    const about = { startedAt: exportedAt ?? this.#ports.now().toISOString(), exportedBy: this.#ports.user };
    const { id, plan } = prepareJob(this.#ports.catalog, recipe, policy, about, nameOf);
    noteJob(this.#ports, id, plannedSentence(plan.packages.length, totalsOf(plan).items));
    this.#enqueue({ id, recipe, policy, plan, packages: [], resume: false });
    return String(id);
  }

  /** Takes an interrupted, paused or waiting job up again; it goes on when its turn comes. @throws NOT_FOUND, USAGE */
  resume(id: string): string {
    const job = this.#job(id);
    if (this.#running.has(job.id) || this.#waiting.has(job.id)) return id;
    if (!RESUMABLE.has(job.state)) {
      throw new SatchelError("USAGE", `Job ${id} is ${job.state}; there is nothing to resume.`, "Start a new export.");
    }
    const recipe = recipeSchema.parse(job.recipe);
    freeBytesAt(recipe.destination);
    const plan = job.plan as StoredPlan;
    const policy = this.#ports.policyOf(recipe);
    this.#enqueue({ id: job.id, recipe, policy, plan, packages: packagesOf(job), resume: true });
    return id;
  }

  /** Takes up what waited or ran when the application ended. What a person paused stays paused, and what needs one is paused. */
  resumeAtStart(): void {
    for (const id of unfinishedJobs(this.#ports.catalog)) {
      if (this.#job(String(id)).state === "paused") continue;
      try {
        this.resume(String(id));
      } catch (thrown) {
        const error = toErrorRecord(thrown);
        if (error.code === "INTERNAL") this.#ports.unexpected(thrown);
        const packages = packagesOf(this.#job(String(id)));
        updateJob(this.#ports.catalog, id, { state: "paused", result: { packages, error } });
        noteJob(this.#ports, id, "Could not be taken up again at the start.", error);
      }
    }
  }

  /** Stops a job so that it goes on later where it stopped. @throws NOT_FOUND, USAGE */
  async pause(id: string): Promise<JobSummary> {
    const job = this.#job(id);
    if (!(await this.#stop(job.id, "paused"))) {
      if (ENDED.has(job.state))
        throw new SatchelError("USAGE", `Job ${id} is ${job.state}; there is nothing to pause.`);
      updateJob(this.#ports.catalog, job.id, { state: "paused" });
      this.#ports.changed("jobs");
    }
    return this.show(id);
  }

  /**
   * Stops a job of this process, or asks the process that runs it to; one that does not run is given up and what it left is removed.
   */
  async cancel(id: string): Promise<JobSummary> {
    const job = this.#job(id);
    if (!(await this.#stop(job.id, "cancelled")) && UNFINISHED.has(job.state)) this.#giveUp(job);
    return this.show(id);
  }

  /** A new job for what failed in an ended one, beside what that one made. @throws NOT_FOUND, USAGE, what prepareJob throws */
  retry(id: string): string {
    const job = this.#job(id);
    if (!ENDED.has(job.state)) throw new SatchelError("USAGE", `Job ${id} has not ended.`, "Resume it instead.");
    const { packages } = job.plan as StoredPlan;
    const recipe = recipeToRetry(recipeSchema.parse(job.recipe), packages, packagesOf(job), (index) => {
      for (const { item } of iterateJobItems(this.#ports.catalog, job.id, index))
        return (item as ImagingItem).description;
      throw new SatchelError("INTERNAL", "The plan of the job is shorter than it says.");
    });
    const taken = this.#namesToCome(recipe.destination);
    const again = this.start(recipe, undefined, (name) => nameBeside(recipe.destination, name, taken));
    noteJob(this.#ports, Number(again), `Makes anew what failed in job ${id}.`);
    noteJob(this.#ports, job.id, `What failed is made anew by job ${again}.`);
    return again;
  }

  /** Forgets an ended job. @throws NOT_FOUND, USAGE */
  remove(id: string): void {
    const job = this.#job(id);
    if (!ENDED.has(job.state)) throw new SatchelError("USAGE", `Job ${id} has not ended.`, "Cancel it first.");
    if (job.state === "failed") discardUnfinished(job.plan as StoredPlan, job.destination, packagesOf(job));
    removeJob(this.#ports.catalog, job.id);
    this.#meters.delete(job.id);
    this.#ports.changed("jobs");
  }

  recipe(id: string): Recipe {
    return recipeSchema.parse(this.#job(id).recipe);
  }

  log(id: string): JobLogEntry[] {
    return jobLogOf(this.#ports.catalog, this.#job(id).id);
  }

  watch(id: string, signal: AbortSignal): AsyncIterable<JobEvent> {
    const meter = this.#meters.get(this.#job(id).id);
    if (meter === undefined) throw new SatchelError("NOT_FOUND", `Job ${id} is not running.`, "See satchel jobs show.");
    return meter.watch(signal);
  }

  /** Of all jobs that run or wait. */
  progress(signal: AbortSignal): AsyncIterable<JobProgress[]> {
    return this.#board.watch(signal);
  }

  show(id: string): JobSummary {
    return summariseJob(this.#job(id));
  }

  list(): JobSummary[] {
    return listJobs(this.#ports.catalog).map(summariseJob);
  }

  /** Waits for the jobs that run; those that wait stay planned. For the end of a command. */
  async close(): Promise<void> {
    this.#closing = true;
    clearInterval(this.#look);
    await Promise.all([...this.#running.values()].map(({ ended }) => ended));
  }

  /** Stops the jobs that run, so that they go on at the next start. For the end of a window. */
  async stopForExit(): Promise<void> {
    this.#closing = true;
    await Promise.all([...this.#running.keys()].map((id) => this.#stop(id, "interrupted")));
    await this.close();
  }

  #job(id: string): JobRow {
    const number = /^\d{1,15}$/.test(id) ? Number(id) : -1;
    return getJob(this.#ports.catalog, number);
  }

  /** Names of packages that jobs which have not ended will make at a place. */
  #namesToCome(destination: string): Set<string> {
    const names = new Set<string>();
    for (const id of unfinishedJobs(this.#ports.catalog)) {
      const job = this.#job(String(id));
      if (job.destination !== destination) continue;
      for (const { name } of (job.plan as StoredPlan).packages) names.add(name);
    }
    return names;
  }

  /** Stops a job that runs or waits here, and waits until it has. @returns false where it does neither */
  async #stop(id: number, stopAs: StopAs): Promise<boolean> {
    const running = this.#running.get(id);
    if (running !== undefined) {
      // A cancel outdoes a pause that is under way, never the other way round.
      if (!running.run.abort.signal.aborted || stopAs === "cancelled") running.run.stopAs = stopAs;
      running.run.abort.abort();
      await running.ended;
      return true;
    }
    const waiting = this.#waiting.get(id);
    if (waiting === undefined) return false;
    this.#leaveQueue(waiting, stopAs);
    return true;
  }

  /** A job that waited is paused or cancelled without having had its turn. */
  #leaveQueue(run: JobRun, state: StopAs): void {
    this.#waiting.delete(run.id);
    if (state === "cancelled") this.#giveUp(this.#job(String(run.id)));
    else {
      updateJob(this.#ports.catalog, run.id, { state });
      noteJob(this.#ports, run.id, "Paused while it waited for its turn.");
    }
    this.#end(run, { jobId: String(run.id), state, seconds: 0, packages: run.packages });
  }

  /** Removes what a job left that does not run and will not. */
  #giveUp(job: JobRow): void {
    discardUnfinished(job.plan as StoredPlan, job.destination, packagesOf(job));
    updateJob(this.#ports.catalog, job.id, { state: "cancelled", endedAt: this.#ports.now().toISOString() });
    noteJob(this.#ports, job.id, "Cancelled; what was unfinished has been removed.");
    rmSync(cancelFile(this.#ports.scratch, job.id), { force: true });
    this.#ports.changed("jobs");
  }

  #enqueue(run: Omit<JobRun, "abort" | "meter" | "stopAs">): void {
    const { id, plan } = run;
    const totals = { ...totalsOf(plan), packages: plan.packages.length };
    const meter = new JobMeter(String(id), "planned", totals, () => this.#board.news());
    this.#meters.set(id, meter);
    this.#waiting.set(id, { ...run, abort: new AbortController(), stopAs: "cancelled", meter });
    this.#startNext();
    if (this.#waiting.has(id)) {
      if (run.resume) updateJob(this.#ports.catalog, id, { state: "planned" });
      noteJob(this.#ports, id, "Waits for its turn.");
      this.#look ??= setInterval(() => this.#lookForWishes(), LOOK_MS).unref();
    }
    this.#board.put(id, meter);
    this.#ports.changed("jobs");
  }

  /** Another process may have asked a waiting job to stop. */
  #lookForWishes(): void {
    for (const run of this.#waiting.values())
      if (existsSync(cancelFile(this.#ports.scratch, run.id))) this.#leaveQueue(run, "cancelled");
    if (this.#waiting.size > 0) return;
    clearInterval(this.#look);
    this.#look = undefined;
  }

  #startNext(): void {
    for (const [id, run] of this.#waiting) {
      if (this.#closing || this.#running.size >= this.#ports.jobsAtOnce()) return;
      this.#waiting.delete(id);
      run.meter.update({ state: "running", phase: "reading" });
      const running: RunningJob = { run, ended: Promise.resolve() };
      this.#running.set(id, running);
      running.ended = runJob(this.#ports, run).then((result) => {
        this.#running.delete(id);
        this.#end(run, result);
        this.#startNext();
      });
    }
  }

  #end(run: JobRun, result: JobResult): void {
    run.meter.end(result);
    this.#board.remove(run.id);
    this.#ports.changed("jobs");
  }
}

function totalsOf(plan: StoredPlan): { items: number; bytes: number } {
  return {
    items: plan.packages.reduce((sum, one) => sum + one.items, 0),
    bytes: plan.packages.reduce((sum, one) => sum + one.counts.bytes, 0),
  };
}
