import {
  EXAM_COLUMNS,
  EXAM_SORTS,
  examsFilter,
  gender,
  noteKind,
  notesFilter,
  patientStatus,
  type ExamColumn,
} from "../records.ts";
import { noticeMeaning } from "../notice.ts";
import { call, stream } from "../rpc.ts";
import { z } from "../schema.ts";
import { notesRecipe, tableRecipe } from "../table-recipe.ts";
import { windowOf } from "./common.ts";
import { CHANGES } from "./exports.ts";

export const NOTE_LIST_COLUMNS = [
  "eventTime",
  "patientName",
  "recordNumber",
  "status",
  "ward",
  "kind",
  "length",
] as const;

const noteRow = z.object({
  /** The catalog's number of the note. */
  id: z.int(),
  patientName: z.string(),
  recordNumber: z.string(),
  gender,
  /** Whole years on the day of the note; null where the birth date is unknown. */
  age: z.int().nullable(),
  status: patientStatus,
  statusLabel: z.string(),
  ward: z.string(),
  /** ISO 8601 with the offset of the hospital's time zone. */
  eventTime: z.string(),
  kind: noteKind,
  /** How the text begins, in one line. */
  beginning: z.string(),
  /** Characters of the text. */
  length: z.int(),
  source: z.string(),
  patientDeleted: z.boolean(),
});
export type NoteRow = z.infer<typeof noteRow>;

const examValues = z.record(z.enum(EXAM_COLUMNS), z.string().nullable()) as z.ZodType<
  Record<ExamColumn, string | null>
>;
const examRow = z.object({
  /** What tells the row from every other in the catalog. */
  id: z.string(),
  source: z.string(),
  /** From a study list, or made of the DICOM studies of an imaging source. */
  origin: z.enum(["exam", "dicom"]),
  /** As text; dates ISO 8601 with offset; null where empty. */
  values: examValues,
});
export type ExamRow = z.infer<typeof examRow>;

const facet = z.object({ value: z.string(), count: z.int() });
export type RecordFacet = z.infer<typeof facet>;

const cell = z.string().nullable();
/** A place in a text, in UTF-16 units. */
const span = z.object({ start: z.int(), end: z.int() });

/** What a replacement stands for. */
const SCRUB_KINDS = [
  "patient-name",
  "staff-name",
  "person-name",
  "record-number",
  "identifier",
  "phone",
  "email",
  "url",
  "address",
  "place",
  "ward",
  "date",
  "birth-date",
  "age",
] as const;
export const scrubKind = z.enum(SCRUB_KINDS);
export type ScrubKind = z.infer<typeof scrubKind>;
export const scrubCounts = z.partialRecord(scrubKind, z.int());
export type ScrubCounts = z.infer<typeof scrubCounts>;

const tableReview = z.object({
  columns: z.array(z.string()),
  /** Rows of the whole selection. */
  total: z.int(),
  /** Name of the package, and of the table in it. */
  package: z.string(),
  path: z.string(),
  rows: z.array(
    z.object({
      /** As the catalog holds them, a cell for each column. */
      before: z.array(cell),
      /** As they will stand in the table. */
      after: z.array(cell),
      change: z.array(z.enum(CHANGES)),
      /** Of a scrubbed text: what was replaced, as places in `before`; what still looks like a name, as places in `after`. */
      text: z
        .object({
          column: z.int(),
          replaced: z.array(span.extend({ kind: scrubKind })),
          suspicious: z.array(span),
        })
        .nullable(),
    }),
  ),
  /** What could still identify, as sentences. */
  notices: z.array(z.string()),
  /** What each of `notices` says, in their order. */
  noticeMeanings: z.array(noticeMeaning.nullable()),
});
export type TableReview = z.infer<typeof tableReview>;

const textExamination = z.object({
  done: z.int(),
  total: z.int(),
  /** Notes in which something was replaced. */
  changed: z.int(),
  replacements: scrubCounts,
  /** The riskiest first, at most 100. */
  riskiest: z.array(
    z.object({
      /** The catalog's number of the note. */
      note: z.int(),
      /** Its place in the table, from 0: for exports.reviewTable. */
      row: z.int(),
      /** 0 to 1: how much speaks for something left. */
      risk: z.number(),
      replaced: scrubCounts,
      /** Words that still look like a name, at most ten. */
      suspicious: z.array(z.string()),
    }),
  ),
});
export type TextExamination = z.infer<typeof textExamination>;

export const recordCalls = {
  "records.notes": call(
    notesFilter.extend({
      ...windowOf,
      sort: z
        .object({ column: z.enum(NOTE_LIST_COLUMNS), descending: z.boolean().default(false) })
        .strict()
        .optional(),
    }),
    z.object({ total: z.int(), rows: z.array(noteRow) }),
  ),
  /** One note with its whole text (of very long ones the first part). @throws NOT_FOUND */
  "records.note": call(
    z.object({ id: z.int() }).strict(),
    z.object({
      note: noteRow,
      content: z.string(),
      truncated: z.boolean(),
      birthDate: z.string(),
      /** The patient's id at the source: finds their other notes. */
      patientId: z.string(),
      /** What is true of the patient today; in `note` stands what was true then. */
      now: z.object({ status: patientStatus, statusLabel: z.string(), recordNumber: z.string(), ward: z.string() }),
    }),
  ),
  /** What the filter leaves, counted for its chips. Each facet is counted as if its own part of the filter were not set. */
  "records.noteFacets": call(
    notesFilter,
    z.object({
      notes: z.int(),
      patients: z.int(),
      /** Notes in the catalog at all: an empty tab says what to do. */
      inCatalog: z.int(),
      sources: z.array(facet),
      wards: z.array(facet),
      statuses: z.array(facet),
      genders: z.array(facet),
      kinds: z.array(facet),
      /** By year, or by month where the notes span three years or less; oldest first. */
      dates: z.array(facet),
    }),
  ),
  "records.exams": call(
    examsFilter.extend({ ...windowOf, sort: z.enum(EXAM_SORTS).default("order_datetime_desc") }),
    z.object({ total: z.int(), rows: z.array(examRow) }),
  ),
  "records.examFacets": call(
    examsFilter,
    z.object({
      exams: z.int(),
      inCatalog: z.int(),
      /** Left out by the days of the filter alone, since they have no check-in. */
      withoutCheckIn: z.int(),
      sources: z.array(facet),
      examStatus: z.array(facet),
      examSource: z.array(facet),
      examEquipment: z.array(facet),
      examRoom: z.array(facet),
      gender: z.array(facet),
      dates: z.array(facet),
    }),
  ),
  /** Rows of a table before and after the policy; nothing is written. @throws KEY_NEEDED, TOO_LARGE (more rows than the recipe allows) */
  "exports.reviewTable": call(
    z.object({ recipe: tableRecipe, offset: z.int().min(0), limit: z.int().min(1).max(50).default(10) }).strict(),
    tableReview,
  ),
  /** Takes every note of the selection through the scrubber without writing anything: what it replaces, and which notes are the riskiest. */
  "exports.examineText": stream(
    z.object({ recipe: notesRecipe }).strict(),
    z.discriminatedUnion("type", [
      textExamination.extend({ type: z.literal("progress") }),
      textExamination.extend({ type: z.literal("result") }),
    ]),
  ),
};
