import type { ColumnKind, ServerDescription, TableDescription } from "../sql-session.ts";
import type { TableName } from "../mapping.ts";
import type { PostgresAsk } from "./postgres-session.ts";

const OTHER_READER = "satchel_reader";

/** The table that a query would find: in the schema that is named, or the first of the search path that has it. */
const FIND_TABLE = `
  SELECT c.oid::text, n.nspname
  FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relname = $1 AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
    AND CASE WHEN $2::text IS NULL THEN n.nspname = ANY (current_schemas(false)) ELSE n.nspname = $2::text END
  ORDER BY array_position(current_schemas(false), n.nspname) LIMIT 1`;

export async function describePostgresTable(ask: PostgresAsk, table: TableName): Promise<TableDescription> {
  const [found] = await ask(FIND_TABLE, nameAndSchema(table));
  if (found === undefined) {
    const elsewhere = await ask(
      `SELECT n.nspname FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
       WHERE c.relname = $1 AND c.relkind IN ('r', 'p', 'v', 'm', 'f') ORDER BY 1`,
      [nameAndSchema(table)[0]],
    );
    return { state: "absent", elsewhere: elsewhere.map((row) => String(row[0])) };
  }
  const columns = await ask(
    `SELECT a.attname, pg_catalog.format_type(a.atttypid, NULL),
       has_column_privilege($1::oid, a.attnum, 'SELECT') AND has_schema_privilege($2, 'USAGE')
     FROM pg_catalog.pg_attribute a WHERE a.attrelid = $1::oid AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum`,
    [found[0] ?? "", found[1] ?? ""],
  );
  const [writable] = await ask(
    `SELECT has_table_privilege($1::oid, 'INSERT') OR has_table_privilege($1::oid, 'UPDATE')
       OR has_table_privilege($1::oid, 'DELETE') OR has_table_privilege($1::oid, 'TRUNCATE')`,
    [found[0] ?? ""],
  );
  return {
    state: "there",
    writable: writable?.[0] === "t",
    columns: columns.map(([name, type, readable]) => ({
      name: String(name),
      type: String(type),
      kind: kindOf(String(type)),
      readable: readable === "t",
    })),
  };
}

function kindOf(type: string): ColumnKind {
  if (type.startsWith("timestamp")) return type.endsWith("with time zone") ? "moment" : "naive";
  if (type === "date") return "date";
  return /^(text|character varying|character|citext)/.test(type) ? "text" : "other";
}

export async function followPostgresKey(
  ask: PostgresAsk,
  table: TableName,
  column: string,
): Promise<{ table: TableName; column: string } | undefined> {
  const [found] = await ask(FIND_TABLE, nameAndSchema(table));
  if (found === undefined) return undefined;
  const [target] = await ask(
    `SELECT n.nspname, c.relname, a.attname
     FROM pg_catalog.pg_constraint k
     JOIN pg_catalog.pg_class c ON c.oid = k.confrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     JOIN pg_catalog.pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = k.confkey[1]
     JOIN pg_catalog.pg_attribute own ON own.attrelid = k.conrelid AND own.attnum = k.conkey[1]
     WHERE k.contype = 'f' AND k.conrelid = $1::oid AND own.attname = $2 AND cardinality(k.conkey) = 1 LIMIT 1`,
    [found[0] ?? "", column],
  );
  if (target === undefined) return undefined;
  return { table: { schema: String(target[0]), table: String(target[1]) }, column: String(target[2]) };
}

export async function describePostgresServer(
  ask: PostgresAsk,
  tables: readonly TableName[],
): Promise<ServerDescription> {
  const [server] = await ask(
    `SELECT current_setting('server_version'), (SELECT reset_val FROM pg_catalog.pg_settings WHERE name = 'TimeZone'),
       (SELECT pg_catalog.pg_encoding_to_char(encoding) FROM pg_catalog.pg_database WHERE datname = current_database()),
       (SELECT version FROM pg_catalog.pg_stat_ssl WHERE pid = pg_backend_pid() AND ssl),
       pg_catalog.quote_ident(current_database()), (SELECT rolsuper FROM pg_catalog.pg_roles WHERE rolname = current_user)`,
  );
  const schemas = new Set<string>();
  for (const table of tables) {
    const [found] = await ask(FIND_TABLE, nameAndSchema(table));
    if (found !== undefined) schemas.add(quote(String(found[1])));
  }
  const database = String(server?.[4]);
  return {
    version: `PostgreSQL ${String(server?.[0])}`,
    timeZone: String(server?.[1]),
    encoding: String(server?.[2]),
    encryption: server?.[3] === null ? undefined : String(server?.[3]),
    grants: (privileges) => [
      `CREATE ROLE ${OTHER_READER} LOGIN PASSWORD '…';`,
      `GRANT CONNECT ON DATABASE ${database} TO ${OTHER_READER};`,
      ...[...schemas].map((schema) => `GRANT USAGE ON SCHEMA ${schema} TO ${OTHER_READER};`),
      ...privileges.map((privilege) => `GRANT ${privilege} TO ${OTHER_READER};`),
    ],
    warnings:
      server?.[5] === "t"
        ? [{ text: "The user of the source is a superuser of the server.", next: "Give the source a role of its own." }]
        : [],
  };
}

function nameAndSchema(table: TableName): [string, string | null] {
  return typeof table === "string" ? [table, null] : [table.table, table.schema];
}

function quote(name: string): string {
  return /^[a-z_][a-z0-9_]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`;
}
