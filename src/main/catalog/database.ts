import SqliteDatabase from "better-sqlite3";
import { existsSync } from "node:fs";
import { SatchelError } from "../../contract/errors.ts";
import { isNotADatabase, toCatalogError } from "./database-errors.ts";
import { foldCase } from "./search-text.ts";
import { migrate, type Migration } from "./migrate.ts";
import { MIGRATIONS } from "./migrations/index.ts";

/** What a column can hold; booleans and dates are stored as integers and text. */
export type SqlValue = string | number | null | Buffer;

export interface OpenCatalogOptions {
  /** Reads beside the one writer (WAL): needs no lock, cannot change anything, cannot migrate. */
  readOnly?: boolean;
  /** Pages kept in memory, 32 MiB by default: who reads everything once needs few. */
  cacheKilobytes?: number;
  /** Only for tests of migrations. */
  migrations?: readonly Migration[];
}

/** Statements kept ready: more than the modules have, but filters make ever new ones. */
const MOST_STATEMENTS = 500;

/**
 * An open catalog. The driver's own objects stay inside: the query modules of this room speak SQL through it, other rooms call the
 * query modules. Everything is synchronous, so no transaction can stay open across an await and swallow another job's writes.
 */
export class Catalog {
  readonly path: string;
  readonly readOnly: boolean;
  readonly #database: SqliteDatabase;
  readonly #statements = new Map<string, SqliteDatabase.Statement>();

  constructor(path: string, readOnly: boolean, database: SqliteDatabase) {
    this.path = path;
    this.readOnly = readOnly;
    this.#database = database;
  }

  /** All rows. `Row` is what the SQL names: the query modules keep the two together. */
  all<Row>(sql: string, ...parameters: SqlValue[]): Row[] {
    try {
      return this.#statement(sql).all(...parameters) as Row[];
    } catch (error) {
      throw toCatalogError(error);
    }
  }

  /** The first column of all rows: for ids by the ten thousand, of which objects would take three times as long. */
  column<Value extends SqlValue>(sql: string, ...parameters: SqlValue[]): Value[] {
    try {
      return this.#statement(sql, "column").all(...parameters) as Value[];
    } catch (error) {
      throw toCatalogError(error);
    }
  }

  /** All rows, each an array of its columns: for rows by the million, of which objects would take longer. */
  rows<Row extends readonly SqlValue[]>(sql: string, ...parameters: SqlValue[]): Row[] {
    try {
      return this.#statement(sql, "row").all(...parameters) as Row[];
    } catch (error) {
      throw toCatalogError(error);
    }
  }

