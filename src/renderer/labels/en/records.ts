import type { ScrubKind } from "../../../contract/calls/records.ts";
import type { ExamColumn, ExamSort, Gender, NoteColumn, NoteKind, PatientStatus } from "../../../contract/records.ts";

const statuses: Record<PatientStatus, string> = {
  outpatient: "Outpatient",
  inpatient: "Inpatient",
  emergency: "Emergency",
  discharged: "Discharged",
  transferred: "Transferred",
  deceased: "Deceased",
  unknown: "Not known",
};

const noteKinds: Record<NoteKind, string> = {
  "daily-note": "Daily notes",
  "simple-note": "Simple notes",
  "history-and-physical": "History and physical",
  "discharge-report": "Discharge reports",
  report: "Reports",
  prescription: "Prescriptions",
  other: "Other texts",
};

const genders: Record<Gender, string> = { M: "Male", F: "Female", O: "Other", N: "Not informed" };

const noteColumns: Record<NoteColumn, string> = {
  patient_id: "Patient",
  patient_record_number: "Record number",
  patient_gender: "Gender",
  patient_age_at_note: "Age at the note",
  patient_status: "Status",
  note_id: "Note",
  note_event_datetime: "Date and time",
  note_content: "Text",
};

const examColumns: Record<ExamColumn, string> = {
  exam_id: "Exam",
  medical_record_no: "Record number",
  application_order_no: "Order number",
  patient_name: "Patient's name",
  patient_gender: "Gender",
  patient_birth_date: "Birth date",
  patient_age: "Age",
  exam_status: "Status",
  exam_source: "Modality",
  exam_item: "Exam item",
  exam_description: "Description",
  exam_room: "Room",
  exam_equipment: "Equipment",
  equipment_type: "Kind of equipment",
  order_datetime: "Ordered",
  check_in_datetime: "Check-in",
  report_certification_datetime: "Report certified",
  certified_physician: "Certified by",
};

const examSorts: Record<ExamSort, string> = {
  order_datetime_desc: "Newest order first",
  order_datetime_asc: "Oldest order first",
  patient_name_asc: "By the patient's name",
};

const scrubKinds: Record<ScrubKind, string> = {
  "patient-name": "patient's names",
  "staff-name": "staff names",
  "person-name": "other names",
  "record-number": "record numbers",
  identifier: "identity numbers",
  phone: "phone numbers",
  email: "e-mail addresses",
  url: "web addresses",
  address: "addresses",
  place: "places",
  ward: "wards",
  date: "dates",
  "birth-date": "birth dates",
  age: "ages",
};

/** What records are made of: statuses, kinds, columns. `n` decides singular or plural, `shown` is the number as the locale writes it. */
export const records = {
  statuses,
  noteKinds,
  genders,
  noteColumns,
  examColumns,
  examSorts,
  scrubKinds,
  notes: (n: number, shown: string) => (n === 1 ? "1 note" : `${shown} notes`),
  exams: (n: number, shown: string) => (n === 1 ? "1 exam" : `${shown} exams`),
  rows: (n: number, shown: string) => (n === 1 ? "1 row" : `${shown} rows`),
};
