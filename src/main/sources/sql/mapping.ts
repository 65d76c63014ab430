import { EXAM_COLUMNS, gender, IDENTIFIER_KINDS, noteKind, patientStatus } from "../../../contract/records.ts";
import { z } from "../../../contract/schema.ts";

/** A name in the database. Any text: it is always quoted by the engine's own rules and never becomes part of the SQL around it. */
const name = z
  .string()
  .min(1)
  .max(128)
  .refine((text) => !text.includes("\0"), "holds a NUL");
/** What a joined table is called within the mapping. */
const alias = z.string().regex(/^[a-z][a-z0-9_]{0,30}$/, "small letters, digits and _ only");

const table = z.union([name, z.object({ schema: name, table: name }).strict()]);
export type TableName = z.infer<typeof table>;

/** A column of the table read `from`, or of one that is joined. */
const reference = z.union([name, z.object({ of: alias, column: name }).strict()]);
export type Reference = z.infer<typeof reference>;

const scalar = z.union([z.string(), z.number(), z.boolean()]);
/** `in`: one of these. `notIn`: none of these, or empty. `empty`: NULL, or not. All conditions of a list must hold. */
const condition = z.union([
  z.object({ column: reference, in: z.array(scalar).min(1) }).strict(),
  z.object({ column: reference, notIn: z.array(scalar).min(1) }).strict(),
  z.object({ column: reference, empty: z.boolean() }).strict(),
]);
export type Condition = z.infer<typeof condition>;

/** Rows of `table` whose `column` equals `equals`. Without `inner`, rows that have none stay, with empty columns. */
const join = z
  .object({ as: alias, table, column: name, equals: reference, inner: z.boolean().default(false) })
  .strict();
export type Join = z.infer<typeof join>;

/** Where rows come from. `optional`: where a table or column is not there, the part is left out, and the check says so. */
const relation = {
  from: table,
  joins: z.array(join).default([]),
  where: z.array(condition).default([]),
  optional: z.boolean().default(false),
};
export type Relation = { from: TableName; joins: Join[]; where: Condition[]; optional: boolean };

/** One column, or several joined by a space where they are not empty. */
const text = z.union([reference, z.array(reference).min(1)]);
export type Text = z.infer<typeof text>;

/**
 * What a note says: one column; several, each under its heading; or every text column that the table has (those named in `except` left
 * out), under headings made of their names.
 */
const content = z.union([
  reference,
  z.object({ sections: z.array(z.object({ heading: z.string(), column: reference }).strict()).min(1) }).strict(),
  z.object({ every: z.literal("text column"), of: alias.optional(), except: z.array(name).default([]) }).strict(),
]);
export type Content = z.infer<typeof content>;

/** A code of `statuses`: from a column; always the same; or made of another column's codes. */
const statusCode = z.union([
  reference,
  z.object({ code: z.string() }).strict(),
  z.object({ column: reference, codes: z.record(z.string(), z.string()), otherwise: z.string() }).strict(),
]);
export type StatusCode = z.infer<typeof statusCode>;

/** One way in which a system remembers what was true of a patient since when. */
const history = {
  ...relation,
  patient: reference,
  since: reference,
  /** Of two rows with the same moment the one with the greater value here is the later. */
  tie: reference.optional(),
  /** Moment of the row's last change: rows without one, and mappings without it, are read whole each time. */
  changed: reference.optional(),
};
const statusPart = z
  .object({
    ...history,
    status: statusCode,
    /** `none`: the patient is in no ward from then on. Left out: the row says nothing of wards. */
    ward: z.union([reference, z.object({ none: z.literal(true) }).strict()]).optional(),
    /** What was true before the row: taken for the time before a patient's first row, since the patient was created. */
    before: z.union([reference, z.object({ code: z.string() }).strict()]).optional(),
  })
  .strict();
export type StatusPart = z.infer<typeof statusPart>;
const recordNumberPart = z.object({ ...history, recordNumber: reference, before: reference.optional() }).strict();
export type RecordNumberPart = z.infer<typeof recordNumberPart>;

