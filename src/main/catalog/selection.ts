import { SatchelError } from "../../contract/errors.ts";
import type { ImagingSelection } from "../../contract/recipe.ts";
import type { InstanceDescription } from "../dicom/description.ts";
import type { InstanceLocator } from "../sources/source.ts";
import type { Catalog } from "./database.ts";
import { matchingStudies } from "./matching.ts";
import { seriesOfStudy } from "./series.ts";
import { studiesById } from "./studies.ts";

/** One instance of a selection: what is known of it and where its bytes stand. */
export interface SelectedInstance {
  /** Row ids. */
  id: number;
  series: number;
  study: number;
  patient: number;
  sourceId: number;
  locator: InstanceLocator;
  orthancInstanceId: string | undefined;
  description: InstanceDescription;
}

export interface SelectionTotals {
  patients: number;
  studies: number;
  series: number;
  instances: number;
  bytes: number;
}

/**
 * Row ids of the studies of a selection in the order of an export: patient id, issuer, study date (those without one last), study UID.
 * The order depends on nothing but these values: two catalogs that hold the same give the same plan.
 *
 * @throws SatchelError NOT_FOUND where something asked for is not there, or nothing matches; USAGE where a Patient ID without issuer, or a Study Instance
 * UID, names more than one patient: nothing is merged silently.
 */
export function selectStudies(catalog: Catalog, selection: ImagingSelection): number[] {
  return selectStudyKeys(catalog, selection).map(({ id }) => id);
}

/** A row id and what it stood for: the id of a study that was removed may be given to another one. */
export interface SelectedStudy {
  id: number;
  uid: string;
  patientId: string;
  issuer: string;
  instances: number;
}

const SELECT_KEYS = `SELECT study.id, study_instance_uid AS uid, patient_id AS patientId, issuer,
    instance_count AS instances
  FROM study JOIN patient ON patient.id = study.patient`;
const IN_ORDER = "ORDER BY patient_id, issuer, study_date = '', study_date, study_instance_uid";

function selectStudyKeys(catalog: Catalog, selection: ImagingSelection): SelectedStudy[] {
  if (selection.scope === "all") return catalog.all<SelectedStudy>(`${SELECT_KEYS} ${IN_ORDER}`);
  const patients = selection.scope === "patients";
  const rows =
    selection.scope === "matching"
      ? matchingStudies(catalog, selection)
      : patients
        ? selection.patients.map((patient) => patientRow(catalog, patient))
        : selection.studies.map((uid) => studyRow(catalog, uid));
  return studyKeysWhere(catalog, patients ? "patient" : "id", rows);
}

function studyKeysWhere(catalog: Catalog, column: "patient" | "id", rows: readonly number[]): SelectedStudy[] {
  return catalog.all<SelectedStudy>(
    `${SELECT_KEYS} WHERE study.${column} IN (SELECT value FROM json_each(?)) ${IN_ORDER}`,
    JSON.stringify(rows),
  );
}

function patientRow(catalog: Catalog, patient: { id: string; issuer?: string | undefined }): number {
  const rows = catalog
    .all<{ id: number; issuer: string }>("SELECT id, issuer FROM patient WHERE patient_id = ?", patient.id)
    .filter((row) => patient.issuer === undefined || row.issuer === patient.issuer);
  return only(rows, {
    missing: "A patient asked for is not in the catalog.",
    several: "A Patient ID asked for belongs to several patients, of different issuers.",
    next: "Name the issuer too, so that only one patient is meant.",
  });
}

function studyRow(catalog: Catalog, uid: string): number {
  return only(catalog.all<{ id: number }>("SELECT id FROM study WHERE study_instance_uid = ?", uid), {
    missing: "A study asked for is not in the catalog.",
    several: "A Study Instance UID asked for stands under several patients.",
    next: "Ask for the patient instead, and have the study put right at its source.",
  });
}

function only(rows: readonly { id: number }[], texts: { missing: string; several: string; next: string }): number {
  const row = rows[0];
  if (row === undefined) {
    throw new SatchelError("NOT_FOUND", texts.missing, "Look for it again, or sync its source.");
  }
  if (rows.length > 1) throw new SatchelError("USAGE", texts.several, texts.next);
  return row.id;
}

/** Counts of a selection without walking its instances. `bytes` are those of the places an export reads. */
export function selectionTotals(catalog: Catalog, studies: readonly number[]): SelectionTotals {
  const totals = catalog.get<SelectionTotals>(
    `SELECT count(DISTINCT patient) AS patients, count(*) AS studies, coalesce(sum(series_count), 0) AS series,
       coalesce(sum(instance_count), 0) AS instances, coalesce(sum(bytes), 0) AS bytes
     FROM study WHERE id IN (SELECT value FROM json_each(?))`,
    JSON.stringify(studies),
  );
  return totals ?? { patients: 0, studies: 0, series: 0, instances: 0, bytes: 0 };
}

