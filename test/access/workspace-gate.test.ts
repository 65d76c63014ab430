import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { WorkspaceGate } from "../../src/main/access/workspace-gate.ts";
import { changePassphrase } from "../../src/main/access/workspace-header.ts";
import type { WorkspaceSecret } from "../../src/main/access/workspace-key.ts";
import { openWorkspace } from "../../src/main/access/workspace.ts";
import { addSource, listSources } from "../../src/main/catalog/sources.ts";
import { projectRoot, runCommand } from "../support/run-command.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";

const root = temporaryDirectory("gate");
const passphrase = (text: string) => (): WorkspaceSecret => ({ kind: "passphrase", passphrase: text });
const failing = (code: string) => expect.objectContaining({ code });

async function newWorkspace(name: string): Promise<string> {
  const folder = join(root, name);
  const made = await openWorkspace(folder, passphrase("first words"));
  addSource(made.catalog, { kind: "folder", name: "kept", config: {} });
  made.close();
  return folder;
}

async function opens(folder: string, text: string): Promise<boolean> {
  try {
    const opened = await openWorkspace(folder, passphrase(text));
    const kept = listSources(opened.catalog).map(({ name }) => name);
    opened.close();
    expect(kept).toEqual(["kept"]);
    return true;
  } catch (error) {
    expect(error).toEqual(failing("WRONG_KEY"));
    return false;
  }
}

describe("the gate before a workspace", () => {
  it("stays shut after a wrong passphrase, says why, and leaves the workspace to others", async () => {
    const folder = await newWorkspace("shut");
    const gate = new WorkspaceGate({ paths: { workspace: folder }, access: "write" });
    expect(() => gate.workspace).toThrow(failing("LOCKED"));
    await expect(gate.open(passphrase("other words"))).rejects.toThrow(failing("WRONG_KEY"));
    expect(gate.state).toBe("locked");
    expect(gate.problem?.code).toBe("WRONG_KEY");
    expect(await opens(folder, "first words")).toBe(true);
    await gate.open(passphrase("first words"));
    expect(gate.state).toBe("open");
    expect(gate.problem).toBeUndefined();
    gate.close();
  });

  it("says that another has the workspace, and opens once that has gone", async () => {
    const folder = await newWorkspace("taken");
    const holder = await openWorkspace(folder, passphrase("first words"));
    const gate = new WorkspaceGate({ paths: { workspace: folder }, access: "write" });
    await expect(gate.open(passphrase("first words"))).rejects.toThrow(failing("IN_USE"));
    expect(gate.problem?.code).toBe("IN_USE");
    holder.close();
    await gate.open(passphrase("first words"));
    gate.close();
  });

  it("makes whoever guesses wait longer and longer, and a person who mistyped not at all", async () => {
    const folder = await newWorkspace("guessed");
    const pauses: number[] = [];
    const pause = (milliseconds: number) => Promise.resolve(void pauses.push(milliseconds));
    const gate = new WorkspaceGate({ paths: { workspace: folder }, access: "write", pause });
    const guess = () => expect(gate.open(passphrase("no"))).rejects.toThrow(failing("WRONG_KEY"));
    for (let count = 0; count < 5; count++) await guess();
    expect(pauses).toEqual([]);
    for (let count = 0; count < 6; count++) await guess();
    expect(pauses).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000]);
    await gate.open(passphrase("first words"));
    gate.close();
  });

  it("tries one passphrase at a time", async () => {
    const folder = await newWorkspace("twice");
    const gate = new WorkspaceGate({ paths: { workspace: folder }, access: "write" });
    const first = gate.open(passphrase("first words"));
    await expect(gate.open(passphrase("first words"))).rejects.toThrow(failing("IN_USE"));
    await first;
    gate.close();
  });

  it("does not keep a workspace that opens after the application was closed", async () => {
    const folder = await newWorkspace("closed");
    const gate = new WorkspaceGate({ paths: { workspace: folder }, access: "write" });
    const opening = gate.open(passphrase("first words"));
    gate.close();
    await opening;
    expect(gate.isOpen).toBe(false);
    expect(await opens(folder, "first words")).toBe(true);
  });
});

describe("changing the passphrase", () => {
  it("lets the new one in and the old one no more, and loses nothing", async () => {
    const folder = await newWorkspace("changed");
    const gate = new WorkspaceGate({ paths: { workspace: folder }, access: "write" });
    await gate.open(passphrase("first words"));
    await gate.changePassphrase("first words", "second words");
    gate.close();
    expect([await opens(folder, "first words"), await opens(folder, "second words")]).toEqual([false, true]);
  });

  it("needs the current one, and changes nothing without it", async () => {
    const folder = await newWorkspace("unchanged");
    const before = readFileSync(join(folder, "workspace.json"));
    await expect(changePassphrase(folder, "wrong", "second words")).rejects.toThrow(failing("WRONG_KEY"));
    await expect(changePassphrase(folder, "first words", "")).rejects.toThrow(failing("USAGE"));
    expect(readFileSync(join(folder, "workspace.json"))).toEqual(before);
    expect(readdirSync(folder).filter((name) => name.includes("partial"))).toEqual([]);
  });

  it("is refused where a key opens the workspace", async () => {
    const folder = join(root, "keyed");
    (await openWorkspace(folder, () => ({ kind: "key", key: Buffer.alloc(32, 7) }))).close();
    await expect(changePassphrase(folder, "a", "b")).rejects.toThrow(failing("USAGE"));
  });

  it("leaves one that opens with the old or the new, wherever the process is killed", async () => {
    const folder = await newWorkspace("killed");
    const module = (path: string) => JSON.stringify(join(projectRoot, path));
    const script = `const { changePassphrase } = await import(${module("src/main/access/workspace-header.ts")});
      await changePassphrase(process.argv[1], process.argv[2], process.argv[3]);`;
    const change = (from: string, to: string, at: number) =>
      runCommand(
        process.execPath,
        [
          "--import",
          join(projectRoot, "test/jobs/kill-at-call.ts"),
          "--input-type=module",
          "-e",
          script,
          folder,
          from,
          to,
        ],
        { env: { SATCHEL_KILL_NEAR: "workspace.json", ...(at === 0 ? {} : { SATCHEL_KILL_AT: String(at) }) } },
      );
    const { stderr } = await change("first words", "words 0", 0);
    const calls = Number(/CALLS (\d+)/.exec(stderr)?.[1]);
    expect(calls).toBeGreaterThan(2);
    let now = "words 0";
    const outcomes = new Set<string>();
    for (let at = 1; at <= calls; at++) {
      const next = `words ${at}`;
      expect((await change(now, next, at)).signal, `killed at ${at}`).toBe("SIGKILL");
      const [old, made] = [await opens(folder, now), await opens(folder, next)];
      expect([old, made].filter(Boolean).length, `killed at ${at}`).toBe(1);
      outcomes.add(made ? "new" : "old");
      if (made) now = next;
      expect(readdirSync(folder).filter((name) => name.includes("partial"))).toEqual([]);
    }
    expect(outcomes).toEqual(new Set(["old", "new"]));
  });
});
