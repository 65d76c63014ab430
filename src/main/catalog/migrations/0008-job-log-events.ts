import type { Migration } from "../migrate.ts";

/** What happened to a job in a form that a screen can say in its own language; earlier rows have their English sentence only. */
export const jobLogEvents: Migration = {
  version: 8,
  sql: `
ALTER TABLE job_log ADD COLUMN event TEXT;
ALTER TABLE job_log ADD COLUMN params TEXT NOT NULL DEFAULT '{}';
`,
};