/**
 * The instances of a study in the order of an export: series number (none last), series UID, instance number (none last), SOP Instance
 * UID. An instance that stands in several places comes once, from the first (oldest source, then by name). One series at a time is in
 * memory, and no statement stays open between two items: the catalog can be written to meanwhile. What a sync removes is then left out, and
 * what took its row ids is not taken for it.
 */
function* instancesOfStudy(
  catalog: Catalog,
  { id, uid, patientId, issuer }: SelectedStudy,
): Generator<SelectedInstance> {
  const study = studiesById(catalog, [id])[0];
  if (study?.studyInstanceUid !== uid || study.patientId !== patientId || study.issuer !== issuer) return;
  for (const series of seriesOfStudy(catalog, id)) {
    const common = {
      studyInstanceUid: study.studyInstanceUid,
      seriesInstanceUid: series.seriesInstanceUid,
      patientId: study.patientId,
      issuerOfPatientId: study.issuer,
      studyDate: study.studyDate,
      studyTime: study.studyTime,
      studyDescription: study.description,
      studyId: study.studyId,
      accessionNumber: study.accessionNumber,
      modality: series.modality,
      seriesDescription: series.description,
      seriesNumber: series.seriesNumber,
      bodyPartExamined: series.bodyPart,
      institutionName: series.institutionName,
      stationName: series.stationName,
      manufacturer: series.manufacturer,
    };
    for (const row of instancesOfSeries(catalog, id, series)) {
      const { id: instance, sourceId, ref, size, stamp, orthancInstanceId, ...own } = row;
      yield {
        id: instance,
        series: series.id,
        study: study.id,
        patient: study.patient,
        sourceId,
        locator: { ref, size, stamp },
        orthancInstanceId: orthancInstanceId ?? undefined,
        description: { ...common, ...own },
      };
    }
  }
}

/**
 * All instances of a selection, study by study, in the order of an export. Of everything no more than some patients are looked up at a
 * time: to put 100,000 studies in order at once would hold the thread.
 */
export function* iterateSelection(catalog: Catalog, selection: ImagingSelection): Generator<SelectedInstance> {
  for (const studies of selectInWindows(catalog, selection))
    for (const study of studies) yield* instancesOfStudy(catalog, study);
}

/** What selectStudies finds, of everything some patients at a time, with how many instances each study has. @throws as selectStudies */
export function selectInWindows(catalog: Catalog, selection: ImagingSelection): Iterable<SelectedStudy[]> {
  return selection.scope === "all" ? patientByPatient(catalog) : [selectStudyKeys(catalog, selection)];
}

const PATIENTS_AT_ONCE = 500;

/** The studies of all patients, in the order that selectStudies gives them. */
function* patientByPatient(catalog: Catalog): Generator<SelectedStudy[]> {
  let from: { id: number; patientId: string; issuer: string } | undefined;
  for (;;) {
    const patients = catalog.all<{ id: number; patientId: string; issuer: string }>(
      `SELECT id, patient_id AS patientId, issuer FROM patient
       WHERE (patient_id, issuer) ${from === undefined ? ">=" : ">"} (?, ?) ORDER BY patient_id, issuer LIMIT ?`,
      from?.patientId ?? "",
      from?.issuer ?? "",
      PATIENTS_AT_ONCE,
    );
    from = patients.at(-1);
    if (from === undefined) return;
    yield studyKeysWhere(
      catalog,
      "patient",
      patients.map(({ id }) => id),
    );
  }
}

type OwnValues = Pick<
  InstanceDescription,
  | "sopInstanceUid"
  | "sopClassUid"
  | "transferSyntaxUid"
  | "patientName"
  | "patientBirthDate"
  | "patientSex"
  | "instanceNumber"
  | "numberOfFrames"
  | "rows"
  | "columns"
  | "imageType"
  | "burnedInAnnotation"
>;

interface StoredInstance extends OwnValues, InstanceLocator {
  id: number;
  sourceId: number;
  orthancInstanceId: string | null;
}

function instancesOfSeries(
  catalog: Catalog,
  study: number,
  series: { id: number; seriesInstanceUid: string },
): StoredInstance[] {
  return catalog.all<StoredInstance>(
    `SELECT instance.id, source AS sourceId, ref, size, stamp, orthanc_instance_id AS orthancInstanceId,
       sop_instance_uid AS sopInstanceUid, sop_class_uid AS sopClassUid, transfer_syntax_uid AS transferSyntaxUid,
       name AS patientName, birth_date AS patientBirthDate, sex AS patientSex, instance_number AS instanceNumber,
       frames AS numberOfFrames, rows, columns, image_type AS imageType, burned_in_annotation AS burnedInAnnotation
     FROM instance
     JOIN series ON series.id = instance.series AND series.study = ? AND series.series_instance_uid = ?
     JOIN patient_identity AS identity ON identity.id = instance.identity
     JOIN instance_location AS location ON location.id =
       (SELECT id FROM instance_location WHERE instance = instance.id ORDER BY source, ref LIMIT 1)
     WHERE series = ? ORDER BY instance_number IS NULL, instance_number, sop_instance_uid`,
    study,
    series.seriesInstanceUid,
    series.id,
  );
}
