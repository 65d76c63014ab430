import { closeSync, fstatSync, openSync, readdirSync, readFileSync, readSync, truncateSync, writeSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Calls } from "../../src/contract/calls.ts";
import type { DatasetRecipe } from "../../src/contract/fhir-recipe.ts";
import type { JobPhase } from "../../src/contract/job.ts";
import type { Client } from "../../src/contract/rpc.ts";
import type { App } from "../../src/main/app.ts";
import { putLate } from "./late-resource.ts";
import { makeTemporaryDirectory, temporaryDirectory } from "../support/temporary-directory.ts";
import { createDatasetWorkshop, fhirTo, pseudonymised, viewTo } from "./dataset-workshop.ts";
import { changeCatalog } from "./records-workshop.ts";
import { contentsOf, EXPORTED_AT, resultOf, type Workshop } from "./workshop.ts";

const root = temporaryDirectory("dataset-interruptions");
const PATIENTS = 60;
const EACH = 200;
const RESOURCES = PATIENTS * EACH + PATIENTS + 3;
const newPlace = (): string => join(makeTemporaryDirectory("out"), "to");
const policy = pseudonymised();

const SHAPES = {
  "NDJSON in a folder, compressed": (to: string) => fhirTo(to, { policy, gzip: true }),
  "NDJSON in a ZIP, deflated": (to: string) => fhirTo(to, { policy, format: "zip", compress: 1 }),
  "a Bundle in a ZIP": (to: string) => fhirTo(to, { policy, layout: "bundle", format: "zip" }),
  "a Bundle a patient in a ZIP": (to: string) =>
    fhirTo(to, { policy, layout: "per-patient", format: "zip", compress: 1 }),
  "a Bundle a patient in a folder": (to: string) => fhirTo(to, { policy, layout: "per-patient" }),
  "a CSV alone": (to: string) => viewTo(to, { policy, format: "file" }),
  "a Parquet with its description": (to: string) => viewTo(to, { policy, format: "beside", table: "parquet" }),
  "two sheets in a ZIP": (to: string) =>
    viewTo(to, {
      policy,
      format: "zip",
      compress: 1,
      table: "xlsx",
      views: [{ name: "patient" }, { name: "observation" }],
    }),
} satisfies Record<string, (to: string) => DatasetRecipe>;
type Shape = keyof typeof SHAPES;
const shapes = Object.keys(SHAPES) as Shape[];

let workshop: Workshop;
const references = new Map<string, Record<string, Buffer>>();
let app: App;
let client: Client<Calls>;

beforeAll(async () => {
  workshop = await createDatasetWorkshop(root, { patients: PATIENTS, observationsEach: EACH });
  ({ app, client } = await workshop.open());
  for (const shape of shapes) {
    const to = newPlace();
    expect(await resultOf(client, await start(to, shape)), shape).toMatchObject({ state: "complete" });
    references.set(shape, contentsOf(to));
  }
  await app.close();
}, 60_000);
beforeEach(async () => {
  ({ app, client } = await workshop.open());
});
afterEach(() => app.close());

