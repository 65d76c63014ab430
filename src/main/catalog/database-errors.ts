import { SatchelError } from "../../contract/errors.ts";

/** The driver's stable code ("SQLITE_FULL", …), or "". */
function sqliteCode(error: unknown): string {
  if (!(error instanceof Error) || !("code" in error) || typeof error.code !== "string") return "";
  return error.code.startsWith("SQLITE_") ? error.code : "";
}

/** SQLite cannot make sense of the first page: another key, or not a database at all. */
export function isNotADatabase(error: unknown): boolean {
  return sqliteCode(error) === "SQLITE_NOTADB";
}

/** Names what went wrong with the database in Satchel's own terms; leaves everything else as it is. */
export function toCatalogError(error: unknown): unknown {
  const code = sqliteCode(error);
  if (code === "SQLITE_FULL") {
    return new SatchelError(
      "DISK_FULL",
      "The disk of the workspace is full.",
      "Free some space there, then try again.",
      { cause: error },
    );
  }
  if (code.startsWith("SQLITE_BUSY")) {
    return new SatchelError(
      "IN_USE",
      "Another process is writing to the catalog.",
      "Wait for it to end, then try again.",
      { cause: error },
    );
  }
  if (code.startsWith("SQLITE_CORRUPT") || code === "SQLITE_NOTADB") {
    return new SatchelError(
      "READ_FAILED",
      "The catalog file is damaged.",
      "Restore the workspace from a backup, or make a new one and sync the sources again.",
      { cause: error },
    );
  }
  if (code.startsWith("SQLITE_READONLY")) {
    return new SatchelError("WRITE_FAILED", "The catalog is open for reading only.", undefined, { cause: error });
  }
  if (code.startsWith("SQLITE_IOERR") || code === "SQLITE_CANTOPEN") {
    return new SatchelError(
      "READ_FAILED",
      "The catalog file could not be read or written.",
      "Check the disk and the permissions of the workspace folder.",
      { cause: error },
    );
  }
  return error;
}
