import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { calls, type Calls } from "../../src/contract/calls.ts";
import { createMemoryWire } from "../../src/contract/memory-wire.ts";
import { connect, type Client } from "../../src/contract/rpc.ts";
import { createApp, type App, type AppPorts } from "../../src/main/app.ts";
import { addPackage } from "../../src/main/catalog/packages.ts";
import { openWorkspace } from "../../src/main/access/workspace.ts";
import { workerEntry } from "../../src/main/places.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";

const root = temporaryDirectory("shell-calls");
const KEY = Buffer.alloc(32, 3);
const secret = () => ({ kind: "key", key: KEY }) as const;
let count = 0;
const apps: App[] = [];
afterEach(async () => {
  for (const app of apps.splice(0)) await app.close();
});

async function open(ports: Partial<AppPorts> = {}): Promise<Client<Calls>> {
  const app = await createApp({
    paths: { workspace: join(root, `workspace-${(count += 1)}`) },
    access: "write",
    shell: "loopback",
    user: "tester",
    now: () => new Date("2026-01-02T03:04:05Z"),
    workerFile: workerEntry("jobs/worker"),
    ...ports,
  });
  apps.push(app);
  const [server, client] = createMemoryWire();
  app.serve(server);
  return connect(calls, client);
}

describe("what a page asks of its shell", () => {
  it("is described with what the shell can do, locked or not", async () => {
    const bare = await (await open())["shell.describe"]({});
    expect(bare).toMatchObject({
      shell: "loopback",
      user: "tester",
      capabilities: { dialogs: false, dragOut: false, reveal: false },
    });
    expect(bare.software.map(({ name }) => name)).toContain("Node.js");
    const rich = await open({
      chooseFolder: () => Promise.resolve("/chosen"),
      chooseFile: () => Promise.resolve(undefined),
      reveal: () => Promise.resolve(),
      software: { Chromium: "156" },
    });
    const described = await rich["shell.describe"]({});
    expect(described.capabilities).toEqual({ dialogs: true, dragOut: false, reveal: true });
    expect(described.software).toContainEqual({ name: "Chromium", version: "156" });
    expect(await rich["shell.chooseFolder"]({ title: "Where" })).toEqual({ path: "/chosen" });
    expect(await rich["shell.chooseFile"]({ title: "Which", purpose: "open" })).toEqual({ path: null });
  });

  it("is refused where the shell has no dialog", async () => {
    const client = await open();
    await expect(client["shell.chooseFolder"]({ title: "x" })).rejects.toMatchObject({ code: "USAGE" });
    await expect(client["shell.chooseFile"]({ title: "x", purpose: "save" })).rejects.toMatchObject({ code: "USAGE" });
  });

  it("names every package that runs, with its licence", async () => {
    const licences = await (await open())["shell.licences"]({});
    expect(licences.map(({ name }) => name)).toContain("zod");
    for (const one of licences) expect(one.licence, one.name).not.toBe("");
  });

  it("shows and drags nothing but packages that Satchel made", async () => {
    const seen: string[] = [];
    const workspace = join(root, "made");
    const opened = await openWorkspace(workspace, secret);
    const path = join(root, "out", "patient_x_export.zip");
    addPackage(opened.catalog, {
      job: 1,
      createdAt: "2026-01-02T03:04:05Z",
      format: "zip",
      policy: "identified",
      firstInstance: null,
      result: {
        name: "patient_x_export.zip",
        path,
        bytes: 1,
        files: 1,
        result: "complete",
        instances: { expected: 1, exported: 1, heldBack: 0, failed: 0 },
        previews: { expected: 0, exported: 0, failed: 0, withoutInstance: 0 },
        rows: null,
        reasons: [],
        verifiedAt: null,
      },
    });
    opened.close();
    const client = await open({
      paths: { workspace },
      secrets: secret,
      reveal: (shown) => Promise.resolve(void seen.push(`reveal ${shown}`)),
      dragOut: (shown) => void seen.push(`drag ${shown}`),
    });
    await client["shell.reveal"]({ path });
    await client["shell.dragOut"]({ path });
    for (const other of ["/etc/passwd", join(root, "out"), `${path}/../x`, ""]) {
      await expect(client["shell.reveal"]({ path: other })).rejects.toMatchObject({ code: "NOT_FOUND" });
      await expect(client["shell.dragOut"]({ path: other })).rejects.toMatchObject({ code: "NOT_FOUND" });
    }
    expect(seen).toEqual([`reveal ${path}`, `drag ${path}`]);
  });
});

describe("a window before its workspace is open", () => {
  it("can ask for nothing of it, nor look through the drives", async () => {
    const client = await open();
    expect(await client["workspace.state"]({})).toEqual({ state: "new", problem: null });
    const attempts = [
      client["sources.list"]({}),
      client["find.studies"]({}),
      client["jobs.list"]({}),
      client["keys.list"]({}),
      client["settings.get"]({}),
      client["folders.places"]({}),
      client["folders.list"]({ path: "/" }),
      client["folders.make"]({ path: root, name: "x" }),
      client["shell.reveal"]({ path: "/" }),
      client["workspace.changePassphrase"]({ current: "a", next: "b" }),
    ];
    for (const attempt of attempts) await expect(attempt).rejects.toMatchObject({ code: "LOCKED" });
  });

  it("stays and says why it did not open by itself, and opens the same way once that is over", async () => {
    const workspace = join(root, "taken");
    const holder = await openWorkspace(workspace, secret);
    const client = await open({ paths: { workspace }, secrets: secret });
    expect(await client["workspace.state"]({})).toMatchObject({ state: "locked", problem: { code: "IN_USE" } });
    holder.close();
    expect(await client["workspace.open"]({})).toEqual({ state: "open", problem: null });
  });

  it("asks for a passphrase where the shell has no way of its own", async () => {
    const client = await open();
    await expect(client["workspace.open"]({})).rejects.toMatchObject({ code: "USAGE" });
    expect(await client["workspace.state"]({})).toMatchObject({ state: "new" });
  });

  it("opens with its passphrase, tells the pages, and writes down that it was changed", async () => {
    const client = await open();
    const stop = new AbortController();
    const changes = client["changes.watch"]({}, stop.signal)[Symbol.asyncIterator]();
    const told = changes.next();
    expect(await client["workspace.open"]({ passphrase: "first words" })).toMatchObject({ state: "open" });
    expect((await told).value?.topics).toContain("workspace");
    await client["workspace.changePassphrase"]({ current: "first words", next: "second words" });
    const { rows } = await client["audit.list"]({});
    expect(rows.map(({ action }) => action)).toContain("change passphrase");
    expect(JSON.stringify(rows)).not.toMatch(/first words|second words/);
    stop.abort();
  });
});
