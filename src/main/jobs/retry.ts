import { SatchelError } from "../../contract/errors.ts";
import type { PackageResult } from "../../contract/job.ts";
import type { ImagingSelection, Recipe } from "../../contract/recipe.ts";
import type { InstanceDescription } from "../dicom/description.ts";
import type { PackagePlan } from "../exports/imaging/item.ts";

/**
 * The recipe that makes those packages of an ended job anew in which an instance failed, or which were never made. What the policy held
 * back is a decision and no reason to try again.
 *
 * @param descriptionOf the catalog's values of an item of the job's plan, by its number.
 * @throws USAGE where nothing failed
 */
export function recipeToRetry(
  recipe: Recipe,
  planned: readonly PackagePlan[],
  made: readonly PackageResult[],
  descriptionOf: (item: number) => InstanceDescription,
): Recipe {
  const results = new Map(made.map((one) => [one.name, one.result]));
  const again = planned.filter(({ name }) => results.get(name) !== "complete");
  if (again.length === 0) {
    throw new SatchelError("USAGE", "Nothing failed in this job.", "Start a new export to make its packages again.");
  }
  if (again.length === planned.length) return recipe;
  return { ...recipe, selection: selectionOf(again, descriptionOf) };
}

/** Packages of one job are all of one scope: it made several, so they are patients or studies. */
function selectionOf(
  packages: readonly PackagePlan[],
  descriptionOf: (item: number) => InstanceDescription,
): ImagingSelection {
  const first = packages.map(({ firstItem }) => descriptionOf(firstItem));
  if (packages[0]?.scope === "study")
    return { scope: "studies", studies: first.map(({ studyInstanceUid }) => studyInstanceUid) };
  return {
    scope: "patients",
    patients: first.map(({ patientId, issuerOfPatientId }) => ({ id: patientId, issuer: issuerOfPatientId })),
  };
}
