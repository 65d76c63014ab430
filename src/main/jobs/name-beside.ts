import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Recipe } from "../../contract/recipe.ts";
import type { Catalog } from "../catalog/database.ts";
import { getJob, unfinishedJobs } from "../catalog/jobs.ts";
import { namesAtDestination } from "../exports/table/package-names.ts";
import { journalPath, partialPath } from "../package/publish.ts";
import type { StoredPlan } from "./stored-plan.ts";

/**
 * A name for a package beside others: as it is where it is free, else the first free of "NAME-2", "NAME-3" (before the ending). Free is one
 * under which everything fits that the package leaves: a table may have files beside it.
 *
 * @param taken names that are not there yet and will be: those of jobs that wait.
 */
export function nameBeside(
  { destination, format }: Pick<Recipe, "destination" | "format">,
  name: string,
  taken: ReadonlySet<string>,
): string {
  const suffix = /\.(?:zip|csv|xlsx|parquet)$/i.exec(name)?.[0] ?? "";
  const stem = name.slice(0, name.length - suffix.length);
  const isFree = (one: string): boolean => {
    const final = join(destination, one);
    return !taken.has(one) && ![final, partialPath(final), journalPath(final)].some((path) => existsSync(path));
  };
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? name : `${stem}-${number}${suffix}`;
    if (namesAtDestination(format, candidate).every(isFree)) return candidate;
  }
}

/** Names that jobs which have not ended will take at a place. */
export function namesToCome(catalog: Catalog, destination: string): Set<string> {
  const names = new Set<string>();
  for (const id of unfinishedJobs(catalog)) {
    const job = getJob(catalog, id);
    if (job.destination !== destination) continue;
    const { format } = job.recipe as Recipe;
    for (const { name } of (job.plan as StoredPlan).packages)
      for (const one of namesAtDestination(format, name)) names.add(one);
  }
  return names;
}
