import {
  closeSync,
  fstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Calls } from "../../src/contract/calls.ts";
import type { JobPhase, JobResult } from "../../src/contract/job.ts";
import type { Client } from "../../src/contract/rpc.ts";
import type { App } from "../../src/main/app.ts";
import { canMountSmallDisk, fillDisk, mountSmallDisk, unmount } from "../support/small-disk.ts";
import { makeTemporaryDirectory, temporaryDirectory } from "../support/temporary-directory.ts";
import {
  addNote,
  changeBehind,
  changeCatalog,
  createRecordsWorkshop,
  notesTo,
  syncNothing,
} from "./records-workshop.ts";
import { contentsOf, EXPORTED_AT, resultOf, type Workshop } from "./workshop.ts";

const root = temporaryDirectory("table-interruptions");
const FORMATS = ["zip", "beside", "file", "folder"] as const;
const ROWS = 60 * 40;
const newPlace = (): string => join(makeTemporaryDirectory("out"), "to");

let workshop: Workshop;
const references = new Map<string, Record<string, Buffer>>();
let app: App;
let client: Client<Calls>;

beforeAll(async () => {
  workshop = await createRecordsWorkshop(root, { patients: 60, notesEach: 40, noteLength: 12_000, exams: 50 });
  ({ app, client } = await workshop.open());
  for (const format of FORMATS) {
    const to = newPlace();
    await start(to, format).then((id) => resultOf(client, id));
    references.set(format, contentsOf(to));
  }
  await app.close();
});
beforeEach(async () => {
  ({ app, client } = await workshop.open());
});
afterEach(() => app.close());

async function start(to: string, format: (typeof FORMATS)[number]): Promise<string> {
  const { jobId } = await client["exports.start"]({ recipe: notesTo(to, { format }), exportedAt: EXPORTED_AT });
  return jobId;
}

/** Resolves when the job is in that phase with something done, or has ended. */
async function reached(id: string, phase: JobPhase): Promise<boolean> {
  for await (const event of client["jobs.watch"]({ id })) {
    if (event.type === "result") return false;
    if (event.progress.phase === phase && event.progress.itemsDone > 0) return true;
  }
  return false;
}

function expectReference(to: string, format: string): void {
  const made = contentsOf(to);
  const reference = references.get(format) ?? {};
  expect(Object.keys(made).toSorted()).toEqual(Object.keys(reference).toSorted());
  for (const [name, bytes] of Object.entries(reference)) expect(made[name]?.equals(bytes), name).toBe(true);
}

/** The file that a table is being written into. */
function partialTable(to: string, format: (typeof FORMATS)[number]): string {
  const [partial = ""] = readdirSync(to).filter((name) => name.endsWith(".partial"));
  return format === "folder" || format === "beside" ? join(to, partial, "patient_data_export.csv") : join(to, partial);
}

function flipByte(path: string, at: number): void {
  const fd = openSync(path, "r+");
  const byte = Buffer.alloc(1);
  readSync(fd, byte, 0, 1, at);
  writeSync(fd, Buffer.of((byte[0] ?? 0) ^ 1), 0, 1, at);
  closeSync(fd);
}

