import { SatchelError } from "../../contract/errors.ts";
import type { Catalog } from "./database.ts";
import { seriesOfStudy } from "./series.ts";
import { studiesById, type StudyRow } from "./studies.ts";

/** The same Study Instance UID may stand under two patients. */
export interface StudyKey {
  studyInstanceUid: string;
  patientId: string;
  issuer: string;
}

export interface SeriesDetails {
  seriesInstanceUid: string;
  seriesNumber: number | null;
  modality: string;
  description: string;
  bodyPart: string;
  instances: number;
  frames: number;
  bytes: number;
  /** Row id of the instance in the middle of those with pixels; null where none has. */
  picture: number | null;
}

export interface AnalysisDetails {
  name: string;
  /** Name of the source. */
  source: string;
  /** "" where what stood there was no JSON. */
  json: string;
  truncated: boolean;
}

/** Characters of an analysis result that are shown: a panel of text, not a download. */
const MOST_CHARACTERS = 200_000;

/** @throws SatchelError NOT_FOUND */
export function getStudy(catalog: Catalog, key: StudyKey): StudyRow {
  const [id] = catalog.column<number>(
    `SELECT study.id FROM study JOIN patient ON patient.id = study.patient
     WHERE study_instance_uid = ? AND patient_id = ? AND issuer = ?`,
    key.studyInstanceUid,
    key.patientId,
    key.issuer,
  );
  const row = id === undefined ? undefined : studiesById(catalog, [id])[0];
  if (row !== undefined) return row;
  throw new SatchelError("NOT_FOUND", "The study is no longer in the catalog.", "Search again.");
}

/** Names of the sources that hold something of a study, in the order in which they were added. */
export function sourcesOfStudy(catalog: Catalog, study: number): string[] {
  return catalog.column<string>(
    "SELECT name FROM study_source JOIN source ON source.id = study_source.source WHERE study = ? ORDER BY source.id",
    study,
  );
}

/** The series of a study in the order of an export. */
export function describeSeries(catalog: Catalog, study: number): SeriesDetails[] {
  return seriesOfStudy(catalog, study).map((series) => {
    const totals = catalog.get<{ instances: number; frames: number; bytes: number; pictured: number }>(
      `SELECT count(*) AS instances, coalesce(sum(max(frames, 1)), 0) AS frames,
         coalesce(sum((SELECT size FROM instance_location WHERE instance = instance.id ORDER BY source, ref LIMIT 1)), 0)
           AS bytes,
         coalesce(sum(rows > 0 AND columns > 0), 0) AS pictured
       FROM instance WHERE series = ?`,
      series.id,
    ) ?? { instances: 0, frames: 0, bytes: 0, pictured: 0 };
    const [picture] = catalog.column<number>(
      `SELECT id FROM instance WHERE series = ? AND rows > 0 AND columns > 0
       ORDER BY instance_number IS NULL, instance_number, sop_instance_uid LIMIT 1 OFFSET ?`,
      series.id,
      Math.floor(totals.pictured / 2),
    );
    const { seriesInstanceUid, seriesNumber, modality, description, bodyPart } = series;
    const { instances, frames, bytes } = totals;
    return {
      seriesInstanceUid,
      seriesNumber,
      modality,
      description,
      bodyPart,
      instances,
      frames,
      bytes,
      picture: picture ?? null,
    };
  });
}

/** The AI analysis results of a study as text to read, indented where they are not long. */
export function describeAnalyses(catalog: Catalog, studyInstanceUid: string): AnalysisDetails[] {
  return catalog
    .all<{ name: string; source: string; json: string; length: number }>(
      `SELECT analysis.name, source.name AS source, coalesce(substr(document, 1, ?), '') AS json,
         coalesce(length(document), 0) AS length
       FROM analysis JOIN source ON source.id = analysis.source
       WHERE study_instance_uid = ? ORDER BY analysis.source, analysis.name, ref`,
      MOST_CHARACTERS,
      studyInstanceUid,
    )
    .map(({ name, source, json, length }) => {
      const truncated = length > MOST_CHARACTERS;
      const whole = !truncated && json !== "";
      return { name, source, json: whole ? JSON.stringify(JSON.parse(json), null, 2) : json, truncated };
    });
}

export interface InstanceRow {
  /** Row id. */
  instance: number;
  sopInstanceUid: string;
  instanceNumber: number | null;
  frames: number;
  rows: number;
  columns: number;
}

/** The instances of a series in the order of an export, one window of them. @throws SatchelError NOT_FOUND */
export function listInstances(
  catalog: Catalog,
  key: StudyKey & { seriesInstanceUid: string },
  { limit, offset }: { limit: number; offset: number },
): { total: number; rows: InstanceRow[] } {
  const study = getStudy(catalog, key);
  const [series] = catalog.column<number>(
    "SELECT id FROM series WHERE study = ? AND series_instance_uid = ?",
    study.id,
    key.seriesInstanceUid,
  );
  if (series === undefined)
    throw new SatchelError("NOT_FOUND", "The series is no longer in the catalog.", "Search again.");
  const [total = 0] = catalog.column<number>("SELECT count(*) FROM instance WHERE series = ?", series);
  const rows = catalog.all<InstanceRow>(
    `SELECT id AS instance, sop_instance_uid AS sopInstanceUid, instance_number AS instanceNumber, frames, rows, columns
     FROM instance WHERE series = ? ORDER BY instance_number IS NULL, instance_number, sop_instance_uid LIMIT ? OFFSET ?`,
    series,
    limit,
    offset,
  );
  return { total, rows };
}
