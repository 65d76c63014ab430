import type { TableNoticeCode, TableOptionCode } from "../../../contract/table-notice.ts";

const CARE = "Handle it with care, and do not share it with anyone outside the authorised research group.";
const TEXT_KEPT =
  "The text of notes stands as it was written: it may name patients, relatives and staff, and hold their numbers, addresses and ids. It is not anonymised.";
const traceable = (by: string): string =>
  `This data set is re-identifiable by authorised personnel: it holds ${by}, which lead back to the hospital's own records. ${CARE}`;

/** Parameters are in braces; numbers come as the region writes them. */
const notices: Record<TableNoticeCode, string> = {
  "notes-with-record-numbers": traceable("record numbers"),
  "notes-with-live-ids": traceable("the live ids of patients and notes"),
  "notes-with-both": traceable("record numbers and the live ids of patients and notes"),
  "notes-as-written": `${TEXT_KEPT} ${CARE}`,
  "notes-pseudonymous": `This data set is pseudonymised, not anonymous: it is still about single people, and together with other knowledge rows can identify them. ${CARE}`,
  "text-kept": TEXT_KEPT,
  "text-scrubbed":
    "Names, numbers, addresses and dates were replaced in the text of notes by rules and by what the catalog knows of each patient. That reduces the risk; it is no anonymisation: some may have been overlooked, and what is told can identify somebody without a name.",
  "note-times": "Dates and times of notes are those of the source: together with other knowledge they can identify.",
  "exact-ages": "Ages are exact, also those over 89: the oldest patients are few.",
  "status-of-now": "Status and record number are those at the last sync, not those when the note was written.",
  "deleted-patients-included":
    "Notes of patients who were deleted at the source are included at the request of the exporter.",
  "deleted-patients-left-out":
    "Notes of patients who were deleted at the source were left out, where the source tells who they are.",
  "drafts-left-out":
    "Drafts and notes that were deleted at the source were left out, where the source tells which they are.",
  "status-without-history":
    "Of {notes} notes, {count} bear the present status: the source keeps no history of these patients.",
  "status-before-history":
    "Of {notes} notes, {count} bear the earliest status that is known: they are older than the history of their patients.",
  "record-number-without-history":
    "Of {notes} notes, {count} bear the present record number: the source keeps no history of it.",
  "record-number-before-history":
    "Of {notes} notes, {count} bear the earliest record number that is known: they are older than it.",
  "ward-without-history":
    "Of {notes} notes, {count} were chosen by the present ward of their patient: the source keeps no history of it.",
  "ward-before-history":
    "Of {notes} notes, {count} were chosen by the earliest ward that is known of their patient: they are older than it.",
  "of-deleted-patients": "Of {notes} notes, {count} are of patients who are deleted at the source.",
  "patients-joined":
    "Patients who stand in several sources under one id leave as one: {count}. Where these sources give out ids of their own, they are different people: each source then needs an issuer of its own.",
  "source-not-read": "The last sync of the source {name} has not ended: rows may be missing that the source holds.",
  "source-incomplete":
    "The last sync of the source {name} did not read everything: rows may be missing that the source holds.",
  "exams-identified": `This study list names patients: everything is as it was at the source. ${CARE}`,
  "exams-pseudonymous": `This study list is pseudonymised, not anonymous: it is still about single people, and together with other knowledge rows can identify them. ${CARE}`,
  "names-left-out":
    "Names of patients and physicians and birth dates were left out; their columns are there and empty. Ages over 89 stand as 90.",
  "rooms-kept": "Rooms and devices are kept: they tell where the patient was examined.",
  "descriptions-scrubbed":
    "Names, numbers and dates were replaced in descriptions by rules and by what the catalog knows of each patient. That reduces the risk; it is no anonymisation: some may have been overlooked.",
  "order-of-names": "Rows stand in the order of patients' names, which tells something of them.",
  "without-check-in":
    "Left out, since they have no check-in and could not be told to lie within the days asked for: {count} exams.",
  "lone-surrogates":
    "Cells of {column} with lone surrogates, which UTF-8 has no form for, so that U+FFFD stands for each: {count}.",
  "off-type":
    "Cells of {column} that could not be read as the type of the column, so that the text of the source stands there: {count}.",
  "long-texts":
    "Texts of {column} have up to {longest} characters. Spreadsheets cut them without a word, Excel at 32,767 and LibreOffice at 65,535: read this file by program.",
};

const options: Record<TableOptionCode, string> = {
  "ids-live": "Live ids of patients and notes",
  "ids-pseudonyms": "Ids as pseudonyms",
  "record-numbers-kept": "Record numbers kept",
  "record-numbers-pseudonyms": "Record numbers as pseudonyms",
  "record-numbers-dropped": "Record numbers left out",
  "text-kept": "Text as it was written",
  "text-scrubbed": "Names, numbers and dates replaced in the text",
  "text-dropped": "Text left out",
  "ages-exact": "Exact ages",
  "ages-joined": "Ages over 89 as 90",
  "as-of-note": "Status and record number at the time of the note",
  "as-of-now": "Status and record number as of now",
  "statuses-english": "Statuses in English",
  "statuses-source": "Statuses in the words of the source",
  "exams-identified": "Everything as at the source",
  "exam-names-dropped": "Names and birth dates left out",
  "exam-descriptions-scrubbed": "Names, numbers and dates replaced in descriptions",
  "exam-dates-kept": "Dates kept",
};

/** What the engine tells of tables by codes: their notices, and their policy. */
export const tableNotices = { notices, options, scrubRules: "Rules of the replacing" };