describe("a table that is interrupted", () => {
  test.for(FORMATS)("%s: paused and resumed, it ends as the same bytes", async (format) => {
    const to = newPlace();
    const id = await start(to, format);
    expect(await reached(id, "writing")).toBe(true);
    expect(await client["jobs.pause"]({ id })).toMatchObject({ state: "paused" });
    expect(readdirSync(to).every((name) => name.includes(".partial"))).toBe(true);
    await client["jobs.resume"]({ id });
    expect(await resultOf(client, id)).toMatchObject({ state: "complete" });
    expectReference(to, format);
  });

  test.for(FORMATS)("%s: the application is closed in the midst of it; the next one takes it up", async (format) => {
    const to = newPlace();
    await app.close();
    ({ app, client } = await workshop.open({ resumeJobs: true }));
    const id = await start(to, format);
    await reached(id, "writing");
    await app.close();
    ({ app, client } = await workshop.open({ resumeJobs: true }));
    const job = await client["jobs.show"]({ id });
    if (job.state !== "complete") expect(await resultOf(client, id)).toMatchObject({ state: "complete" });
    expectReference(to, format);
  });

  for (const phase of ["writing", "finishing", "verifying"] as const)
    test.for(FORMATS)(`%s: cancelled while ${phase}, nothing is left`, async (format) => {
      const to = newPlace();
      const id = await start(to, format);
      const inTime = await reached(id, phase);
      const { state } = await client["jobs.cancel"]({ id });
      // It may have ended right then: what bears its name is whole.
      if (state === "complete" || !inTime) expectReference(to, format);
      else expect(readdirSync(to)).toEqual([]);
    });

  test.for(["zip", "folder"] as const)(
    "%s: zeros that a power cut left in a chunk which no mark covers are found when it goes on, and made anew",
    async (format) => {
      const to = newPlace();
      const id = await start(to, format);
      expect(await reached(id, "writing")).toBe(true);
      await client["jobs.pause"]({ id });
      const [name = ""] = readdirSync(to).filter((one) => one.endsWith(".journal"));
      const journal = readFileSync(join(to, name), "utf8");
      const mark = journal.lastIndexOf("\n", journal.indexOf('{"synced":')) + 1;
      expect(mark).toBeGreaterThan(1);
      truncateSync(join(to, name), Buffer.byteLength(journal.slice(0, mark)));
      const path = partialTable(to, format);
      const fd = openSync(path, "r+");
      writeSync(fd, Buffer.alloc(4_096), 0, 4_096, fstatSync(fd).size - 10_000);
      closeSync(fd);
      await client["jobs.resume"]({ id });
      expect(await resultOf(client, id)).toMatchObject({ state: "complete" });
      expectReference(to, format);
    },
  );
});

describe("what changes below a table", () => {
  test("a sync that found nothing new between pause and resume changes no byte, not the receipt's either", async () => {
    const to = newPlace();
    const id = await start(to, "folder");
    await reached(id, "writing");
    await client["jobs.pause"]({ id });
    await app.close();
    await changeCatalog(workshop, syncNothing);
    ({ app, client } = await workshop.open());
    const [source] = await client["sources.list"]({});
    expect(source?.lastSync).not.toBeNull();
    await client["jobs.resume"]({ id });
    expect(await resultOf(client, id)).toMatchObject({ state: "complete" });
    expectReference(to, "folder");
  });

  test.for(FORMATS)(
    "%s: a byte that changed where the table lay is found before it gets its name, and nothing is left",
    async (format) => {
      const to = newPlace();
      const id = await start(to, format);
      expect(await reached(id, "writing")).toBe(true);
      await client["jobs.pause"]({ id });
      // Past the head of the table, in what is known to be on the disk: it is not read again when the job goes on.
      flipByte(partialTable(to, format), 5_000);
      await client["jobs.resume"]({ id });
      const result = await resultOf(client, id);
      expect(result).toMatchObject({ state: "failed", error: { code: "PACKAGE_DAMAGED" }, packages: [] });
      expect(readdirSync(to)).toEqual([]);
    },
  );

  test("records that changed meanwhile: it is planned anew, begins anew, holds what is there now, and its log says so", async () => {
    const to = newPlace();
    const id = await start(to, "folder");
    await reached(id, "writing");
    await client["jobs.pause"]({ id });
    await app.close();
    await changeCatalog(workshop, (catalog) => addNote(catalog, "another"));
    ({ app, client } = await workshop.open());
    await client["jobs.resume"]({ id });
    const result = await resultOf(client, id);
    expect(result).toMatchObject({
      state: "complete",
      packages: [{ rows: { expected: ROWS + 1, written: ROWS + 1 } }],
    });
    const log = await client["jobs.log"]({ id });
    expect(log.filter(({ event }) => event === "planned-anew")).toMatchObject([
      { params: { rows: ROWS + 1, patients: 60 } },
    ]);
    expect(readdirSync(to)).toEqual(["patient_data_export"]);
  });

  test("records that change behind the back of a running export: its workers notice, and it begins anew", async () => {
    const to = newPlace();
    const id = await start(to, "folder");
    await changeBehind(workshop, (catalog) => addNote(catalog, "one more"));
    const result = await resultOf(client, id);
    expect(result).toMatchObject({
      state: "complete",
      packages: [{ rows: { expected: ROWS + 2, written: ROWS + 2 } }],
    });
    const log = await client["jobs.log"]({ id });
    expect(log.filter(({ event }) => event === "planned-anew")).toHaveLength(1);
  });
});

