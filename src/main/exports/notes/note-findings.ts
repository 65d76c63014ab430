import type { NotesRecipe } from "../../../contract/table-recipe.ts";
import type { Catalog } from "../../catalog/database.ts";
import { countNoteBases } from "../../catalog/note-bases.ts";
import { incompleteNotices, type RecordSource } from "../table/record-sources.ts";

/** What the catalog says of a table's completeness and of what had to be assumed, as sentences for its receiver. */
export function* noteFindings(
  catalog: Catalog,
  { selection, policy }: Pick<NotesRecipe, "selection" | "policy">,
  sources: readonly RecordSource[],
): Generator<undefined, string[]> {
  const found = yield* countNoteBases(catalog, selection);
  const notices = incompleteNotices(sources);
  const of = (count: number): string => `For ${count} of ${found.notes} notes`;
  if (policy.asOf === "note") {
    if (found.statusNow > 0)
      notices.push(
        `${of(found.statusNow)} the status is the present one: the source keeps no history of these patients.`,
      );
    if (found.statusEarliest > 0)
      notices.push(
        `${of(found.statusEarliest)} the status is the earliest that is known: the notes are older than the history of their patients.`,
      );
    if (policy.recordNumber !== "drop" && found.recordNumberNow > 0)
      notices.push(
        `${of(found.recordNumberNow)} the record number is the present one: the source keeps no history of it.`,
      );
    if (policy.recordNumber !== "drop" && found.recordNumberEarliest > 0)
      notices.push(
        `${of(found.recordNumberEarliest)} the record number is the earliest that is known: the notes are older than it.`,
      );
  }
  if (found.ofDeleted > 0) notices.push(`${of(found.ofDeleted)} the patient is deleted at the source.`);
  return notices;
}
