import type { InstanceDescription } from "../dicom/description.ts";
import type { Catalog } from "./database.ts";

/** A series belongs to one study (and so to one patient). The newest reading of its values wins. */
export function putSeries(catalog: Catalog, study: number, d: InstanceDescription): number {
  const values = [
    d.modality,
    d.seriesNumber,
    d.seriesDescription,
    d.bodyPartExamined,
    d.institutionName,
    d.stationName,
    d.manufacturer,
  ];
  const found = catalog.get<{ id: number }>(
    "SELECT id FROM series WHERE study = ? AND series_instance_uid = ?",
    study,
    d.seriesInstanceUid,
  );
  if (found === undefined) {
    return catalog.run(
      `INSERT INTO series (study, series_instance_uid, modality, series_number, description, body_part,
         institution_name, station_name, manufacturer) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      study,
      d.seriesInstanceUid,
      ...values,
    ).id;
  }
  catalog.run(
    `UPDATE series SET modality = ?, series_number = ?, description = ?, body_part = ?, institution_name = ?,
       station_name = ?, manufacturer = ? WHERE id = ?`,
    ...values,
    found.id,
  );
  return found.id;
}

export interface SeriesRow {
  id: number;
  seriesInstanceUid: string;
  modality: string;
  seriesNumber: number | null;
  description: string;
  bodyPart: string;
  institutionName: string;
  stationName: string;
  manufacturer: string;
}

/** The series of a study in the order of an export: by number (those without one last), then by UID. */
export function seriesOfStudy(catalog: Catalog, study: number): SeriesRow[] {
  return catalog.all<SeriesRow>(
    `SELECT id, series_instance_uid AS seriesInstanceUid, modality, series_number AS seriesNumber, description,
       body_part AS bodyPart, institution_name AS institutionName, station_name AS stationName, manufacturer
     FROM series WHERE study = ? ORDER BY series_number IS NULL, series_number, series_instance_uid`,
    study,
  );
}
