import { createHash, randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { DatasetRecipe } from "../../contract/fhir-recipe.ts";
import type { PlanSummary } from "../../contract/job.ts";
import type { Catalog } from "../catalog/database.ts";
import { addingJobItems, removeJobItems } from "../catalog/job-items.ts";
import { createJob, removeJob, updateJob } from "../catalog/jobs.ts";
import { recordsGeneration } from "../catalog/records-generation.ts";
import type { DatasetChunk } from "../exports/dataset/dataset.ts";
import type { DatasetPlanEnd, OpenDataset } from "../exports/dataset/kinds.ts";
import { datasetName, tableInDataset } from "../exports/dataset/dataset-names.ts";
import { namesAtDestination } from "../exports/table/package-names.ts";
import { meaningOfSentence } from "../exports/table/table-notices.ts";
import { inTurns } from "../in-turns.ts";
import { assertFree, assertRoom, freeBytesAt, makeDestination } from "./destination-room.ts";
import { nothingSelected, stillChanging } from "./plan-errors.ts";
import type { DatasetPackagePlan, DatasetPlan } from "./stored-plan.ts";

type About = Pick<DatasetPlan, "startedAt" | "exportedBy">;

/** A plan that was made while the records changed is made again; each time they change after that the job would too. */
const MOST_PLANS = 5;

/** The chunks of a plan as they come, and what it comes to once all have come. */
interface Planning {
  /** Undefined: nothing yet, but others may have their turn. */
  chunks(): Generator<DatasetChunk | undefined, void>;
  end(): Pick<DatasetPlan, "packages" | "generation" | "digest">;
}

function planning(catalog: Catalog, recipe: DatasetRecipe, dataset: OpenDataset, name: string): Planning {
  const hash = createHash("sha256");
  const generation = recordsGeneration(catalog);
  const counts = { items: 0, resources: 0, bytes: 0 };
  let end: DatasetPlanEnd = { chunks: [], patients: 0, resources: 0, withoutDay: 0, deleted: 0, withdrawn: [] };
  return {
    *chunks() {
      const plan = dataset.plan();
      for (let next = plan.next(); ; next = plan.next()) {
        if (next.done === true) {
          end = next.value;
          return;
        }
        if (next.value !== undefined) {
          counts.items++;
          if (next.value.again !== true) counts.resources += next.value.resources.length;
          counts.bytes += next.value.bytes;
          hash.update(JSON.stringify(next.value));
        }
        yield next.value;
      }
    },
    end() {
      const { chunks, patients, withoutDay, deleted, withdrawn } = end;
      const one: DatasetPackagePlan = {
        name,
        table: tableInDataset(recipe, name),
        layout: dataset.layout,
        chunks,
        items: counts.items,
        counts: { resources: counts.resources, patients, bytes: counts.bytes },
        withoutDay,
        ...(deleted === 0 ? {} : { deleted }),
        withdrawn,
        notices: noticesOf(withoutDay),
      };
      const parts = dataset.parts.map(({ path }) => path);
      return {
        packages: [one],
        generation,
        digest: hash.update(JSON.stringify([one, parts, generation])).digest("hex"),
      };
    },
  };
}

function noticesOf(withoutDay: number): string[] {
  if (withoutDay === 0) return [];
  const some = withoutDay === 1 ? "1 resource has" : `${withoutDay} resources have`;
  return [`${some} no day that could be compared with the days asked for, and stayed out.`];
}

/** Chunks only: what says that others may have their turn is no item of the plan. */
function* found(chunks: Iterable<DatasetChunk | undefined>): Generator<DatasetChunk> {
  for (const chunk of chunks) if (chunk !== undefined) yield chunk;
}

/** Plans a dataset without writing anything, a little at a time. @throws USAGE, CANCELLED */
export async function summariseDataset(
  catalog: Catalog,
  recipe: DatasetRecipe,
  dataset: OpenDataset,
  signal: AbortSignal,
): Promise<PlanSummary> {
  const plan = planning(catalog, recipe, dataset, datasetName(recipe, dataset));
  const steps = function* (): Generator<void, void> {
    for (const _step of plan.chunks()) yield;
  };
  await inTurns(steps(), signal);
  const { packages } = plan.end();
  const notices = [...dataset.notices, ...packages.flatMap((one) => one.notices)];
  const rows = packages.map(({ name, counts }) => ({
    name,
    exists: existsSync(join(recipe.destination, name)),
    patients: counts.patients,
    studies: 0,
    series: 0,
    instances: 0,
    previews: 0,
    rows: null,
    resources: counts.resources,
    bytes: counts.bytes,
  }));
  return {
    packages: rows,
    bytes: rows.reduce((sum, { bytes }) => sum + bytes, 0),
    freeBytes: freeBytesAt(recipe.destination),
    notices,
    noticeMeanings: notices.map(meaningOfSentence),
  };
}

/** Plans a dataset and stores its chunks as the job's items, in place of those that are there. */
async function storePlan(
  catalog: Catalog,
  job: number,
  recipe: DatasetRecipe,
  dataset: OpenDataset,
  about: About & { token: string; name: string },
  signal?: AbortSignal,
): Promise<DatasetPlan> {
  for (let attempt = 1; ; attempt++) {
    removeJobItems(catalog, job);
    const plan = planning(catalog, recipe, dataset, about.name);
    await inTurns(addingJobItems(catalog, job, found(plan.chunks())), signal);
    const { startedAt, exportedBy, token } = about;
    const stored: DatasetPlan = {
      kind: "dataset",
      ...plan.end(),
      sources: dataset.sources,
      token,
      startedAt,
      exportedBy,
    };
    if (recordsGeneration(catalog) === stored.generation) return stored;
    if (attempt === MOST_PLANS) throw stillChanging();
  }
}

/**
 * Plans the job of a dataset and stores it, a little at a time.
 *
 * @param nameOf names its package at the destination, from the name that the plan gives it; as it is by default.
 * @throws NOT_FOUND where nothing is selected, USAGE, ALREADY_EXISTS, DISK_FULL: then no job is made.
 */
export async function prepareDataset(
  { catalog }: { catalog: Catalog },
  recipe: DatasetRecipe,
  dataset: OpenDataset,
  about: About,
  nameOf: (name: string) => string = (name) => name,
): Promise<{ id: number; plan: DatasetPlan }> {
  makeDestination(recipe.destination);
  const { id } = createJob(catalog, { recipe, destination: recipe.destination });
  try {
    const name = nameOf(datasetName(recipe, dataset));
    const plan = await storePlan(catalog, id, recipe, dataset, { ...about, token: randomUUID(), name });
    assertPossible(recipe, plan);
    updateJob(catalog, id, { plan });
    return { id, plan };
  } catch (thrown) {
    removeJob(catalog, id);
    throw thrown;
  }
}

/**
 * Plans a job anew whose records have changed since. Its package keeps its name and its time.
 *
 * @throws NOT_FOUND where nothing is selected any more, USAGE, CANCELLED
 */
export async function planDatasetAnew(
  { catalog }: { catalog: Catalog },
  id: number,
  recipe: DatasetRecipe,
  dataset: OpenDataset,
  before: DatasetPlan,
  signal: AbortSignal,
): Promise<DatasetPlan> {
  const name = before.packages[0]?.name ?? datasetName(recipe, dataset);
  const plan = await storePlan(catalog, id, recipe, dataset, { ...before, name }, signal);
  assertAny(plan);
  updateJob(catalog, id, { plan });
  return plan;
}

function assertAny({ packages }: DatasetPlan): void {
  if (packages.every(({ counts, deleted = 0 }) => counts.resources === 0 && deleted === 0)) throw nothingSelected();
}

function assertPossible(recipe: DatasetRecipe, plan: DatasetPlan): void {
  assertAny(plan);
  assertFree(
    recipe.destination,
    plan.packages.flatMap(({ name }) => namesAtDestination(recipe.format, name)),
  );
  const bytes = plan.packages.reduce((sum, { counts }) => sum + counts.bytes, 0);
  assertRoom(recipe.destination, isDeflated(recipe) ? Math.ceil(bytes / 2) : bytes);
}

/** JSON deflates to a fifth or less; the rest is headroom. */
function isDeflated(recipe: DatasetRecipe): boolean {
  if (recipe.kind === "fhir" && recipe.gzip && recipe.layout === "ndjson") return true;
  return recipe.format === "zip" && recipe.compress > 0;
}
