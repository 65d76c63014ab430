import type { Catalog } from "./database.ts";
import { normaliseForSearch, toIndexedText } from "./search-text.ts";
import { noteStudyChange } from "./study-columns.ts";

/**
 * Renews what is derived: counts, sizes, modalities, listings and search text of studies marked stale, the shown name and listing of
 * their patients; removes series, studies, patients and identities that hold nothing any more. Within the caller's transaction, or one
 * of its own.
 *
 * @param budget milliseconds after which no further patient is begun, so that others get their turn.
 * @returns whether none is left.
 */
export function refreshStaleStudies(catalog: Catalog, budget = Infinity): boolean {
  const end = performance.now() + budget;
  return catalog.writeRepeatable(() => {
    for (;;) {
      const patient = catalog.get<{ id: number }>("SELECT patient AS id FROM study WHERE stale = 1 LIMIT 1")?.id;
      if (patient === undefined) return true;
      refreshPatient(catalog, patient);
      if (performance.now() > end) return false;
    }
  });
}

function refreshPatient(catalog: Catalog, patient: number): void {
  // Names first: they are part of every study's text.
  refreshPatientIdentity(catalog, patient);
  for (const id of catalog.column<number>("SELECT id FROM study WHERE patient = ? AND stale = 1", patient))
    refreshStudy(catalog, id);
  const removed = catalog.run(
    "DELETE FROM patient WHERE id = ? AND NOT EXISTS (SELECT 1 FROM study WHERE patient = patient.id)",
    patient,
  ).changes;
  if (removed > 0) return;
  const row = catalog.get<{ patientId: string; birthDate: string; sex: string; sortName: string }>(
    "SELECT patient_id AS patientId, birth_date AS birthDate, sex, sort_name AS sortName FROM patient WHERE id = ?",
    patient,
  );
  if (row === undefined) return;
  catalog.run(
    `INSERT OR REPLACE INTO patient_listing (id, name, patient_id, birth_date, sex, studies, instances, last_study_date)
     SELECT ?, ?, ?, ?, ?, count(*), coalesce(sum(instances), 0), coalesce(max(study_date), '')
     FROM study_listing WHERE id IN (SELECT id FROM study WHERE patient = ?)`,
    patient,
    row.sortName,
    normaliseForSearch(row.patientId),
    row.birthDate,
    row.sex,
    patient,
  );
}

/** The shown name is the oldest identity's that still stands. Where it changes, all studies of the patient are stale. */
function refreshPatientIdentity(catalog: Catalog, patient: number): void {
  const gone = catalog.run(
    `DELETE FROM patient_identity WHERE patient = ?
       AND NOT EXISTS (SELECT 1 FROM instance WHERE identity = patient_identity.id)`,
    patient,
  ).changes;
  const identity = catalog.get<{ name: string; birthDate: string; sex: string }>(
    "SELECT name, birth_date AS birthDate, sex FROM patient_identity WHERE patient = ? ORDER BY id LIMIT 1",
    patient,
  );
  if (identity === undefined) return;
  const values = [identity.name, identity.birthDate, identity.sex, normaliseForSearch(identity.name)];
  const shown = catalog.run(
    `UPDATE patient SET name = ?, birth_date = ?, sex = ?, sort_name = ?
     WHERE id = ? AND (name, birth_date, sex, sort_name) <> (?, ?, ?, ?)`,
    ...values,
    patient,
    ...values,
  ).changes;
  if (gone + shown > 0) catalog.run("UPDATE study SET stale = 1 WHERE patient = ? AND stale = 0", patient);
}

interface SeriesSummary {
  id: number;
  modality: string;
  description: string;
  bodyPart: string;
  instances: number;
  bytes: number;
}

interface StudyNames {
  patient: number;
  patientId: string;
  issuer: string;
  name: string;
  uid: string;
  date: string;
  description: string;
  studyId: string;
  accession: string;
}

