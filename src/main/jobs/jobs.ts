import { SatchelError, toErrorRecord } from "../../contract/errors.ts";
import type { JobEvent, JobProgress, JobState, JobSummary } from "../../contract/job.ts";
import { recipe as recipeSchema, type Recipe } from "../../contract/recipe.ts";
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
import { freeBytesAt } from "./destination-room.ts";
import { openWork, planWork, putOffWork, retryRecipe, type NameOf } from "./open-work.ts";
import type { JobWork } from "./job-work.ts";
import { JobQueue } from "./job-queue.ts";
import type { StoredPlan } from "./stored-plan.ts";
import { noteJob } from "./job-notes.ts";
import { packagesOf, summariseJob } from "./job-summary.ts";
import { nameBeside, namesToCome } from "./name-beside.ts";
import { discardUnfinished, type JobsPorts } from "./run-job.ts";

/** States of a job that does not run and may go on. */
const RESUMABLE: ReadonlySet<JobState> = new Set(["planned", "paused", "interrupted"]);
const ENDED: ReadonlySet<JobState> = new Set(["complete", "incomplete", "failed", "cancelled"]);

/**
 * The jobs of a workspace: started, watched, stopped and taken up again. So many run side by side as the ports say; the others wait in the
 * state `planned`, in the order in which they came. One process at a time has it (the workspace's lock).
 */
export class Jobs {
  readonly #ports: JobsPorts;
  readonly #queue: JobQueue;
  /** Settles with the plan that was begun last. */
  #planned: Promise<void> = Promise.resolve();

  /** @param writes this process holds the workspace: whatever is marked as running in it was left by one that died. */
  constructor(ports: JobsPorts, writes: boolean) {
    this.#ports = ports;
    this.#queue = new JobQueue(ports);
    if (!writes) return;
    for (const id of markInterruptedJobs(ports.catalog)) noteJob(ports, id, "crashed", {});
    removeUnplannedJobs(ports.catalog);
  }

  /**
   * Plans a job; it starts when its turn comes. Plans are made one after the other: a small one that was asked for later must not
   * overtake a large one.
   *
   * The job of a table whose records a sync is changing is there at once, waits for that to end, and is planned then.
   *
   * @throws what prepareJob and prepareTable throw
   */
  async start(recipe: Recipe, exportedAt: string | undefined, nameOf?: NameOf): Promise<string> {
    if (recipe.kind === "imaging") return this.#startInTurn(recipe, exportedAt, nameOf);
    const leave = this.#ports.readRecordsNow();
    if (leave === undefined) return this.#put(await putOffWork(this.#ports, recipe, this.#about(exportedAt), nameOf));
    try {
      return await this.#startInTurn(recipe, exportedAt, nameOf);
    } finally {
      leave();
    }
  }

