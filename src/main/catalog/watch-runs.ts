import { hash } from "node:crypto";
import type { Catalog } from "./database.ts";

/** How far a watch of a source has come with a recipe. */
export interface WatchRun {
  /** All up to this generation of the records has left. */
  generation: number;
  /** See `surroundingsOf`. */
  surroundings: string;
}

/** @param recipe a digest of what the recipe says; undefined where it has not run yet */
export function readWatchRun(catalog: Catalog, source: number, recipe: string): WatchRun | undefined {
  return catalog.get<WatchRun & Record<string, never>>(
    "SELECT generation, surroundings FROM watch_run WHERE source = ? AND recipe = ?",
    source,
    recipe,
  );
}

/** @param ranAt ISO 8601, UTC */
export function writeWatchRun(catalog: Catalog, source: number, recipe: string, run: WatchRun, ranAt: string): void {
  catalog.write(() =>
    catalog.run(
      `INSERT INTO watch_run (source, recipe, generation, surroundings, ran_at) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (source, recipe) DO UPDATE SET generation = excluded.generation, surroundings = excluded.surroundings,
         ran_at = excluded.ran_at`,
      source,
      recipe,
      run.generation,
      run.surroundings,
      ranAt,
    ),
  );
}

/**
 * A digest of what packages depend on beside the records: names, issuers and time zones of the sources. Where it is another, what left
 * before may bear other names and other days, and what changed since is not enough.
 */
export function surroundingsOf(catalog: Catalog): string {
  return hash("sha256", JSON.stringify(catalog.all("SELECT id, name, config FROM source ORDER BY id")), "hex");
}

/** Whether anything of resources, of whoever they are about or of what is gone changed later than that. */
export function hasChangedSince(catalog: Catalog, generation: number): boolean {
  return ["resource", "resource_patient", "resource_deleted"].some(
    (table) => catalog.column<number>(`SELECT 1 FROM ${table} WHERE changed_in > ? LIMIT 1`, generation).length > 0,
  );
}

/** Of one source, by type: what was added or changed later than that, and what is gone. */
export function changesSince(
  catalog: Catalog,
  source: number,
  generation: number,
): { type: string; changed: number; deleted: number }[] {
  return catalog.all<{ type: string; changed: number; deleted: number }>(
    `SELECT type, sum(changed) AS changed, sum(deleted) AS deleted FROM (
       SELECT type, 1 AS changed, 0 AS deleted FROM resource WHERE changed_in > ? AND source = ?
       UNION ALL SELECT type, 0, 1 FROM resource_deleted WHERE changed_in > ? AND source = ?
     ) GROUP BY type ORDER BY type`,
    generation,
    source,
    generation,
    source,
  );
}
