import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { toErrorRecord, type ErrorRecord } from "../../contract/errors.ts";
import type { JobProgress, JobResult, JobState, PackageResult } from "../../contract/job.ts";
import type { DatasetRecipe, SummaryRecipe } from "../../contract/fhir-recipe.ts";
import type { ImagingRecipe } from "../../contract/recipe.ts";
import type { TableRecipe } from "../../contract/table-recipe.ts";
import type { Catalog } from "../catalog/database.ts";
import { iterateJobItems } from "../catalog/job-items.ts";
import { updateJob } from "../catalog/jobs.ts";
import type { InstanceIdentity } from "../catalog/packages.ts";
import type { OpenDataset } from "../exports/dataset/kinds.ts";
import type { OpenSummary } from "../exports/summary/summary.ts";
import type { ImagingItem, PackagePlan } from "../exports/imaging/item.ts";
import type { OpenTable } from "../exports/table/kinds.ts";
import type { RowSource } from "../exports/table/table.ts";
import { cancelFile } from "./cancel-file.ts";
import { noteEnd, noteJob } from "./job-notes.ts";
import type { JobPolicy } from "./job-policy.ts";
import type { SourceAccess } from "./messages.ts";
import { discardOwnPartial, removeServedJournal } from "./package-target.ts";
import type { WorkerPool } from "./pool.ts";
import { freeBytesAt } from "./destination-room.ts";
import { keepPackage } from "./keep-package.ts";
import type { JobWork } from "./job-work.ts";
import type { StoredPlan } from "./stored-plan.ts";
import type { JobMeter } from "./progress.ts";
import { runPackage, type JobContext } from "./run-package.ts";
import { runTables } from "./run-tables.ts";
import { discardOwnTable } from "./table-target.ts";

/** What jobs need of the rooms around them. */
export interface JobsPorts {
  catalog: Catalog;
  pool: WorkerPool;
  /** For downloads too large to hold, and for words between processes. */
  scratch: string;
  user: string;
  softwareVersion: string;
  now(): Date;
  policyOf(recipe: ImagingRecipe): JobPolicy;
  /** @throws KEY_NEEDED, USAGE */
  tableOf(recipe: TableRecipe, startedAt: string): OpenTable;
  /** @throws KEY_NEEDED, USAGE */
  datasetOf(recipe: DatasetRecipe, startedAt: string): OpenDataset;
  /** @throws KEY_NEEDED, USAGE */
  summaryOf(recipe: SummaryRecipe, startedAt: string): OpenSummary;
  sources(): SourceAccess[];
  /** How workers come to the catalog. */
  catalogAccess(): RowSource["catalog"];
  /** Waits until no sync changes the records; none does until the answer is called. @throws CANCELLED */
  readRecords(signal: AbortSignal, onWait?: () => void): Promise<() => void>;
  /** The same where there is nothing to wait for; undefined where a sync changes the records, or waits to. */
  readRecordsNow(): (() => void) | undefined;
  /** How many jobs run side by side; asked each time that one could begin. */
  jobsAtOnce(): number;
  /** Lists of jobs, or of packages, are not as they were. */
  changed(what: "jobs" | "packages"): void;
  /** Told with every news of jobs that run or wait. */
  onProgress(jobs: readonly JobProgress[]): void;
  /** Writes the audit record of an export that ended. */
  audit(end: ExportEnd): void;
  /** Notes an unexpected error in the local log. */
  unexpected(thrown: unknown): void;
}

/** An export that came to its end, or to a halt. */
export interface ExportEnd {
  work: JobWork;
  result: JobResult;
}

/** What becomes of a job that is told to stop. A person cancels or pauses it; one that is interrupted goes on at the next start. */
export type StopAs = "cancelled" | "paused" | "interrupted";

/** One run of a job, from its start or from where an earlier run stopped. */
export interface JobRun {
  id: number;
  work: JobWork;
  /** Packages that are made; those of this run are added. */
  packages: PackageResult[];
  /** The job ran before: what it left is gone on with. */
  resume: boolean;
  abort: AbortController;
  /** What its being aborted means. */
  stopAs: StopAs;
  meter: JobMeter;
  /** Told true when it begins to wait for a sync, false when it goes on: meanwhile others may have its turn. */
  onWait(waits: boolean): void;
}

/** Items a worker has in hand at once where reading waits for a network. Measured: see ARCHITECTURE.md. */
const NETWORK_LANES = 4;
/** How often a running job looks whether another process asks it to stop. */
const LOOK_MS = 200;

