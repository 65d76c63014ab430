/**
 * Opens somebody's SQLite file without leaving a trace beside it.
 *
 * A file in WAL mode is the difficulty (https://sqlite.org/wal.html, "Read-Only Databases"): even who only reads makes NAME-wal and
 * NAME-shm where they are missing, and leaves them there. Therefore:
 * - no -wal, or an empty one: all there is stands in the file. It is opened as immutable, which makes nothing, and each batch makes sure
 *   that the file did not change and no -wal came.
 * - a -wal with content and a -shm: a program has the file open, or left it so. Both are used as SQLite means them to be; nothing new is made.
 * - a -wal with content without -shm: reading it right would make one; refused.
 * Files that are not in WAL mode are read under SQLite's own locks; with a rollback journal left by a crash they are refused by SQLite.
 *
 * node:sqlite and not better-sqlite3, which the catalog uses: that one opens no addresses, and immutable is only to be had by one.
 */
import { closeSync, existsSync, openSync, readSync, statSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { pathToFileURL } from "node:url";
import { SatchelError } from "../../../../contract/errors.ts";

const MAGIC = "SQLite format 3\0";
/** Bytes 18 and 19 of the header: 2 where the file is written, or read, by WAL (https://sqlite.org/fileformat.html 1.3.3). */
const WAL_VERSION = 2;

export interface SqliteFile {
  database: DatabaseSync;
  /** Another program has it open, or did not end well. */
  inUse: boolean;
  /** @throws SOURCE_ANSWER where the file was written since it was opened as immutable */
  checkUnchanged(): void;
  failed: (error: unknown) => SatchelError;
}

/** @throws READ_FAILED with the reason */
export function openSqliteFile(path: string): SqliteFile {
  const header = readHeader(path);
  if (header.toString("latin1", 0, 16) !== MAGIC)
    throw new SatchelError(
      "READ_FAILED",
      header.length === 0 ? "The SQLite file is empty." : "The file is not an SQLite database, or an encrypted one.",
      "Give the source another file.",
    );
  const wal = `${path}-wal`;
  const pending = (): boolean => existsSync(wal) && statSync(wal).size > 0;
  const inWalMode = header[18] === WAL_VERSION || header[19] === WAL_VERSION;
  const immutable = inWalMode && !pending();
  if (inWalMode && !immutable && !existsSync(`${path}-shm`))
    throw new SatchelError(
      "READ_FAILED",
      "The SQLite file has changes in a -wal file beside it that were not brought into it; reading them would write beside the file.",
      "Open and close it once with the program it belongs to, or run on a copy: sqlite3 FILE 'PRAGMA wal_checkpoint(TRUNCATE)'.",
    );
  const before = stamp(path);
  const address = pathToFileURL(path);
  address.search = immutable ? "?immutable=1" : "?mode=ro";
  const database = openDatabase(address);
  return {
    database,
    inUse: inWalMode && !immutable,
    failed: describeSqliteError,
    checkUnchanged() {
      if (!immutable || (stamp(path) === before && !pending())) return;
      throw new SatchelError(
        "SOURCE_ANSWER",
        "The SQLite file was written while it was read; what was read is not trusted.",
        "Sync again when the program it belongs to is closed, or from a copy.",
      );
    },
  };
}

function openDatabase(address: URL): DatabaseSync {
  try {
    const database = new DatabaseSync(address, { readOnly: true, timeout: 15_000, allowExtension: false });
    // Nothing but reading, whatever a view or a trigger of the file says; no function of the file's schema is trusted.
    database.exec("PRAGMA query_only = 1; PRAGMA trusted_schema = 0; PRAGMA cell_size_check = 1; BEGIN");
    // The snapshot is taken with the first read.
    database.prepare("SELECT count(*) FROM sqlite_schema").get();
    return database;
  } catch (error) {
    throw describeSqliteError(error);
  }
}

function readHeader(path: string): Buffer {
  try {
    const fd = openSync(path, "r");
    try {
      const header = Buffer.alloc(20);
      return header.subarray(0, readSync(fd, header, 0, 20, 0));
    } finally {
      closeSync(fd);
    }
  } catch (cause) {
    const code = typeof cause === "object" && cause !== null && "code" in cause ? cause.code : "";
    const why = code === "ENOENT" ? "is not there" : code === "EACCES" ? "may not be read by you" : "could not be read";
    throw new SatchelError(
      "READ_FAILED",
      `The SQLite file ${why}.`,
      "Correct the path of the source, or the file's permissions.",
      { cause },
    );
  }
}

function stamp(path: string): string {
  const { ino, size, mtimeNs } = statSync(path, { bigint: true });
  return `${ino} ${size} ${mtimeNs}`;
}

const REASONS: Record<number, [reason: string, next: string]> = {
  5: ["is locked by another program", "Close the program that writes it, and try again."],
  8: [
    "was left in the middle of a change by a crash, which only its own program may take back",
    "Open and close it once with the program it belongs to.",
  ],
  11: ["is damaged", "Take another copy of it."],
  14: ["could not be opened", "Check the file's permissions."],
  26: ["is not an SQLite database, or an encrypted one", "Give the source another file."],
};

/** By SQLite's primary result code (https://sqlite.org/rescode.html). */
function describeSqliteError(cause: unknown): SatchelError {
  if (cause instanceof SatchelError) return cause;
  const code = typeof cause === "object" && cause !== null && "errcode" in cause ? Number(cause.errcode) & 0xff : 0;
  const known = REASONS[code];
  if (known !== undefined) return new SatchelError("READ_FAILED", `The SQLite file ${known[0]}.`, known[1], { cause });
  return new SatchelError(
    "SOURCE_ANSWER",
    `The SQLite file could not be read as the mapping says (result code ${code}).`,
    "Let the source be checked.",
    { cause },
  );
}
