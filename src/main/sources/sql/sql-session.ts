import type { TableName } from "./mapping.ts";

/** A value as a driver gives it. PostgreSQL's are text throughout, so that nothing is rounded or shifted on the way. */
export type SqlValue = string | number | bigint | Uint8Array | null;
export type SqlRow = readonly SqlValue[];

/** Only ever a SELECT: build-query.ts makes them all. */
export interface Query {
  sql: string;
  values: readonly SqlValue[];
}

/** How an engine writes what is not the same everywhere. */
export interface Dialect {
  readonly name: string;
  /** By the engine's rules: whatever the name holds, it stays a name. */
  quote(name: string): string;
  /** @param position from 1 */
  parameter(position: number): string;
  /** Booleans of a mapping as the engine compares them. */
  boolean(value: boolean): SqlValue;
}

/**
 * What a column holds, as far as a sync must know. `moment`: told with its offset; `utc`: without, but in UTC whatever the mapping says;
 * `naive`: as the mapping says.
 */
export type ColumnKind = "text" | "moment" | "utc" | "naive" | "date" | "other";

export interface ColumnDescription {
  name: string;
  /** As the engine calls it. */
  type: string;
  kind: ColumnKind;
  readable: boolean;
}

export type TableDescription =
  | { state: "there"; columns: ColumnDescription[]; writable: boolean }
  /** `elsewhere`: schemas that have a table of the name, where none that is searched has. */
  | { state: "absent"; elsewhere: string[] };

export interface ServerDescription {
  /** "PostgreSQL 15.14", for a sentence. */
  version: string;
  timeZone: string;
  encoding: string;
  /** "TLSv1.3", or undefined where the connection is not encrypted. */
  encryption: string | undefined;
  /** SQL that gives a role these privileges ("SELECT ON patients") and nothing else, for a person to copy; empty where there are no roles. */
  grants(privileges: readonly string[]): string[];
  /** Further sentences: tables without snapshots, a file that is in use. */
  warnings: { text: string; next?: string }[];
}

/** One snapshot of a database, read-only from beginning to end. */
export interface SqlSession {
  readonly dialect: Dialect;
  /**
   * Rows in batches of bounded size. The next batch is only asked for when the one before was taken. One query at a time: an iteration
   * is gone through, or given up with the whole session.
   *
   * @throws SOURCE_UNREACHABLE, SOURCE_REFUSED, SOURCE_ANSWER, CANCELLED
   */
  read(query: Query): AsyncIterable<SqlRow[]>;
  describeTable(table: TableName): Promise<TableDescription>;
  /** Where a foreign key of one column points to. */
  followForeignKey(table: TableName, column: string): Promise<{ table: TableName; column: string } | undefined>;
  describeServer(tables: readonly TableName[]): Promise<ServerDescription>;
  /** Microseconds of the snapshot by the server's clock. */
  now(): Promise<number>;
  close(): Promise<void>;
}

/** Rows of a query that is known to have few. */
export async function readAll(session: SqlSession, query: Query): Promise<SqlRow[]> {
  const rows: SqlRow[] = [];
  for await (const batch of session.read(query)) rows.push(...batch);
  return rows;
}

/** For sentences: schema.table. */
export function tableText(table: TableName): string {
  return typeof table === "string" ? table : `${table.schema}.${table.table}`;
}
