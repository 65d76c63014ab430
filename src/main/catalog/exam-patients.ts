import type { Catalog } from "./database.ts";
import { DICOM_ROWS, EXAM_ROWS } from "./exam-rows.ts";

/**
 * What tells the patients of rows of the study list apart: record number and where it was given out. In no order; rows without a record
 * number are not among them.
 *
 * @param rows as in ExamRecord
 */
export function patientsOfExams(catalog: Catalog, rows: readonly string[]): string[] {
  const ids = (prefix: string): string =>
    JSON.stringify(rows.filter((row) => row.startsWith(prefix)).map((row) => Number(row.slice(prefix.length))));
  const number = EXAM_ROWS.columns.medical_record_no;
  const dicomNumber = DICOM_ROWS.columns.medical_record_no;
  return [
    ...catalog.column<string>(
      `SELECT coalesce(json_extract(source.config, '$.issuer'), '') || char(10) || ${number} FROM ${EXAM_ROWS.from}
       JOIN source ON source.id = ${EXAM_ROWS.source}
       WHERE ${EXAM_ROWS.id} IN (SELECT value FROM json_each(?)) AND ${number} <> ''`,
      ids("exam-"),
    ),
    ...catalog.column<string>(
      `SELECT patient.issuer || char(10) || ${dicomNumber} FROM ${DICOM_ROWS.from}
       WHERE ${DICOM_ROWS.id} IN (SELECT value FROM json_each(?)) AND ${dicomNumber} <> ''`,
      ids("study-"),
    ),
  ];
}
