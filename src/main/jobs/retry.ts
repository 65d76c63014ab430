import { SatchelError } from "../../contract/errors.ts";
import type { PackageResult } from "../../contract/job.ts";
import type { ImagingRecipe, ImagingSelection } from "../../contract/recipe.ts";
import type { InstanceDescription } from "../dicom/description.ts";
import type { PackagePlan } from "../exports/imaging/item.ts";

/**
 * The recipe that makes those packages of an ended job anew in which an instance failed, or which were never made. What the policy held
 * back is a decision and no reason to try again.
 *
 * @param descriptionsFrom the catalog's values of the items of the job's plan, from a number on.
 * @throws USAGE where nothing failed
 */
export function recipeToRetry(
  recipe: ImagingRecipe,
  planned: readonly PackagePlan[],
  made: readonly PackageResult[],
  descriptionsFrom: (item: number) => Iterable<InstanceDescription>,
): ImagingRecipe {
  const results = new Map(made.map((one) => [one.name, one.result]));
  const again = planned.filter(({ name }) => results.get(name) !== "complete");
  if (again.length === 0) {
    throw nothingFailed();
  }
  if (again.length === planned.length) return recipe;
  return { ...recipe, selection: selectionOf(recipe.selection, again, descriptionsFrom) };
}

export function nothingFailed(): SatchelError {
  return new SatchelError("USAGE", "Nothing failed in this job.", "Start a new export to make its packages again.");
}

/**
 * Packages of one job are all of one scope: it made several, so they are patients or studies. Of a patient of whom some studies were picked,
 * no more than those are made again.
 */
function selectionOf(
  picked: ImagingSelection,
  packages: readonly PackagePlan[],
  descriptionsFrom: (item: number) => Iterable<InstanceDescription>,
): ImagingSelection {
  const isOfStudies = picked.scope === "studies" || (picked.scope === "matching" && picked.of === "studies");
  if (isOfStudies || packages[0]?.scope === "study") {
    const studies = new Set<string>();
    for (const { firstItem, items } of packages) {
      let left = items;
      for (const { studyInstanceUid } of descriptionsFrom(firstItem)) {
        if (left-- === 0) break;
        studies.add(studyInstanceUid);
      }
    }
    return { scope: "studies", studies: [...studies] };
  }
  const first = packages.map(({ firstItem }) => firstOf(descriptionsFrom(firstItem)));
  return {
    scope: "patients",
    patients: first.map(({ patientId, issuerOfPatientId }) => ({ id: patientId, issuer: issuerOfPatientId })),
  };
}

function firstOf(descriptions: Iterable<InstanceDescription>): InstanceDescription {
  for (const description of descriptions) return description;
  throw new SatchelError("INTERNAL", "The plan of the job is shorter than it says.");
}
