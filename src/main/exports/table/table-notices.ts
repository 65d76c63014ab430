import type { NoticeMeaning } from "../../../contract/notice.ts";
import type { TableNoticeCode } from "../../../contract/table-notice.ts";
import { meaningOfNotice } from "../../deidentify/notices.ts";

/** EQMD's guide says it of record numbers; it is as true of live ids and of names. */
const DO_NOT_SHARE = "Handle it with care, and do not share it with anyone outside the authorised research group.";

const reidentifiable = (by: string): string =>
  `This data set is re-identifiable by authorised personnel: it holds ${by}, which lead back to the hospital's own records. ${DO_NOT_SHARE}`;
const TEXT_KEPT =
  "The text of notes stands as it was written: it may name patients, relatives and staff, and hold their numbers, addresses and ids. It is not anonymised.";

/** Every sentence that a table tells its receiver, in the engine's own language; parameters in braces. */
const SENTENCES: Readonly<Record<TableNoticeCode, string>> = {
  "notes-with-record-numbers": reidentifiable("record numbers"),
  "notes-with-live-ids": reidentifiable("the live ids of patients and notes"),
  "notes-with-both": reidentifiable("record numbers and the live ids of patients and notes"),
  "notes-as-written": `${TEXT_KEPT} ${DO_NOT_SHARE}`,
  "notes-pseudonymous": `This data set is pseudonymised, not anonymous: it is still about single people, and together with other knowledge rows can identify them. ${DO_NOT_SHARE}`,
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
    "For {count} of {notes} notes the status is the present one: the source keeps no history of these patients.",
  "status-before-history":
    "For {count} of {notes} notes the status is the earliest that is known: the notes are older than the history of their patients.",
  "record-number-without-history":
    "For {count} of {notes} notes the record number is the present one: the source keeps no history of it.",
  "record-number-before-history":
    "For {count} of {notes} notes the record number is the earliest that is known: the notes are older than it.",
  "ward-without-history":
    "{count} of {notes} notes were chosen by the present ward of their patient: the source keeps no history of it.",
  "ward-before-history":
    "{count} of {notes} notes were chosen by the earliest ward that is known of their patient: the notes are older than it.",
  "of-deleted-patients": "For {count} of {notes} notes the patient is deleted at the source.",
  "patients-joined":
    "Patients who stand in several sources under one id leave as one: {count}. Where these sources give out ids of their own, they are different people: each source then needs an issuer of its own.",
  "source-not-read": "The last sync of the source {name} has not ended: rows may be missing that the source holds.",
  "source-incomplete":
    "The last sync of the source {name} did not read everything: rows may be missing that the source holds.",
  "exams-identified": `This study list names patients: everything is as it was at the source. ${DO_NOT_SHARE}`,
  "exams-pseudonymous": `This study list is pseudonymised, not anonymous: it is still about single people, and together with other knowledge rows can identify them. ${DO_NOT_SHARE}`,
  "names-left-out":
    "Names of patients and physicians and birth dates were left out; their columns are there and empty. Ages over 89 stand as 90.",
  "rooms-kept": "Rooms and devices are kept: they tell where the patient was examined.",
  "descriptions-scrubbed":
    "Names, numbers and dates were replaced in descriptions by rules and by what the catalog knows of each patient. That reduces the risk; it is no anonymisation: some may have been overlooked.",
  "order-of-names": "Rows stand in the order of patients' names, which tells something of them.",
  "without-check-in":
    "{count} exams have no check-in and could not be told to lie within the days asked for: left out.",
  "lone-surrogates":
    "{count} cells of {column} held lone surrogates, which UTF-8 has no form for; U+FFFD stands for each.",
  "off-type":
    "{count} cells of {column} could not be read as the type of the column; the text of the source stands there.",
  "long-texts":
    "Texts of {column} have up to {longest} characters. Spreadsheets cut them without a word, Excel at 32,767 and LibreOffice at 65,535: read this file by program.",
};

/** Where English says it otherwise of one; `count` is 1 there. */
const OF_ONE: Readonly<Partial<Record<TableNoticeCode, string>>> = {
  "ward-without-history":
    "1 of {notes} notes was chosen by the present ward of its patient: the source keeps no history of it.",
  "ward-before-history":
    "1 of {notes} notes was chosen by the earliest ward that is known of its patient: the note is older than it.",
  "without-check-in": "1 exam has no check-in and could not be told to lie within the days asked for: left out.",
  "lone-surrogates": "1 cell of {column} held lone surrogates, which UTF-8 has no form for; U+FFFD stands for each.",
  "off-type": "1 cell of {column} could not be read as the type of the column; the text of the source stands there.",
};

type Params = Readonly<Record<string, string | number>>;

/** The sentence of a notice, as it stands in receipts and codebooks. */
export function tableNotice(code: TableNoticeCode, params: Params = {}): string {
  const sentence = (params.count === 1 ? OF_ONE[code] : undefined) ?? SENTENCES[code];
  return sentence.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? ""));
}

interface Form {
  code: TableNoticeCode;
  pattern: RegExp;
  names: readonly string[];
  given: Params;
}

const NUMBERS = new Set(["count", "notes", "longest"]);

function toForm(code: TableNoticeCode, sentence: string, given: Params): Form {
  const names: string[] = [];
  const pattern = sentence
    .split(/\{(\w+)\}/)
    .map((part, index) => {
      if (index % 2 === 0) return part.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&");
      names.push(part);
      return NUMBERS.has(part) ? "(\\d{1,15})" : "(.+)";
    })
    .join("");
  return { code, pattern: new RegExp(`^${pattern}$`, "su"), names, given };
}

const FORMS: readonly Form[] = [
  ...Object.entries(OF_ONE).map(([code, sentence]) => toForm(code as TableNoticeCode, sentence, { count: 1 })),
  ...Object.entries(SENTENCES).map(([code, sentence]) => toForm(code as TableNoticeCode, sentence, {})),
];

/** What a sentence of any receipt says, for whoever reads another language; null where it is of another version. */
export function meaningOfSentence(sentence: string): NoticeMeaning | null {
  const known = meaningOfNotice(sentence);
  if (known !== null) return known;
  for (const { code, pattern, names, given } of FORMS) {
    const found = pattern.exec(sentence);
    if (found === null) continue;
    const told = names.map((name, index) => {
      const value = found[index + 1] ?? "";
      return [name, NUMBERS.has(name) ? Number(value) : value] as const;
    });
    const params = { ...given, ...Object.fromEntries(told) };
    return Object.keys(params).length === 0 ? { code } : { code, params };
  }
  return null;
}
