import type { Migration } from "../migrate.ts";

/**
 * Why the last sync of a source failed, as an error record, and since when one runs. The latter stays behind where a process dies in the
 * middle: what the catalog holds of the source is then not all that was there, and the source says so until a sync has ended.
 */
export const sources: Migration = {
  version: 5,
  sql: `
ALTER TABLE source ADD COLUMN last_error TEXT;
ALTER TABLE source ADD COLUMN sync_began_at TEXT;
`,
};
