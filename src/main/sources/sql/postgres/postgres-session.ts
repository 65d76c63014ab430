import pg from "pg";
import Cursor from "pg-cursor";
import { checkServerIdentity } from "node:tls";
import { cancelled } from "../connection-error.ts";
import { guardReading } from "../guard-reading.ts";
import type { TableName } from "../mapping.ts";
import { addressOf, type ServerConfig } from "../server-config.ts";
import type { Dialect, Query, SqlRow, SqlSession, SqlValue } from "../sql-session.ts";
import { describePostgresServer, describePostgresTable, followPostgresKey } from "./postgres-catalog.ts";
import { describePostgresError } from "./postgres-errors.ts";

const CONNECT_MS = 15_000;
/** Rows of a batch: fewer where they are large. */
const MOST_ROWS = 200;
const BATCH_BYTES = 1 << 20;

const postgresDialect: Dialect = {
  name: "PostgreSQL",
  quote: (name) => `"${name.replaceAll('"', '""')}"`,
  parameter: (position) => `$${position}`,
  boolean: String,
};

/** Asks for rows as the server writes them: nothing is rounded or shifted by a parser. */
export type PostgresAsk = (sql: string, values?: readonly SqlValue[]) => Promise<SqlRow[]>;

/**
 * Connects and begins the one transaction of the session: REPEATABLE READ, READ ONLY, so that all queries see one moment and none can
 * write. Settings hold for the transaction only: a pooler hands the connection on.
 *
 * @throws SOURCE_UNREACHABLE, SOURCE_REFUSED, SOURCE_ANSWER, CANCELLED
 */
export async function openPostgres(
  config: ServerConfig,
  secret: string | undefined,
  signal: AbortSignal,
): Promise<SqlSession> {
  const client = createClient(config, secret);
  let processId = 0;
  const cancel = (): void => void cancelStatement(config, secret, processId, client);
  const guarded = async <T>(work: () => Promise<T>): Promise<T> => {
    if (signal.aborted) throw cancelled();
    try {
      return await work();
    } catch (error) {
      throw signal.aborted ? cancelled() : describePostgresError(error);
    }
  };
  const ask: PostgresAsk = (sql, values = []) =>
    guarded(async () => (await client.query({ text: sql, values: [...values], rowMode: "array" })).rows as SqlRow[]);
  signal.addEventListener("abort", cancel, { once: true });
  try {
    await guarded(() => client.connect());
    guardReading((client as unknown as { connection: object }).connection);
    await ask("BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY, NOT DEFERRABLE");
    for (const setting of settingsOf(config)) await ask(`SET LOCAL ${setting}`);
    processId = Number((await ask("SELECT pg_backend_pid()"))[0]?.[0]);
  } catch (error) {
    signal.removeEventListener("abort", cancel);
    void client.end().catch(() => undefined);
    throw error;
  }
  return {
    dialect: postgresDialect,
    read: (query) => readBatches(client, query, guarded),
    describeTable: (table: TableName) => describePostgresTable(ask, table),
    followForeignKey: (table, column) => followPostgresKey(ask, table, column),
    describeServer: (tables) => describePostgresServer(ask, tables),
    now: async () => Number((await ask("SELECT floor(extract(epoch FROM now()) * 1000000)::bigint"))[0]?.[0]),
    async close() {
      signal.removeEventListener("abort", cancel);
      await client.end().catch(() => undefined);
    },
  };
}

function settingsOf(config: ServerConfig): string[] {
  return [
    `statement_timeout = ${config.statementTimeoutSeconds * 1000}`,
    "lock_timeout = 15000",
    // A workstation that fell asleep must not hold a snapshot for ever.
    "idle_in_transaction_session_timeout = 600000",
    "TimeZone = 'UTC'",
    "DateStyle = 'ISO, YMD'",
    "bytea_output = 'hex'",
    "extra_float_digits = 1",
  ];
}

function createClient(config: ServerConfig, secret: string | undefined): pg.Client {
  const address = addressOf(config, 5432);
  const client = new pg.Client({
    ...address,
    // A function, so that neither PGPASSWORD nor a password file of this computer is sent to a server that was not meant.
    password: () => secret ?? "",
    ssl:
      config.tls === "disable"
        ? false
        : {
            rejectUnauthorized: config.tls === "verify-full",
            ...(config.ca === undefined ? {} : { ca: config.ca }),
            minVersion: "TLSv1.2",
            // pg names the host to TLS only where it is a name: an address would be compared with "localhost".
            checkServerIdentity: (_name, certificate) => checkServerIdentity(address.host, certificate),
          },
    application_name: "satchel",
    client_encoding: "UTF8",
    connectionTimeoutMillis: CONNECT_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: 30_000,
    types: { getTypeParser: () => (value: string) => value },
  });
  // The query under way fails with the same error; one that comes between queries is met by the next.
  client.on("error", () => undefined);
  return client;
}

async function* readBatches(
  client: pg.Client,
  query: Query,
  guarded: <T>(work: () => Promise<T>) => Promise<T>,
): AsyncGenerator<SqlRow[]> {
  const cursor = client.query(new Cursor<SqlRow>(query.sql, [...query.values], { rowMode: "array" }));
  let size = 20;
  for (;;) {
    const rows = await guarded(() => cursor.read(size));
    if (rows.length === 0) break;
    yield rows;
    const bytes = rows.reduce((sum, row) => sum + rowBytes(row), 0);
    size = Math.max(1, Math.min(MOST_ROWS, Math.floor((BATCH_BYTES * rows.length) / Math.max(bytes, 1))));
  }
  await guarded(() => cursor.close());
}

function rowBytes(row: SqlRow): number {
  return row.reduce<number>((sum, value) => sum + (typeof value === "string" ? value.length : 8), 0);
}

/** Ends what the server is doing for this session; it would otherwise go on until it has something to say. */
async function cancelStatement(
  config: ServerConfig,
  secret: string | undefined,
  processId: number,
  client: pg.Client,
): Promise<void> {
  if (processId !== 0) {
    const other = createClient(config, secret);
    try {
      await other.connect();
      await other.query("SELECT pg_cancel_backend($1)", [processId]);
    } catch {
      // The server is gone, or full: then closing the connection is all that can be done.
    }
    await other.end().catch(() => undefined);
  }
  await client.end().catch(() => undefined);
}
