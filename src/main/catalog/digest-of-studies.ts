import { createHash } from "node:crypto";
import type { Catalog } from "./database.ts";
import { DICOM_ROWS } from "./exam-rows.ts";

const VALUES = Object.values(DICOM_ROWS.columns)
  .filter((column) => column !== "NULL")
  .join(", ");
const SELECT = `SELECT json_array(${DICOM_ROWS.id}, patient.issuer, ${VALUES}) FROM ${DICOM_ROWS.from}
  WHERE ${DICOM_ROWS.id} IN (SELECT value FROM json_each(?)) ORDER BY ${DICOM_ROWS.id}`;

/**
 * What tells whether rows of the study list still are the DICOM studies that they were, and say what they said: a sync of images does not
 * raise the generation of the records (it would begin every export of notes anew), and SQLite gives the row of a study that was removed to
 * the next one.
 *
 * @param rows as in ExamRecord
 * @returns "" where none is a DICOM study
 */
export function digestOfStudies(catalog: Catalog, rows: readonly string[]): string {
  const ids = rows.filter((row) => row.startsWith("study-")).map((row) => Number(row.slice("study-".length)));
  if (ids.length === 0) return "";
  const hash = createHash("sha256");
  for (const study of catalog.column<string>(SELECT, JSON.stringify(ids))) hash.update(study).update("\n");
  return hash.digest("hex");
}
