import type { NotesRecipe } from "../../../contract/table-recipe.ts";
import type { TableNoticeCode } from "../../../contract/table-notice.ts";
import type { NoteBases } from "../../catalog/note-bases.ts";
import { incompleteNotices, type RecordSource } from "../table/record-sources.ts";
import { tableNotice } from "../table/table-notices.ts";

/** What the plan found of a table's completeness and of what had to be assumed, as sentences for its receiver. */
export function noteFindings(
  found: NoteBases,
  { policy }: Pick<NotesRecipe, "policy">,
  sources: readonly Pick<RecordSource, "receipt">[],
): string[] {
  const notices = incompleteNotices(sources);
  const { notes } = found;
  const tell = (code: TableNoticeCode, count: number): void => {
    if (count > 0) notices.push(tableNotice(code, { count, notes }));
  };
  if (policy.asOf === "note") {
    tell("status-without-history", found.statusNow);
    tell("status-before-history", found.statusEarliest);
    if (policy.recordNumber !== "drop") {
      tell("record-number-without-history", found.recordNumberNow);
      tell("record-number-before-history", found.recordNumberEarliest);
    }
  }
  // Wards are asked for as they were when the note was written, whatever the columns tell.
  tell("ward-without-history", found.wardNow);
  tell("ward-before-history", found.wardEarliest);
  tell("of-deleted-patients", found.ofDeleted);
  return notices;
}
