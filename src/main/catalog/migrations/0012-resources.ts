import type { Migration } from "../migrate.ts";

/**
 * Resources of FHIR as their sources gave them, whom they are about, what patients consented to, and who takes part in which study.
 *
 * The JSON stands apart (`resource_json`), so that a million resources are looked through in narrow rows. `resource_kind` holds a type
 * with the codes of its code element once: filters by code ask a few thousand rows. (Nothing refers to it by a foreign key: each kind that
 * goes would be looked for in a million resources.) `resource_by_patient` is what the plan of an export
 * needs, patient by patient, and as little as that: it grows at random places, and what does not fit in the page cache makes a sync slow.
 * Those of nobody have no patient.
 *
 * A `resource_patient` is there as soon as a resource names one; `known` where the Patient itself was put. Which identifier links a
 * patient, and on which local day a moment falls, follow from the source's configuration and are not stored. `event_at` is in
 * microseconds since 1970, UTC, of what has a time and an offset; `day` is the date as it was written of what has not.
 *
 * `consent` keeps all decisions; of one origin, patient and scope one row is `current`. `resource_count` is kept by triggers.
 * `resource_deleted` remembers what a source no longer has; `exported_patient` who has left in a package, by ids of the source, since
 * rows may go and come again.
 */
export const resources: Migration = {
  version: 12,
  sql: `
CREATE TABLE resource_patient (
  id INTEGER PRIMARY KEY,
  source INTEGER NOT NULL REFERENCES source (id),
  patient_id TEXT NOT NULL,
  known INTEGER NOT NULL DEFAULT 0,
  name TEXT NOT NULL DEFAULT '',
  sort_name TEXT NOT NULL DEFAULT '',
  birth_date TEXT NOT NULL DEFAULT '',
  gender TEXT NOT NULL DEFAULT '',
  identifiers TEXT NOT NULL DEFAULT '[]',
  former TEXT NOT NULL DEFAULT '[]',
  UNIQUE (source, patient_id)
) STRICT;
CREATE INDEX resource_patient_by_name ON resource_patient (sort_name, id);

CREATE TABLE resource_kind (
  id INTEGER PRIMARY KEY,
  type TEXT NOT NULL,
  codes TEXT NOT NULL,
  text TEXT NOT NULL,
  UNIQUE (type, codes, text)
) STRICT;

CREATE TABLE resource (
  id INTEGER PRIMARY KEY,
  source INTEGER NOT NULL REFERENCES source (id),
  type TEXT NOT NULL,
  resource_id TEXT NOT NULL,
  kind INTEGER NOT NULL,
  patient INTEGER REFERENCES resource_patient (id),
  day TEXT NOT NULL,
  event_at INTEGER,
  last_updated INTEGER,
  version TEXT NOT NULL,
  subsetted INTEGER NOT NULL,
  length INTEGER NOT NULL,
  UNIQUE (source, type, resource_id)
) STRICT;
CREATE INDEX resource_by_patient ON resource (patient, kind, id, source, day, event_at, length, resource_id);

CREATE TABLE resource_json (
  id INTEGER PRIMARY KEY REFERENCES resource (id) ON DELETE CASCADE,
  json BLOB NOT NULL,
  extra TEXT NOT NULL
) STRICT;

CREATE TABLE resource_count (
  source INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
  kind INTEGER NOT NULL,
  resources INTEGER NOT NULL,
  PRIMARY KEY (source, kind)
) STRICT, WITHOUT ROWID;
CREATE INDEX resource_count_by_kind ON resource_count (kind);
CREATE TRIGGER resource_met AFTER INSERT ON resource BEGIN
  INSERT INTO resource_count (source, kind, resources) VALUES (NEW.source, NEW.kind, 1)
    ON CONFLICT (source, kind) DO UPDATE SET resources = resources + 1;
END;
CREATE TRIGGER resource_other AFTER UPDATE OF kind ON resource WHEN NEW.kind <> OLD.kind BEGIN
  UPDATE resource_count SET resources = resources - 1 WHERE source = OLD.source AND kind = OLD.kind;
  INSERT INTO resource_count (source, kind, resources) VALUES (NEW.source, NEW.kind, 1)
    ON CONFLICT (source, kind) DO UPDATE SET resources = resources + 1;
END;
CREATE TRIGGER resource_gone AFTER DELETE ON resource BEGIN
  UPDATE resource_count SET resources = resources - 1 WHERE source = OLD.source AND kind = OLD.kind;
END;

CREATE TABLE resource_expected (
  source INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
  type TEXT NOT NULL,
  expected INTEGER,
  received INTEGER NOT NULL,
  complete INTEGER NOT NULL,
  PRIMARY KEY (source, type)
) STRICT, WITHOUT ROWID;

CREATE TABLE resource_deleted (
  source INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
  type TEXT NOT NULL,
  resource_id TEXT NOT NULL,
  patient_id TEXT NOT NULL,
  deleted_at TEXT NOT NULL,
  PRIMARY KEY (source, type, resource_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE consent (
  id INTEGER PRIMARY KEY,
  source INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
  patient INTEGER NOT NULL REFERENCES resource_patient (id) ON DELETE CASCADE,
  scope TEXT NOT NULL,
  decision TEXT NOT NULL CHECK (decision IN ('permit', 'deny')),
  decided_at TEXT NOT NULL,
  until TEXT NOT NULL,
  origin TEXT NOT NULL,
  noticed_at TEXT NOT NULL,
  current INTEGER NOT NULL
) STRICT;
CREATE INDEX consent_by_patient ON consent (patient, current, scope);
CREATE UNIQUE INDEX consent_current ON consent (source, origin, patient, scope) WHERE current = 1;

CREATE TABLE study_group (
  id INTEGER PRIMARY KEY,
  source INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
  group_id TEXT NOT NULL,
  name TEXT NOT NULL,
  organization TEXT NOT NULL,
  scopes TEXT NOT NULL,
  origin TEXT NOT NULL,
  UNIQUE (source, group_id)
) STRICT;
CREATE TABLE study_member (
  study INTEGER NOT NULL REFERENCES study_group (id) ON DELETE CASCADE,
  patient INTEGER NOT NULL REFERENCES resource_patient (id) ON DELETE CASCADE,
  PRIMARY KEY (study, patient)
) STRICT, WITHOUT ROWID;
CREATE INDEX study_member_by_patient ON study_member (patient);

CREATE TABLE exported_patient (
  recipe TEXT NOT NULL,
  source INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
  patient_id TEXT NOT NULL,
  type TEXT NOT NULL,
  exported_at TEXT NOT NULL,
  PRIMARY KEY (recipe, source, patient_id, type)
) STRICT, WITHOUT ROWID;
`,
};
