import type { Migration } from "../migrate.ts";

/**
 * The audit chain and the project keys. The triggers stop honest mistakes; the chain (audit/) shows what a person with SQL did.
 */
export const auditAndKeys: Migration = {
  version: 3,
  sql: `
CREATE TABLE audit (
  seq INTEGER PRIMARY KEY,
  record TEXT NOT NULL,
  previous TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;
CREATE TRIGGER audit_never_updated BEFORE UPDATE ON audit
  BEGIN SELECT RAISE(ABORT, 'audit records are never changed'); END;
CREATE TRIGGER audit_never_deleted BEFORE DELETE ON audit
  BEGIN SELECT RAISE(ABORT, 'audit records are never deleted'); END;
-- REPLACE deletes without firing the trigger above.
CREATE TRIGGER audit_never_replaced BEFORE INSERT ON audit
  WHEN EXISTS (SELECT 1 FROM audit WHERE seq = NEW.seq)
  BEGIN SELECT RAISE(ABORT, 'audit records are never replaced'); END;

CREATE TABLE project_key (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL COLLATE NOCASE UNIQUE,
  secret BLOB NOT NULL CHECK (length(secret) = 32),
  created_at TEXT NOT NULL,
  origin TEXT NOT NULL CHECK (origin IN ('new', 'imported'))
) STRICT;
`,
};
