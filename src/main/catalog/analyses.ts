import type { IndexedAnalysis } from "../sources/source.ts";
import type { Catalog } from "./database.ts";

/** An AI analysis result of a study. `document` is undefined where what stood there was not JSON. */
export interface AnalysisRow {
  id: number;
  sourceId: number;
  studyInstanceUid: string;
  name: string;
  ref: string;
  document: unknown;
}

/** The analysis results of a study, in a stable order: source, name, place. */
export function analysesOfStudy(catalog: Catalog, studyInstanceUid: string): AnalysisRow[] {
  const rows = catalog.all<{ id: number; sourceId: number; name: string; ref: string; document: string | null }>(
    `SELECT id, source AS sourceId, name, ref, document FROM analysis
     WHERE study_instance_uid = ? ORDER BY source, name, ref`,
    studyInstanceUid,
  );
  return rows.map((row) => ({
    ...row,
    studyInstanceUid,
    document: row.document === null ? undefined : (JSON.parse(row.document) as unknown),
  }));
}

export function putAnalysis(catalog: Catalog, sourceId: number, analysis: IndexedAnalysis): void {
  markStudies(catalog, sourceId, analysis.ref);
  catalog.run(
    `INSERT INTO analysis (source, ref, study_instance_uid, name, stamp, document) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (source, ref) DO UPDATE SET study_instance_uid = excluded.study_instance_uid, name = excluded.name,
       stamp = excluded.stamp, document = excluded.document`,
    sourceId,
    analysis.ref,
    analysis.studyInstanceUid,
    analysis.name,
    analysis.stamp,
    analysis.document === undefined ? null : JSON.stringify(analysis.document),
  );
  markStudies(catalog, sourceId, analysis.ref);
}

/** The listing of a study tells how many results it has. */
function markStudies(catalog: Catalog, sourceId: number, ref: string): void {
  catalog.run(
    `UPDATE study SET stale = 1 WHERE stale = 0 AND study_instance_uid =
       (SELECT study_instance_uid FROM analysis WHERE source = ? AND ref = ?)`,
    sourceId,
    ref,
  );
}

export function removeAnalysis(catalog: Catalog, sourceId: number, ref: string): void {
  markStudies(catalog, sourceId, ref);
  catalog.run("DELETE FROM analysis WHERE source = ? AND ref = ?", sourceId, ref);
}
