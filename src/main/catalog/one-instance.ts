import type { Catalog } from "./database.ts";
import type { SelectedInstance } from "./selection.ts";

interface StoredRow {
  id: number;
  series: number;
  study: number;
  patient: number;
  sourceId: number;
  ref: string;
  size: number;
  stamp: string;
  orthancInstanceId: string | null;
}

type Stored = StoredRow & SelectedInstance["description"];

/** One instance by its number in the catalog, with the place an export reads it from (oldest source, then by name). */
export function findInstance(catalog: Catalog, id: number): SelectedInstance | undefined {
  const row = catalog.get<Stored>(
    `SELECT instance.id, series.id AS series, study.id AS study, study.patient, location.source AS sourceId, ref, size,
       stamp, orthanc_instance_id AS orthancInstanceId,
       sop_instance_uid AS sopInstanceUid, sop_class_uid AS sopClassUid, study_instance_uid AS studyInstanceUid,
       series_instance_uid AS seriesInstanceUid, transfer_syntax_uid AS transferSyntaxUid,
       patient.patient_id AS patientId, patient.issuer AS issuerOfPatientId, identity.name AS patientName,
       identity.birth_date AS patientBirthDate, identity.sex AS patientSex,
       study_date AS studyDate, study_time AS studyTime, study.description AS studyDescription,
       study_id AS studyId, accession_number AS accessionNumber, modality, series.description AS seriesDescription,
       series_number AS seriesNumber, body_part AS bodyPartExamined, instance_number AS instanceNumber,
       frames AS numberOfFrames, rows, columns, image_type AS imageType, burned_in_annotation AS burnedInAnnotation,
       institution_name AS institutionName, station_name AS stationName, manufacturer
     FROM instance
     JOIN series ON series.id = instance.series
     JOIN study ON study.id = series.study
     JOIN patient ON patient.id = study.patient
     JOIN patient_identity AS identity ON identity.id = instance.identity
     JOIN instance_location AS location ON location.id =
       (SELECT id FROM instance_location WHERE instance = instance.id ORDER BY source, ref LIMIT 1)
     WHERE instance.id = ?`,
    id,
  );
  if (row === undefined) return undefined;
  const { series, study, patient, sourceId, ref, size, stamp, orthancInstanceId, ...rest } = row;
  const { id: _id, ...description } = rest;
  return {
    id,
    series,
    study,
    patient,
    sourceId,
    locator: { ref, size, stamp },
    orthancInstanceId: orthancInstanceId ?? undefined,
    description,
  };
}

/** How a source is reached, without what a list of sources counts. */
export function findSourceAccess(
  catalog: Catalog,
  id: number,
): { id: number; kind: string; config: unknown; secret: string | undefined } | undefined {
  const row = catalog.get<{ kind: string; config: string; secret: string | null }>(
    "SELECT kind, config, secret FROM source WHERE id = ?",
    id,
  );
  if (row === undefined) return undefined;
  return { id, kind: row.kind, config: JSON.parse(row.config) as unknown, secret: row.secret ?? undefined };
}
