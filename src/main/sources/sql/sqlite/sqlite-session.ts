import { isAbsolute } from "node:path";
import { Worker } from "node:worker_threads";
import { fromErrorRecord, SatchelError } from "../../../../contract/errors.ts";
import { workerEntry } from "../../../places.ts";
import { cancelled } from "../connection-error.ts";
import type { TableName } from "../mapping.ts";
import type {
  ColumnKind,
  Dialect,
  Query,
  ServerDescription,
  SqlRow,
  SqlSession,
  TableDescription,
} from "../sql-session.ts";
import type { FromSqlite, ToSqlite } from "./sqlite-messages.ts";

const sqliteDialect: Dialect = {
  name: "SQLite",
  quote: (name) => `"${name.replaceAll('"', '""')}"`,
  parameter: () => "?",
  boolean: Number,
};

/** @throws READ_FAILED, SOURCE_ANSWER, CANCELLED */
export async function openSqlite(path: string, signal: AbortSignal): Promise<SqlSession> {
  if (!isAbsolute(path))
    throw new SatchelError("USAGE", "The path of the SQLite file is not absolute.", "Give the whole path of the file.");
  if (signal.aborted) throw cancelled();
  const worker = new Worker(workerEntry("sources/sql/sqlite/worker"));
  const ask = askThread(worker, signal);
  const close = async (): Promise<void> => void (await worker.terminate());
  try {
    const [opened] = await ask({ type: "open", path });
    const all = (sql: string, values: Query["values"] = []): Promise<SqlRow[]> =>
      ask({ type: "all", query: { sql, values } });
    return {
      dialect: sqliteDialect,
      read: (query) => readBatches(ask, query),
      describeTable: (table) => describeTable(all, table),
      followForeignKey: (table, column) => followKey(all, table, column),
      describeServer: () => describeFile(all, Number(opened?.[0]) === 1),
      now: () => Promise.resolve(Date.now() * 1000),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

type Ask = (message: ToSqlite) => Promise<SqlRow[]>;

function askThread(worker: Worker, signal: AbortSignal): Ask {
  let failure: SatchelError | undefined;
  let waiting: { resolve: (rows: SqlRow[]) => void; reject: (error: Error) => void } | undefined;
  const fail = (error: SatchelError): void => {
    failure ??= error;
    waiting?.reject(failure);
  };
  worker.on("message", (answer: FromSqlite) => {
    if ("rows" in answer) waiting?.resolve(answer.rows);
    else waiting?.reject(fromErrorRecord(answer.error));
  });
  const died = (cause?: unknown): void =>
    fail(
      new SatchelError("WORKER_DIED", "The thread that reads the SQLite file ended unexpectedly.", "Try again.", {
        cause,
      }),
    );
  worker.on("error", died);
  worker.on("exit", () => died());
  // A statement of SQLite cannot be interrupted from here but by ending its thread; it only reads.
  const cancel = (): void => {
    fail(cancelled());
    void worker.terminate();
  };
  signal.addEventListener("abort", cancel, { once: true });
  worker.once("exit", () => signal.removeEventListener("abort", cancel));
  return (message) =>
    new Promise((resolve, reject) => {
      if (failure !== undefined) {
        reject(failure);
        return;
      }
      waiting = { resolve, reject };
      worker.postMessage(message);
    });
}

async function* readBatches(ask: Ask, query: Query): AsyncGenerator<SqlRow[]> {
  await ask({ type: "begin", query });
  for (;;) {
    const rows = await ask({ type: "next" });
    if (rows.length === 0) return;
    yield rows;
  }
}

type All = (sql: string, values?: Query["values"]) => Promise<SqlRow[]>;

async function describeTable(all: All, table: TableName): Promise<TableDescription> {
  const name = typeof table === "string" ? table : table.table;
  const columns = await all("SELECT name, type FROM pragma_table_xinfo(?)", [name]);
  if (columns.length === 0) return { state: "absent", elsewhere: [] };
  return {
    state: "there",
    // The session cannot write, whatever the file's permissions are.
    writable: false,
    columns: columns.map(([column, type]) => ({
      name: String(column),
      type: String(type) === "" ? "any" : String(type).toLowerCase(),
      kind: kindOf(String(type).toLowerCase()),
      readable: true,
    })),
  };
}

/** By the rules of affinity (https://sqlite.org/datatype3.html 3.1). Dates are text: they are compared by nobody but Satchel. */
function kindOf(type: string): ColumnKind {
  if (type === "date") return "date";
  return /char|clob|text/.test(type) ? "text" : "other";
}

async function followKey(
  all: All,
  table: TableName,
  column: string,
): Promise<{ table: TableName; column: string } | undefined> {
  const name = typeof table === "string" ? table : table.table;
  const [target] = await all(`SELECT "table", "to" FROM pragma_foreign_key_list(?) WHERE "from" = ?`, [name, column]);
  return target === undefined ? undefined : { table: String(target[0]), column: String(target[1] ?? "id") };
}

async function describeFile(all: All, inUse: boolean): Promise<ServerDescription> {
  const [facts] = await all("SELECT sqlite_version(), (SELECT encoding FROM pragma_encoding)");
  return {
    version: `SQLite ${String(facts?.[0])}`,
    timeZone: "",
    encoding: String(facts?.[1]),
    encryption: undefined,
    grants: () => [],
    warnings: inUse
      ? [
          {
            text: "Another program has the file open, or did not end well: what it wrote last is in a -wal file beside it, which is read too.",
          },
        ]
      : [],
  };
}
