import { existsSync, rmSync } from "node:fs";
import type { JobProgress, JobResult } from "../../contract/job.ts";
import { getJob, updateJob, type JobRow } from "../catalog/jobs.ts";
import { cancelFile } from "./cancel-file.ts";
import { noteJob } from "./job-notes.ts";
import { packagesOf } from "./job-summary.ts";
import { totalsOf } from "./job-work.ts";
import type { StoredPlan } from "./stored-plan.ts";
import { JobMeter } from "./progress.ts";
import { ProgressBoard } from "./progress-board.ts";
import { discardUnfinished, runJob, type JobRun, type JobsPorts, type StopAs } from "./run-job.ts";

interface RunningJob {
  run: JobRun;
  /** For a sync to end: others need not wait for that. */
  waits: boolean;
  ended: Promise<void>;
}

/** How often it is looked whether another process asks a waiting job to stop. */
const LOOK_MS = 200;

/** Jobs that run, so many side by side as the ports say, and those that wait for their turn, in the order in which they came. */
export class JobQueue {
  readonly #ports: JobsPorts;
  readonly #running = new Map<number, RunningJob>();
  /** In the order in which they will run. */
  readonly #waiting = new Map<number, JobRun>();
  /** Of every job this process ran: one that ended before anybody watched still tells its result. */
  readonly #meters = new Map<number, JobMeter>();
  readonly #board: ProgressBoard;
  #closing = false;
  #look: NodeJS.Timeout | undefined;

  constructor(ports: JobsPorts) {
    this.#ports = ports;
    this.#board = new ProgressBoard((jobs) => ports.onProgress(jobs));
  }

  /** Whether a job runs or waits here. */
  has(id: number): boolean {
    return this.#running.has(id) || this.#waiting.has(id);
  }

  /** Settles when a job has stopped that was told to, and could go on later; undefined where it was not. */
  stopping(id: number): Promise<void> | undefined {
    const running = this.#running.get(id);
    const told = running !== undefined && running.run.abort.signal.aborted && running.run.stopAs !== "cancelled";
    return told ? running.ended : undefined;
  }

  meter(id: number): JobMeter | undefined {
    return this.#meters.get(id);
  }

  forget(id: number): void {
    this.#meters.delete(id);
  }

  /** Of all jobs that run or wait. */
  progress(signal: AbortSignal): AsyncIterable<JobProgress[]> {
    return this.#board.watch(signal);
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
    await Promise.all([...this.#running.keys()].map((id) => this.stop(id, "interrupted")));
    await this.close();
  }

  /** Stops a job that runs or waits here, and waits until it has. @returns false where it does neither */
  async stop(id: number, stopAs: StopAs): Promise<boolean> {
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
    this.#leave(waiting, stopAs);
    return true;
  }

  /** A job that waited is paused or cancelled without having had its turn. */
  #leave(run: JobRun, state: StopAs): void {
    this.#waiting.delete(run.id);
    if (state === "cancelled") this.giveUp(getJob(this.#ports.catalog, run.id));
    else {
      updateJob(this.#ports.catalog, run.id, { state });
      noteJob(this.#ports, run.id, "paused-waiting", {});
    }
    this.#end(run, { jobId: String(run.id), state, seconds: 0, packages: run.packages });
  }

  /** Removes what a job left that does not run and will not. */
  giveUp(job: JobRow): void {
    discardUnfinished(job.plan as StoredPlan, job.destination, packagesOf(job));
    updateJob(this.#ports.catalog, job.id, { state: "cancelled", endedAt: this.#ports.now().toISOString() });
    noteJob(this.#ports, job.id, "given-up", {});
    rmSync(cancelFile(this.#ports.scratch, job.id), { force: true });
    this.#ports.changed("jobs");
  }

  /** A job runs as soon as it is its turn. */
  put(run: Omit<JobRun, "abort" | "meter" | "stopAs" | "onWait">): void {
    const {
      id,
      work: { plan },
    } = run;
    const totals = { ...totalsOf(plan), packages: plan.packages.length };
    const meter = new JobMeter(String(id), "planned", totals, () => this.#board.news());
    this.#meters.set(id, meter);
    const onWait = (waits: boolean): void => this.#stepAside(id, waits);
    this.#waiting.set(id, { ...run, abort: new AbortController(), stopAs: "cancelled", meter, onWait });
    this.#startNext();
    if (this.#waiting.has(id)) {
      if (run.resume) updateJob(this.#ports.catalog, id, { state: "planned" });
      noteJob(this.#ports, id, "waiting", {});
      this.#look ??= setInterval(() => this.#lookForWishes(), LOOK_MS).unref();
    }
    this.#board.put(id, meter);
    this.#ports.changed("jobs");
  }

  /** Another process may have asked a waiting job to stop. */
  #lookForWishes(): void {
    for (const run of this.#waiting.values())
      if (existsSync(cancelFile(this.#ports.scratch, run.id))) this.#leave(run, "cancelled");
    if (this.#waiting.size > 0) return;
    clearInterval(this.#look);
    this.#look = undefined;
  }

  #startNext(): void {
    for (const [id, run] of this.#waiting) {
      if (this.#closing || this.#busy() >= this.#atOnce()) return;
      this.#waiting.delete(id);
      run.meter.update({ state: "running", phase: "reading" });
      const running: RunningJob = { run, waits: false, ended: Promise.resolve() };
      this.#running.set(id, running);
      running.ended = this.#run(run);
    }
  }

  async #run(run: JobRun): Promise<void> {
    const result = await runJob(this.#ports, run);
    this.#running.delete(run.id);
    this.#end(run, result);
    this.#startNext();
  }

  #stepAside(id: number, waits: boolean): void {
    const running = this.#running.get(id);
    if (running === undefined) return;
    running.waits = waits;
    this.#startNext();
  }

  #busy(): number {
    let busy = 0;
    for (const { waits } of this.#running.values()) if (!waits) busy++;
    return busy;
  }

  #atOnce(): number {
    try {
      return this.#ports.jobsAtOnce();
    } catch (thrown) {
      // A setting that cannot be read keeps no job from running.
      this.#ports.unexpected(thrown);
      return 1;
    }
  }

  #end(run: JobRun, result: JobResult): void {
    run.meter.end(result);
    this.#board.remove(run.id);
    this.#ports.changed("jobs");
  }
}
