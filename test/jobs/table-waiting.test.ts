import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Calls } from "../../src/contract/calls.ts";
import type { JobProgress } from "../../src/contract/job.ts";
import type { StudiesRecipe } from "../../src/contract/table-recipe.ts";
import type { Client } from "../../src/contract/rpc.ts";
import type { App } from "../../src/main/app.ts";
import { dicomFile } from "../sources/dicom-file.ts";
import { platformExams } from "../support/studies-platform-exams.ts";
import { startPlatformServer, type PlatformServer } from "../support/studies-platform-server.ts";
import { makeTemporaryDirectory } from "../support/temporary-directory.ts";
import { recipeTo } from "./demo-workshop.ts";
import { studiesTo } from "./records-workshop.ts";
import { createWorkshop, resultOf, syncAll, type Workshop } from "./workshop.ts";

const BEFORE = 40;
const AFTER = 60;

let platform: PlatformServer;
let workshop: Workshop;
let app: App;
let client: Client<Calls>;
let letGo: () => void;

/** A study list of 40 exams, and a sync that hangs: when it goes on, there are 60. */
beforeEach(async () => {
  const root = makeTemporaryDirectory("waiting");
  const images = join(root, "images");
  mkdirSync(images);
  writeFileSync(join(images, "one.dcm"), dicomFile());
  workshop = await createWorkshop(root, { folder: images });
  platform = await startPlatformServer(platformExams(2, BEFORE));
  ({ app, client } = await workshop.open());
  const config = { url: platform.url, requestsPerSecond: 1000 };
  await client["sources.add"]({ name: "platform", kind: "studies-api", config });
  await syncAll(client, "platform");
  platform.exams.push(...[...platformExams(2, AFTER)].slice(BEFORE));
  await hang();
});
afterEach(async () => {
  letGo();
  await app.close();
  await platform.close();
});

async function hang(): Promise<void> {
  const { promise: held, resolve } = Promise.withResolvers<boolean>();
  letGo = () => resolve(false);
  const asked = Promise.withResolvers<void>();
  platform.quirks.before = () => {
    asked.resolve();
    return held;
  };
  for await (const _event of client["sources.sync"]({ name: "platform", detached: true })) {
    await asked.promise;
    break;
  }
}

async function start(to: string, change: Partial<StudiesRecipe> = {}): Promise<string> {
  return (await client["exports.start"]({ recipe: studiesTo(to, { selection: { sources: ["platform"] }, ...change }) }))
    .jobId;
}

async function waits(id: string): Promise<JobProgress> {
  for await (const event of client["jobs.watch"]({ id })) {
    if (event.type === "progress" && event.progress.phase === "waiting-for-sync") return event.progress;
    if (event.type === "result") break;
  }
  throw new Error("the job did not wait");
}

const newPlace = (): string => join(makeTemporaryDirectory("out"), "to");
const rowsIn = (to: string): number =>
  readFileSync(join(to, "studies", "studies.csv"), "utf8").split("\r\n").length - 2;

test("asked for while a sync changes the records: the job is there at once, says what it waits for, and holds what the sync brought", async () => {
  const to = newPlace();
  const id = await start(to);
  expect(await waits(id)).toMatchObject({
    state: "running",
    step: "Waiting for a sync of records to end",
    itemsTotal: 0,
  });
  expect(await client["jobs.list"]({})).toMatchObject([{ id, state: "running", kind: "studies", picked: 0 }]);
  expect(readdirSync(to)).toEqual([]);
  letGo();
  expect(await resultOf(client, id)).toMatchObject({
    state: "complete",
    packages: [{ rows: { expected: AFTER, written: AFTER } }],
  });
  expect(rowsIn(to)).toBe(AFTER);
  const log = await client["jobs.log"]({ id });
  expect(log.map(({ event }) => event)).toEqual([
    "started",
    "waiting-for-sync",
    "planned-rows",
    "package-began",
    "package-made",
    "ended",
  ]);
  const receipt = JSON.parse(readFileSync(join(to, "studies", "receipt.json"), "utf8")) as { sources: unknown };
  const source = (await client["sources.list"]({})).find(({ name }) => name === "platform");
  expect(receipt.sources).toEqual([{ name: "platform", syncedAt: source?.lastSync, complete: true }]);
});

test("it may be cancelled while it waits: nothing is left of it, and the sync goes on", async () => {
  const to = newPlace();
  const id = await start(to);
  await waits(id);
  expect(await client["jobs.cancel"]({ id })).toMatchObject({ state: "cancelled" });
  expect(readdirSync(to)).toEqual([]);
  letGo();
  await syncAll(client, "platform");
  expect((await client["sources.list"]({})).find(({ name }) => name === "platform")).toMatchObject({ exams: AFTER });
});

test("paused while it waits, and the application closed: it is planned when it is resumed", async () => {
  const to = newPlace();
  const id = await start(to);
  await waits(id);
  expect(await client["jobs.pause"]({ id })).toMatchObject({ state: "paused" });
  letGo();
  await syncAll(client, "platform");
  await app.close();
  ({ app, client } = await workshop.open());
  await client["jobs.resume"]({ id });
  expect(await resultOf(client, id)).toMatchObject({ state: "complete" });
  expect(rowsIn(to)).toBe(AFTER);
});

test("an export of images does not wait behind one that a sync keeps waiting", async () => {
  await client["settings.set"]({ jobsAtOnce: 1 });
  const id = await start(newPlace());
  await waits(id);
  const images = await client["exports.start"]({ recipe: recipeTo(newPlace(), { previews: false }) });
  expect(await resultOf(client, images.jobId)).toMatchObject({ state: "complete" });
  expect(await client["jobs.show"]({ id })).toMatchObject({ state: "running" });
  letGo();
  expect(await resultOf(client, id)).toMatchObject({ state: "complete" });
});

test("more rows than the limit after the sync: it fails, says how many there are, and writes nothing", async () => {
  const to = newPlace();
  const id = await start(to, { maxRows: BEFORE });
  await waits(id);
  letGo();
  expect(await resultOf(client, id)).toMatchObject({
    state: "failed",
    error: { code: "TOO_LARGE", message: expect.stringContaining(`${AFTER} rows`) },
  });
  expect(readdirSync(to)).toEqual([]);
});

test("a name that is taken is told at once, and two that wait do not get the same file", async () => {
  const to = newPlace();
  mkdirSync(join(to, "studies"), { recursive: true });
  await expect(start(to)).rejects.toMatchObject({ code: "ALREADY_EXISTS" });
  expect(await client["jobs.list"]({})).toEqual([]);
  const free = newPlace();
  const ids = [await start(free), await start(free)];
  letGo();
  const results = await Promise.all(ids.map((id) => resultOf(client, id)));
  expect(results.map(({ state }) => state).toSorted()).toEqual(["complete", "paused"]);
  expect(existsSync(join(free, "studies"))).toBe(true);
  expect(results.find(({ state }) => state === "paused")?.error?.code).toBe("ALREADY_EXISTS");
});
