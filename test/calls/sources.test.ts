import { mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import type { SourceSummary } from "../../src/contract/calls/sources.ts";
import type { Calls } from "../../src/contract/calls.ts";
import type { Client } from "../../src/contract/rpc.ts";
import { addJobItems } from "../../src/main/catalog/job-items.ts";
import { createJob, updateJob } from "../../src/main/catalog/jobs.ts";
import { beginSync, getSource } from "../../src/main/catalog/sources.ts";
import { makeDemoHospital } from "../../src/main/demo/make-demo-hospital.ts";
import { dicomFile } from "../sources/dicom-file.ts";
import { startOrthanc, type OrthancServer } from "../support/orthanc.ts";
import { makeTemporaryDirectory } from "../support/temporary-directory.ts";
import { startGate, type GatedOrthanc } from "./gated-orthanc.ts";
import { inWorkspace, openApp } from "./open-app.ts";

const code = (value: string) => expect.objectContaining({ code: value });

function newRoot(): string {
  const root = makeTemporaryDirectory("sources");
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  return root;
}

function folderOf(root: string, files: Record<string, Buffer>): string {
  const path = join(root, "dicom");
  mkdirSync(path, { recursive: true });
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(path, name), bytes);
  return path;
}

async function only(client: Client<Calls>): Promise<SourceSummary> {
  const [source] = await client["sources.list"]({});
  if (source === undefined) throw new Error("there is no source");
  return source;
}

type SyncEvent = { type: "progress" } | { type: "result"; added: number };
/** Reads a sync to its end. */
async function resultOf(events: AsyncIterable<SyncEvent>): Promise<number> {
  for await (const event of events) if (event.type === "result") return event.added;
  throw new Error("the sync ended without a result");
}

