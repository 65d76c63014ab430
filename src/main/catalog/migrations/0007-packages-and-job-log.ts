import type { Migration } from "../migrate.ts";

/**
 * Finished packages, apart from the jobs that made them: a job may be forgotten, its packages stay on the list. One row a path, since a
 * package made where another was took its place. `copying` names what a copy has under way, so that what a crash left of it is known for
 * ours. Packages of earlier jobs are taken over from their results, each with the verification that gave it its name.
 */
export const packagesAndJobLog: Migration = {
  version: 7,
  sql: `
CREATE TABLE package (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  path TEXT NOT NULL UNIQUE,
  job INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  format TEXT NOT NULL,
  policy TEXT NOT NULL,
  result TEXT NOT NULL,
  first_instance TEXT
) STRICT;

CREATE TABLE package_copy (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  package INTEGER NOT NULL REFERENCES package (id) ON DELETE CASCADE,
  path TEXT NOT NULL UNIQUE,
  medium TEXT NOT NULL,
  read_back TEXT NOT NULL CHECK (read_back IN ('medium', 'cache'))
) STRICT;
CREATE INDEX package_copy_by_package ON package_copy (package);

CREATE TABLE package_check (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  package INTEGER NOT NULL REFERENCES package (id) ON DELETE CASCADE,
  copy INTEGER REFERENCES package_copy (id) ON DELETE CASCADE,
  at TEXT NOT NULL,
  ok INTEGER NOT NULL,
  files INTEGER NOT NULL,
  findings INTEGER NOT NULL
) STRICT;
CREATE INDEX package_check_by_package ON package_check (package, copy, id);
CREATE INDEX package_check_by_copy ON package_check (copy);

CREATE TABLE copying (
  path TEXT PRIMARY KEY
) STRICT;

CREATE TABLE job_log (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  job INTEGER NOT NULL REFERENCES job (id) ON DELETE CASCADE,
  at TEXT NOT NULL,
  text TEXT NOT NULL,
  error TEXT
) STRICT;
CREATE INDEX job_log_by_job ON job_log (job, id);
CREATE TRIGGER job_log_never_changed BEFORE UPDATE ON job_log
  BEGIN SELECT RAISE(ABORT, 'what happened to a job is never changed'); END;

INSERT OR REPLACE INTO package (path, job, created_at, format, policy, result)
  SELECT json_extract(made.value, '$.path'), job.id, coalesce(job.ended_at, job.created_at),
    json_extract(job.recipe, '$.format'), json_extract(job.recipe, '$.policy.kind'), made.value
  FROM job, json_each(job.result, '$.packages') AS made WHERE job.result IS NOT NULL ORDER BY job.id;
INSERT INTO package_check (package, copy, at, ok, files, findings)
  SELECT id, NULL, created_at, 1, json_extract(result, '$.files'), 0 FROM package;
`,
};
