import { z } from "./schema.ts";
import { within } from "./search.ts";

/** What Satchel calls the places a patient's status can be; a system's own codes are mapped to these. `unknown`: mapped to none. */
export const PATIENT_STATUSES = [
  "outpatient",
  "inpatient",
  "emergency",
  "discharged",
  "transferred",
  "deceased",
  "unknown",
] as const;
export const patientStatus = z.enum(PATIENT_STATUSES);
export type PatientStatus = z.infer<typeof patientStatus>;

/** What kind of text a note is. Daily notes are what is exported unless others are asked for. */
export const NOTE_KINDS = [
  "daily-note",
  "simple-note",
  "history-and-physical",
  "discharge-report",
  "report",
  "prescription",
  "other",
] as const;
export const noteKind = z.enum(NOTE_KINDS);
export type NoteKind = z.infer<typeof noteKind>;

/** M, F, O (other), N (not informed). */
export const GENDERS = ["M", "F", "O", "N"] as const;
export const gender = z.enum(GENDERS);
export type Gender = z.infer<typeof gender>;

/**
 * Who gave out the patient ids of a source of records where nobody says: the source itself, so that its patients are linked with those of
 * images or of another source at a person's word alone.
 */
export function issuerOfSource(name: string): string {
  return `source:${name}`;
}

/** What of a patient is known, beside the name, for the scrubber to look for. */
export const IDENTIFIER_KINDS = [
  "record-number",
  "former-name",
  "healthcard",
  "national-id",
  "fiscal-number",
  "phone",
  "email",
  "address",
  "city",
  "state",
  "zip-code",
  "relative",
  "other",
] as const;
export type IdentifierKind = (typeof IDENTIFIER_KINDS)[number];

/** Columns of the notes table, in order: those of `export_patient_data`. */
export const NOTE_COLUMNS = [
  "patient_id",
  "patient_record_number",
  "patient_gender",
  "patient_age_at_note",
  "patient_status",
  "note_id",
  "note_event_datetime",
  "note_content",
] as const;
export type NoteColumn = (typeof NOTE_COLUMNS)[number];

/** Columns of the studies platform's own export, in order. */
export const EXAM_COLUMNS = [
  "exam_id",
  "medical_record_no",
  "application_order_no",
  "patient_name",
  "patient_gender",
  "patient_birth_date",
  "patient_age",
  "exam_status",
  "exam_source",
  "exam_item",
  "exam_description",
  "exam_room",
  "exam_equipment",
  "equipment_type",
  "order_datetime",
  "check_in_datetime",
  "report_certification_datetime",
  "certified_physician",
] as const;
export type ExamColumn = (typeof EXAM_COLUMNS)[number];

/** The columns that the platform's guide names. */
export const GUIDE_EXAM_COLUMNS = [
  "exam_id",
  "medical_record_no",
  "patient_name",
  "patient_gender",
  "patient_age",
  "exam_status",
  "exam_source",
  "exam_description",
  "exam_room",
  "exam_equipment",
  "order_datetime",
  "check_in_datetime",
  "report_certification_datetime",
  "certified_physician",
] as const satisfies readonly ExamColumn[];

/** Orders of the study list; exam_id, as it leaves, breaks ties in all of them. */
export const EXAM_SORTS = ["order_datetime_desc", "order_datetime_asc", "patient_name_asc"] as const;
export type ExamSort = (typeof EXAM_SORTS)[number];

const words = z.array(z.string().min(1)).min(1).optional();

/** What a note must be to be found. Everything given must hold; of the lists, one of each. Days are days in the hospital's time zone. */
export const notesFilter = z
  .object({
    /** Each word must occur in the note, whatever its case and accents; one that ends in "*" stands for all that begin with it. */
    text: z.string().optional(),
    /** ISO dates, both days included. */
    from: z.iso.date().optional(),
    to: z.iso.date().optional(),
    /** Ids of patients at their source, or record numbers, of any time. */
    patients: words,
    /** Names or abbreviations of wards, at the time of the note. */
    wards: words,
    /** At the time of the note. */
    statuses: z.array(patientStatus).min(1).optional(),
    genders: z.array(gender).min(1).optional(),
    /** Left out: daily notes alone. */
    kinds: z.array(noteKind).min(1).optional(),
    /** Names of sources. */
    sources: words,
    /** Notes of patients who are deleted at the source stay out unless this is set. */
    includeDeletedPatients: z.boolean().optional(),
  })
  .strict();
export type NotesFilter = z.infer<typeof notesFilter>;

/** What an exam must be to be in the study list: the platform's search, with both days included and days in the hospital's time zone. */
export const examsFilter = z
  .object({
    /** Occurs in one of nine columns: exam_id, medical_record_no, application_order_no, patient_name, exam_description, exam_item, exam_room, exam_equipment, certified_physician. */
    q: z.string().optional(),
    examStatus: z.string().min(1).optional(),
    examSource: z.string().min(1).optional(),
    examEquipment: words,
    examItem: z.string().min(1).optional(),
    applicationOrderNo: z.string().min(1).optional(),
    gender: words,
    examDescription: words,
    examRoom: words,
    ageFrom: z.int().min(0).optional(),
    ageTo: z.int().min(0).optional(),
    /** On check_in_datetime. Exams without one are left out where a day is given, and counted. */
    from: z.iso.date().optional(),
    to: z.iso.date().optional(),
    examIds: words,
    sources: words,
    within: within.optional(),
  })
  .strict();
export type ExamsFilter = z.infer<typeof examsFilter>;
