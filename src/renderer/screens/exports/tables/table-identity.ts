import type { NotesPolicy, TableRecipe } from "../../../../contract/table-recipe.ts";

/** What in a table leads to a person for whoever reads it. Each has a sentence in the labels; none where only pseudonyms leave. */
export type Identity = "names" | "live-ids" | "record-numbers" | "free-text";

export function identitiesIn(recipe: TableRecipe): Identity[] {
  return recipe.kind === "notes" ? identitiesInNotes(recipe.policy) : identitiesInStudies(recipe.policy.kind);
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