  /**
   * Rows one by one, for what may be larger than memory. Until the loop has ended nothing can be written through this connection: no
   * await within it.
   */
  *iterate<Row>(sql: string, ...parameters: SqlValue[]): Generator<Row, void> {
    try {
      // A statement of its own: a kept one could be asked for again while it is still at work.
      for (const row of this.#database.prepare(sql).iterate(...parameters)) yield row as Row;
    } catch (error) {
      throw toCatalogError(error);
    }
  }

  /** The first row. */
  get<Row>(sql: string, ...parameters: SqlValue[]): { [Column in keyof Row]: Row[Column] } | undefined {
    try {
      return this.#statement(sql).get(...parameters) as Row | undefined;
    } catch (error) {
      throw toCatalogError(error);
    }
  }

  /** Runs a statement that returns no rows. */
  run(sql: string, ...parameters: SqlValue[]): { changes: number; id: number } {
    try {
      const result = this.#statement(sql).run(...parameters);
      return { changes: result.changes, id: Number(result.lastInsertRowid) };
    } catch (error) {
      throw toCatalogError(error);
    }
  }

  /** Runs `action` in one transaction that writes; inside another one it joins that. What throws rolls everything back. */
  write<T>(action: () => T): T {
    return this.#transaction("BEGIN IMMEDIATE", action);
  }

  /**
   * The same for what can be read again, as a sync does: a power cut may take it back, with all that came after it, until something else
   * is written. Without a wait for the disk it holds the thread for half as long.
   */
  writeRepeatable<T>(action: () => T): T {
    if (this.#database.inTransaction) return action();
    this.#database.pragma("synchronous = NORMAL");
    try {
      return this.write(action);
    } finally {
      this.#database.pragma("synchronous = FULL");
    }
  }

  /** Runs `action` on one unchanging view of the catalog. */
  read<T>(action: () => T): T {
    return this.#transaction("BEGIN DEFERRED", action);
  }

  /** Lets go of the pages that are kept in memory, for who goes once through what is larger than they are. */
  forgetPages(): void {
    this.#database.pragma("shrink_memory");
  }

  /** Closes the file; in a writer this folds the write-ahead log into it. Safe to call twice. */
  close(): void {
    this.#statements.clear();
    this.#database.close();
  }

  #statement(sql: string, shape?: "column" | "row"): SqliteDatabase.Statement {
    const key = shape === undefined ? sql : `${shape} ${sql}`;
    let statement = this.#statements.get(key);
    if (statement === undefined) {
      statement = this.#database.prepare(sql);
      if (shape === "column") statement.pluck();
      else if (shape === "row") statement.raw();
      const [oldest] = this.#statements.keys();
      if (this.#statements.size >= MOST_STATEMENTS && oldest !== undefined) this.#statements.delete(oldest);
      this.#statements.set(key, statement);
    }
    return statement;
  }

  #transaction<T>(begin: string, action: () => T): T {
    if (this.#database.inTransaction) return action();
    try {
      this.#database.exec(begin);
      const result = action();
      if (result instanceof Promise) throw new TypeError("a catalog transaction cannot wait for a promise");
      this.#database.exec("COMMIT");
      return result;
    } catch (error) {
      // SQLite itself rolls back on a full disk or an I/O error.
      if (this.#database.inTransaction) this.#database.exec("ROLLBACK");
      throw toCatalogError(error);
    }
  }
}

/**
 * Opens the catalog, makes it where it is not there yet, and brings its tables up to date.
 *
 * Cipher: ChaCha20-Poly1305 (RFC 8439), per page and authenticated, so a changed byte is an error and not a changed value. Measured on
 * 45 MB: cold scan 90 ms against 30 in the clear, 103 for SQLCipher's AES-256-CBC + HMAC; nothing once a page is in the cache. AEGIS is
 * as fast as no cipher but still an Internet-Draft and slow where the processor has no AES instructions.
 *
 * @param key 32 bytes, used as they are (no derivation): the caller derives or unwraps them.
 * @throws SatchelError WRONG_KEY (nothing is changed), READ_FAILED (damaged, or of a newer Satchel), NOT_FOUND (read-only and absent).
 */
export function openCatalog(path: string, key: Buffer, options: OpenCatalogOptions = {}): Catalog {
  if (Number(process.versions.node.split(".")[0]) < 24) {
    // The native module ends Node 20 with a segmentation fault.
    throw new SatchelError(
      "UNSUPPORTED_RUNTIME",
      "The catalog needs Node.js 24 or newer.",
      "Start Satchel by its own command.",
    );
  }
  if (key.length !== 32) throw new SatchelError("WRONG_KEY", "The key of the catalog must be 32 bytes long.");
  const readOnly = options.readOnly ?? false;
  if (readOnly && !existsSync(path)) {
    throw new SatchelError("NOT_FOUND", "There is no catalog in this workspace.", "Make a workspace first.");
  }
  const database = connect(path, key, readOnly);
  try {
    if (!readOnly) {
      database.pragma("journal_mode = WAL");
      // NORMAL may lose the last commits at a power cut, and the audit head beside the file would then rightly cry out.
      database.pragma("synchronous = FULL");
    }
    database.pragma("temp_store = MEMORY");
    database.pragma("foreign_keys = ON");
    database.pragma("trusted_schema = OFF");
    database.pragma(`cache_size = -${options.cacheKilobytes ?? 32 * 1024}`);
    // SQLite's own lower() knows ASCII only.
    database.function("fold_case", { deterministic: true }, (text) =>
      typeof text === "string" ? foldCase(text) : null,
    );
    migrate(database, options.migrations ?? MIGRATIONS, readOnly);
  } catch (error) {
    database.close();
    throw toCatalogError(error);
  }
  return new Catalog(path, readOnly, database);
}

function connect(path: string, key: Buffer, readOnly: boolean): SqliteDatabase {
  let database: SqliteDatabase;
  try {
    database = new SqliteDatabase(path, { readonly: readOnly, timeout: 10_000 });
  } catch (error) {
    throw toCatalogError(error);
  }
  try {
    database.pragma("cipher = 'chacha20'");
    database.pragma(`key = "raw:${key.toString("hex")}"`);
    database.prepare("SELECT count(*) FROM sqlite_schema").get();
    return database;
  } catch (error) {
    database.close();
    if (!isNotADatabase(error)) throw toCatalogError(error);
    throw new SatchelError(
      "WRONG_KEY",
      "The key does not open the catalog; nothing was changed.",
      "Give the passphrase or key file this workspace was made with.",
      { cause: error },
    );
  }
}
