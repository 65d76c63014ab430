import type { DatasetRecipe } from "../../contract/fhir-recipe.ts";
import type { Catalog } from "../catalog/database.ts";
import { recordsGeneration } from "../catalog/records-generation.ts";
import type { DatasetChunk } from "../exports/dataset/dataset.ts";
import type { OpenDataset } from "../exports/dataset/kinds.ts";
import { inTurns } from "../in-turns.ts";

/** A dataset as it is planned, kept while somebody looks through it. */
export interface DatasetReviewPlan {
  generation: number;
  chunks: DatasetChunk[];
  resources: number;
}

const SLICE_MS = 10;

/** The last one of each catalog: its chunks are as large as the selection. */
const kept = new WeakMap<Catalog, { key: string; plan: DatasetReviewPlan }>();

/** The plan of a dataset, a little at a time; the last one is kept until the catalog changes. @throws USAGE (the selection), CANCELLED */
export async function planDatasetForReview(
  catalog: Catalog,
  recipe: DatasetRecipe,
  dataset: OpenDataset,
  signal: AbortSignal,
): Promise<DatasetReviewPlan> {
  const version = (): string =>
    JSON.stringify([
      recipe.kind,
      recipe.selection,
      dataset.parts.map(({ path }) => path),
      dataset.policy.kind,
      dataset.policy.key,
      recordsGeneration(catalog),
    ]);
  const key = version();
  const known = kept.get(catalog);
  if (known?.key === key) return known.plan;
  const plan = await inTurns(planning(catalog, dataset), signal);
  if (version() === key) kept.set(catalog, { key, plan });
  return plan;
}

function* planning(catalog: Catalog, dataset: OpenDataset): Generator<void, DatasetReviewPlan> {
  const generation = recordsGeneration(catalog);
  const chunks: DatasetChunk[] = [];
  let resources = 0;
  let sliceEnd = performance.now() + SLICE_MS;
  const plan = dataset.plan();
  for (let next = plan.next(); ; next = plan.next()) {
    if (next.done === true) return { generation, chunks, resources };
    if (next.value !== undefined) {
      chunks.push(next.value);
      resources += next.value.resources.length;
    }
    if (performance.now() < sliceEnd) continue;
    yield;
    sliceEnd = performance.now() + SLICE_MS;
  }
}
