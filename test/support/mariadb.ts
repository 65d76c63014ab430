import type { ChildProcess } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { join } from "node:path";
import mysql from "mysql2/promise";
import {
  databaseServer,
  endServer,
  makeServerRoom,
  removeServerFolder,
  runServerTool,
  spawnServer,
  waitForServer,
  writeServerFile,
  type DatabaseServer,
} from "./database-process.ts";

export interface MariadbOptions {
  /** PEM texts of the server's key and certificate; TLS is then offered. `authority` is that of the certificate. */
  tls?: { key: string; certificate: string; authority: string };
  /** Further options of mariadbd, for example `["--general-log"]`. */
  options?: readonly string[];
}

export interface MariadbServer extends DatabaseServer {
  /** mysql://user@host:port/database, without a password. */
  url(database?: string, user?: string): string;
  /** A connection of the owner; closed by `stop` where nobody else did. */
  connect(database?: string): Promise<mysql.Connection>;
}

/** Starts a MariaDB of its own on a free loopback port: temporary data, utf8mb4, UTC. Ends with `stop`, or with the process of the tests. */
export async function startMariadb(options: MariadbOptions = {}): Promise<MariadbServer> {
  const room = await makeServerRoom("mariadb");
  const { folder, data, logFile, login } = room;
  const { host, port, user, password } = login;
  const connections = new Set<mysql.Connection>();
  let child: ChildProcess;

  const connect = async (database?: string): Promise<mysql.Connection> => {
    const connection = await mysql.createConnection({
      ...login,
      database,
      charset: "utf8mb4",
      timezone: "Z",
    });
    connection.on("error", () => undefined);
    connections.add(connection);
    return connection;
  };
  const launch = async (): Promise<void> => {
    const descriptor = openSync(logFile, "a");
    const tls =
      options.tls === undefined ? [] : ["ca", "cert", "key"].map((part) => `--ssl-${part}=${join(folder, part)}`);
    child = spawnServer(
      "/usr/sbin/mariadbd",
      [
        "--no-defaults",
        `--datadir=${data}`,
        `--port=${port}`,
        `--bind-address=${host}`,
        `--socket=${join(folder, "socket")}`,
        `--pid-file=${join(folder, "pid")}`,
        `--init-file=${join(folder, "start.sql")}`,
        "--skip-name-resolve",
        "--skip-log-bin",
        "--innodb-flush-log-at-trx-commit=2",
        "--innodb-buffer-pool-size=64M",
        "--performance-schema=OFF",
        "--character-set-server=utf8mb4",
        "--collation-server=utf8mb4_unicode_ci",
        "--default-time-zone=+00:00",
        ...tls,
        ...(options.options ?? []),
      ],
      { log: descriptor, deathSignal: "KILL", cwd: folder },
    );
    closeSync(descriptor);
    await waitForServer(child, logFile, async () => {
      const connection = await connect();
      connections.delete(connection);
      await connection.end();
    });
  };
  const asOwner = async (statements: readonly string[]): Promise<void> => {
    const connection = await connect();
    for (const statement of statements) await connection.query(statement);
    connections.delete(connection);
    await connection.end();
  };

  try {
    await writeServerFile(
      join(folder, "start.sql"),
      `CREATE USER IF NOT EXISTS '${user}'@'%' IDENTIFIED BY '${password}';\nGRANT ALL ON *.* TO '${user}'@'%' WITH GRANT OPTION;\n`,
    );
    if (options.tls !== undefined) {
      await writeServerFile(join(folder, "ca"), options.tls.authority);
      await writeServerFile(join(folder, "cert"), options.tls.certificate);
      await writeServerFile(join(folder, "key"), options.tls.key);
    }
    const install = [
      "--no-defaults",
      `--datadir=${data}`,
      "--auth-root-authentication-method=normal",
      "--skip-test-db",
    ];
    await runServerTool("mariadb-install-db", install, folder, logFile);
    await launch();
  } catch (error) {
    await removeServerFolder(folder);
    throw error;
  }

  return databaseServer(room, () => child, {
    url: (database = "", as: string = user) => `mysql://${as}@${host}:${port}/${database}`,
    connect,
    createDatabase: async (name) => await asOwner([`CREATE DATABASE ${mysql.escapeId(name)}`]),
    createReader: async (database, reader, secret) => {
      const account = `${mysql.escape(reader)}@'%'`;
      await asOwner([
        `CREATE USER ${account} IDENTIFIED BY ${mysql.escape(secret)}`,
        `GRANT SELECT ON ${mysql.escapeId(database)}.* TO ${account}`,
      ]);
    },
    restart: launch,
    async stop() {
      for (const connection of connections) connection.destroy();
      await endServer(child, "SIGKILL");
      await removeServerFolder(folder);
    },
  });
}
