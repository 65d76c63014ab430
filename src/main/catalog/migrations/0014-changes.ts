import type { Migration } from "../migrate.ts";

/**
 * Since when what is where it is: the generation of the records (`record_state`) that a change makes. What a watch exports again is what
 * changed in a later generation than the one that it exported last; a clock that goes back cannot make it miss anything.
 *
 * Of a patient it is the last change of something that lets resources leave, or lets them leave under another name, without any of them
 * having changed: a consent, a place in a study, an identifier.
 *
 * `watch_run` is how far a watch of a source has come with a recipe. `surroundings` is a digest of what else the package depends on.
 */
export const changes: Migration = {
  version: 14,
  sql: `
ALTER TABLE resource ADD COLUMN changed_in INTEGER NOT NULL DEFAULT 0;
CREATE INDEX resource_by_change ON resource (changed_in, patient);
ALTER TABLE resource_patient ADD COLUMN changed_in INTEGER NOT NULL DEFAULT 0;
ALTER TABLE resource_deleted ADD COLUMN changed_in INTEGER NOT NULL DEFAULT 0;

CREATE TABLE watch_run (
  source INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
  recipe TEXT NOT NULL,
  generation INTEGER NOT NULL,
  surroundings TEXT NOT NULL,
  ran_at TEXT NOT NULL,
  PRIMARY KEY (source, recipe)
) STRICT, WITHOUT ROWID;
`,
};
