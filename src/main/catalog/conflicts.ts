import type { Catalog } from "./database.ts";

/** One Patient ID (of one issuer) that goes by several names. Values are for the screen, never for a package or an error. */
export interface NameConflict {
  patientId: string;
  issuer: string;
  names: string[];
}

/** Patients whose instances bear more than one name. Names that differ in case, accents or padding only are one name. */
export function nameConflicts(catalog: Catalog): NameConflict[] {
  const rows = catalog.all<{ patientId: string; issuer: string; names: string }>(
    `SELECT patient_id AS patientId, issuer, json_group_array(DISTINCT identity.name) AS names
     FROM patient_identity AS identity JOIN patient ON patient.id = identity.patient
     WHERE identity.name <> '' GROUP BY patient.id HAVING count(DISTINCT identity.name) > 1
     ORDER BY patient_id, issuer`,
  );
  return rows
    .map((row) => ({ ...row, names: (JSON.parse(row.names) as string[]).sort() }))
    .filter((row) => new Set(row.names.map(comparableName)).size > 1);
}

function comparableName(name: string): string {
  return name
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\^\s]+/g, " ")
    .replace(/ *= */g, "=")
    .replace(/[ =]+$/, "")
    .trim();
}

/** One UID that stands where only one thing should: a study under two patients, an instance in two series. */
export interface UidConflict {
  uid: string;
  /** In how many patients (studies) or series (instances) it stands. */
  places: number;
}

/** Study Instance UIDs that stand under more than one patient. They are kept apart. */
export function studyConflicts(catalog: Catalog): UidConflict[] {
  return catalog.all<UidConflict>(
    `SELECT study_instance_uid AS uid, count(*) AS places FROM study
     GROUP BY study_instance_uid HAVING count(*) > 1 ORDER BY study_instance_uid`,
  );
}

/** SOP Instance UIDs that stand in more than one series. They are kept apart. */
export function instanceConflicts(catalog: Catalog): UidConflict[] {
  return catalog.all<UidConflict>(
    `SELECT sop_instance_uid AS uid, count(*) AS places FROM instance
     GROUP BY sop_instance_uid HAVING count(*) > 1 ORDER BY sop_instance_uid`,
  );
}

/** Instances that stand in several places with different sizes: these are not copies of each other. An export reads the first. */
export function sizeConflicts(catalog: Catalog): UidConflict[] {
  return catalog.all<UidConflict>(
    `SELECT sop_instance_uid AS uid, different.places FROM
       (SELECT instance, count(*) AS places FROM instance_location
        GROUP BY instance HAVING count(DISTINCT size) > 1) AS different
     JOIN instance ON instance.id = different.instance ORDER BY sop_instance_uid`,
  );
}

/**
 * What is odd in the catalog, as sentences for the report of a sync: counts only, no patient data. Each look goes through a whole table:
 * between two of them others may have their turn.
 */
export function* findNotices(catalog: Catalog): Generator<void, string[]> {
  const looks: [(catalog: Catalog) => { length: number }, string, string][] = [
    [nameConflicts, "patient goes by several names", "patients go by several names"],
    [
      studyConflicts,
      "study stands under several patients and is kept apart for each",
      "studies stand under several patients and are kept apart for each",
    ],
    [instanceConflicts, "SOP Instance UID is used in several series", "SOP Instance UIDs are used in several series"],
    [
      sizeConflicts,
      "instance stands in several places with different sizes; an export reads the first",
      "instances stand in several places with different sizes; an export reads the first",
    ],
  ];
  const notices: string[] = [];
  for (const [look, one, many] of looks) {
    const count = look(catalog).length;
    if (count > 0) notices.push(`${count} ${count === 1 ? one : many}.`);
    yield;
  }
  return notices;
}

/** The same at once. */
export function catalogNotices(catalog: Catalog): string[] {
  const looks = findNotices(catalog);
  for (let step = looks.next(); ; step = looks.next()) if (step.done === true) return step.value;
}
