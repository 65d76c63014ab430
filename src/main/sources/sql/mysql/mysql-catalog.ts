import type { TableName } from "../mapping.ts";
import type { ColumnKind, ServerDescription, TableDescription } from "../sql-session.ts";
import type { MysqlAsk } from "./mysql-session.ts";

const OTHER_READER = "'satchel_reader'@'%'";

/** Columns that the user may not read are not told by the server: they count as not there, and the check says so. */
export async function describeMysqlTable(ask: MysqlAsk, table: TableName): Promise<TableDescription> {
  const [name, schema] = nameAndSchema(table);
  const columns = await ask(
    `SELECT COLUMN_NAME, DATA_TYPE, PRIVILEGES FROM information_schema.COLUMNS
     WHERE TABLE_NAME = ? AND TABLE_SCHEMA = COALESCE(?, DATABASE()) ORDER BY ORDINAL_POSITION`,
    [name, schema],
  );
  if (columns.length === 0) {
    const elsewhere = await ask(
      "SELECT TABLE_SCHEMA FROM information_schema.TABLES WHERE TABLE_NAME = ? AND TABLE_SCHEMA <> DATABASE() ORDER BY 1",
      [name],
    );
    return { state: "absent", elsewhere: elsewhere.map((row) => String(row[0])) };
  }
  return {
    state: "there",
    writable: columns.some(([, , privileges]) => /insert|update/i.test(String(privileges))),
    columns: columns.map(([column, type, privileges]) => ({
      name: String(column),
      type: String(type),
      kind: kindOf(String(type).toLowerCase()),
      readable: /select/i.test(String(privileges)),
    })),
  };
}

function kindOf(type: string): ColumnKind {
  // A TIMESTAMP is kept in UTC and told in the session's zone, which is UTC; a DATETIME is what somebody wrote.
  if (type === "timestamp") return "utc";
  if (type === "datetime") return "naive";
  if (type === "date") return "date";
  return /^(varchar|char|tinytext|text|mediumtext|longtext)$/.test(type) ? "text" : "other";
}

export async function followMysqlKey(
  ask: MysqlAsk,
  table: TableName,
  column: string,
): Promise<{ table: TableName; column: string } | undefined> {
  const [name, schema] = nameAndSchema(table);
  const [target] = await ask(
    `SELECT REFERENCED_TABLE_SCHEMA, REFERENCED_TABLE_NAME, REFERENCED_COLUMN_NAME FROM information_schema.KEY_COLUMN_USAGE
     WHERE TABLE_NAME = ? AND TABLE_SCHEMA = COALESCE(?, DATABASE()) AND COLUMN_NAME = ? AND REFERENCED_TABLE_NAME IS NOT NULL LIMIT 1`,
    [name, schema, column],
  );
  if (target === undefined) return undefined;
  return { table: { schema: String(target[0]), table: String(target[1]) }, column: String(target[2]) };
}

export async function describeMysqlServer(ask: MysqlAsk, tables: readonly TableName[]): Promise<ServerDescription> {
  const [server] = await ask(
    `SELECT VERSION(), @@global.time_zone, @@system_time_zone, @@character_set_database, DATABASE(), CURRENT_USER()`,
  );
  const [encryption] = await ask("SHOW SESSION STATUS LIKE 'Ssl_version'");
  const version = String(server?.[0]);
  const warnings: ServerDescription["warnings"] = [];
  for (const table of tables) {
    const [name, schema] = nameAndSchema(table);
    const [engine] = await ask(
      "SELECT ENGINE FROM information_schema.TABLES WHERE TABLE_NAME = ? AND TABLE_SCHEMA = COALESCE(?, DATABASE())",
      [name, schema],
    );
    if (engine !== undefined && engine[0] !== null && !/^(innodb|rocksdb)$/i.test(String(engine[0])))
      warnings.push({
        text: `Table ${name} is kept by the engine ${String(engine[0])}, which knows no snapshots: what is changed during a sync may be seen in part.`,
        next: "Sync when nothing is being written, or have the table converted to InnoDB.",
      });
  }
  const zone = String(server?.[1]);
  const encrypted = String(encryption?.[1] ?? "");
  return {
    version: /mariadb/i.test(version) ? `MariaDB ${version.split("-")[0] ?? ""}` : `MySQL ${version}`,
    timeZone: zone === "SYSTEM" ? String(server?.[2]) : zone,
    encoding: String(server?.[3]),
    encryption: encrypted === "" ? undefined : encrypted,
    grants: (privileges) => [
      `CREATE USER ${OTHER_READER} IDENTIFIED BY '…';`,
      ...privileges.map((privilege) => `GRANT ${privilege} TO ${OTHER_READER};`),
    ],
    warnings,
  };
}

function nameAndSchema(table: TableName): [string, string | null] {
  return typeof table === "string" ? [table, null] : [table.table, table.schema];
}
