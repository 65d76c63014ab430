import type { Migration } from "../migrate.ts";

/**
 * Sources and what they hold. Keys say what is never merged silently: a patient is an id and its issuer, a study belongs to one patient
 * (the same Study Instance UID under two patients is two rows), an instance to one series. One instance may stand in several places.
 *
 * The counts and texts of `patient` and `study` are derived (catalog/refresh.ts); `stale` marks rows whose derivation a crash cut off.
 * Searches read `study_entry` alone: narrow rows, so that 100,000 of them stay in the page cache. `study_search` is an FTS5 trigram
 * index over its text, contentless so that the text is not kept twice.
 */
export const imaging: Migration = {
  version: 1,
  sql: `
CREATE TABLE source (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  name TEXT NOT NULL COLLATE NOCASE UNIQUE,
  config TEXT NOT NULL,
  secret TEXT,
  state TEXT NOT NULL DEFAULT '{}',
  created_at TEXT NOT NULL,
  last_sync_at TEXT,
  last_sync TEXT
) STRICT;

CREATE TABLE patient (
  id INTEGER PRIMARY KEY,
  patient_id TEXT NOT NULL,
  issuer TEXT NOT NULL,
  name TEXT NOT NULL DEFAULT '',
  birth_date TEXT NOT NULL DEFAULT '',
  sex TEXT NOT NULL DEFAULT '',
  sort_name TEXT NOT NULL DEFAULT '',
  UNIQUE (patient_id, issuer)
) STRICT;
CREATE INDEX patient_by_name ON patient (sort_name, id);

CREATE TABLE patient_identity (
  id INTEGER PRIMARY KEY,
  patient INTEGER NOT NULL REFERENCES patient (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  birth_date TEXT NOT NULL,
  sex TEXT NOT NULL,
  UNIQUE (patient, name, birth_date, sex)
) STRICT;

CREATE TABLE study (
  id INTEGER PRIMARY KEY,
  patient INTEGER NOT NULL REFERENCES patient (id) ON DELETE CASCADE,
  study_instance_uid TEXT NOT NULL,
  study_date TEXT NOT NULL,
  study_time TEXT NOT NULL,
  description TEXT NOT NULL,
  study_id TEXT NOT NULL,
  accession_number TEXT NOT NULL,
  modalities TEXT NOT NULL DEFAULT '',
  series_count INTEGER NOT NULL DEFAULT 0,
  instance_count INTEGER NOT NULL DEFAULT 0,
  bytes INTEGER NOT NULL DEFAULT 0,
  stale INTEGER NOT NULL DEFAULT 1,
  UNIQUE (study_instance_uid, patient)
) STRICT;
CREATE INDEX study_by_patient ON study (patient, study_date, study_instance_uid);
CREATE INDEX study_stale ON study (id) WHERE stale = 1;

CREATE TABLE study_entry (
  id INTEGER PRIMARY KEY REFERENCES study (id) ON DELETE CASCADE,
  patient INTEGER NOT NULL,
  study_date TEXT NOT NULL,
  modalities TEXT NOT NULL,
  sort_name TEXT NOT NULL,
  text TEXT NOT NULL
) STRICT;
CREATE INDEX study_entry_by_date ON study_entry (study_date, id, patient, modalities);
CREATE INDEX study_entry_by_name ON study_entry (sort_name, patient, study_date, id, modalities);
CREATE VIRTUAL TABLE study_search USING fts5 (
  text, content = '', contentless_delete = 1, tokenize = 'trigram case_sensitive 1'
);

CREATE TABLE series (
  id INTEGER PRIMARY KEY,
  study INTEGER NOT NULL REFERENCES study (id) ON DELETE CASCADE,
  series_instance_uid TEXT NOT NULL,
  modality TEXT NOT NULL,
  series_number INTEGER,
  description TEXT NOT NULL,
  body_part TEXT NOT NULL,
  institution_name TEXT NOT NULL,
  station_name TEXT NOT NULL,
  manufacturer TEXT NOT NULL,
  UNIQUE (study, series_instance_uid)
) STRICT;

CREATE TABLE instance (
  id INTEGER PRIMARY KEY,
  series INTEGER NOT NULL REFERENCES series (id) ON DELETE CASCADE,
  identity INTEGER NOT NULL REFERENCES patient_identity (id),
  sop_instance_uid TEXT NOT NULL,
  sop_class_uid TEXT NOT NULL,
  transfer_syntax_uid TEXT NOT NULL,
  instance_number INTEGER,
  frames INTEGER NOT NULL,
  rows INTEGER NOT NULL,
  columns INTEGER NOT NULL,
  image_type TEXT NOT NULL,
  burned_in_annotation TEXT NOT NULL,
  UNIQUE (series, sop_instance_uid)
) STRICT;
CREATE INDEX instance_by_uid ON instance (sop_instance_uid);
CREATE INDEX instance_by_identity ON instance (identity);

CREATE TABLE instance_location (
  id INTEGER PRIMARY KEY,
  instance INTEGER NOT NULL REFERENCES instance (id) ON DELETE CASCADE,
  source INTEGER NOT NULL REFERENCES source (id),
  ref TEXT NOT NULL,
  size INTEGER NOT NULL,
  stamp TEXT NOT NULL,
  orthanc_instance_id TEXT,
  UNIQUE (source, ref)
) STRICT;
CREATE INDEX instance_location_by_instance ON instance_location (instance, source, ref, size);

CREATE TABLE analysis (
  id INTEGER PRIMARY KEY,
  source INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
  ref TEXT NOT NULL,
  study_instance_uid TEXT NOT NULL,
  name TEXT NOT NULL,
  stamp TEXT NOT NULL,
  document TEXT,
  UNIQUE (source, ref)
) STRICT;
CREATE INDEX analysis_by_study ON analysis (study_instance_uid, source, name, ref);

CREATE TABLE source_problem (
  id INTEGER PRIMARY KEY,
  source INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
  ref TEXT NOT NULL,
  code TEXT NOT NULL,
  reason TEXT NOT NULL,
  UNIQUE (source, ref, code)
) STRICT;
`,
};