function refreshStudy(catalog: Catalog, id: number): void {
  const series = catalog.all<SeriesSummary>(
    `SELECT series.id, modality, description, body_part AS bodyPart, count(instance.id) AS instances,
       coalesce(sum((SELECT size FROM instance_location WHERE instance = instance.id ORDER BY source, ref LIMIT 1)), 0)
         AS bytes
     FROM series LEFT JOIN instance ON instance.series = series.id WHERE study = ? GROUP BY series.id`,
    id,
  );
  for (const empty of series.filter((one) => one.instances === 0)) {
    catalog.run("DELETE FROM series WHERE id = ?", empty.id);
  }
  const standing = series.filter((one) => one.instances > 0);
  const before = catalog.get<{ text: string }>("SELECT text FROM study_text WHERE id = ?", id)?.text;
  if (standing.length === 0) {
    if (before !== undefined) catalog.run("DELETE FROM study_search WHERE rowid = ?", id);
    catalog.run("DELETE FROM study WHERE id = ?", id);
    noteStudyChange(catalog, id);
    return;
  }
  const names = catalog.get<StudyNames>(
    `SELECT patient.id AS patient, patient_id AS patientId, issuer, name, study_instance_uid AS uid, study_date AS date,
       description, study_id AS studyId, accession_number AS accession
     FROM study JOIN patient ON patient.id = study.patient WHERE study.id = ?`,
    id,
  );
  if (names === undefined) return;
  const modalities = [...new Set(standing.map((one) => one.modality).filter((one) => one !== ""))].sort();
  const instances = standing.reduce((sum, one) => sum + one.instances, 0);
  const bytes = standing.reduce((sum, one) => sum + one.bytes, 0);
  catalog.run(
    `UPDATE study SET modalities = ?, series_count = ?, instance_count = ?, bytes = ?, stale = 0
     WHERE id = ?`,
    modalities.join("\\"),
    standing.length,
    instances,
    bytes,
    id,
  );
  const text = studyText(catalog, names, modalities, standing);
  catalog.run(
    `INSERT OR REPLACE INTO study_listing (id, patient, study_date, modalities, sources, analyses, series, instances, bytes,
       patient_name, patient_id, description, accession_number)
     VALUES (?, ?, ?, ?, ?, (SELECT count(*) FROM analysis WHERE study_instance_uid = ?), ?, ?, ?, ?, ?, ?, ?)`,
    id,
    names.patient,
    names.date,
    toSet(modalities),
    toSet(refreshSources(catalog, id)),
    names.uid,
    standing.length,
    instances,
    bytes,
    normaliseForSearch(names.name),
    normaliseForSearch(names.patientId),
    normaliseForSearch(names.description),
    normaliseForSearch(names.accession),
  );
  noteStudyChange(catalog, id);
  // Most refreshes only count more instances: the index, the dearest part, is left alone then.
  if (text === before) return;
  if (before !== undefined) catalog.run("DELETE FROM study_search WHERE rowid = ?", id);
  catalog.run("INSERT INTO study_search (rowid, text) VALUES (?, ?)", id, toIndexedText(text));
  catalog.run("INSERT OR REPLACE INTO study_text (id, text) VALUES (?, ?)", id, text);
}

/** "\\CT\\SR\\": so that a whole member is found as "\\CT\\". */
function toSet(members: readonly (string | number)[]): string {
  return members.length === 0 ? "" : `\\${members.join("\\")}\\`;
}

/** @returns the row ids of the sources that hold something of a study, ascending */
function refreshSources(catalog: Catalog, study: number): number[] {
  catalog.run("DELETE FROM study_source WHERE study = ?", study);
  catalog.run(
    `INSERT INTO study_source (study, source, instances)
     SELECT series.study, location.source, count(*) FROM series JOIN instance ON instance.series = series.id
     JOIN instance_location AS location ON location.instance = instance.id WHERE series.study = ? GROUP BY 2`,
    study,
  );
  return catalog.column<number>("SELECT source FROM study_source WHERE study = ? ORDER BY source", study);
}

/** Everything a person may type to find the study, one value a line: no term, having no line break, matches across two values. */
function studyText(
  catalog: Catalog,
  names: StudyNames,
  modalities: readonly string[],
  series: readonly SeriesSummary[],
): string {
  const identities = catalog.all<{ name: string; birthDate: string }>(
    "SELECT name, birth_date AS birthDate FROM patient_identity WHERE patient = ? ORDER BY id",
    names.patient,
  );
  const values = [
    ...identities.flatMap((identity) => [identity.name, identity.birthDate]),
    names.patientId,
    names.issuer,
    names.date,
    ...modalities,
    names.description,
    names.accession,
    names.studyId,
    names.uid,
    ...series.flatMap((one) => [one.description, one.bodyPart]),
  ];
  return [...new Set(values.map(normaliseForSearch))].filter((value) => value !== "").join("\n");
}
