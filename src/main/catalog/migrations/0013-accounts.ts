import type { Migration } from "../migrate.ts";

/**
 * Who may do what. Without a row in `account` everybody who has the workspace open may do everything.
 *
 * `password` is what scrypt made of it with `kdf` (access/passphrase.ts). `failed` counts wrong passwords since the last right one; until
 * `blocked_until` none is tried. Ids of accounts are never given twice: what somebody made must not become another's of the same name.
 * `job_account` outlives its job, since packages name the job that made them.
 */
export const accounts: Migration = {
  version: 13,
  sql: `
CREATE TABLE organization (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL COLLATE NOCASE UNIQUE
) STRICT;

CREATE TABLE account (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL COLLATE NOCASE UNIQUE,
  role TEXT NOT NULL CHECK (role IN ('analyst', 'provider', 'administrator')),
  kdf TEXT NOT NULL,
  password BLOB NOT NULL,
  created_at TEXT NOT NULL,
  failed INTEGER NOT NULL DEFAULT 0,
  blocked_until TEXT
) STRICT;

CREATE TABLE account_organization (
  account INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  organization INTEGER NOT NULL REFERENCES organization (id) ON DELETE CASCADE,
  PRIMARY KEY (account, organization)
) STRICT, WITHOUT ROWID;
CREATE INDEX account_by_organization ON account_organization (organization);

CREATE TABLE source_organization (
  source INTEGER PRIMARY KEY REFERENCES source (id) ON DELETE CASCADE,
  organization INTEGER NOT NULL REFERENCES organization (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX source_by_organization ON source_organization (organization);

CREATE TABLE account_source (
  account INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  source INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
  PRIMARY KEY (account, source)
) STRICT, WITHOUT ROWID;
CREATE INDEX account_of_source ON account_source (source);

CREATE TABLE account_patient (
  account INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  source INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
  patient_id TEXT NOT NULL,
  PRIMARY KEY (account, source, patient_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX account_of_patient ON account_patient (source);

CREATE TABLE job_account (
  job INTEGER PRIMARY KEY,
  account INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX job_by_account ON job_account (account);

CREATE TABLE recipe_account (
  recipe INTEGER PRIMARY KEY REFERENCES recipe (id) ON DELETE CASCADE,
  account INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX recipe_by_account ON recipe_account (account);
`,
};
