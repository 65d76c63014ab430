import type SqliteDatabase from "better-sqlite3";
import { SatchelError } from "../../contract/errors.ts";

/** One step of the schema. A published step is never changed: a new one follows it. */
export interface Migration {
  /** Position from 1; equal to `PRAGMA user_version` once it has run. */
  version: number;
  sql: string;
}

/**
 * Brings the tables up to the newest version, one transaction a step, so that a crash leaves a whole older version.
 *
 * @throws SatchelError READ_FAILED where the file is of a newer Satchel, or of an older one and open for reading only.
 */
export function migrate(database: SqliteDatabase, migrations: readonly Migration[], readOnly: boolean): void {
  const newest = migrations.length;
  const found = Number(database.pragma("user_version", { simple: true }));
  if (found > newest) {
    throw new SatchelError(
      "READ_FAILED",
      `The workspace was made by a newer Satchel (version ${found} of the catalog, this one knows ${newest}).`,
      "Use that newer Satchel.",
    );
  }
  if (found === newest) return;
  if (readOnly) {
    throw new SatchelError(
      "READ_FAILED",
      `The catalog is of an older Satchel (version ${found} of ${newest}) and open for reading only.`,
      "Run a command that writes, such as sync, once.",
    );
  }
  for (const [index, migration] of migrations.entries()) {
    if (migration.version !== index + 1) throw new Error(`migration ${index + 1} is numbered ${migration.version}`);
    if (migration.version <= found) continue;
    database.exec("BEGIN IMMEDIATE");
    try {
      database.exec(migration.sql);
      database.pragma(`user_version = ${migration.version}`);
      database.exec("COMMIT");
    } catch (error) {
      if (database.inTransaction) database.exec("ROLLBACK");
      throw error;
    }
  }
}
