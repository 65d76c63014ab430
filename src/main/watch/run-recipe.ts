import { hash } from "node:crypto";
import type { WatchEvent, WatchRecipe } from "../../contract/calls/watch.ts";
import { fromErrorRecord, SatchelError, toErrorRecord, type ErrorRecord } from "../../contract/errors.ts";
import type { JobResult, PackageResult } from "../../contract/job.ts";
import type { Catalog } from "../catalog/database.ts";
import { recordsGeneration } from "../catalog/records-generation.ts";
import { isNothingSelected } from "../jobs/plan-errors.ts";
import { hasChangedSince, readWatchRun, surroundingsOf, writeWatchRun } from "../catalog/watch-runs.ts";

/** What a run needs of the jobs. */
export interface RunPorts {
  readonly catalog: Catalog;
  now(): Date;
  /** Plans a job and starts it. @param nameOf names its package from the name that the plan gives it */
  start(recipe: WatchRecipe, nameOf: (name: string) => string): Promise<string>;
  /** Waits for the end of a job; cancels it where the signal is aborted. */
  ended(jobId: string, signal: AbortSignal): Promise<JobResult>;
  /** Gives a job up that failed or runs, and removes what it left. */
  giveUp(jobId: string): Promise<void>;
}

/**
 * Runs a recipe where something changed since it ran last. How far it came is written down once its package has its name: what failed, or was
 * interrupted, is in the package of the next run.
 *
 * @throws what the job throws
 */
export async function* runWatchedRecipe(
  ports: RunPorts,
  source: number,
  recipe: WatchRecipe,
  signal: AbortSignal,
): AsyncGenerator<WatchEvent> {
  const { catalog } = ports;
  const digest = hash("sha256", JSON.stringify(recipe), "hex");
  const surroundings = surroundingsOf(catalog);
  const before = readWatchRun(catalog, source, digest);
  const known = before?.surroundings === surroundings ? before : undefined;
  if (known !== undefined && !hasChangedSince(catalog, known.generation)) return;
  // Before the job looks: what changes while it is made is in the next package, perhaps once more.
  const generation = recordsGeneration(catalog);
  const since = known !== undefined && tellsChanges(recipe) ? known.generation : undefined;
  const at = ports.now().toISOString();
  const note = (): void => writeWatchRun(catalog, source, digest, { generation, surroundings }, at);
  let jobId: string;
  try {
    jobId = await ports.start(withChanges(recipe, since), (name) => named(name, at));
  } catch (thrown) {
    if (!isNothingSelected(toErrorRecord(thrown))) throw thrown;
    // There is nothing, or nothing new, that the recipe selects.
    note();
    return;
  }
  let ended = false;
  try {
    yield { type: "exporting", jobId, holds: since === undefined ? "everything" : "changes" };
    const { state, packages, error } = await ports.ended(jobId, signal);
    ended = state !== "failed";
    if (state === "complete" || state === "incomplete") {
      note();
      yield { type: "exported", jobId, state, packages: packages.map(summarise) };
    } else if (error !== undefined && isNothingSelected(error)) note();
    else if (error === undefined) throw new SatchelError("CANCELLED", "The export was cancelled.");
    else throw fromErrorRecord(error as ErrorRecord);
  } finally {
    // Also where whoever watches is gone, or may not watch any more.
    if (!ended) await ports.giveUp(jobId);
  }
}

function summarise({ name, path, resources }: PackageResult): { name: string; path: string; resources: number | null } {
  return { name, path, resources: resources?.exported ?? null };
}

/** Only bulk exports in NDJSON have a place to say what was deleted; tables, Bundles and figures of some changes would tell half of it. */
function tellsChanges(recipe: WatchRecipe): boolean {
  return recipe.kind === "fhir" && recipe.layout === "ndjson";
}

function withChanges(recipe: WatchRecipe, changedSince: number | undefined): WatchRecipe {
  return changedSince === undefined ? recipe : { ...recipe, selection: { ...recipe.selection, changedSince } };
}

/** "fhir_export.zip" as "fhir_export_20260131T120000Z.zip". @param at ISO 8601, UTC */
function named(name: string, at: string): string {
  const ending = /\.(?:zip|csv|xlsx|parquet)$/i.exec(name)?.[0] ?? "";
  return `${name.slice(0, name.length - ending.length)}_${at.slice(0, 19).replaceAll(/[-:]/g, "")}Z${ending}`;
}
