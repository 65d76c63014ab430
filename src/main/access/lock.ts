import SqliteDatabase from "better-sqlite3";
import { readFileSync, writeFileSync } from "node:fs";
import { SatchelError } from "../../contract/errors.ts";

/** The right to write to a workspace, held by one process at a time. */
export interface WorkspaceLock {
  /** Gives it back. Safe to call twice. */
  release(): void;
}

/**
 * Takes the lock, or says who has it. It is an exclusive transaction on a database of its own: the operating system frees it with the
 * process, however that ends, where a lock file with a process id in it would outlive a kill -9. (Nothing else may open `path`: closing
 * any other descriptor of the file would free a POSIX lock. Who holds it therefore stands in a file beside.)
 *
 * @throws SatchelError IN_USE
 */
export function lockWorkspace(path: string): WorkspaceLock {
  const holder = `${path}.holder`;
  let database: SqliteDatabase | undefined;
  try {
    database = new SqliteDatabase(path, { timeout: 0 });
    database.exec("BEGIN EXCLUSIVE");
  } catch (error) {
    database?.close();
    if (!(error instanceof Error && "code" in error && String(error.code).startsWith("SQLITE_BUSY"))) {
      throw new SatchelError(
        "WRITE_FAILED",
        "The lock of the workspace could not be taken.",
        "Check that you may write to the workspace folder and that its disk is not full.",
        { cause: error },
      );
    }
    const process = readHolder(holder);
    throw new SatchelError(
      "IN_USE",
      `Another Satchel process${process} is using this workspace.`,
      "Wait for it to end or stop it, then try again.",
      { cause: error },
    );
  }
  writeFileSync(holder, String(process.pid), { mode: 0o600 });
  const held = database;
  return { release: () => held.close() };
}

/** For the message only: it may be of a holder that is gone. */
function readHolder(path: string): string {
  try {
    const text = readFileSync(path, "utf8");
    return /^\d{1,10}$/.test(text) ? ` (process ${text})` : "";
  } catch (error) {
    if (error instanceof Error && "code" in error) return "";
    throw error;
  }
}
