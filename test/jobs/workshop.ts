/** A workspace with a synced source and a project key, the command line over it, and a look into its catalog. */
import { spawn, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { JobResult } from "../../src/contract/job.ts";
import { createMemoryWire } from "../../src/contract/memory-wire.ts";
import { calls, type Calls } from "../../src/contract/calls.ts";
import { connect, type Client } from "../../src/contract/rpc.ts";
import { openWorkspace, type Workspace } from "../../src/main/access/workspace.ts";
import { createApp, type App, type AppPorts } from "../../src/main/app.ts";
import { verifyAudit, type AuditVerdict } from "../../src/main/audit/audit-log.ts";
import { listJobs, type JobRow } from "../../src/main/catalog/jobs.ts";
import { projectRoot, runCommand, type CommandResult } from "../support/run-command.ts";

const CLI = join(projectRoot, "src", "main", "shells", "cli", "index.ts");
/** The time that stands in packages that are compared byte by byte. */
export const EXPORTED_AT = "2026-01-02T03:04:05.000Z";

export interface Workshop {
  folder: string;
  keyFile: string;
  /** Runs a command to its end. */
  satchel(...args: string[]): Promise<CommandResult>;
  /** Starts a command; the caller ends it by its own id. */
  start(...args: string[]): ChildProcess;
  /** Opens the catalog beside whoever writes. */
  look<T>(use: (workspace: Workspace) => T): Promise<T>;
  jobs(): Promise<JobRow[]>;
  audit(): Promise<AuditVerdict>;
  /** The application in this process, as a shell would have it. */
  open(options?: Partial<AppPorts>): Promise<{ app: App; client: Client<Calls> }>;
}

/** @param root an empty folder of the test's own; the workspace is made below it. */
export async function createWorkshop(root: string, source?: { folder: string }): Promise<Workshop> {
  const folder = join(root, "workspace");
  const keyFile = join(root, "workspace.key");
  writeFileSync(keyFile, randomBytes(32), { mode: 0o600 });
  const workshop = openWorkshop(folder, keyFile);
  (await openWorkspace(folder, () => ({ kind: "key-file", path: keyFile }))).close();
  const { app, client } = await workshop.open();
  try {
    await client["keys.new"]({ name: "lung" });
    if (source !== undefined) {
      await client["sources.add"]({ name: "disk", kind: "folder", config: { path: source.folder } });
      await syncAll(client, "disk");
    }
  } finally {
    await app.close();
  }
  return workshop;
}

/** One that is there already: a copy of another's folder, say. */
export function openWorkshop(folder: string, keyFile: string): Workshop {
  const start = (args: string[]): ChildProcess =>
    spawn(process.execPath, [CLI, "--workspace", folder, "--key-file", keyFile, "--json", ...args], {
      stdio: ["ignore", "pipe", "pipe"],
    });
  const look = async <T>(use: (workspace: Workspace) => T): Promise<T> => {
    const workspace = await openWorkspace(folder, () => ({ kind: "key-file", path: keyFile }), { readOnly: true });
    try {
      return use(workspace);
    } finally {
      workspace.close();
    }
  };
  return {
    folder,
    keyFile,
    satchel: (...args) =>
      runCommand(process.execPath, [CLI, "--workspace", folder, "--key-file", keyFile, "--json", ...args]),
    start: (...args) => start(args),
    look,
    jobs: () => look(({ catalog }) => listJobs(catalog)),
    audit: () => look(({ audit }) => verifyAudit(audit)),
    async open(options = {}) {
      const app = await createApp({
        paths: { workspace: folder },
        access: "write",
        secrets: () => ({ kind: "key-file", path: keyFile }),
        shell: "cli",
        workerFile: new URL("../../src/main/jobs/worker.ts", import.meta.url),
        user: "tester",
        now: () => new Date(),
        ...options,
      });
      const [server, client] = createMemoryWire();
      app.serve(server);
      return { app, client: connect(calls, client) };
    },
  };
}

export async function syncAll(client: Client<Calls>, name: string): Promise<void> {
  for await (const event of client["sources.sync"]({ name })) if (event.type === "result") return;
}

/** The result of a job that runs in this process. */
export async function resultOf(client: Client<Calls>, id: string): Promise<JobResult> {
  for await (const event of client["jobs.watch"]({ id })) if (event.type === "result") return event.result;
  throw new Error("the job ended without a result");
}

/** The result that an export or resume printed with --json. */
export function printedResult({ stdout }: CommandResult): JobResult {
  const lines = stdout.trim().split("\n");
  return (JSON.parse(lines.at(-1) ?? "") as { result: JobResult }).result;
}

/** Every file below a path by its name there, so that two packages can be compared whole. */
export function contentsOf(path: string): Record<string, Buffer> {
  if (statSync(path).isFile()) return { "": readFileSync(path) };
  const files: Record<string, Buffer> = {};
  for (const entry of readdirSync(path, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const full = join(entry.parentPath, entry.name);
    files[full.slice(path.length + 1)] = readFileSync(full);
  }
  return files;
}

/** Whether two packages (ZIP or folder) hold the same bytes under the same names. */
export function isSamePackage(one: string, other: string): boolean {
  const [left, right] = [contentsOf(one), contentsOf(other)];
  const names = Object.keys(left).toSorted();
  if (names.join("\n") !== Object.keys(right).toSorted().join("\n")) return false;
  return names.every((name) => left[name]?.equals(right[name] ?? Buffer.alloc(0)));
}

/** Resolves when the process has ended. */
export async function ended(child: ChildProcess): Promise<{ code: number | null; signal: NodeJS.Signals | null }> {
  if (child.exitCode === null && child.signalCode === null) {
    await new Promise<void>((resolve) => child.once("exit", () => resolve()));
  }
  return { code: child.exitCode, signal: child.signalCode };
}

/** Random numbers from a seed, so that a failing run can be run again. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    // Mulberry32.
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
