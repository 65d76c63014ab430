import type { Migration } from "../migrate.ts";

/** Recipes by name and what people set, each as the JSON of the contract: read with its schema, so that old ones do no harm. */
export const recipesAndSettings: Migration = {
  version: 6,
  sql: `
CREATE TABLE recipe (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL COLLATE NOCASE UNIQUE,
  recipe TEXT NOT NULL,
  saved_at TEXT NOT NULL
) STRICT;

CREATE TABLE setting (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
`,
};