describe("tables made side by side", () => {
  test("two jobs at once, and one worker or more: the same bytes", async () => {
    await client["settings.set"]({ jobsAtOnce: 2 });
    const places = [newPlace(), newPlace()];
    const ids = await Promise.all(places.map((to) => start(to, "zip")));
    const results: JobResult[] = await Promise.all(ids.map((id) => resultOf(client, id)));
    expect(results.map(({ state }) => state)).toEqual(["complete", "complete"]);
    const [one, two] = places.map((to) => contentsOf(to));
    expect(one?.["patient_data_export.zip"]?.equals(two?.["patient_data_export.zip"] ?? Buffer.alloc(0))).toBe(true);
    for (const workers of [1, 3]) {
      await client["settings.set"]({ jobsAtOnce: 1, workers });
      await app.close();
      ({ app, client } = await workshop.open());
      const to = newPlace();
      await resultOf(client, await start(to, "zip"));
      expect(
        contentsOf(to)["patient_data_export.zip"]?.equals(one?.["patient_data_export.zip"] ?? Buffer.alloc(0)),
      ).toBe(true);
    }
    await client["settings.set"]({ workers: 0 });
  });

  test("two jobs of one name at one place: one makes it, the other says that it is there", async () => {
    const to = newPlace();
    await client["settings.set"]({ jobsAtOnce: 2 });
    const ids = await Promise.all([start(to, "beside"), start(to, "beside")]);
    const results = await Promise.all(ids.map((id) => resultOf(client, id)));
    expect(results.map(({ state }) => state).toSorted()).toEqual(["complete", "paused"]);
    expect(results.find(({ state }) => state === "paused")?.error?.code).toBe("ALREADY_EXISTS");
    await client["jobs.cancel"]({ id: ids[results.findIndex(({ state }) => state === "paused")] ?? "" });
    expect(readdirSync(to)).toHaveLength(5);
    await client["settings.set"]({ jobsAtOnce: 1 });
  });

  test("beside: a name that was taken while the table was made costs nobody anything", async () => {
    const to = newPlace();
    const id = await start(to, "beside");
    writeFileSync(join(to, "patient_data_export.receipt.json"), "mine");
    const result = await resultOf(client, id);
    expect(result).toMatchObject({ state: "paused", error: { code: "ALREADY_EXISTS" } });
    expect(readdirSync(to).filter((name) => !name.includes(".partial"))).toEqual(["patient_data_export.receipt.json"]);
    rmSync(join(to, "patient_data_export.receipt.json"));
    await client["jobs.resume"]({ id });
    expect(await resultOf(client, id)).toMatchObject({ state: "complete" });
    expect(readdirSync(to)).toHaveLength(5);
  });
});

const canMount = canMountSmallDisk();
describe.skipIf(!canMount)(`a full disk${canMount ? "" : " (skipped: only root may mount a small disk)"}`, () => {
  const disk = join(root, "disk");
  beforeAll(() => {
    mkdirSync(disk);
    mountSmallDisk(disk);
  });
  afterAll(() => unmount(disk));

  test.for(FORMATS)(
    "%s: the job pauses and says how much it wants; with room again it ends as it would have",
    async (format) => {
      const to = join(disk, format);
      const ballast = join(disk, "ballast");
      const id = await start(to, format);
      await reached(id, "writing");
      await client["jobs.pause"]({ id });
      fillDisk(ballast);
      await client["jobs.resume"]({ id });
      const halted = await resultOf(client, id);
      expect(halted).toMatchObject({ state: "paused", error: { code: "DISK_FULL" } });
      expect(readdirSync(to).every((name) => name.includes(".partial"))).toBe(true);
      rmSync(ballast);
      await client["jobs.resume"]({ id });
      expect(await resultOf(client, id)).toMatchObject({ state: "complete" });
      expect((await client["jobs.show"]({ id })).packages[0]?.rows?.written).toBeGreaterThanOrEqual(ROWS);
      rmSync(to, { recursive: true });
    },
  );
});