async function start(to: string, shape: Shape): Promise<string> {
  const { jobId } = await client["exports.start"]({ recipe: SHAPES[shape](to), exportedAt: EXPORTED_AT });
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

function expectReference(to: string, shape: Shape): void {
  const made = contentsOf(to);
  const reference = references.get(shape) ?? {};
  expect(Object.keys(made).toSorted()).toEqual(Object.keys(reference).toSorted());
  for (const [name, bytes] of Object.entries(reference)) expect(made[name]?.equals(bytes), name).toBe(true);
}

describe("a dataset that is interrupted", () => {
  test.for(shapes)("%s: paused and resumed, it ends as the same bytes", async (shape) => {
    const to = newPlace();
    const id = await start(to, shape);
    expect(await reached(id, "writing")).toBe(true);
    const { state } = await client["jobs.pause"]({ id });
    if (state !== "complete") {
      expect(readdirSync(to).every((name) => name.includes(".partial"))).toBe(true);
      await client["jobs.resume"]({ id });
      expect(await resultOf(client, id)).toMatchObject({ state: "complete" });
    }
    expectReference(to, shape);
  });

  test.for(shapes)("%s: cancelled while it is written, nothing is left", async (shape) => {
    const to = newPlace();
    const id = await start(to, shape);
    const inTime = await reached(id, "writing");
    const { state } = await client["jobs.cancel"]({ id });
    if (state === "complete" || !inTime) expectReference(to, shape);
    else expect(readdirSync(to)).toEqual([]);
  });

  test("one worker or three: the same bytes", async () => {
    for (const workers of [1, 3]) {
      await client["settings.set"]({ workers });
      await app.close();
      ({ app, client } = await workshop.open());
      for (const shape of ["NDJSON in a ZIP, deflated", "a Bundle a patient in a ZIP", "a CSV alone"] as const) {
        const to = newPlace();
        await resultOf(client, await start(to, shape));
        expectReference(to, shape);
      }
    }
    await client["settings.set"]({ workers: 0 });
  });

  test("zeros that a power cut left in a chunk which no mark covers are found when it goes on, and made anew", async () => {
    const to = newPlace();
    const id = await start(to, "a Bundle in a ZIP");
    expect(await reached(id, "writing")).toBe(true);
    await client["jobs.pause"]({ id });
    const [name = ""] = readdirSync(to).filter((one) => one.endsWith(".journal"));
    const journal = readFileSync(join(to, name), "utf8");
    const mark = journal.lastIndexOf("\n", journal.indexOf('{"synced":')) + 1;
    expect(mark).toBeGreaterThan(1);
    truncateSync(join(to, name), Buffer.byteLength(journal.slice(0, mark)));
    const fd = openSync(join(to, "fhir_export.zip.partial"), "r+");
    writeSync(fd, Buffer.alloc(4_096), 0, 4_096, fstatSync(fd).size - 10_000);
    closeSync(fd);
    await client["jobs.resume"]({ id });
    expect(await resultOf(client, id)).toMatchObject({ state: "complete" });
    expectReference(to, "a Bundle in a ZIP");
  });

  test("a byte that changed where a file lay is found before the package gets its name, and nothing is left", async () => {
    const to = newPlace();
    const id = await start(to, "a Bundle in a ZIP");
    expect(await reached(id, "writing")).toBe(true);
    await client["jobs.pause"]({ id });
    const fd = openSync(join(to, "fhir_export.zip.partial"), "r+");
    const byte = Buffer.alloc(1);
    readSync(fd, byte, 0, 1, 5_000);
    writeSync(fd, Buffer.of((byte[0] ?? 0) ^ 1), 0, 1, 5_000);
    closeSync(fd);
    await client["jobs.resume"]({ id });
    expect(await resultOf(client, id)).toMatchObject({ state: "failed", error: { code: "PACKAGE_DAMAGED" } });
    expect(readdirSync(to)).toEqual([]);
  });
});

describe("what changes below a dataset", () => {
  test("a resource that came meanwhile: it is planned anew, begins anew, holds it, and its log says so", async () => {
    const to = newPlace();
    const id = await start(to, "NDJSON in a ZIP, deflated");
    await reached(id, "writing");
    await client["jobs.pause"]({ id });
    await app.close();
    await changeCatalog(workshop, putLate);
    ({ app, client } = await workshop.open());
    await client["jobs.resume"]({ id });
    expect(await resultOf(client, id)).toMatchObject({
      state: "complete",
      packages: [{ resources: { expected: RESOURCES + 1, exported: RESOURCES + 1 } }],
    });
    const log = await client["jobs.log"]({ id });
    expect(log.filter(({ event }) => event === "planned-resources-anew")).toMatchObject([
      { params: { resources: RESOURCES + 1, patients: PATIENTS } },
    ]);
    expect(readdirSync(to)).toEqual(["fhir_export.zip"]);
  });
});
