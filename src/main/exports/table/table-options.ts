import type { TableOptionCode } from "../../../contract/table-notice.ts";

/** What a policy does to a table, in the engine's own language: for receipts and the audit log. */
const OPTION_WORDS: Readonly<Record<TableOptionCode, string>> = {
  "ids-live": "live ids of patients and notes",
  "ids-pseudonyms": "ids as pseudonyms",
  "record-numbers-kept": "record numbers kept",
  "record-numbers-pseudonyms": "record numbers as pseudonyms",
  "record-numbers-dropped": "record numbers left out",
  "text-kept": "text as it was written",
  "text-scrubbed": "text scrubbed",
  "text-dropped": "text left out",
  "ages-exact": "exact ages",
  "ages-joined": "ages over 89 as 90",
  "as-of-note": "status and record number at the time of the note",
  "as-of-now": "status and record number as of now",
  "statuses-english": "statuses in English",
  "statuses-source": "statuses in the words of the source",
  "exams-identified": "everything as at the source",
  "exam-names-dropped": "names and birth dates left out",
  "exam-descriptions-scrubbed": "descriptions scrubbed",
  "exam-dates-kept": "dates kept",
};

export function optionWords(codes: readonly TableOptionCode[]): string[] {
  return codes.map((code) => OPTION_WORDS[code]);
}

const CODES: ReadonlyMap<string, TableOptionCode> = new Map(
  Object.entries(OPTION_WORDS).map(([code, words]) => [words, code as TableOptionCode]),
);

/** Null where the words are of another version. */
export function meaningOfOption(words: string): TableOptionCode | null {
  return CODES.get(words) ?? null;
}
