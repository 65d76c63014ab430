import type { NotesRecipe } from "../../../contract/table-recipe.ts";
import type { TableNoticeCode } from "../../../contract/table-notice.ts";
import { PROJECT_KEY_NOTICE } from "../../deidentify/notices.ts";
import { tableNotice } from "../table/table-notices.ts";
import { optionWords } from "../table/table-options.ts";

/** How a table of notes must be handled, and what in it could still identify: sentences, the first of which is the most important. */
export function noteNotices({ policy, selection }: Pick<NotesRecipe, "policy" | "selection">): string[] {
  const { ids, recordNumber, text, ages, asOf } = policy;
  const handling = handlingOf(policy);
  const traceable = handling !== "notes-as-written" && handling !== "notes-pseudonymous";
  return [
    tableNotice(handling),
    ...(text === "keep" && traceable ? [tableNotice("text-kept")] : []),
    ...(text === "scrub" ? [tableNotice("text-scrubbed")] : []),
    tableNotice("note-times"),
    ...(ages === "exact" ? [tableNotice("exact-ages")] : []),
    ...(ids === "pseudonym" || recordNumber === "pseudonym" ? [PROJECT_KEY_NOTICE] : []),
    ...(asOf === "now" ? [tableNotice("status-of-now")] : []),
    tableNotice(selection.includeDeletedPatients === true ? "deleted-patients-included" : "deleted-patients-left-out"),
    tableNotice("drafts-left-out"),
  ];
}

function handlingOf({ ids, recordNumber, text }: NotesRecipe["policy"]): TableNoticeCode {
  if (ids === "source") return recordNumber === "keep" ? "notes-with-both" : "notes-with-live-ids";
  if (recordNumber === "keep") return "notes-with-record-numbers";
  return text === "keep" ? "notes-as-written" : "notes-pseudonymous";
}

/** The policy in words, for the receipt and the audit log. */
export function notePolicyWords({
  ids,
  recordNumber,
  text,
  ages,
  asOf,
  statusLabels,
}: NotesRecipe["policy"]): string[] {
  const recordNumbers = {
    keep: "record-numbers-kept",
    pseudonym: "record-numbers-pseudonyms",
    drop: "record-numbers-dropped",
  } as const;
  return optionWords([
    ids === "source" ? "ids-live" : "ids-pseudonyms",
    recordNumbers[recordNumber],
    ({ keep: "text-kept", scrub: "text-scrubbed", drop: "text-dropped" } as const)[text],
    ages === "exact" ? "ages-exact" : "ages-joined",
    asOf === "note" ? "as-of-note" : "as-of-now",
    statusLabels === "english" ? "statuses-english" : "statuses-source",
  ]);
}
