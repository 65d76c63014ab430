import type { NotesRecipe } from "../../../contract/table-recipe.ts";
import type { Catalog } from "../../catalog/database.ts";
import { incompleteNotices, type RecordSource } from "../table/record-sources.ts";

/** What the catalog says of a table's completeness, as sentences for its receiver. */
export function* noteFindings(
  _catalog: Catalog,
  _recipe: NotesRecipe,
  sources: readonly RecordSource[],
): Generator<undefined, string[]> {
  yield;
  return incompleteNotices(sources);
}
