import { randomUUID } from "node:crypto";
import type { DatasetRecipe } from "../../contract/fhir-recipe.ts";
import type { Catalog } from "../catalog/database.ts";
import { createJob, updateJob } from "../catalog/jobs.ts";
import { datasetName, tableInDataset } from "../exports/dataset/dataset-names.ts";
import type { OpenDataset } from "../exports/dataset/kinds.ts";
import { namesAtDestination } from "../exports/table/package-names.ts";
import { assertFree, makeDestination } from "./destination-room.ts";
import type { DatasetPlan } from "./stored-plan.ts";

/** Of a plan that is still to be made: a sync of records ran when its job was asked for. */
const UNPLANNED = -1;

export function isDatasetToCome({ generation }: DatasetPlan): boolean {
  return generation === UNPLANNED;
}

/**
 * Stores the job of a dataset that cannot be planned yet, since a sync changes the records: with its name, so that nobody else takes it.
 *
 * @throws ALREADY_EXISTS, and what makeDestination throws: then no job is made
 */
export function putOffDataset(
  { catalog }: { catalog: Catalog },
  recipe: DatasetRecipe,
  dataset: OpenDataset,
  about: Pick<DatasetPlan, "startedAt" | "exportedBy">,
  nameOf: (name: string) => string = (name) => name,
): { id: number; plan: DatasetPlan } {
  makeDestination(recipe.destination);
  const name = nameOf(datasetName(recipe, dataset));
  assertFree(recipe.destination, namesAtDestination(recipe.format, name));
  const plan: DatasetPlan = {
    kind: "dataset",
    packages: [
      {
        name,
        table: tableInDataset(recipe, name),
        layout: dataset.layout,
        chunks: [],
        items: 0,
        counts: { resources: 0, patients: 0, bytes: 0 },
        withoutDay: 0,
        withdrawn: [],
        notices: [],
      },
    ],
    sources: [],
    generation: UNPLANNED,
    digest: "",
    token: randomUUID(),
    ...about,
  };
  const { id } = createJob(catalog, { recipe, destination: recipe.destination });
  updateJob(catalog, id, { plan });
  return { id, plan };
}