describe("a folder", () => {
  it("has not been synced when it is added; then it says what the catalog holds of it, and what could not be read", async () => {
    const root = newRoot();
    const path = folderOf(root, { a: dicomFile(), b: dicomFile({ study: "1.2.7", patientId: "P7" }) });
    const { client } = await openApp(root);
    expect(await client["sources.add"]({ kind: "folder", name: "disk", config: { path } })).toMatchObject({
      state: "never",
      place: path,
      lastReport: null,
      error: null,
    });
    expect(await resultOf(client["sources.sync"]({ name: "DISK" }))).toBe(2);
    expect(await only(client)).toMatchObject({ state: "ok", patients: 2, studies: 2, instances: 2, progress: null });
    writeFileSync(join(path, "broken"), dicomFile().subarray(0, 400));
    await resultOf(client["sources.sync"]({ name: "disk" }));
    expect(await only(client)).toMatchObject({ state: "attention", problems: 1, lastReport: { problems: 1 } });
  });

  it("that goes away is a failed sync with what to do, and what was known of it stays", async () => {
    const root = newRoot();
    const path = folderOf(root, { a: dicomFile() });
    const { client } = await openApp(root);
    await client["sources.add"]({ kind: "folder", name: "disk", config: { path } });
    await resultOf(client["sources.sync"]({ name: "disk" }));
    rmSync(path, { recursive: true });
    await expect(resultOf(client["sources.sync"]({ name: "disk" }))).rejects.toEqual(code("READ_FAILED"));
    const failed = await only(client);
    expect(failed).toMatchObject({ state: "failed", error: { code: "READ_FAILED" }, studies: 1 });
    expect(failed.error?.next).toBeTruthy();
    folderOf(root, { a: dicomFile() });
    await resultOf(client["sources.sync"]({ name: "disk" }));
    expect(await only(client)).toMatchObject({ state: "ok", error: null });
  });

  it("in the workspace, or around it, is refused before it is saved", async () => {
    const root = newRoot();
    const { client } = await openApp(root);
    for (const path of [join(root, "workspace", "log"), root]) {
      await expect(client["sources.add"]({ kind: "folder", name: "own", config: { path } })).rejects.toEqual(
        code("USAGE"),
      );
      await expect(client["sources.test"]({ kind: "folder", config: { path } })).rejects.toEqual(code("USAGE"));
    }
    expect(await client["sources.list"]({})).toEqual([]);
  });

  it("is tested before it is saved", async () => {
    const root = newRoot();
    const { client } = await openApp(root);
    const test = (path: string) => client["sources.test"]({ kind: "folder", config: { path } });
    expect(await test(folderOf(root, { a: dicomFile() }))).toMatchObject({ ok: true });
    expect(await test(join(root, "nowhere"))).toMatchObject({ ok: false });
    expect(await client["sources.list"]({})).toEqual([]);
  });

  it("can be renamed; one that is moved is read anew", async () => {
    const root = newRoot();
    const path = folderOf(root, { a: dicomFile() });
    const { client } = await openApp(root);
    await client["sources.add"]({ kind: "folder", name: "disk", config: { path } });
    await client["sources.add"]({ kind: "folder", name: "other", config: { path: join(root, "other") } });
    await resultOf(client["sources.sync"]({ name: "disk" }));
    const edit = (change: { newName?: string; config?: Record<string, unknown> }) =>
      client["sources.edit"]({ name: "disk", ...change });
    await expect(edit({ newName: "Other" })).rejects.toEqual(code("ALREADY_EXISTS"));
    expect(await edit({ newName: "Disk" })).toMatchObject({ name: "Disk", state: "ok", studies: 1 });
    await expect(edit({ config: { path: "relative" } })).rejects.toEqual(code("USAGE"));
    const moved = join(root, "moved");
    expect(await edit({ config: { path: moved } })).toMatchObject({ state: "never", place: moved, lastReport: null });
  });

  it("is not moved or removed while a job that may go on reads from it, but may be renamed", async () => {
    const root = newRoot();
    const path = folderOf(root, { a: dicomFile() });
    const first = await openApp(root);
    await first.client["sources.add"]({ kind: "folder", name: "disk", config: { path } });
    await first.app.close();
    await inWorkspace(root, ({ catalog }) => {
      const job = createJob(catalog, { recipe: {}, destination: "/there" });
      addJobItems(catalog, job.id, [{ source: getSource(catalog, "disk").id }]);
      updateJob(catalog, job.id, { state: "paused", plan: { packages: [] } });
    });
    const { client } = await openApp(root);
    const moved = client["sources.edit"]({ name: "disk", config: { path: join(root, "moved") } });
    await expect(moved).rejects.toEqual(code("USAGE"));
    await expect(client["sources.remove"]({ name: "disk" })).rejects.toEqual(code("USAGE"));
    expect(await client["sources.edit"]({ name: "disk", newName: "archive" })).toMatchObject({ name: "archive" });
  });

  it("whose sync was cut off with its process says so until it has been synced again", async () => {
    const root = newRoot();
    const path = folderOf(root, { a: dicomFile() });
    const first = await openApp(root);
    await first.client["sources.add"]({ kind: "folder", name: "disk", config: { path } });
    await resultOf(first.client["sources.sync"]({ name: "disk" }));
    await first.app.close();
    await inWorkspace(root, ({ catalog }) => beginSync(catalog, getSource(catalog, "disk").id));
    const { client } = await openApp(root);
    expect(await only(client)).toMatchObject({ state: "attention", error: { code: "CANCELLED" }, progress: null });
    await resultOf(client["sources.sync"]({ name: "disk" }));
    expect(await only(client)).toMatchObject({ state: "ok", error: null });
  });

  it("is removed with what only it held, and screens are told", async () => {
    const root = newRoot();
    const { client } = await openApp(root);
    await client["sources.add"]({ kind: "folder", name: "disk", config: { path: folderOf(root, { a: dicomFile() }) } });
    await resultOf(client["sources.sync"]({ name: "disk" }));
    const watch = new AbortController();
    const told = new Set<string>();
    const watching = (async () => {
      for await (const { topics } of client["changes.watch"]({}, watch.signal))
        for (const topic of topics) told.add(topic);
    })();
    await client["sources.remove"]({ name: "disk" });
    await vi.waitFor(() => expect([...told]).toEqual(expect.arrayContaining(["sources", "catalog"])));
    watch.abort();
    await expect(watching).rejects.toThrow();
    expect(await client["sources.list"]({})).toEqual([]);
    expect((await client["find.studies"]({})).total).toBe(0);
  });
});

