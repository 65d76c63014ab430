import type { Migration } from "../migrate.ts";

/**
 * Records: patients, their notes, exams of study lists, and words of the house, each belonging to one source. (The `patient` of images
 * is another table: no key is shared, linking them is the user's decision, through id and issuer.)
 *
 * What is true of a patient is kept with all that was: `history` and `identifiers` are JSON, read one patient at a time. `known` is 0
 * while only a note has named the patient; `stale` marks one whose notes are to be told anew what was true when they were written.
 *
 * Of a note, what many have in common stands once (`note_setting`), the text apart (`note_text`), so that a million notes are looked
 * through in narrow rows. `note_by_patient` is the order of an export with what its plan needs.
 *
 * `note_search` answers for words. Measured on 100,000 notes of 700 characters: 1.0 s of processor at the sync and 11 % of the text's size,
 * then 4 to 6 ms for any word; with an index of prefixes too 1.8 s and 18 % (prefixes take 6 ms in place of 16); comparing the folded texts
 * themselves 290 ms, reading them not counted. Its merges are done bit by bit (notes-writer.ts), never all at once.
 *
 * `record_count` is kept by triggers: counting a million notes for each look at the list of sources would hold the thread.
 *
 * Moments are microseconds since 1970, UTC. Local days, offsets, ages and issuers are not stored: they follow from the source's
 * configuration and stay right when that is edited. `record_state.generation` grows with every change of any of it.
 */
export const records: Migration = {
  version: 10,
  sql: `
CREATE TABLE record_patient (
  id INTEGER PRIMARY KEY,
  source INTEGER NOT NULL REFERENCES source (id),
  source_id TEXT NOT NULL,
  known INTEGER NOT NULL DEFAULT 0,
  stale INTEGER NOT NULL DEFAULT 0,
  name TEXT NOT NULL DEFAULT '',
  sort_name TEXT NOT NULL DEFAULT '',
  birth_date TEXT NOT NULL DEFAULT '',
  gender TEXT NOT NULL DEFAULT 'N',
  status TEXT NOT NULL DEFAULT 'unknown',
  status_label TEXT NOT NULL DEFAULT '',
  record_number TEXT NOT NULL DEFAULT '',
  ward TEXT NOT NULL DEFAULT '',
  deleted INTEGER NOT NULL DEFAULT 0,
  identifiers TEXT NOT NULL DEFAULT '[]',
  history TEXT NOT NULL DEFAULT '{"recordNumbers":[],"statuses":[]}',
  UNIQUE (source, source_id)
) STRICT;
CREATE INDEX record_patient_by_name ON record_patient (sort_name);
CREATE INDEX record_patient_stale ON record_patient (source, id) WHERE stale = 1;
CREATE INDEX record_patient_unknown ON record_patient (source, id) WHERE known = 0;

CREATE TABLE record_number (
  record_number TEXT NOT NULL,
  patient INTEGER NOT NULL REFERENCES record_patient (id) ON DELETE CASCADE,
  PRIMARY KEY (record_number, patient)
) STRICT, WITHOUT ROWID;
CREATE INDEX record_number_by_patient ON record_number (patient);

CREATE TABLE note_setting (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  status TEXT NOT NULL,
  status_label TEXT NOT NULL,
  ward TEXT NOT NULL,
  status_basis TEXT NOT NULL,
  ward_basis TEXT NOT NULL,
  record_number_basis TEXT NOT NULL,
  UNIQUE (kind, status, status_label, ward, status_basis, ward_basis, record_number_basis)
) STRICT;

CREATE TABLE note (
  id INTEGER PRIMARY KEY,
  source INTEGER NOT NULL REFERENCES source (id),
  source_id TEXT NOT NULL,
  patient INTEGER NOT NULL REFERENCES record_patient (id),
  event_at INTEGER NOT NULL,
  setting INTEGER NOT NULL REFERENCES note_setting (id),
  record_number TEXT NOT NULL,
  length INTEGER NOT NULL,
  age INTEGER,
  UNIQUE (source, source_id)
) STRICT;
CREATE INDEX note_by_patient ON note (patient, event_at, source_id, setting, length);

CREATE TABLE note_text (
  id INTEGER PRIMARY KEY REFERENCES note (id) ON DELETE CASCADE,
  content TEXT NOT NULL
) STRICT;
CREATE VIRTUAL TABLE note_search USING fts5 (
  content, content = '', contentless_delete = 1, detail = none, tokenize = 'unicode61 remove_diacritics 2'
);
INSERT INTO note_search (note_search, rank) VALUES ('automerge', 0), ('crisismerge', 1000);

CREATE TABLE exam (
  id INTEGER PRIMARY KEY,
  source INTEGER NOT NULL REFERENCES source (id),
  exam_id TEXT NOT NULL,
  medical_record_no TEXT,
  application_order_no TEXT,
  patient_name TEXT,
  patient_gender TEXT,
  patient_birth_date TEXT,
  patient_age INTEGER,
  exam_status TEXT,
  exam_source TEXT,
  exam_item TEXT,
  exam_description TEXT,
  exam_room TEXT,
  exam_equipment TEXT,
  equipment_type TEXT,
  order_datetime INTEGER,
  check_in_datetime INTEGER,
  report_certification_datetime INTEGER,
  certified_physician TEXT,
  search TEXT NOT NULL,
  UNIQUE (source, exam_id)
) STRICT;
CREATE INDEX exam_by_id ON exam (exam_id);

CREATE TABLE record_word (
  source INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  text TEXT NOT NULL,
  stands_for TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (source, kind, text, stands_for)
) STRICT, WITHOUT ROWID;

CREATE TABLE record_count (
  source INTEGER PRIMARY KEY REFERENCES source (id) ON DELETE CASCADE,
  patients INTEGER NOT NULL DEFAULT 0,
  notes INTEGER NOT NULL DEFAULT 0,
  exams INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TRIGGER record_patient_met AFTER UPDATE OF known ON record_patient WHEN NEW.known <> OLD.known
  BEGIN UPDATE record_count SET patients = patients + NEW.known - OLD.known WHERE source = NEW.source; END;
CREATE TRIGGER record_patient_gone AFTER DELETE ON record_patient WHEN OLD.known = 1
  BEGIN UPDATE record_count SET patients = patients - 1 WHERE source = OLD.source; END;
CREATE TRIGGER note_met AFTER INSERT ON note
  BEGIN UPDATE record_count SET notes = notes + 1 WHERE source = NEW.source; END;
CREATE TRIGGER note_gone AFTER DELETE ON note
  BEGIN UPDATE record_count SET notes = notes - 1 WHERE source = OLD.source; END;
CREATE TRIGGER exam_met AFTER INSERT ON exam
  BEGIN UPDATE record_count SET exams = exams + 1 WHERE source = NEW.source; END;
CREATE TRIGGER exam_gone AFTER DELETE ON exam
  BEGIN UPDATE record_count SET exams = exams - 1 WHERE source = OLD.source; END;

CREATE TABLE record_state (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  generation INTEGER NOT NULL
) STRICT;
INSERT INTO record_state VALUES (1, 0);
`,
};
