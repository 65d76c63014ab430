/** Entry of the thread that holds an SQLite file: a query may take longer than anything may hold the main thread. */
import { parentPort } from "node:worker_threads";
import { SatchelError, toErrorRecord } from "../../../../contract/errors.ts";
import type { Query, SqlRow, SqlValue } from "../sql-session.ts";
import { openSqliteFile, type SqliteFile } from "./sqlite-file.ts";
import type { FromSqlite, ToSqlite } from "./sqlite-messages.ts";

const MOST_ROWS = 500;
const BATCH_CHARACTERS = 1 << 20;

if (parentPort === null) throw new SatchelError("INTERNAL", "This file is only run as a worker thread.");
const port = parentPort;
let file: SqliteFile | undefined;
let current: Iterator<SqlRow> | undefined;

port.on("message", (message: ToSqlite) => {
  let answer: FromSqlite;
  try {
    answer = { rows: take(message) };
  } catch (error) {
    answer = { error: toErrorRecord(error) };
  }
  port.postMessage(answer);
});

function take(message: ToSqlite): SqlRow[] {
  if (message.type === "open") {
    file = openSqliteFile(message.path);
    return [[file.inUse ? 1 : 0]];
  }
  if (file === undefined) throw new SatchelError("INTERNAL", "The SQLite file is not open.");
  if (message.type === "all") return [...rowsOf(file, message.query)];
  if (message.type === "begin") {
    current = rowsOf(file, message.query);
    return [];
  }
  return nextRows();
}

function nextRows(): SqlRow[] {
  const rows: SqlRow[] = [];
  let characters = 0;
  while (rows.length < MOST_ROWS && characters < BATCH_CHARACTERS) {
    const next = current?.next();
    if (next === undefined || next.done === true) break;
    rows.push(next.value);
    for (const value of next.value) characters += typeof value === "string" ? value.length : 8;
  }
  // What the file says is only what it said if it was not written meanwhile.
  file?.checkUnchanged();
  return rows;
}

function rowsOf({ database, failed }: SqliteFile, query: Query): Iterator<SqlRow> & Iterable<SqlRow> {
  try {
    const statement = database.prepare(query.sql);
    statement.setReturnArrays(true);
    statement.setReadBigInts(true);
    return guard(statement.iterate(...query.values) as unknown as Iterator<SqlValue[]>, failed);
  } catch (error) {
    throw failed(error);
  }
}

function* guard(rows: Iterator<SqlValue[]>, failed: (error: unknown) => SatchelError): Generator<SqlRow> {
  for (;;) {
    let next: IteratorResult<SqlValue[]>;
    try {
      next = rows.next();
    } catch (error) {
      throw failed(error);
    }
    if (next.done === true) return;
    yield next.value;
  }
}
