import type { Catalog } from "./database.ts";
import { normaliseForSearch, toIndexedText } from "./search-text.ts";

/**
 * Renews what is derived: counts, sizes, modalities and search text of studies marked stale, the shown name of their patients; removes
 * series, studies, patients and identities that hold nothing any more. Within the caller's transaction, or one of its own.
 */
export function refreshStaleStudies(catalog: Catalog): void {
  catalog.write(() => {
    const stale = catalog.all<{ id: number; patient: number }>("SELECT id, patient FROM study WHERE stale = 1");
    // Names first: they are part of every study's text.
    for (const patient of new Set(stale.map((study) => study.patient))) refreshPatientIdentity(catalog, patient);
    for (const study of catalog.all<{ id: number }>("SELECT id FROM study WHERE stale = 1")) {
      refreshStudy(catalog, study.id);
    }
    for (const patient of new Set(stale.map((study) => study.patient))) {
      catalog.run(
        "DELETE FROM patient WHERE id = ? AND NOT EXISTS (SELECT 1 FROM study WHERE patient = patient.id)",
        patient,
      );
    }
  });
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
  const before = catalog.get<{ text: string }>("SELECT text FROM study_entry WHERE id = ?", id)?.text;
  if (standing.length === 0) {
    if (before !== undefined) catalog.run("DELETE FROM study_search WHERE rowid = ?", id);
    catalog.run("DELETE FROM study WHERE id = ?", id);
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
  catalog.run(
    `UPDATE study SET modalities = ?, series_count = ?, instance_count = ?, bytes = ?, stale = 0
     WHERE id = ?`,
    modalities.join("\\"),
    standing.length,
    standing.reduce((sum, one) => sum + one.instances, 0),
    standing.reduce((sum, one) => sum + one.bytes, 0),
    id,
  );
  const text = studyText(catalog, names, modalities, standing);
  catalog.run(
    "INSERT OR REPLACE INTO study_entry (id, patient, study_date, modalities, sort_name, text) VALUES (?, ?, ?, ?, ?, ?)",
    id,
    names.patient,
    names.date,
    `\\${modalities.join("\\")}\\`,
    normaliseForSearch(names.name),
    text,
  );
  // Most refreshes only count more instances: the index, the dearest part, is left alone then.
  if (text === before) return;
  if (before !== undefined) catalog.run("DELETE FROM study_search WHERE rowid = ?", id);
  catalog.run("INSERT INTO study_search (rowid, text) VALUES (?, ?)", id, toIndexedText(text));
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
