import { spawn, type ChildProcess } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { chmod, chown, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { findFreePort } from "./orthanc.ts";

/** Database servers refuse to run as root. The tests of a container often do. */
const UNPRIVILEGED = 65_534;
const runsAsRoot = process.getuid?.() === 0;

/** What servers of every kind have in common. */
export interface DatabaseServer {
  host: string;
  port: number;
  /** May do everything, not a role to read with. */
  user: string;
  password: string;
  pid: number;
  createDatabase(name: string): Promise<void>;
  /** A role that may log in and SELECT in the database, and nothing else. */
  createReader(database: string, user: string, password: string): Promise<void>;
  /** What the server wrote to its log so far. */
  log(): Promise<string>;
  /** SIGKILL, as a power cut would. */
  kill(): Promise<void>;
  /** Starts again on the same port after `kill`. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** Where a server lives, and who owns it. */
export interface ServerRoom {
  folder: string;
  data: string;
  logFile: string;
  login: { host: string; port: number; user: string; password: string };
}

/** A folder of its own, and a free loopback port. */
export async function makeServerRoom(label: string): Promise<ServerRoom> {
  const folder = await makeServerFolder(label);
  const login = {
    host: "127.0.0.1",
    port: await findFreePort(),
    user: "satchel_owner",
    password: "owner-of-the-tests",
  };
  return { folder, data: join(folder, "data"), logFile: join(folder, "server.log"), login };
}

type Common = "host" | "port" | "user" | "password" | "pid" | "log" | "kill";

/**
 * @param child the process that runs now: another one after `restart`
 * @param own what is of its kind
 */
export function databaseServer<Own extends Omit<DatabaseServer, Common>>(
  { login, logFile }: ServerRoom,
  child: () => ChildProcess,
  own: Own,
): DatabaseServer & Own {
  const common = {
    ...login,
    get pid() {
      return child().pid ?? -1;
    },
    log: async () => await readFile(logFile, "utf8"),
    kill: async () => await endServer(child(), "SIGKILL"),
  };
  return Object.assign(common, own);
}

/** A folder under the system's temporary one that a database server may enter and own. */
async function makeServerFolder(label: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), `satchel-${label}-`));
  await handOver(folder, 0o700);
  return folder;
}

async function handOver(path: string, mode: number): Promise<void> {
  if (runsAsRoot) await chown(path, UNPRIVILEGED, UNPRIVILEGED);
  await chmod(path, mode);
}

/** Writes a file that only the server may read: keys, passwords. */
export async function writeServerFile(path: string, content: string): Promise<void> {
  await writeFile(path, content);
  await handOver(path, 0o600);
}

/**
 * Starts a program of a database server as nobody where the tests are root. It dies with the process of the tests, whatever ends that.
 *
 * @param deathSignal what the program gets when its parent is gone
 */
export function spawnServer(
  command: string,
  args: readonly string[],
  options: { log: number | "ignore"; deathSignal: "KILL" | "QUIT"; cwd: string },
): ChildProcess {
  const privileges = runsAsRoot ? [`--reuid=${UNPRIVILEGED}`, `--regid=${UNPRIVILEGED}`, "--clear-groups"] : [];
  return spawn("setpriv", [...privileges, `--pdeathsig=${options.deathSignal}`, command, ...args], {
    cwd: options.cwd,
    stdio: ["ignore", options.log, options.log],
    env: { PATH: process.env.PATH, LC_ALL: "C", TZ: "UTC", HOME: options.cwd },
  });
}

/** Runs a program of a database server to its end. */
export async function runServerTool(command: string, args: readonly string[], cwd: string, log: string): Promise<void> {
  const descriptor = openSync(log, "a");
  try {
    const child = spawnServer(command, args, { log: descriptor, deathSignal: "KILL", cwd });
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once("error", reject);
      child.once("exit", resolve);
    });
    if (code !== 0) throw new Error(`${command} ended with ${code}: ${(await readFile(log, "utf8")).slice(-2000)}`);
  } finally {
    closeSync(descriptor);
  }
}

/** Asks until the server answers, or throws with the end of its log. */
export async function waitForServer(child: ChildProcess, log: string, answers: () => Promise<void>): Promise<void> {
  let last: unknown;
  for (let attempt = 0; attempt < 600 && child.exitCode === null && child.signalCode === null; attempt++) {
    try {
      await answers();
      return;
    } catch (error) {
      last = error;
      await wait(50);
    }
  }
  const said = await readFile(log, "utf8").catch(() => "nothing");
  throw new Error(`The database server did not start; its log says: ${said.slice(-2000)}`, { cause: last });
}

/** Ends a server by its own process id and waits until it is gone. */
export async function endServer(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  child.kill(signal);
  await ended;
}

export async function removeServerFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
}
