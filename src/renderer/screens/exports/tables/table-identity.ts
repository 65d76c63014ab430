import type { TableRecipe } from "../../../../contract/table-recipe.ts";

/** What in a table leads to a person for whoever reads it. Each has a sentence in the labels; empty where only pseudonyms leave. */
export const IDENTITIES = ["names", "live-ids", "record-numbers", "free-text"] as const;
export type Identity = (typeof IDENTITIES)[number];

export function identitiesIn(recipe: TableRecipe): Identity[] {
  if (recipe.kind === "studies") return recipe.policy.kind === "identified" ? ["names"] : [];
  const { ids, recordNumber, text } = recipe.policy;
  const found: Identity[] = [];
  if (ids === "source") found.push("live-ids");
  if (recordNumber === "keep") found.push("record-numbers");
  if (text === "keep") found.push("free-text");
  return found;
}
