import type { Migration } from "../migrate.ts";

/**
 * Jobs and the items of their plans: up to a million each, some hundreds a row, of which `idx` is the first. WITHOUT ROWID keeps a plan
 * in its own order on disk. What became of an item stands in the journal beside its package: one truth, that a crash cannot split.
 */
export const jobs: Migration = {
  version: 2,
  sql: `
CREATE TABLE job (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  recipe TEXT NOT NULL,
  destination TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN
    ('planned', 'running', 'paused', 'interrupted', 'complete', 'incomplete', 'failed', 'cancelled')),
  created_at TEXT NOT NULL,
  started_at TEXT,
  ended_at TEXT,
  plan TEXT,
  result TEXT
) STRICT;

CREATE TABLE job_item (
  job INTEGER NOT NULL REFERENCES job (id) ON DELETE CASCADE,
  idx INTEGER NOT NULL,
  items BLOB NOT NULL,
  PRIMARY KEY (job, idx)
) STRICT, WITHOUT ROWID;
`,
};
