import { spawn, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { isWorkspace, openWorkspace } from "../../src/main/access/workspace.ts";
import type { WorkspaceSecret } from "../../src/main/access/workspace-key.ts";
import { appendAudit, verifyAudit } from "../../src/main/audit/audit-log.ts";
import { addSource, listSources } from "../../src/main/catalog/sources.ts";
import { projectRoot } from "../support/run-command.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";

const root = temporaryDirectory("workspace");
let folders = 0;
const newFolder = () => join(root, `${(folders += 1)}`);
const code = (value: string) => expect.objectContaining({ code: value });
const passphrase = (text: string) => (): WorkspaceSecret => ({ kind: "passphrase", passphrase: text });
/** Quick to open where the passphrase is not what a test is about. */
const KEY = randomBytes(32);
const key = (): WorkspaceSecret => ({ kind: "key", key: KEY });

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

test("a new workspace is a folder for its owner only, which opens again with its passphrase in either Unicode form", async () => {
  const folder = newFolder();
  expect(isWorkspace(folder)).toBe(false);
  const made = await openWorkspace(folder, passphrase("Zürich 2026".normalize("NFC")));
  addSource(made.catalog, { kind: "folder", name: "kept", config: {} });
  made.close();
  made.close();
  expect(isWorkspace(folder)).toBe(true);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  for (const name of ["workspace.json", "audit-head.json"]) {
    expect(statSync(join(folder, name)).mode & 0o777, name).toBe(0o600);
  }
  const again = await openWorkspace(folder, passphrase("Zürich 2026".normalize("NFD")));
  expect(listSources(again.catalog).map(({ name }) => name)).toEqual(["kept"]);
  again.close();
});

test("a wrong passphrase is told as such, changes nothing and gives the lock back", async () => {
  const folder = newFolder();
  (await openWorkspace(folder, passphrase("right"))).close();
  const before = snapshot(folder);
  await expect(openWorkspace(folder, passphrase("wrong"))).rejects.toThrow(code("WRONG_KEY"));
  await expect(openWorkspace(folder, passphrase("wrong"), { readOnly: true })).rejects.toThrow(code("WRONG_KEY"));
  await expect(openWorkspace(folder, key)).rejects.toThrow(code("WRONG_KEY"));
  expect(snapshot(folder)).toEqual(before);
  (await openWorkspace(folder, passphrase("right"))).close();
});

test("an empty passphrase makes no workspace", async () => {
  const folder = newFolder();
  await expect(openWorkspace(folder, passphrase(""))).rejects.toThrow(code("USAGE"));
  expect(isWorkspace(folder)).toBe(false);
});

test("a key file opens a workspace only while nobody else may read it", async () => {
  const folder = newFolder();
  const path = join(root, "key");
  const secret = (): WorkspaceSecret => ({ kind: "key-file", path });
  await expect(openWorkspace(folder, secret)).rejects.toThrow(code("NOT_FOUND"));
  writeFileSync(path, randomBytes(32), { mode: 0o600 });
  (await openWorkspace(folder, secret)).close();
  for (const mode of [0o640, 0o604, 0o620]) {
    chmodSync(path, mode);
    await expect(openWorkspace(folder, secret), mode.toString(8)).rejects.toThrow(code("USAGE"));
  }
  chmodSync(path, 0o600);
  (await openWorkspace(folder, secret)).close();
  writeFileSync(path, randomBytes(32));
  await expect(openWorkspace(folder, secret)).rejects.toThrow(code("WRONG_KEY"));
  writeFileSync(path, randomBytes(31));
  await expect(openWorkspace(folder, secret)).rejects.toThrow(code("WRONG_KEY"));
  await expect(openWorkspace(folder, () => ({ kind: "key-file", path: root }))).rejects.toThrow(code("WRONG_KEY"));
});

test("a second process is told that the workspace is in use, and by which process, while a reader may look", async () => {
  const folder = newFolder();
  (await openWorkspace(folder, key)).close();
  const holder = await holdInAnotherProcess(folder);
  const attempt = openWorkspace(folder, key);
  await expect(attempt).rejects.toThrow(code("IN_USE"));
  await expect(attempt).rejects.toThrow(`process ${holder.pid}`);
  const reader = await openWorkspace(folder, key, { readOnly: true });
  expect(listSources(reader.catalog).map(({ name }) => name)).toEqual(["by the holder"]);
  expect(verifyAudit(reader.audit).ok).toBe(true);
  reader.close();
});

test("kill -9 of the holder frees the workspace, which keeps what it had committed", async () => {
  const folder = newFolder();
  (await openWorkspace(folder, key)).close();
  const holder = await holdInAnotherProcess(folder);
  holder.kill("SIGKILL");
  await once(holder, "exit");
  const workspace = await openWorkspace(folder, key);
  expect(listSources(workspace.catalog).map(({ name }) => name)).toEqual(["by the holder"]);
  workspace.close();
});

test("the same process cannot open a workspace for writing twice, and may after closing it", async () => {
  const folder = newFolder();
  const first = await openWorkspace(folder, key);
  await expect(openWorkspace(folder, key)).rejects.toThrow(code("IN_USE"));
  // The refused attempt must not have taken the lock away from the first (as closing a POSIX-locked file would).
  const other = await runToEnd(folder);
  expect(other).toContain("IN_USE");
  first.close();
  (await openWorkspace(folder, key)).close();
});

test("scratch files that a dead process left are gone once a writer opens the workspace, and not when a reader does", async () => {
  const folder = newFolder();
  (await openWorkspace(folder, key)).close();
  const left = join(folder, "scratch", "left");
  mkdirSync(left);
  writeFileSync(join(left, "bytes"), "x");
  (await openWorkspace(folder, key, { readOnly: true })).close();
  expect(existsSync(left)).toBe(true);
  const workspace = await openWorkspace(folder, key);
  expect(readdirSync(workspace.scratch)).toEqual([]);
  workspace.close();
});

test("a folder that holds something else is left alone", async () => {
  const folder = newFolder();
  mkdirSync(folder);
  writeFileSync(join(folder, "thesis.doc"), "x");
  await expect(openWorkspace(folder, key)).rejects.toThrow(code("USAGE"));
  expect(readdirSync(folder)).toEqual(["thesis.doc"]);
});

test("a reader makes no workspace, and the secret is not asked for in vain", async () => {
  const folder = newFolder();
  const never = () => {
    throw new Error("asked");
  };
  await expect(openWorkspace(folder, never, { readOnly: true })).rejects.toThrow(code("NOT_FOUND"));
  expect(existsSync(folder)).toBe(false);
});

test("what a crash left of a workspace half made is taken up again", async () => {
  const folder = newFolder();
  (await openWorkspace(folder, key)).close();
  for (const name of ["workspace.json", "catalog.sqlite"]) rmSync(join(folder, name));
  const workspace = await openWorkspace(folder, key);
  expect(verifyAudit(workspace.audit)).toEqual({ ok: true, records: 0 });
  workspace.close();
});

test("a damaged header, and a catalog of another workspace, are told apart from a wrong key", async () => {
  const [one, two] = [newFolder(), newFolder()];
  for (const folder of [one, two]) (await openWorkspace(folder, key)).close();
  writeFileSync(join(one, "catalog.sqlite"), readFileSync(join(two, "catalog.sqlite")));
  await expect(openWorkspace(one, key)).rejects.toThrow(code("READ_FAILED"));
  const header = join(two, "workspace.json");
  writeFileSync(header, readFileSync(header, "utf8").slice(0, 50));
  await expect(openWorkspace(two, key)).rejects.toThrow(code("READ_FAILED"));
});

test("parameters of the passphrase that were made weaker do not open the workspace", async () => {
  const folder = newFolder();
  (await openWorkspace(folder, passphrase("right"))).close();
  const header = join(folder, "workspace.json");
  writeFileSync(header, readFileSync(header, "utf8").replace("131072", "16384"));
  await expect(openWorkspace(folder, passphrase("right"))).rejects.toThrow(code("WRONG_KEY"));
  writeFileSync(header, readFileSync(header, "utf8").replace("16384", String(2 ** 30)));
  await expect(openWorkspace(folder, passphrase("right"))).rejects.toThrow(code("READ_FAILED"));
});

test("a catalog that was removed or put back to an earlier state shows in the audit log", async () => {
  const folder = newFolder();
  const record = {
    at: "2026-01-01T00:00:00.000Z",
    user: "anna",
    action: "export imaging",
    subjects: ["P1"],
    policy: "identified",
    destination: "/media/stick",
    counts: {},
    result: "complete",
  };
  const first = await openWorkspace(folder, key);
  appendAudit(first.audit, record);
  first.close();
  const earlier = readFileSync(join(folder, "catalog.sqlite"));
  const second = await openWorkspace(folder, key);
  appendAudit(second.audit, record);
  second.close();
  writeFileSync(join(folder, "catalog.sqlite"), earlier);
  const back = await openWorkspace(folder, key);
  expect(verifyAudit(back.audit)).toMatchObject({ ok: false, broken: { sequence: 2 } });
  back.close();
  rmSync(join(folder, "catalog.sqlite"));
  const anew = await openWorkspace(folder, key);
  expect(verifyAudit(anew.audit)).toMatchObject({ ok: false, broken: { sequence: 1 } });
  anew.close();
});

/** Every file of a folder but the lock, which is not content. */
function snapshot(folder: string): Record<string, string> {
  const files = readdirSync(folder, { withFileTypes: true }).filter(
    (one) => one.isFile() && !one.name.startsWith("lock"),
  );
  return Object.fromEntries(files.map(({ name }) => [name, readFileSync(join(folder, name)).toString("base64")]));
}

const PROGRAM = `
  import { openWorkspace } from "./src/main/access/workspace.ts";
  import { addSource } from "./src/main/catalog/sources.ts";
  try {
    const [folder, hex] = process.argv.slice(1);
    const workspace = await openWorkspace(folder, () => ({ kind: "key", key: Buffer.from(hex, "hex") }));
    addSource(workspace.catalog, { kind: "folder", name: "by the holder", config: {} });
    process.stdout.write("ready");
    setInterval(() => {}, 1000);
  } catch (error) {
    process.stdout.write(error.code);
  }`;

function startProcess(folder: string) {
  const args = ["--input-type=module-typescript", "-e", PROGRAM, folder, KEY.toString("hex")];
  const child = spawn(process.execPath, args, { cwd: projectRoot, stdio: ["ignore", "pipe", "inherit"] });
  children.push(child);
  return child;
}

async function holdInAnotherProcess(folder: string): Promise<ChildProcess> {
  const child = startProcess(folder);
  const [said] = (await once(child.stdout, "data")) as [Buffer];
  expect(said.toString()).toBe("ready");
  return child;
}

async function runToEnd(folder: string): Promise<string> {
  const child = startProcess(folder);
  const [said] = (await once(child.stdout, "data")) as [Buffer];
  return said.toString();
}
