import type { RecordsSourceKind } from "../records-source.ts";
import { checkSql } from "./check-sql.ts";
import type { ServerConfig, SqlConfig, SqliteConfig } from "./server-config.ts";
import { openSqlite } from "./sqlite/sqlite-session.ts";
import type { SqlSession } from "./sql-session.ts";
import { syncSql } from "./sync-sql.ts";

type Open<Config> = (config: Config, secret: string | undefined, signal: AbortSignal) => Promise<SqlSession>;

function sqlSource<Config extends SqlConfig>(kind: string, open: Open<Config>): RecordsSourceKind<Config> {
  return {
    kind,
    check: (config, secret, signal) => checkSql(config, () => open(config, secret, signal)),
    async sync(config, secret, target, onProgress, signal) {
      onProgress({ phase: "connecting", step: "Connecting", done: 0, total: null });
      const session = await open(config, secret, signal);
      try {
        return await syncSql(session, config, target, onProgress);
      } finally {
        await session.close();
      }
    },
  };
}

/** A PostgreSQL server. Drivers are loaded with the first connection: that of MySQL takes 25 MB, and most processes need neither. */
export const postgresSource: RecordsSourceKind<ServerConfig> = sqlSource("postgres", async (config, secret, signal) => {
  const { openPostgres } = await import("./postgres/postgres-session.ts");
  return await openPostgres(config, secret, signal);
});
/** A MySQL or MariaDB server. */
export const mysqlSource: RecordsSourceKind<ServerConfig> = sqlSource("mysql", async (config, secret, signal) => {
  const { openMysql } = await import("./mysql/mysql-session.ts");
  return await openMysql(config, secret, signal);
});
/** An SQLite file, which is read and left as it is. */
export const sqliteSource: RecordsSourceKind<SqliteConfig> = sqlSource(
  "sqlite",
  (config: SqliteConfig, _secret, signal) => openSqlite(config.path, signal),
);
