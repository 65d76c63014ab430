import type { Migration } from "../migrate.ts";

/**
 * What a source said of a patient at an earlier sync and no longer says. Old notes bear it; nothing here is ever exported.
 *
 * `record_patient.former` is a JSON list in the form of `identifiers`, `exam.former_names` one of names. The index finds the exams of one
 * record number: descriptions may bear a name that stands with another of the patient's exams.
 */
export const formerValues: Migration = {
  version: 11,
  sql: `
ALTER TABLE record_patient ADD COLUMN former TEXT NOT NULL DEFAULT '[]';
ALTER TABLE exam ADD COLUMN former_names TEXT NOT NULL DEFAULT '[]';
CREATE INDEX exam_by_record_number ON exam (medical_record_no, patient_name) WHERE medical_record_no <> '';
`,
};
