import type { Readable } from "node:stream";
import type { Connection } from "mysql2";
import { cancelled } from "../connection-error.ts";
import { guardReading } from "../guard-reading.ts";
import type { ServerConfig } from "../server-config.ts";
import type { Dialect, Query, SqlRow, SqlSession, SqlValue } from "../sql-session.ts";
import { describeMysqlServer, describeMysqlTable, followMysqlKey } from "./mysql-catalog.ts";
import { createMysqlConnection } from "./mysql-connection.ts";
import { describeMysqlError } from "./mysql-errors.ts";

const MOST_ROWS = 200;
const BATCH_CHARACTERS = 1 << 20;
/** Rows that mysql2 holds ready. It stops reading from the socket where nobody takes them. */
const READY_ROWS = 32;

const mysqlDialect: Dialect = {
  name: "MySQL",
  quote: (name) => `\`${name.replaceAll("`", "``")}\``,
  parameter: () => "?",
  boolean: Number,
};

/** Runs what speaks with the server, and says what went wrong in a person's words. */
type Guarded = <T>(work: () => Promise<T>) => Promise<T>;
export type MysqlAsk = (sql: string, values?: readonly SqlValue[]) => Promise<SqlRow[]>;

/**
 * Connects and begins the one transaction of the session: a consistent snapshot at REPEATABLE READ, READ ONLY.
 *
 * @throws SOURCE_UNREACHABLE, SOURCE_REFUSED, SOURCE_ANSWER, CANCELLED
 */
export async function openMysql(
  config: ServerConfig,
  secret: string | undefined,
  signal: AbortSignal,
): Promise<SqlSession> {
  const guarded: Guarded = async (work) => {
    if (signal.aborted) throw cancelled();
    try {
      return await work();
    } catch (error) {
      throw signal.aborted ? cancelled() : describeMysqlError(error);
    }
  };
  if (signal.aborted) throw cancelled();
  const connection = createMysqlConnection(config, secret);
  const streams = new RowStreams(connection);
  const cancel = (): void => void killStatement(config, secret, connection).finally(() => streams.end(cancelled()));
  const ask: MysqlAsk = (sql, values = []) => guarded(() => query(connection, sql, values));
  signal.addEventListener("abort", cancel, { once: true });
  const end = (): void => {
    signal.removeEventListener("abort", cancel);
    connection.destroy();
  };
  try {
    await guarded(
      () =>
        new Promise<void>((resolve, reject) =>
          connection.connect((error) => (error === null ? resolve() : reject(error))),
        ),
    );
    guardReading(connection);
    const version = String((await ask("SELECT VERSION()"))[0]?.[0]);
    for (const statement of settingsOf(config, version)) await ask(statement);
    await ask("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY");
  } catch (error) {
    end();
    throw error;
  }
  return {
    dialect: mysqlDialect,
    read: (asked) => readBatches(streams, asked, guarded),
    describeTable: (table) => describeMysqlTable(ask, table),
    followForeignKey: (table, column) => followMysqlKey(ask, table, column),
    describeServer: (tables) => describeMysqlServer(ask, tables),
    now: async () => Number((await ask("SELECT CAST(UNIX_TIMESTAMP(NOW(6)) * 1000000 AS SIGNED)"))[0]?.[0]),
    close() {
      end();
      return Promise.resolve();
    },
  };
}

/** Both kinds of server are told the longest time of a statement, each in its own words and unit. */
function settingsOf(config: ServerConfig, version: string): string[] {
  const seconds = config.statementTimeoutSeconds;
  return [
    // Backslashes must mean in a text what mysql2 takes them for.
    "SET SESSION sql_mode = ''",
    "SET SESSION time_zone = '+00:00'",
    "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ",
    /mariadb/i.test(version)
      ? `SET SESSION max_statement_time = ${seconds}`
      : `SET SESSION max_execution_time = ${seconds * 1000}`,
    "SET SESSION lock_wait_timeout = 15",
    // While rows wait here to be taken, the server waits with them.
    "SET SESSION net_write_timeout = 600",
    "SET SESSION wait_timeout = 600",
  ];
}

function query(connection: Connection, sql: string, values: readonly SqlValue[]): Promise<SqlRow[]> {
  return new Promise((resolve, reject) => {
    connection.query(sql, [...values], (error: unknown, rows: unknown) => {
      if (error !== null && error !== undefined) reject(error instanceof Error ? error : new Error("mysql2 failed"));
      else resolve(Array.isArray(rows) ? (rows as SqlRow[]) : []);
    });
  });
}

/**
 * Rows as they come. mysql2 tells a connection that broke to its callbacks and to the connection, but not to a stream, which would wait
 * for ever: that is ended from here.
 */
class RowStreams {
  readonly #connection: Connection;
  #current: Readable | undefined;
  #broken: Error | undefined;

  constructor(connection: Connection) {
    this.#connection = connection;
    connection.on("error", (error: Error) => this.end(error));
  }

  end(error: Error): void {
    this.#broken ??= error;
    this.#current?.destroy(error);
  }

  open(asked: Query): AsyncIterator<SqlRow> {
    if (this.#broken !== undefined) throw this.#broken;
    this.#current = this.#connection.query(asked.sql, [...asked.values]).stream({ highWaterMark: READY_ROWS });
    return this.#current[Symbol.asyncIterator]() as AsyncIterator<SqlRow>;
  }
}

async function* readBatches(streams: RowStreams, asked: Query, guarded: Guarded): AsyncGenerator<SqlRow[]> {
  const rows = await guarded(() => Promise.resolve(streams.open(asked)));
  let batch: SqlRow[] = [];
  let characters = 0;
  for (;;) {
    const { done, value } = await guarded(() => rows.next());
    if (done === true) break;
    batch.push(value);
    characters += value.reduce<number>((sum, cell) => sum + (typeof cell === "string" ? cell.length : 8), 0);
    if (batch.length < MOST_ROWS && characters < BATCH_CHARACTERS) continue;
    yield batch;
    batch = [];
    characters = 0;
  }
  if (batch.length > 0) yield batch;
}

/** Ends what the server is doing for this session, by a second connection: the first is busy. */
async function killStatement(config: ServerConfig, secret: string | undefined, connection: Connection): Promise<void> {
  const thread = connection.threadId;
  if (thread !== null && thread !== undefined && thread > 0) {
    const other = createMysqlConnection(config, secret);
    // The server is gone, or full: then closing the connection is all that can be done.
    await query(other, `KILL QUERY ${Math.trunc(thread)}`, []).catch(() => undefined);
    other.destroy();
  }
  connection.destroy();
}
