import type { ExamColumn } from "../../contract/records.ts";

/**
 * The two kinds of row of the study list, as SQL: exams of study lists, and the DICOM studies of imaging sources. Nothing is kept twice;
 * what is asked of the one is asked of the other in its own terms.
 *
 * Of a DICOM study: the Study Instance UID is its exam_id, the only id that is unique (PS3.3 C.7.2.1); the Accession Number identifies the
 * order (application_order_no), the Patient ID is the medical record number. The study began at check-in; Study Date and Time are what
 * clocks showed, without a zone, and read in the house's (catalog/house-time-zone.ts), from the day's begin where there is no time.
 * exam_source is its modalities without those that only accompany images (SR, PR, KO, DOC), exam_equipment the station. There is no
 * status, room, item, order or certification in an image: those are empty.
 */
export interface ExamRows {
  origin: "exam" | "dicom";
  from: string;
  /** Row id. */
  id: string;
  columns: Record<ExamColumn, string>;
  /** Of the patient, folded for sorting. */
  sortName: string;
  /** The columns that `q` looks in, folded and a line each. */
  search: string;
  /** Holds of rows of the sources in a JSON list of row ids. */
  ofSources: string;
  /** Holds of rows that no other source has. */
  onlyOfSources: string;
  /** Row id of the source that is named. */
  source: string;
}

const plain = (column: string): string => `exam.${column}`;

/** "Doe^John=ド" is "Doe John". */
const PERSON_NAME = `nullif(trim(replace(replace(
  CASE WHEN instr(patient.name, '=') > 1 THEN substr(patient.name, 1, instr(patient.name, '=') - 1)
    ELSE replace(patient.name, '=', ' ') END, '^', ' '), '  ', ' ')), '')`;
const EIGHT_DIGITS = "'[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]'";
const BIRTH_DATE = `CASE WHEN patient.birth_date GLOB ${EIGHT_DIGITS}
  THEN substr(patient.birth_date, 1, 4) || '-' || substr(patient.birth_date, 5, 2) || '-' || substr(patient.birth_date, 7)
  ELSE nullif(patient.birth_date, '') END`;
const AGE = `CASE WHEN patient.birth_date GLOB ${EIGHT_DIGITS} AND study.study_date GLOB ${EIGHT_DIGITS}
    AND study.study_date >= patient.birth_date
  THEN substr(study.study_date, 1, 4) - substr(patient.birth_date, 1, 4)
    - (substr(study.study_date, 5) < substr(patient.birth_date, 5)) END`;
/** Not trimmed of all members: a study of documents alone keeps theirs. */
const MODALITIES = `replace(trim(coalesce(nullif(
  replace(replace(replace(replace(listing.modalities, '\\SR\\', '\\'), '\\PR\\', '\\'), '\\KO\\', '\\'), '\\DOC\\', '\\'),
  '\\'), listing.modalities), '\\'), '\\', '/')`;
const STATION = `(SELECT min(station_name) FROM series WHERE series.study = study.id AND station_name <> '')`;

export const EXAM_ROWS: ExamRows = {
  origin: "exam",
  from: "exam",
  id: "exam.id",
  columns: {
    exam_id: plain("exam_id"),
    medical_record_no: plain("medical_record_no"),
    application_order_no: plain("application_order_no"),
    patient_name: plain("patient_name"),
    patient_gender: plain("patient_gender"),
    patient_birth_date: plain("patient_birth_date"),
    patient_age: plain("patient_age"),
    exam_status: plain("exam_status"),
    exam_source: plain("exam_source"),
    exam_item: plain("exam_item"),
    exam_description: plain("exam_description"),
    exam_room: plain("exam_room"),
    exam_equipment: plain("exam_equipment"),
    equipment_type: plain("equipment_type"),
    order_datetime: plain("order_datetime"),
    check_in_datetime: plain("check_in_datetime"),
    report_certification_datetime: plain("report_certification_datetime"),
    certified_physician: plain("certified_physician"),
  },
  sortName: "fold_case(exam.patient_name)",
  search: "exam.search",
  ofSources: "exam.source IN (SELECT value FROM json_each(?))",
  onlyOfSources: "exam.source IN (SELECT value FROM json_each(?))",
  source: "exam.source",
};

/** `check_in_datetime` is Study Date and Time, "20240301 211500.25": read in JavaScript, which knows zones. */
export const DICOM_ROWS: ExamRows = {
  origin: "dicom",
  from: `study_listing AS listing JOIN study ON study.id = listing.id JOIN patient ON patient.id = study.patient`,
  id: "listing.id",
  columns: {
    exam_id: "study.study_instance_uid",
    medical_record_no: "patient.patient_id",
    application_order_no: "nullif(study.accession_number, '')",
    patient_name: PERSON_NAME,
    patient_gender: "nullif(patient.sex, '')",
    patient_birth_date: BIRTH_DATE,
    patient_age: AGE,
    exam_status: "NULL",
    exam_source: `nullif(${MODALITIES}, '')`,
    exam_item: "NULL",
    exam_description: "nullif(study.description, '')",
    exam_room: "NULL",
    exam_equipment: STATION,
    equipment_type: "NULL",
    order_datetime: "NULL",
    check_in_datetime: `CASE WHEN study.study_date GLOB ${EIGHT_DIGITS} THEN study.study_date || ' ' || study.study_time END`,
    report_certification_datetime: "NULL",
    certified_physician: "NULL",
  },
  sortName: `fold_case(${PERSON_NAME})`,
  search: `fold_case(study.study_instance_uid || char(10) || patient.patient_id || char(10) || study.accession_number || char(10)
    || coalesce(${PERSON_NAME}, '') || char(10) || study.description || char(10) || coalesce(${STATION}, ''))`,
  ofSources:
    "EXISTS (SELECT 1 FROM study_source WHERE study = listing.id AND source IN (SELECT value FROM json_each(?)))",
  onlyOfSources:
    "NOT EXISTS (SELECT 1 FROM study_source WHERE study = listing.id AND source NOT IN (SELECT value FROM json_each(?)))",
  source: "(SELECT min(source) FROM study_source WHERE study = listing.id)",
};

export const ALL_ROWS = [EXAM_ROWS, DICOM_ROWS] as const;
