import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { closeSync, existsSync, openSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
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

export interface PostgresOptions {
  /** PEM texts of the server's key and certificate; TLS is then offered, and with `required` nothing else is let in. */
  tls?: { key: string; certificate: string; required?: boolean };
  /** Settings of postgresql.conf, for example `{ log_statement: "all" }`. */
  settings?: Record<string, string>;
}

export interface PostgresServer extends DatabaseServer {
  /** postgres://user@host:port/database, without a password. */
  url(database?: string, user?: string): string;
  /** A connection of the owner; closed by `stop` where nobody else did. */
  connect(database?: string): Promise<pg.Client>;
  /** Rows for `COPY … FROM STDIN` in its text format, streamed: see `copyLine`. */
  copyIn(database: string, table: string, columns: readonly string[]): CopyWriter;
}

export interface CopyWriter {
  /** Lines with their ends. Await it: that is the back-pressure. */
  write(lines: string): Promise<void>;
  end(): Promise<void>;
}

/** Where Debian keeps the server's programs, which are not on the path. */
function serverPrograms(): string {
  const root = "/usr/lib/postgresql";
  const versions = existsSync(root) ? readdirSync(root).toSorted((one, other) => Number(other) - Number(one)) : [];
  const found = versions.map((version) => join(root, version, "bin")).find((bin) => existsSync(join(bin, "initdb")));
  if (found === undefined) throw new Error("PostgreSQL is not installed (Debian package postgresql)");
  return found;
}

/**
 * Starts a PostgreSQL of its own on a free loopback port: temporary data, UTF-8, locale C (as EQMD's), passwords by SCRAM-SHA-256, no
 * fsync. Ends with `stop`, or with the process of the tests.
 */
export async function startPostgres(options: PostgresOptions = {}): Promise<PostgresServer> {
  const bin = serverPrograms();
  const room = await makeServerRoom("postgres");
  const { folder, data, logFile, login } = room;
  const { host, port, user, password } = login;
  const clients = new Set<pg.Client>();
  let child: ChildProcess;

  const connect = async (database = "postgres"): Promise<pg.Client> => {
    const client = new pg.Client({ ...login, database });
    // A server that is killed breaks idle connections, too: that is what the test wanted.
    client.on("error", () => undefined);
    await client.connect();
    clients.add(client);
    client.once("end", () => clients.delete(client));
    return client;
  };
  const launch = async (): Promise<void> => {
    const settings = {
      port: String(port),
      listen_addresses: host,
      unix_socket_directories: "",
      fsync: "off",
      full_page_writes: "off",
      max_wal_size: "4GB",
      maintenance_work_mem: "128MB",
      timezone: "UTC",
      logging_collector: "off",
      ...(options.tls === undefined
        ? {}
        : { ssl: "on", ssl_cert_file: join(folder, "server.crt"), ssl_key_file: join(folder, "server.key") }),
      ...options.settings,
    };
    const descriptor = openSync(logFile, "a");
    const args = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
    child = spawnServer(join(bin, "postgres"), ["-D", data, ...args], {
      log: descriptor,
      deathSignal: "QUIT",
      cwd: folder,
    });
    closeSync(descriptor);
    await waitForServer(child, logFile, async () => {
      const client = await connect();
      await client.end();
    });
  };

  try {
    await writeServerFile(join(folder, "password"), password);
    const initial = ["-D", data, "-U", user, "-A", "scram-sha-256", `--pwfile=${join(folder, "password")}`];
    await runServerTool(join(bin, "initdb"), [...initial, "-E", "UTF8", "--locale=C", "--no-sync"], folder, logFile);
    if (options.tls !== undefined) {
      await writeServerFile(join(folder, "server.key"), options.tls.key);
      await writeServerFile(join(folder, "server.crt"), options.tls.certificate);
      if (options.tls.required === true)
        await writeServerFile(
          join(data, "pg_hba.conf"),
          `host all ${user} 127.0.0.1/32 scram-sha-256\nhostssl all all 127.0.0.1/32 scram-sha-256\n`,
        );
    }
    await launch();
  } catch (error) {
    await removeServerFolder(folder);
    throw error;
  }

  return databaseServer(room, () => child, {
    url: (database = "postgres", as: string = user) => `postgres://${as}@${host}:${port}/${database}`,
    connect,
    async createDatabase(name) {
      const client = await connect();
      await client.query(`CREATE DATABASE ${pg.escapeIdentifier(name)}`);
      await client.end();
    },
    async createReader(database, reader, secret) {
      const client = await connect(database);
      const role = pg.escapeIdentifier(reader);
      await client.query(`CREATE ROLE ${role} LOGIN PASSWORD ${pg.escapeLiteral(secret)}`);
      await client.query(`GRANT USAGE ON SCHEMA public TO ${role}`);
      await client.query(`GRANT SELECT ON ALL TABLES IN SCHEMA public TO ${role}`);
      await client.end();
    },
    copyIn: (database: string, table: string, columns: readonly string[]) =>
      copyBy(join(bin, "psql"), { ...login, database }, table, columns),
    // Its other processes outlive a postmaster that was killed, for a moment, and none may begin on their shared memory.
    async restart() {
      for (let attempt = 0; ; attempt++) {
        try {
          return await launch();
        } catch (error) {
          if (attempt === 100 || !String(error).includes("shared memory block")) throw error;
          await wait(100);
        }
      }
    },
    async stop() {
      await Promise.all([...clients].map(async (client) => await client.end().catch(() => undefined)));
      // Immediate shutdown: its data goes with it.
      await endServer(child, "SIGQUIT");
      await removeServerFolder(folder);
    },
  });
}

interface Login {
  host: string;
  port: number;
  user: string;
  password: string;
  database: string;
}

/** By psql, which streams: the driver has no COPY of its own. */
function copyBy(psql: string, login: Login, table: string, columns: readonly string[]): CopyWriter {
  const statement = `COPY ${pg.escapeIdentifier(table)} (${columns.map((column) => pg.escapeIdentifier(column)).join(", ")}) FROM STDIN`;
  const place = ["-h", login.host, "-p", String(login.port), "-U", login.user, "-d", login.database];
  const child = spawn(psql, ["-X", "-q", "-v", "ON_ERROR_STOP=1", ...place, "-c", statement], {
    stdio: ["pipe", "ignore", "pipe"],
    env: { ...process.env, PGPASSWORD: login.password, PGCLIENTENCODING: "UTF8" },
  });
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  // A statement that fails closes the pipe; what psql said is told by `end`.
  child.stdin.on("error", () => undefined);
  return {
    async write(lines) {
      if (!child.stdin.write(lines) && child.exitCode === null) await Promise.race([once(child.stdin, "drain"), ended]);
    },
    async end() {
      child.stdin.end();
      const code = await ended;
      if (code !== 0) throw new Error(`COPY into ${table} failed: ${said.slice(-2000)}`);
    },
  };
}

export type CopyValue = string | number | boolean | null;

/** One row in COPY's text format. */
export function copyLine(values: readonly CopyValue[]): string {
  let line = "";
  for (const [index, value] of values.entries()) {
    if (index > 0) line += "\t";
    if (value === null) line += "\\N";
    else if (typeof value === "string")
      line += /[\\\t\n\r]/.test(value) ? value.replaceAll(/[\\\t\n\r]/g, escapeCopy) : value;
    else if (typeof value === "boolean") line += value ? "t" : "f";
    else line += String(value);
  }
  return `${line}\n`;
}

function escapeCopy(character: string): string {
  return { "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r" }[character] ?? character;
}