describe("the demo hospital", () => {
  it("is added once, from a folder beside the workspace, and read without a page that asks for it", async () => {
    const root = newRoot();
    await makeDemoHospital(join(root, "workspace-demo-hospital"), { size: "small" });
    const { client } = await openApp(root);
    const both = await Promise.all([client["sources.addDemo"]({}), client["sources.addDemo"]({})]);
    expect(both.map(({ place }) => place)).toEqual([1, 2].map(() => join(root, "workspace-demo-hospital")));
    await vi.waitFor(async () => expect((await only(client)).lastReport).not.toBeNull(), { timeout: 20_000 });
    expect((await only(client)).instances).toBeGreaterThan(100);
    expect(await client["sources.addDemo"]({})).toMatchObject({ name: both[0].name, error: null });
  });

  it("is seen being made; where that is cancelled nothing of it is left, and the next sync makes it", async () => {
    const root = newRoot();
    const { client } = await openApp(root);
    expect(await client["sources.addDemo"]({})).toMatchObject({ state: "syncing" });
    await vi.waitFor(
      async () => expect((await only(client)).progress).toMatchObject({ phase: "preparing", total: 34 }),
      { timeout: 20_000 },
    );
    const { name } = await only(client);
    await client["sources.cancelSync"]({ name });
    expect(await only(client)).toMatchObject({ state: "attention", error: { code: "CANCELLED" } });
    expect(readdirSync(root).filter((entry) => /demo-hospital(?!-records)/.test(entry))).toEqual([]);
    await makeDemoHospital(join(root, "workspace-demo-hospital"), { size: "small" });
    expect(await resultOf(client["sources.sync"]({ name }))).toBeGreaterThan(100);
  });

  it("has notes and exams of its patients, so that every list has something to show", async () => {
    const root = newRoot();
    await makeDemoHospital(join(root, "workspace-demo-hospital"), { size: "small" });
    const { client } = await openApp(root);
    const { records } = await client["sources.addDemo"]({});
    const name = "Demo hospital records";
    expect(records).toMatchObject({ name, kind: "sqlite", error: null });
    const told = async () => (await client["sources.list"]({})).find((source) => source.name === name);
    await vi.waitFor(async () => expect((await told())?.lastReport).not.toBeNull(), { timeout: 20_000 });
    expect(await told()).toMatchObject({ state: "ok", exams: 60, problems: 0 });
    const facets = await client["records.noteFacets"]({});
    expect(facets.notes).toBeGreaterThan(150);
    for (const facet of [facets.wards, facets.statuses, facets.kinds]) expect(facet.length).toBeGreaterThan(1);
    await client["sources.remove"]({ name });
    expect((await client["sources.addDemo"]({})).records).toMatchObject({ name, state: "syncing" });
  });

  it("that cannot be written says so at its source", async () => {
    const root = newRoot();
    // A link to itself looks as if nothing were there, and nothing can be made in its place.
    symlinkSync("workspace-demo-hospital", join(root, "workspace-demo-hospital"));
    const { client } = await openApp(root);
    await client["sources.addDemo"]({});
    await vi.waitFor(
      async () => expect(await only(client)).toMatchObject({ state: "failed", error: { code: "WRITE_FAILED" } }),
      {
        timeout: 60_000,
      },
    );
  });
});

