import type { InstanceDescription } from "../dicom/description.ts";
import type { Catalog } from "./database.ts";

/** A patient is an id and its issuer: the same Patient ID from two issuers is two patients. */
export function putPatient(catalog: Catalog, description: InstanceDescription): number {
  const { patientId, issuerOfPatientId } = description;
  const found = catalog.get<{ id: number }>(
    "SELECT id FROM patient WHERE patient_id = ? AND issuer = ?",
    patientId,
    issuerOfPatientId,
  );
  return (
    found?.id ?? catalog.run("INSERT INTO patient (patient_id, issuer) VALUES (?, ?)", patientId, issuerOfPatientId).id
  );
}

/** One name, birth date and sex under which a patient's instances go. More than one is reported (catalog/conflicts.ts). */
export function putIdentity(catalog: Catalog, patient: number, description: InstanceDescription): number {
  const values = [patient, description.patientName, description.patientBirthDate, description.patientSex];
  const found = catalog.get<{ id: number }>(
    "SELECT id FROM patient_identity WHERE patient = ? AND name = ? AND birth_date = ? AND sex = ?",
    ...values,
  );
  if (found !== undefined) return found.id;
  // The names of a patient are part of the search text of all of the patient's studies.
  catalog.run("UPDATE study SET stale = 1 WHERE patient = ? AND stale = 0", patient);
  return catalog.run("INSERT INTO patient_identity (patient, name, birth_date, sex) VALUES (?, ?, ?, ?)", ...values).id;
}

/** A patient as lists show it. */
export interface PatientRow {
  id: number;
  patientId: string;
  issuer: string;
  /** Another patient, of another issuer, bears the same id. */
  sharesId: boolean;
  /** All component groups, as decoded. The oldest known where there are several. */
  name: string;
  /** DA as it stands. */
  birthDate: string;
  sex: string;
  /** Other names the same patient goes by. */
  otherNames: string[];
  studies: number;
  instances: number;
  bytes: number;
  modalities: string[];
  /** DA as it stands, of the oldest and newest study that has one; "" where none has. */
  firstStudyDate: string;
  lastStudyDate: string;
}

/** Whether the row of `patient` has another beside it with the same id: one look into the index of patients. */
export const SHARES_ID = `EXISTS (SELECT 1 FROM patient AS namesake
  WHERE namesake.patient_id = patient.patient_id AND namesake.id <> patient.id) AS sharesId`;

interface StoredPatient extends Omit<PatientRow, "otherNames" | "modalities" | "sharesId"> {
  sharesId: number;
  otherNames: string;
  modalities: string;
}

/** Patients by row id, in the order asked for. Ids that are not there are left out. */
export function patientsById(catalog: Catalog, ids: readonly number[]): PatientRow[] {
  const rows = ids.map((id) =>
    catalog.get<StoredPatient>(
      `SELECT patient.id, patient_id AS patientId, issuer, ${SHARES_ID}, name, birth_date AS birthDate, sex,
         (SELECT json_group_array(DISTINCT other.name) FROM patient_identity AS other
          WHERE other.patient = patient.id AND other.name <> patient.name) AS otherNames,
         count(study.id) AS studies, coalesce(sum(instance_count), 0) AS instances, coalesce(sum(bytes), 0) AS bytes,
         coalesce(group_concat(modalities, '\\'), '') AS modalities,
         coalesce(min(nullif(study_date, '')), '') AS firstStudyDate, coalesce(max(study_date), '') AS lastStudyDate
       FROM patient LEFT JOIN study ON study.patient = patient.id WHERE patient.id = ? GROUP BY patient.id`,
      id,
    ),
  );
  return rows
    .filter((row) => row !== undefined)
    .map((row) => ({
      ...row,
      sharesId: row.sharesId === 1,
      otherNames: (JSON.parse(row.otherNames) as string[]).sort(),
      modalities: splitModalities(row.modalities),
    }));
}

/** "CT\SR\CT" -> ["CT", "SR"] */
export function splitModalities(joined: string): string[] {
  return [...new Set(joined.split("\\").filter((one) => one !== ""))].sort();
}
