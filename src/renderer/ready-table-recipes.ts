import { EXAM_COLUMNS, GUIDE_EXAM_COLUMNS, type ExamColumn } from "../contract/records.ts";
import type { NotesPolicy, NotesRecipe, StudiesRecipe } from "../contract/table-recipe.ts";

/** In a ZIP: text deflates to a fifth, and a workbook is deflated already. */
export const CSV_LEVEL = 6;
export const XLSX_LEVEL = 0;

/** The part of a notes recipe that says how: neither what is picked nor where it goes. */
export interface NotesManner extends Pick<
  NotesPolicy,
  "ids" | "asOf" | "statusLabels" | "ages" | "recordNumber" | "text"
> {
  format: NotesRecipe["format"];
  compress: number;
  formulas: NotesRecipe["formulas"];
}

export const READY_NOTES_NAMES = ["research", "traceable", "timeline", "command"] as const;
export type ReadyNotesName = (typeof READY_NOTES_NAMES)[number];

/** What most exports of notes are. Each is a whole manner: choosing one leaves nothing of the one before. */
export const READY_NOTES: Readonly<Record<ReadyNotesName, NotesManner>> = {
  research: {
    ids: "pseudonym",
    asOf: "note",
    statusLabels: "english",
    ages: "safe-harbor",
    recordNumber: "drop",
    text: "scrub",
    format: "zip",
    compress: CSV_LEVEL,
    formulas: "guard",
  },
  /** What the guide of `export_patient_data` promises. */
  traceable: {
    ids: "pseudonym",
    asOf: "note",
    statusLabels: "english",
    ages: "exact",
    recordNumber: "keep",
    text: "scrub",
    format: "zip",
    compress: CSV_LEVEL,
    formulas: "guard",
  },
  timeline: {
    ids: "pseudonym",
    asOf: "note",
    statusLabels: "english",
    ages: "safe-harbor",
    recordNumber: "drop",
    text: "drop",
    format: "zip",
    compress: CSV_LEVEL,
    formulas: "guard",
  },
  /** What that command really wrote; formulas are guarded all the same. */
  command: {
    ids: "source",
    asOf: "now",
    statusLabels: "source",
    ages: "exact",
    recordNumber: "keep",
    text: "keep",
    format: "file",
    compress: CSV_LEVEL,
    formulas: "guard",
  },
};

export function readyNotesNameOf(manner: NotesManner): ReadyNotesName | undefined {
  return READY_NOTES_NAMES.find((name) => isSame(READY_NOTES[name], manner));
}

export interface StudiesManner {
  identity: StudiesRecipe["policy"]["kind"];
  columns: readonly ExamColumn[];
  table: StudiesRecipe["table"];
  format: StudiesRecipe["format"];
  compress: number;
  formulas: StudiesRecipe["formulas"];
}

export const READY_STUDIES_NAMES = ["research", "department", "platform"] as const;
export type ReadyStudiesName = (typeof READY_STUDIES_NAMES)[number];

export const READY_STUDIES: Readonly<Record<ReadyStudiesName, StudiesManner>> = {
  research: {
    identity: "pseudonymised",
    columns: GUIDE_EXAM_COLUMNS,
    table: "csv",
    format: "zip",
    compress: CSV_LEVEL,
    formulas: "guard",
  },
  department: {
    identity: "identified",
    columns: GUIDE_EXAM_COLUMNS,
    table: "xlsx",
    format: "zip",
    compress: XLSX_LEVEL,
    formulas: "guard",
  },
  platform: {
    identity: "identified",
    columns: EXAM_COLUMNS,
    table: "csv",
    format: "file",
    compress: CSV_LEVEL,
    formulas: "guard",
  },
};

export function readyStudiesNameOf(manner: StudiesManner): ReadyStudiesName | undefined {
  return READY_STUDIES_NAMES.find((name) => isSame(READY_STUDIES[name], manner));
}

/** Whether every part of one manner stands in another that may hold more. Lists are in an order that counts. */
function isSame<Manner extends object>(ready: Manner, manner: Manner): boolean {
  return Object.entries(ready).every(
    ([part, value]) => JSON.stringify(manner[part as keyof Manner]) === JSON.stringify(value),
  );
}