describe("a server", () => {
  const INSTANCES = 12;
  let orthanc: OrthancServer;
  let gate: GatedOrthanc;
  beforeAll(async () => {
    orthanc = await startOrthanc();
    for (let at = 0; at < INSTANCES; at++)
      await orthanc.upload(dicomFile({ study: `1.2.${at}`, instance: `1.2.${at}.1.1`, patientId: `P${at}` }));
    gate = await startGate(orthanc);
  });
  afterEach(() => {
    gate.open();
    gate.asked.length = 0;
  });
  afterAll(async () => {
    await gate.close();
    await orthanc.stop();
  });

  /** One request after the other, so that it is known how far a sync has come when the gate shuts. */
  const config = () => ({ url: gate.url, auth: { kind: "basic", user: orthanc.user }, concurrency: 1 });
  /** The places of the listing, then three requests for each of some instances. */
  const SOME = 3 + 4 * 3;

  async function withServer(root: string) {
    const opened = await openApp(root);
    await opened.client["sources.add"]({
      kind: "orthanc",
      name: "pacs",
      config: config(),
      secret: orthanc.password,
    });
    return opened;
  }
  const shut = () => vi.waitFor(() => expect(gate.asked.length).toBeGreaterThan(SOME));
  const readings = () => gate.asked.filter((path) => path.includes("/tags")).length;

  it("is synced once however many pages ask, and goes on without any of them where that was asked for", async () => {
    const { client, connect } = await withServer(newRoot());
    gate.letThrough(SOME);
    const page = new AbortController();
    const lost = resultOf(client["sources.sync"]({ name: "pacs", detached: true }, page.signal));
    await shut();
    page.abort();
    await expect(lost).rejects.toThrow();
    expect(await only(client)).toMatchObject({ state: "syncing", progress: { phase: "instances" } });
    const other = connect();
    const joined = [client, other].map((one) => resultOf(one["sources.sync"]({ name: "pacs" })));
    gate.open();
    expect(await Promise.all(joined)).toEqual([INSTANCES, INSTANCES]);
    expect(readings()).toBe(INSTANCES);
    expect(await only(client)).toMatchObject({ state: "ok", instances: INSTANCES });
  });

  it("is no longer synced when the page that asked goes, unless the sync is detached", async () => {
    const { client } = await withServer(newRoot());
    gate.letThrough(SOME);
    const page = new AbortController();
    const lost = resultOf(client["sources.sync"]({ name: "pacs" }, page.signal));
    await shut();
    page.abort();
    await expect(lost).rejects.toThrow();
    await vi.waitFor(async () => expect((await only(client)).state).not.toBe("syncing"));
    expect(await only(client)).toMatchObject({ state: "attention", error: { code: "CANCELLED" } });
  });

  it("is synced on where the page that asked goes, once another has asked to let it go on", async () => {
    const { client, connect } = await withServer(newRoot());
    gate.letThrough(SOME);
    const page = new AbortController();
    const lost = resultOf(client["sources.sync"]({ name: "pacs" }, page.signal));
    await shut();
    const events = connect()["sources.sync"]({ name: "pacs", detached: true })[Symbol.asyncIterator]();
    expect((await events.next()).value).toMatchObject({ type: "progress" });
    page.abort();
    await expect(lost).rejects.toThrow();
    gate.open();
    expect(await resultOf({ [Symbol.asyncIterator]: () => events })).toBe(INSTANCES);
    expect(readings()).toBe(INSTANCES);
  });

  it("keeps what was read of it when its sync is cancelled, says so, and is read on from there", async () => {
    const { client } = await withServer(newRoot());
    gate.letThrough(SOME);
    const watched = resultOf(client["sources.sync"]({ name: "pacs", detached: true }));
    const ended = expect(watched).rejects.toEqual(code("CANCELLED"));
    await shut();
    await client["sources.cancelSync"]({ name: "pacs" });
    await ended;
    const source = await only(client);
    expect(source).toMatchObject({ state: "attention", error: { code: "CANCELLED" }, lastSync: null, progress: null });
    expect(source.studies).toBeGreaterThan(0);
    expect(source.studies).toBeLessThan(INSTANCES);
    gate.open();
    gate.asked.length = 0;
    expect(await resultOf(client["sources.sync"]({ name: "pacs" }))).toBe(INSTANCES - source.studies);
    expect(readings()).toBe(INSTANCES - source.studies);
    expect(await only(client)).toMatchObject({ state: "ok", error: null });
    await client["sources.cancelSync"]({ name: "pacs" });
  });

  it("is neither changed nor removed while it is being synced", async () => {
    const { client } = await withServer(newRoot());
    gate.letThrough(SOME);
    const sync = resultOf(client["sources.sync"]({ name: "pacs", detached: true }));
    await shut();
    await expect(client["sources.edit"]({ name: "pacs", newName: "x" })).rejects.toEqual(code("USAGE"));
    await expect(client["sources.remove"]({ name: "pacs" })).rejects.toEqual(code("USAGE"));
    gate.open();
    expect(await sync).toBe(INSTANCES);
  });

  it("loses nothing that was read when the application is closed in the middle", async () => {
    const root = newRoot();
    const { app, client } = await withServer(root);
    gate.letThrough(SOME);
    const lost = resultOf(client["sources.sync"]({ name: "pacs", detached: true }));
    const ended = expect(lost).rejects.toThrow();
    await shut();
    await app.close();
    await ended;
    const again = await openApp(root);
    const source = await only(again.client);
    expect(source).toMatchObject({ state: "attention", error: { code: "CANCELLED" } });
    expect(source.studies).toBeGreaterThan(0);
  });

  it("that refuses the password is a failed sync; with the right one it is synced, and the password is never told", async () => {
    const { client } = await withServer(newRoot());
    const wrong = await client["sources.edit"]({ name: "pacs", secret: "wrong" });
    expect(wrong).toMatchObject({ hasSecret: true });
    await expect(resultOf(client["sources.sync"]({ name: "pacs" }))).rejects.toEqual(code("SOURCE_REFUSED"));
    expect(await only(client)).toMatchObject({ state: "failed", error: { code: "SOURCE_REFUSED" } });
    await client["sources.edit"]({ name: "pacs", secret: orthanc.password });
    await resultOf(client["sources.sync"]({ name: "pacs" }));
    const source = await only(client);
    expect(source).toMatchObject({ state: "ok", hasSecret: true });
    expect(JSON.stringify(source)).not.toContain(orthanc.password);
    expect(await client["sources.edit"]({ name: "pacs", secret: null })).toMatchObject({ hasSecret: false });
  });

  it("is tested with the stored password, which is sent to no other server", async () => {
    const { client } = await withServer(newRoot());
    const test = (change: object) =>
      client["sources.test"]({ kind: "orthanc", config: { ...config(), ...change }, secretOf: "pacs" });
    expect(await test({})).toMatchObject({ ok: true });
    const heard: string[] = [];
    const stranger = createServer((request, response) => {
      heard.push(request.headers.authorization ?? "");
      response.end("{}");
    });
    await new Promise<void>((resolve) => stranger.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void stranger.close());
    const { port } = stranger.address() as { port: number };
    const elsewhere = { url: `http://127.0.0.1:${port}` };
    await expect(test(elsewhere)).rejects.toEqual(code("USAGE"));
    await expect(client["sources.edit"]({ name: "pacs", config: { ...config(), ...elsewhere } })).rejects.toEqual(
      code("USAGE"),
    );
    expect(heard).toEqual([]);
    expect(
      await client["sources.edit"]({ name: "pacs", config: { ...config(), ...elsewhere }, secret: "its own" }),
    ).toMatchObject({ place: elsewhere.url });
  });
});