/** Runs a job to its end or halt, and writes down what came of it. Never rejects. */
export async function runJob(ports: JobsPorts, run: JobRun): Promise<JobResult> {
  const { catalog } = ports;
  const { id, packages } = run;
  const { recipe, plan } = run.work;
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
    const ended = state === "paused" || state === "interrupted" ? {} : { endedAt: ports.now().toISOString() };
    // First, so that no job is called done without its record; one that dies in between ends, and is recorded, once more.
    ports.audit({ work: run.work, result });
    catalog.write(() => {
      updateJob(catalog, id, { state, result: { packages, error: error ?? null }, ...ended });
      noteEnd(ports, id, result, plan.packages.length, error);
    });
    return result;
  };
  const requested = cancelFile(ports.scratch, id);
  const look = setInterval(() => existsSync(requested) && run.abort.abort(), LOOK_MS);
  try {
    catalog.write(() => {
      updateJob(catalog, id, { state: "running", startedAt: plan.startedAt });
      noteJob(ports, id, run.resume ? "resumed" : "started", {});
    });
    ports.changed("jobs");
    if (run.work.kind === "imaging") await runPackages(ports, run, run.work);
    else if (run.work.kind === "table") await runTables(ports, run, run.work);
    // What only they need, Parquet above all, is loaded with the first of them.
    else if (run.work.kind === "dataset") await (await import("./run-datasets.ts")).runDatasets(ports, run, run.work);
    else await (await import("./run-summaries.ts")).runSummaries(ports, run, run.work);
    return finish(packages.some((one) => one.result === "incomplete") ? "incomplete" : "complete");
  } catch (thrown) {
    try {
      if (toErrorRecord(thrown).code === "INTERNAL") ports.unexpected(thrown);
      const error = explain(toErrorRecord(thrown), run);
      if (error.code === "CANCELLED" && run.stopAs !== "cancelled") return finish(run.stopAs);
      const state = stateAfter(error, plan);
      // What its format cannot hold, or a view cannot read, will not be otherwise at the next try.
      if (state === "cancelled" || (state === "failed" && isOfRecords(plan)))
        discardUnfinished(plan, recipe.destination, packages);
      return finish(state, error);
    } catch (second) {
      // Not even the catalog can be written (its disk is full too): the next start finds the job interrupted.
      return { jobId: String(id), state: "interrupted", seconds: 0, packages, error: toErrorRecord(second) };
    }
  } finally {
    clearInterval(look);
    rmSync(requested, { force: true });
  }
}

function stateAfter({ code }: ErrorRecord, plan: StoredPlan): JobState {
  if (code === "CANCELLED") return "cancelled";
  if (isOfRecords(plan) && code === "TOO_LARGE") return "failed";
  if ((plan.kind === "dataset" || plan.kind === "summary") && (code === "USAGE" || code === "LEAK")) return "failed";
  return code === "PACKAGE_DAMAGED" ? "failed" : "paused";
}

/** Made in one go of the catalog: whole, or not there. */
function isOfRecords({ kind }: StoredPlan): boolean {
  return kind === "table" || kind === "dataset" || kind === "summary";
}

async function runPackages(
  ports: JobsPorts,
  run: JobRun,
  { recipe, policy, plan }: JobWork & { kind: "imaging" },
): Promise<void> {
  const { id, packages, meter } = run;
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
    now: () => ports.now(),
    pool: ports.pool,
    settings: {
      compress: recipe.compress,
      policy: policy.worker,
      sources,
      scratch: ports.scratch,
      lanes: sources.some(({ kind }) => kind !== "folder") ? NETWORK_LANES : 1,
    },
    signal: run.abort.signal,
    goesOn: () => run.stopAs !== "cancelled",
  };
  let before = { items: 0, bytes: 0 };
  for (const [index, one] of plan.packages.entries()) {
    const final = join(recipe.destination, one.name);
    if (!packages.some(({ name }) => name === one.name)) {
      const start = before;
      const items = (from: number): Generator<ImagingItem> => itemsFrom(ports.catalog, id, one.firstItem + from);
      noteJob(ports, id, "package-began", { name: one.name, number: index + 1, of: plan.packages.length });
      const result = await runPackage(context, one, final, items, run.resume, ({ itemsDone, bytesDone, ...at }) =>
        meter.update({
          ...at,
          package: one.name,
          packageNumber: index + 1,
          itemsDone: start.items + itemsDone,
          bytesDone: start.bytes + bytesDone,
        }),
      );
      packages.push(result);
      keepPackage(ports, run, result, firstPictured(ports.catalog, id, one));
    }
    removeServedJournal(final, plan.token);
    before = { items: before.items + one.items, bytes: before.bytes + one.counts.bytes };
  }
}

/** Items that are looked through for one with a picture: an object without pixels may stand first. */
const LOOKED_THROUGH = 250;

function firstPictured(catalog: Catalog, job: number, plan: PackagePlan): InstanceIdentity | null {
  let looked = 0;
  for (const { description } of itemsFrom(catalog, job, plan.firstItem)) {
    if (looked++ === Math.min(LOOKED_THROUGH, plan.items)) return null;
    if (description.rows === 0 || description.columns === 0) continue;
    const { patientId, issuerOfPatientId: issuer, studyInstanceUid, seriesInstanceUid, sopInstanceUid } = description;
    return { patientId, issuer, studyInstanceUid, seriesInstanceUid, sopInstanceUid };
  }
  return null;
}

/** A full disk is told with what the whole job still wants, not with what one write wanted. */
function explain(error: ErrorRecord, { work: { recipe, plan }, packages }: JobRun): ErrorRecord {
  if (error.code !== "DISK_FULL") return error;
  const names = new Set(packages.map(({ name }) => name));
  const wanted = plan.packages
    .map(({ name, counts }) => (names.has(name) ? 0 : counts.bytes))
    .reduce((sum, one) => sum + one, 0);
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
    else if (isOfRecords(plan)) discardOwnTable(final, plan.token);
    else discardOwnPartial(final, plan.token);
  }
}

function* itemsFrom(catalog: Catalog, job: number, from: number): Generator<ImagingItem> {
  for (const { item } of iterateJobItems(catalog, job, from)) yield item as ImagingItem;
}
