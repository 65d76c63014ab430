import { SatchelError } from "../../../contract/errors.ts";
import type { ImagingRecipe, ImagingSelection, Recipe } from "../../../contract/recipe.ts";
import { identityOfTable } from "../../../contract/table-recipe.ts";
import { ownersOfStudy } from "../../catalog/account-belongings.ts";
import {
  assertNobodyNamed,
  narrowExams,
  narrowNotes,
  narrowResources,
  narrowSearch,
  withinOf,
} from "./narrow-filters.ts";
import { assertSource, refuse, seesHolders, seesPatient, type Viewer } from "./viewer.ts";

/**
 * The recipe as the account may run it: it says itself what is left of the selection, and so does the receipt.
 *
 * @throws SatchelError NOT_ALLOWED (identity for an analyst, nothing assigned), NOT_FOUND (sources and studies of others)
 */
export function narrowRecipe<R extends Recipe>(recipe: R, viewer: Viewer): R {
  if (viewer.account.role === "analyst") assertWithoutIdentity(recipe);
  if (viewer.sources.length === 0)
    refuse("No source is assigned to this account.", "Ask an administrator to assign sources or patients.");
  return { ...recipe, selection: narrowSelection(recipe, viewer) };
}

function narrowSelection(recipe: Recipe, viewer: Viewer): Recipe["selection"] {
  if (recipe.kind === "imaging") return narrowImaging(recipe, viewer);
  for (const source of recipe.selection.sources ?? []) assertSource(viewer, source);
  if (recipe.kind === "notes") return withSomebody(narrowNotes(recipe.selection, viewer));
  if (recipe.kind === "studies") return narrowExams(recipe.selection, viewer);
  return withSomebody(narrowResources(recipe.selection, viewer));
}

/** An empty list is none in a recipe. */
function withSomebody<F extends { patients?: string[] | undefined }>(filter: F): F {
  if (filter.patients?.length === 0)
    throw new SatchelError("NOT_FOUND", "None of the patients asked for is in the catalog.", "Look for them again.");
  return filter;
}

type Matching = Extract<ImagingSelection, { scope: "matching" }>;

function narrowImaging({ selection }: ImagingRecipe, viewer: Viewer): ImagingSelection {
  const matching = (filter: Matching["filter"]): Matching => ({
    scope: "matching",
    of: "patients",
    filter,
    exceptPatients: [],
    exceptStudies: [],
  });
  if (selection.scope === "all") return matching({ within: withinOf(viewer, undefined) });
  if (selection.scope === "matching") {
    for (const source of selection.filter.sources ?? []) assertSource(viewer, source);
    assertNobodyNamed(viewer, [...selection.exceptPatients.map(({ id }) => id), ...selection.exceptStudies]);
    return { ...selection, filter: narrowSearch(selection.filter, viewer) };
  }
  if (selection.scope === "patients") {
    assertNobodyNamed(
      viewer,
      selection.patients.map(({ id }) => id),
    );
    for (const { id } of selection.patients)
      if (!seesPatient(viewer, id))
        throw new SatchelError("NOT_FOUND", "A patient asked for is not in the catalog.", "Look for it again.");
    const { sources } = withinOf(viewer, undefined);
    return matching({ within: { sources, patients: selection.patients } });
  }
  assertNobodyNamed(viewer, selection.studies);
  for (const uid of selection.studies) {
    const held = ownersOfStudy(viewer.catalog, uid);
    if (held.length > 0 && held.every((one) => seesHolders(viewer, one.sources) && seesPatient(viewer, one.patientId)))
      continue;
    throw new SatchelError(
      "NOT_FOUND",
      "A study asked for is not in the catalog.",
      "Look for it again, or sync its source.",
    );
  }
  return selection;
}

/**
 * What a data analyst may export: nothing by which a person is known. UIDs as they are lead back to the images of a hospital; pictures
 * that were held back may bear a name; rules of others may keep whatever they like.
 */
function assertWithoutIdentity(recipe: Recipe): void {
  if (leadsBack(recipe))
    refuse(
      "A data analyst exports pseudonymised data only, and this recipe lets identity out.",
      "Choose a pseudonymised policy without live ids, kept text, native pictures or rules of others.",
    );
}

function leadsBack(recipe: Recipe): boolean {
  if (recipe.kind === "report" || recipe.kind === "quality") return false;
  if (recipe.kind === "notes" || recipe.kind === "studies") return identityOfTable(recipe) === "identified";
  const { policy } = recipe;
  if (policy.kind !== "pseudonymised") return true;
  if ("options" in policy) return policy.options.includes("retain-uids") || policy.includeHeld !== undefined;
  return policy.images === "include";
}