const identifiers = z.array(z.object({ kind: z.enum(IDENTIFIER_KINDS), column: reference }).strict());
/** Rows that keep what patients were called, and under what else they were known, at earlier times. */
const formerPart = z
  .object({
    ...relation,
    patient: reference,
    name: text.optional(),
    identifiers: identifiers.default([]),
    /** As of a history. */
    changed: reference.optional(),
  })
  .strict()
  .refine((part) => part.name !== undefined || part.identifiers.length > 0, {
    message: "names neither a name nor identifiers",
  });
export type FormerPart = z.infer<typeof formerPart>;

const patients = z
  .object({
    ...relation,
    id: reference,
    name: text.optional(),
    birthDate: reference.optional(),
    gender: reference.optional(),
    status: reference.optional(),
    recordNumber: reference.optional(),
    ward: reference.optional(),
    created: reference.optional(),
    changed: reference.optional(),
    /** All hold: the patient is deleted at the source. */
    deleted: z.array(condition).default([]),
    identifiers: identifiers.default([]),
    /** Never leaves: a note may bear a name or a number that the patient no longer has. */
    former: z.array(formerPart).default([]),
    /**
     * Levels in order of precedence. Within a level all rows count; a later level only fills the time before the first row of the levels
     * above it.
     */
    statusHistory: z.array(z.array(statusPart).min(1)).default([]),
    /** The same for record numbers. */
    recordNumberHistory: z.array(z.array(recordNumberPart).min(1)).default([]),
  })
  .strict();
export type PatientsPart = z.infer<typeof patients>;

const notes = z
  .object({
    ...relation,
    kind: noteKind,
    id: reference,
    patient: reference,
    at: reference,
    content,
    changed: reference.optional(),
  })
  .strict();
export type NotesPart = z.infer<typeof notes>;

const exams = z
  .object({ ...relation, columns: z.partialRecord(z.enum(EXAM_COLUMNS), reference), changed: reference.optional() })
  .strict()
  .refine((part) => part.columns.exam_id !== undefined, { message: "exam_id is needed", path: ["columns", "exam_id"] });
export type ExamsPart = z.infer<typeof exams>;

const wordKind = z.enum(["staff", "ward", "place"]);
const words = z.union([
  z
    .object({
      ...relation,
      kind: wordKind,
      texts: z.array(text).min(1),
      /** Of a ward's abbreviation: the column with the ward's name as patients have it. */
      standsFor: reference.optional(),
    })
    .strict(),
  /** The table is found through a foreign key; of the texts those count whose columns are there. */
  z
    .object({ kind: wordKind, behind: z.object({ table, column: name }).strict(), texts: z.array(text).min(1) })
    .strict(),
]);
export type WordsPart = z.infer<typeof words>;

const timeZone = z.string().refine((zone) => {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}, "is not the name of a time zone, such as America/Bahia");

/**
 * Says where an EHR database keeps what: one JSON document. The two that come with Satchel are documents of the same shape. A mapping names
 * tables, columns and values, and nothing else: whatever it says, only SELECT is ever built from it.
 */
export const mapping = z
  .object({
    version: z.literal(1),
    /** For screens and findings. */
    name: z.string().min(1),
    /** The hospital's. */
    timeZone,
    /** How moments without an offset are meant: an IANA zone, or "UTC". Left out: the hospital's time zone. */
    naiveTimes: timeZone.optional(),
    /** What moments that are kept as numbers count since 1970. */
    numericTimes: z.enum(["seconds", "milliseconds", "microseconds"]).default("seconds"),
    /** See RecordsConfig. */
    issuer: z.string().optional(),
    /** The system's codes. What is not named becomes N. */
    genders: z.record(z.string(), gender).default({}),
    /** What is not named becomes "unknown", labelled as the system has it. */
    statuses: z.record(z.string(), z.object({ status: patientStatus, label: z.string() }).strict()).default({}),
    patients: patients.optional(),
    notes: z.array(notes).default([]),
    exams: exams.optional(),
    words: z.array(words).default([]),
  })
  .strict()
  .refine((document) => document.patients !== undefined || document.exams !== undefined, {
    message: "names neither patients nor exams",
  })
  .refine((document) => document.patients !== undefined || document.notes.length === 0, {
    message: "notes need patients",
    path: ["patients"],
  });
export type Mapping = z.infer<typeof mapping>;
export type MappingDocument = z.input<typeof mapping>;
export { timeZone as timeZoneName };
