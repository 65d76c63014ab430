import type { FhirPolicy } from "../../../../contract/fhir.ts";
import { isDatasetRecipe, type Recipe } from "../../../../contract/recipe.ts";
import type { NotesPolicy } from "../../../../contract/table-recipe.ts";

/** What in a table or in resources leads to a person for whoever reads it. Each has a sentence in the labels; none where only pseudonyms leave. */
export type Identity = "names" | "live-ids" | "record-numbers" | "free-text" | "resources" | "rules" | "pictures";

export function identitiesIn(recipe: Recipe): Identity[] {
  if (recipe.kind === "notes") return identitiesInNotes(recipe.policy);
  if (recipe.kind === "studies") return identitiesInStudies(recipe.policy.kind);
  return isDatasetRecipe(recipe) ? identitiesInResources(recipe.policy) : [];
}

/** @param policy its kind, and whether pictures are let through */
export function identitiesInResources(policy: { kind: FhirPolicy["kind"]; images?: string }): Identity[] {
  if (policy.kind === "identified") return ["resources"];
  if (policy.kind === "rules") return ["rules"];
  return policy.images === "include" ? ["pictures"] : [];
}

export function identitiesInNotes({
  ids,
  recordNumber,
  text,
}: Pick<NotesPolicy, "ids" | "recordNumber" | "text">): Identity[] {
  const found: Identity[] = [];
  if (ids === "source") found.push("live-ids");
  if (recordNumber === "keep") found.push("record-numbers");
  if (text === "keep") found.push("free-text");
  return found;
}

export function identitiesInStudies(identity: "identified" | "pseudonymised"): Identity[] {
  return identity === "identified" ? ["names"] : [];
}
