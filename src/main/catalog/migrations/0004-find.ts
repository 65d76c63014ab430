import type { Migration } from "../migrate.ts";

/**
 * What lists of studies and patients are sorted, filtered and counted by, apart from the text that is searched: narrow rows, an index for
 * each column that can be sorted by (ties are broken by the id, which every index ends with). All of it is derived (catalog/refresh.ts);
 * text columns hold the form in which texts are compared (catalog/search-text.ts), `modalities` and `sources` are "\CT\SR\" and "\1\2\".
 * `study_source` counts the places of a study's instances in each source.
 *
 * Rows of an older catalog are filled as well as SQL can and marked stale, so that they are derived anew.
 */
export const find: Migration = {
  version: 4,
  sql: `
CREATE TABLE study_text (
  id INTEGER PRIMARY KEY REFERENCES study (id) ON DELETE CASCADE,
  text TEXT NOT NULL
) STRICT;
INSERT INTO study_text SELECT id, text FROM study_entry;

CREATE TABLE study_source (
  study INTEGER NOT NULL REFERENCES study (id) ON DELETE CASCADE,
  source INTEGER NOT NULL,
  instances INTEGER NOT NULL,
  PRIMARY KEY (study, source)
) STRICT, WITHOUT ROWID;
INSERT INTO study_source
  SELECT series.study, location.source, count(*) FROM instance_location AS location
  JOIN instance ON instance.id = location.instance JOIN series ON series.id = instance.series GROUP BY 1, 2;
CREATE INDEX study_source_by_source ON study_source (source, instances);

CREATE TABLE study_listing (
  id INTEGER PRIMARY KEY REFERENCES study (id) ON DELETE CASCADE,
  patient INTEGER NOT NULL,
  study_date TEXT NOT NULL,
  modalities TEXT NOT NULL,
  sources TEXT NOT NULL,
  analyses INTEGER NOT NULL,
  series INTEGER NOT NULL,
  instances INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  patient_name TEXT NOT NULL,
  patient_id TEXT NOT NULL,
  description TEXT NOT NULL,
  accession_number TEXT NOT NULL
) STRICT;
INSERT INTO study_listing
  SELECT entry.id, entry.patient, entry.study_date, entry.modalities,
    coalesce((SELECT '\\' || group_concat(source, '\\') || '\\' FROM study_source WHERE study = entry.id), ''),
    (SELECT count(*) FROM analysis WHERE analysis.study_instance_uid = study.study_instance_uid),
    series_count, instance_count, bytes, entry.sort_name, lower(patient.patient_id), lower(description),
    lower(accession_number)
  FROM study_entry AS entry JOIN study ON study.id = entry.id JOIN patient ON patient.id = entry.patient;
DROP TABLE study_entry;
CREATE INDEX study_listing_by_study_date ON study_listing (study_date);
CREATE INDEX study_listing_by_patient_name ON study_listing (patient_name, patient, study_date);
CREATE INDEX study_listing_by_patient_id ON study_listing (patient_id, patient, study_date);
CREATE INDEX study_listing_by_modality ON study_listing (modalities, study_date);
CREATE INDEX study_listing_by_description ON study_listing (description, study_date);
CREATE INDEX study_listing_by_accession_number ON study_listing (accession_number);
CREATE INDEX study_listing_by_series ON study_listing (series, study_date);
CREATE INDEX study_listing_by_instances ON study_listing (instances, study_date);
CREATE INDEX study_listing_by_bytes ON study_listing (bytes, study_date);

CREATE TABLE patient_listing (
  id INTEGER PRIMARY KEY REFERENCES patient (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  patient_id TEXT NOT NULL,
  birth_date TEXT NOT NULL,
  sex TEXT NOT NULL,
  studies INTEGER NOT NULL,
  instances INTEGER NOT NULL,
  last_study_date TEXT NOT NULL
) STRICT;
INSERT INTO patient_listing
  SELECT patient.id, sort_name, lower(patient_id), birth_date, sex, count(*), sum(instance_count), max(study_date)
  FROM patient JOIN study ON study.patient = patient.id GROUP BY patient.id;
CREATE INDEX patient_listing_by_name ON patient_listing (name);
CREATE INDEX patient_listing_by_patient_id ON patient_listing (patient_id);
CREATE INDEX patient_listing_by_birth_date ON patient_listing (birth_date);
CREATE INDEX patient_listing_by_sex ON patient_listing (sex, name);
CREATE INDEX patient_listing_by_studies ON patient_listing (studies, name);
CREATE INDEX patient_listing_by_instances ON patient_listing (instances, name);
CREATE INDEX patient_listing_by_last_study_date ON patient_listing (last_study_date, name);

UPDATE study SET stale = 1;
`,
};
