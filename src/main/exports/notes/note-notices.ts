import type { NotesRecipe } from "../../../contract/table-recipe.ts";

/** EQMD's guide says it of record numbers; it is as true of live ids. */
const DO_NOT_SHARE = "Handle it with care, and do not share it with anyone outside the authorised research group.";

const TEXT_KEPT =
  "The text of notes stands as it was written: it may name patients, relatives and staff, and hold their numbers, addresses and ids. It is not anonymised.";
const PSEUDONYMOUS =
  "This data set is pseudonymised, not anonymous: it is still about single people, and together with other knowledge rows can identify them.";

/** How a table of notes must be handled, and what in it could still identify: sentences, the first of which is the most important. */
export function noteNotices({ policy, selection }: Pick<NotesRecipe, "policy" | "selection">): string[] {
  const { ids, recordNumber, text, ages, asOf } = policy;
  const traceable = [
    ...(recordNumber === "keep" ? ["record numbers"] : []),
    ...(ids === "source" ? ["the live ids of patients and notes"] : []),
  ].join(" and ");
  const handling =
    traceable !== ""
      ? `This data set is re-identifiable by authorised personnel: it holds ${traceable}, which lead back to the hospital's own records.`
      : text === "keep"
        ? TEXT_KEPT
        : PSEUDONYMOUS;
  return [
    `${handling} ${DO_NOT_SHARE}`,
    ...(text === "keep" && traceable !== "" ? [TEXT_KEPT] : []),
    ...(text === "scrub"
      ? [
          "Names, numbers, addresses and dates were replaced in the text of notes by rules and by what the catalog knows of each patient. That reduces the risk; it is no anonymisation: some may have been overlooked, and what is told can identify somebody without a name.",
        ]
      : []),
    "Dates and times of notes are those of the source: together with other knowledge they can identify.",
    ...(ages === "exact" ? ["Ages are exact, also those over 89: the oldest patients are few."] : []),
    ...(ids === "pseudonym" || recordNumber === "pseudonym"
      ? ["Whoever holds the project key can compute which pseudonym belongs to which patient."]
      : []),
    ...(asOf === "now"
      ? ["Status and record number are those at the last sync, not those when the note was written."]
      : []),
    ...(selection.includeDeletedPatients === true
      ? ["Notes of patients who were deleted at the source are included at the request of the exporter."]
      : ["Notes of patients who were deleted at the source were left out."]),
    "Drafts and notes that were deleted at the source were left out.",
  ];
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
  return [
    ids === "source" ? "live ids of patients and notes" : "ids as pseudonyms",
    { keep: "record numbers kept", pseudonym: "record numbers as pseudonyms", drop: "record numbers left out" }[
      recordNumber
    ],
    { keep: "text as it was written", scrub: "text scrubbed", drop: "text left out" }[text],
    ages === "exact" ? "exact ages" : "ages over 89 as 90",
    asOf === "note" ? "status and record number at the time of the note" : "status and record number as of now",
    statusLabels === "english" ? "statuses in English" : "statuses in the words of the source",
  ];
}
