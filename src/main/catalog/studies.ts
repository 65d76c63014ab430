import type { InstanceDescription } from "../dicom/description.ts";
import type { Catalog } from "./database.ts";
import { SHARES_ID, splitModalities } from "./patients.ts";
import { pictureOfStudy } from "./study-picture.ts";

/** A study belongs to one patient: the same UID under another patient is another row, and reported. */
export function putStudy(catalog: Catalog, patient: number, d: InstanceDescription): number {
  const values = [d.studyDate, d.studyTime, d.studyDescription, d.studyId, d.accessionNumber];
  const found = catalog.get<{ id: number }>(
    "SELECT id FROM study WHERE study_instance_uid = ? AND patient = ?",
    d.studyInstanceUid,
    patient,
  );
  if (found === undefined) {
    return catalog.run(
      `INSERT INTO study (patient, study_instance_uid, study_date, study_time, description, study_id, accession_number)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
      patient,
      d.studyInstanceUid,
      ...values,
    ).id;
  }
  // The newest reading wins: a study described anew at its source is described anew here.
  catalog.run(
    `UPDATE study SET study_date = ?, study_time = ?, description = ?, study_id = ?, accession_number = ? WHERE id = ?`,
    ...values,
    found.id,
  );
  return found.id;
}

/** A study as lists show it, with the patient it belongs to. */
export interface StudyRow {
  id: number;
  studyInstanceUid: string;
  /** DA as it stands. */
  studyDate: string;
  /** TM as it stands. */
  studyTime: string;
  description: string;
  studyId: string;
  accessionNumber: string;
  modalities: string[];
  series: number;
  instances: number;
  bytes: number;
  /** AI analysis results. */
  analyses: number;
  /** Row id of the instance whose picture stands for it; null where none has pixels. */
  picture: number | null;
  /** Row id of the patient. */
  patient: number;
  patientId: string;
  issuer: string;
  /** Another patient, of another issuer, bears the same id. */
  sharesId: boolean;
  patientName: string;
  patientBirthDate: string;
  patientSex: string;
}

interface StoredStudy extends Omit<StudyRow, "modalities" | "sharesId" | "picture"> {
  sharesId: number;
  modalities: string;
}

/** Studies by row id, in the order asked for. Ids that are not there are left out. */
export function studiesById(catalog: Catalog, ids: readonly number[]): StudyRow[] {
  const rows = ids.map((id) =>
    catalog.get<StoredStudy>(
      `SELECT study.id, study_instance_uid AS studyInstanceUid, study_date AS studyDate, study_time AS studyTime,
         description, study_id AS studyId, accession_number AS accessionNumber, modalities, series_count AS series,
         instance_count AS instances, bytes,
         (SELECT count(*) FROM analysis WHERE analysis.study_instance_uid = study.study_instance_uid) AS analyses,
         patient.id AS patient, patient_id AS patientId, issuer, ${SHARES_ID},
         name AS patientName, birth_date AS patientBirthDate, sex AS patientSex
       FROM study JOIN patient ON patient.id = study.patient WHERE study.id = ?`,
      id,
    ),
  );
  return rows
    .filter((row) => row !== undefined)
    .map((row) => ({
      ...row,
      sharesId: row.sharesId === 1,
      modalities: splitModalities(row.modalities),
      picture: pictureOfStudy(catalog, row.id),
    }));
}
