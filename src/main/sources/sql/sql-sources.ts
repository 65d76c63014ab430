import type { RecordsSourceKind } from "../records-source.ts";
import type { ServerConfig, SqlConfig, SqliteConfig } from "./server-config.ts";
import type { SqlSession } from "./sql-session.ts";

type Open<Config> = (config: Config, secret: string | undefined, signal: AbortSignal) => Promise<SqlSession>;

function sqlSource<Config extends SqlConfig>(kind: string, open: Open<Config>): RecordsSourceKind<Config> {
  return {
    kind,
    // What reads is loaded where something is read: every process knows all kinds of source.
    async check(config, secret, signal) {
      const { checkSql } = await import("./check-sql.ts");
      return await checkSql(config, () => open(config, secret, signal));
    },
    async sync(config, secret, target, onProgress, signal) {
      onProgress({ phase: "connecting", step: "Connecting", done: 0, total: null });
      const { syncSql } = await import("./sync-sql.ts");
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
  async (config: SqliteConfig, _secret, signal) => {
    const { openSqlite } = await import("./sqlite/sqlite-session.ts");
    return await openSqlite(config.path, signal);
  },
);