  async #startInTurn(recipe: Recipe, exportedAt: string | undefined, nameOf?: NameOf): Promise<string> {
    const before = this.#planned;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#planned = promise;
    await before;
    try {
      return this.#put(await planWork(this.#ports, recipe, this.#about(exportedAt), nameOf));
    } finally {
      resolve();
    }
  }

  #put({ id, work }: { id: number; work: JobWork }): string {
    this.#queue.put({ id, work, packages: [], resume: false });
    return String(id);
  }

  #about(exportedAt = this.#ports.now().toISOString()): { startedAt: string; exportedBy: string } {
    return { startedAt: exportedAt, exportedBy: this.#ports.user };
  }

  /**
   * Takes an interrupted, paused or waiting job up again; it goes on when its turn comes. One that is just being paused is waited for.
   *
   * @throws NOT_FOUND, USAGE
   */
  async resume(id: string): Promise<string> {
    for (let stopping; (stopping = this.#queue.stopping(this.#job(id).id)) !== undefined;) await stopping;
    return this.#takeUp(id);
  }

  #takeUp(id: string): string {
    const job = this.#job(id);
    if (this.#queue.has(job.id)) return id;
    if (!RESUMABLE.has(job.state)) {
      throw new SatchelError("USAGE", `Job ${id} is ${job.state}; there is nothing to resume.`, "Start a new export.");
    }
    const recipe = recipeSchema.parse(job.recipe);
    freeBytesAt(recipe.destination);
    const work = openWork(this.#ports, recipe, job.plan as StoredPlan);
    this.#queue.put({ id: job.id, work, packages: packagesOf(job), resume: true });
    return id;
  }

  /** Takes up what waited or ran when the application ended. What a person paused stays paused, and what needs one is paused. */
  resumeAtStart(): void {
    for (const id of unfinishedJobs(this.#ports.catalog)) {
      if (this.#job(String(id)).state === "paused") continue;
      try {
        this.#takeUp(String(id));
      } catch (thrown) {
        const error = toErrorRecord(thrown);
        if (error.code === "INTERNAL") this.#ports.unexpected(thrown);
        const packages = packagesOf(this.#job(String(id)));
        updateJob(this.#ports.catalog, id, { state: "paused", result: { packages, error } });
        noteJob(this.#ports, id, "not-resumed", {}, error);
      }
    }
  }

  /** Stops a job so that it goes on later where it stopped. @throws NOT_FOUND, USAGE */
  async pause(id: string): Promise<JobSummary> {
    const job = this.#job(id);
    // Not a moment may lie between the look and the deed: a resume would come in between.
    if (this.#queue.has(job.id)) await this.#queue.stop(job.id, "paused");
    else {
      if (ENDED.has(job.state))
        throw new SatchelError("USAGE", `Job ${id} is ${job.state}; there is nothing to pause.`);
      updateJob(this.#ports.catalog, job.id, { state: "paused" });
      if (job.state !== "paused") this.#notePause(job);
      this.#ports.changed("jobs");
    }
    return this.show(id);
  }

  /**
   * Stops a job of this process, or asks the process that runs it to; one that does not run is given up and what it left is removed.
   */
  async cancel(id: string): Promise<JobSummary> {
    const before = this.#job(id);
    // It may be paused, or a resume may wait for it, in the very moment in which it stops.
    while (this.#queue.has(before.id)) await this.#queue.stop(before.id, "cancelled");
    const job = this.#job(id);
    if (RESUMABLE.has(job.state) || (job.state === "failed" && before.state === "failed")) this.#queue.giveUp(job);
    return this.show(id);
  }

  /** A new job for what failed in an ended one, beside what that one made. @throws NOT_FOUND, USAGE, what prepareJob throws */
  async retry(id: string): Promise<string> {
    const job = this.#job(id);
    if (!ENDED.has(job.state)) throw new SatchelError("USAGE", `Job ${id} has not ended.`, "Resume it instead.");
    const recipe = retryRecipe(this.#ports.catalog, job);
    let taken: Set<string> | undefined;
    // Asked once the packages are planned: another job may have been started meanwhile.
    const again = await this.start(recipe, undefined, (name) =>
      nameBeside(recipe, name, (taken ??= namesToCome(this.#ports.catalog, recipe.destination))),
    );
    noteJob(this.#ports, Number(again), "retries", { job: id });
    noteJob(this.#ports, job.id, "retried", { job: again });
    return again;
  }

  /** Forgets an ended job. @throws NOT_FOUND, USAGE */
  remove(id: string): void {
    const job = this.#job(id);
    if (!ENDED.has(job.state)) throw new SatchelError("USAGE", `Job ${id} has not ended.`, "Cancel it first.");
    if (job.state === "failed") discardUnfinished(job.plan as StoredPlan, job.destination, packagesOf(job));
    removeJob(this.#ports.catalog, job.id);
    this.#queue.forget(job.id);
    this.#ports.changed("jobs");
  }

  recipe(id: string): Recipe {
    return recipeSchema.parse(this.#job(id).recipe);
  }

  log(id: string): JobLogEntry[] {
    return jobLogOf(this.#ports.catalog, this.#job(id).id);
  }

  watch(id: string, signal: AbortSignal): AsyncIterable<JobEvent> {
    const meter = this.#queue.meter(this.#job(id).id);
    if (meter === undefined)
      throw new SatchelError(
        "NOT_FOUND",
        `Job ${id} is not running.`,
        "Look at the job itself to see what became of it.",
      );
    return meter.watch(signal);
  }

  /** Of all jobs that run or wait. */
  progress(signal: AbortSignal): AsyncIterable<JobProgress[]> {
    return this.#queue.progress(signal);
  }

  show(id: string): JobSummary {
    return summariseJob(this.#job(id));
  }

  list(): JobSummary[] {
    return listJobs(this.#ports.catalog).filter(isPlanned).map(summariseJob);
  }

  /** Waits for the jobs that run; those that wait stay planned. For the end of a command. */
  close(): Promise<void> {
    return this.#queue.close();
  }

  /** Stops the jobs that run, so that they go on at the next start. For the end of a window. */
  stopForExit(): Promise<void> {
    return this.#queue.stopForExit();
  }

  #job(id: string): JobRow {
    const number = /^\d{1,15}$/.test(id) ? Number(id) : -1;
    const job = getJob(this.#ports.catalog, number);
    if (!isPlanned(job)) throw new SatchelError("NOT_FOUND", `Job ${id} is still being planned.`, "Wait a moment.");
    return job;
  }

  #notePause(job: JobRow): void {
    const of = (job.plan as StoredPlan | null)?.packages.length ?? 0;
    noteJob(this.#ports, job.id, "paused", { made: packagesOf(job).length, of });
  }
}

/** One that is just being planned is nothing yet that could be shown, stopped or removed. */
function isPlanned({ plan }: JobRow): boolean {
  return plan !== null;
}
