import type { ResourceReview } from "../../contract/calls/resource-review.ts";
import { SatchelError } from "../../contract/errors.ts";
import type { DatasetRecipe } from "../../contract/fhir-recipe.ts";
import type { Workspace } from "../access/workspace.ts";
import type { DatasetChunk } from "../exports/dataset/dataset.ts";
import { datasetName } from "../exports/dataset/dataset-names.ts";
import type { OpenDataset } from "../exports/dataset/kinds.ts";
import { meaningOfSentence } from "../exports/table/table-notices.ts";
import { planDatasetForReview } from "./dataset-plans.ts";
import type { SideThread } from "./side-thread.ts";

/** While a sync runs the catalog may change between a plan and its resources. */
const MOST_TRIES = 5;

/** One resource of a dataset before and after its policy, made by what makes it for an export. @throws as `exports.reviewResource` */
export async function reviewResource(
  { catalog, catalogAccess }: Pick<Workspace, "catalog" | "catalogAccess">,
  thread: SideThread,
  recipe: DatasetRecipe,
  dataset: OpenDataset,
  index: number,
  signal: AbortSignal,
): Promise<ResourceReview> {
  for (let tries = 1; ; tries++) {
    const plan = await planDatasetForReview(catalog, recipe, dataset, signal);
    const found = chunkOf(plan.chunks, index);
    if (found === undefined)
      throw new SatchelError(
        "NOT_FOUND",
        plan.resources === 0
          ? "Nothing was selected: the catalog holds no such records."
          : `The selection has ${plan.resources} resources.`,
        "Change the filter, or look at another.",
      );
    const { chunk, place } = found;
    const part = dataset.parts[chunk.part];
    if (part === undefined) throw new SatchelError("INTERNAL", "A chunk is of no part.");
    try {
      const source = { ...dataset.source, catalog: catalogAccess, generation: plan.generation };
      const answer = await thread.ask({ kind: "resource", source, part, chunk, place }, signal);
      return {
        total: plan.resources,
        index,
        package: datasetName(recipe, dataset),
        path: chunk.path ?? part.path,
        ...answer,
        notices: [...dataset.notices],
        noticeMeanings: dataset.notices.map(meaningOfSentence),
      };
    } catch (thrown) {
      if (!(thrown instanceof SatchelError) || thrown.code !== "SOURCE_ANSWER" || tries === MOST_TRIES) throw thrown;
    }
  }
}

function chunkOf(chunks: readonly DatasetChunk[], index: number): { chunk: DatasetChunk; place: number } | undefined {
  let first = 0;
  for (const chunk of chunks) {
    if (index < first + chunk.resources.length) return { chunk, place: index - first };
    first += chunk.resources.length;
  }
  return undefined;
}
