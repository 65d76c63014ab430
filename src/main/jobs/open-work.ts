/** From a recipe to what a job does, by the kind of its recipe. */
import { SatchelError } from "../../contract/errors.ts";
import type { DatasetRecipe, SummaryRecipe } from "../../contract/fhir-recipe.ts";
import {
  isDatasetRecipe,
  isSummaryRecipe,
  isTableRecipe,
  recipe as recipeSchema,
  type ImagingRecipe,
  type Recipe,
} from "../../contract/recipe.ts";
import type { TableRecipe } from "../../contract/table-recipe.ts";
import type { Catalog } from "../catalog/database.ts";
import { iterateJobItems } from "../catalog/job-items.ts";
import type { JobRow } from "../catalog/jobs.ts";
import type { ImagingItem } from "../exports/imaging/item.ts";
import type { OpenTable } from "../exports/table/kinds.ts";
import { noteJob, notePlannedResources, noteTablePlan } from "./job-notes.ts";
import { packagesOf } from "./job-summary.ts";
import { totalsOf, type JobWork } from "./job-work.ts";
import { prepareDataset } from "./prepare-dataset.ts";
import { isDatasetToCome, putOffDataset } from "./put-off-dataset.ts";
import { prepareJob } from "./prepare-job.ts";
import { prepareSummary } from "./prepare-summary.ts";
import { prepareTable, putOffTable } from "./prepare-table.ts";
import { nothingFailed, recipeToRetry } from "./retry.ts";
import type { JobsPorts } from "./run-job.ts";
import type { StoredPlan, TablePlan } from "./stored-plan.ts";

type About = Pick<StoredPlan, "startedAt" | "exportedBy">;
/** The name of a package at the destination, from the one that the plan gives it. */
export type NameOf = (name: string) => string;
interface PlannedWork {
  id: number;
  work: JobWork;
}

/** Plans a job, stores it and writes down what it will hold. @throws what prepareJob and prepareTable throw */
export function planWork(ports: JobsPorts, recipe: Recipe, about: About, nameOf?: NameOf): Promise<PlannedWork> {
  if (recipe.kind === "imaging") return planImagingWork(ports, recipe, about, nameOf);
  if (isTableRecipe(recipe)) return planTableWork(ports, recipe, about, nameOf);
  return isDatasetRecipe(recipe)
    ? planDatasetWork(ports, recipe, about, nameOf)
    : planSummaryWork(ports, recipe, about, nameOf);
}

/**
 * The job of records that a sync keeps waiting: it is planned in its turn.
 *
 * @throws what putOffTable throws, KEY_NEEDED, USAGE
 */
export async function putOffWork(
  ports: JobsPorts,
  recipe: TableRecipe | DatasetRecipe | SummaryRecipe,
  about: About,
  nameOf?: NameOf,
): Promise<PlannedWork> {
  // Its plan is its name and no more.
  if (isSummaryRecipe(recipe)) return planSummaryWork(ports, recipe, about, nameOf);
  if (isDatasetRecipe(recipe)) {
    const dataset = ports.datasetOf(recipe, about.startedAt);
    const { id, plan } = putOffDataset(ports, recipe, dataset, about, nameOf);
    return { id, work: { kind: "dataset", recipe, dataset, plan } };
  }
  const table = ports.tableOf(recipe, about.startedAt);
  const { id, plan } = putOffTable(ports, recipe, table, about, nameOf);
  return { id, work: { kind: "table", recipe, table, plan } };
}

async function planImagingWork(
  ports: JobsPorts,
  recipe: ImagingRecipe,
  about: About,
  nameOf?: NameOf,
): Promise<PlannedWork> {
  const policy = ports.policyOf(recipe);
  const { id, plan } = await prepareJob(ports.catalog, recipe, policy, about, nameOf);
  noteJob(ports, id, "planned", { packages: plan.packages.length, instances: totalsOf(plan).items });
  return { id, work: { kind: "imaging", recipe, policy, plan } };
}

async function planTableWork(
  ports: JobsPorts,
  recipe: TableRecipe,
  about: About,
  nameOf?: NameOf,
): Promise<PlannedWork> {
  const table = ports.tableOf(recipe, about.startedAt);
  const { id, plan } = await prepareTable(ports, recipe, table, about, nameOf);
  noteTablePlan(ports, id, plan);
  return { id, work: { kind: "table", recipe, table, plan } };
}

async function planDatasetWork(
  ports: JobsPorts,
  recipe: DatasetRecipe,
  about: About,
  nameOf?: NameOf,
): Promise<PlannedWork> {
  const dataset = ports.datasetOf(recipe, about.startedAt);
  const { id, plan } = await prepareDataset(ports, recipe, dataset, about, nameOf);
  notePlannedResources(ports, id, plan);
  return { id, work: { kind: "dataset", recipe, dataset, plan } };
}

function planSummaryWork(ports: JobsPorts, recipe: SummaryRecipe, about: About, nameOf?: NameOf): Promise<PlannedWork> {
  const summary = ports.summaryOf(recipe, about.startedAt);
  const { id, plan } = prepareSummary(ports, recipe, summary, about, nameOf);
  return Promise.resolve({ id, work: { kind: "summary", recipe, summary, plan } });
}

/** What a job that was planned before does. @throws KEY_NEEDED where the key of its recipe is gone */
export function openWork(ports: JobsPorts, recipe: Recipe, plan: StoredPlan): JobWork {
  if (recipe.kind === "imaging" && (plan.kind === undefined || plan.kind === "imaging"))
    return { kind: "imaging", recipe, plan, policy: ports.policyOf(recipe) };
  if (isDatasetRecipe(recipe) && plan.kind === "dataset") {
    const dataset = ports.datasetOf(recipe, plan.startedAt);
    // Of one that is still to be planned nothing was found yet.
    return {
      kind: "dataset",
      recipe,
      plan,
      dataset: isDatasetToCome(plan) ? dataset : { ...dataset, sources: plan.sources },
    };
  }
  if (isSummaryRecipe(recipe) && plan.kind === "summary")
    return { kind: "summary", recipe, plan, summary: ports.summaryOf(recipe, plan.startedAt) };
  if (isTableRecipe(recipe) && plan.kind === "table")
    return { kind: "table", recipe, plan, table: asPlanned(ports.tableOf(recipe, plan.startedAt), plan) };
  throw new SatchelError("INTERNAL", "The plan of the job is not of its recipe's kind.");
}

/** The same bytes after every interruption: sources as the plan found them. */
function asPlanned(table: OpenTable, { sources = table.sources }: TablePlan): OpenTable {
  return { ...table, sources };
}

/** The recipe of what failed in an ended job. @throws USAGE where nothing did */
export function retryRecipe(catalog: Catalog, job: JobRow): Recipe {
  const recipe = recipeSchema.parse(job.recipe);
  const plan = job.plan as StoredPlan;
  if (recipe.kind !== "imaging" || (plan.kind !== undefined && plan.kind !== "imaging")) {
    // What is no set of images is whole or not there.
    if (job.state === "complete") throw nothingFailed();
    return recipe;
  }
  const descriptionsFrom = function* (index: number): Generator<ImagingItem["description"]> {
    for (const { item } of iterateJobItems(catalog, job.id, index)) yield (item as ImagingItem).description;
  };
  return recipeToRetry(recipe, plan.packages, packagesOf(job), descriptionsFrom);
}
