import { createHash } from "node:crypto";
import type { Catalog } from "./database.ts";

/**
 * What tells whether rows of the study list still are the DICOM studies that they were: a sync of images does not raise the generation of the
 * records, and SQLite gives the row of a study that was removed to the next one.
 *
 * @param rows as in ExamRecord
 * @returns "" where none is a DICOM study
 */
export function digestOfStudies(catalog: Catalog, rows: readonly string[]): string {
  const ids = rows.filter((row) => row.startsWith("study-")).map((row) => Number(row.slice("study-".length)));
  if (ids.length === 0) return "";
  const studies = catalog.all<{ id: number; uid: string }>(
    "SELECT id, study_instance_uid AS uid FROM study WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id",
    JSON.stringify(ids),
  );
  return createHash("sha256")
    .update(JSON.stringify(studies.map(({ id, uid }) => [id, uid])))
    .digest("hex");
}
