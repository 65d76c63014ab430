import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Calls } from "../../../src/contract/calls.ts";
import type { Client } from "../../../src/contract/rpc.ts";
import type { DatasetRecipe, SummaryRecipe } from "../../../src/contract/fhir-recipe.ts";
import { BUILT_IN_VIEWS } from "../../../src/main/exports/views/built-in-views.ts";
import type { App } from "../../../src/main/app.ts";
import { fhirTo, pseudonymised, viewTo, workshopOf } from "../../jobs/dataset-workshop.ts";
import type { Workshop } from "../../jobs/workshop.ts";
import { temporaryDirectory } from "../../support/temporary-directory.ts";
import { bytesThatLeave } from "../records/bytes-that-leave.ts";
import { bearsMark, writePlantedResources } from "./canary-resources.ts";

type Unplaced<Recipe> = Recipe extends unknown ? Omit<Recipe, "destination"> : never;

const common = { version: 1, selection: {}, format: "folder", compress: 6 } as const;
const plain = pseudonymised();
const views = BUILT_IN_VIEWS.map(({ name }) => ({ name: name ?? "" }));

const RECIPES: Record<string, Unplaced<DatasetRecipe | SummaryRecipe>> = {
  "resources as NDJSON": fhirTo("", { policy: plain }),
  "resources as NDJSON of gzip in a ZIP": fhirTo("", {
    policy: { ...plain, dates: "keep" },
    gzip: true,
    format: "zip",
  }),
  "resources as a Bundle, text scrubbed": fhirTo("", { policy: { ...plain, text: "scrub" }, layout: "bundle" }),
  "a file a patient, with pictures and hashed phones": fhirTo("", {
    policy: { ...plain, images: "include", phones: "hash", dates: "year", birth: "band5" },
    layout: "per-patient",
  }),
  "all views as CSV": viewTo("", { views }),
  "all views as workbooks": viewTo("", { views, table: "xlsx", format: "zip" }),
  "all views as Parquet": viewTo("", { views, table: "parquet" }),
  "a table a type of observations": {
    ...common,
    kind: "observations",
    policy: plain,
    tidy: false,
    table: "csv",
    formulas: "guard",
  },
  "one tidy table of observations": {
    ...common,
    kind: "observations",
    policy: plain,
    tidy: true,
    table: "parquet",
    formulas: "guard",
  },
  "a report by state": {
    ...common,
    kind: "report",
    measures: ["coverage", "detection", "referral", "follow-up"],
    minimumCount: 5,
    region: "state",
  },
  "a report by district": { ...common, kind: "report", measures: ["coverage"], minimumCount: 1, region: "district" },
  "a quality package": { ...common, kind: "quality", key: "lung", expect: [] },
};

describe("what leaves of resources in which every word is marked", () => {
  const root = temporaryDirectory("marks-everywhere");
  let workshop: Workshop;
  let app: App;
  let client: Client<Calls>;

  beforeAll(async () => {
    const folder = join(root, "files");
    writePlantedResources(folder, { patients: 12, observationsEach: 12 });
    workshop = await workshopOf(root, folder);
    ({ app, client } = await workshop.open());
  }, 60_000);
  afterAll(async () => {
    await app.close();
  });

  it.each(Object.keys(RECIPES))("%s: no mark stands in any byte, name, or in what is said of the job", async (name) => {
    const destination = join(root, `out-${Object.keys(RECIPES).indexOf(name)}`);
    mkdirSync(destination);
    const recipe = { ...RECIPES[name], destination } as DatasetRecipe | SummaryRecipe;
    const said: unknown[] = [await client["exports.plan"](recipe)];
    const { jobId } = await client["exports.start"]({ recipe });
    for await (const event of client["jobs.watch"]({ id: jobId })) {
      said.push(event);
      if (event.type === "result") {
        expect(event.result).toMatchObject({ state: "complete" });
        break;
      }
    }
    said.push(await client["jobs.log"]({ id: jobId }));
    const places = bytesThatLeave(destination);
    places.set("what is said", Buffer.from(JSON.stringify(said)));
    const found: string[] = [];
    for (const [place, bytes] of places) {
      const mark = bearsMark(place.endsWith(".gz") ? gunzipSync(bytes) : bytes);
      if (mark !== undefined) found.push(`${place}: ${mark}`);
    }
    expect(places.size).toBeGreaterThan(2);
    expect(found).toEqual([]);
  });

  it("finds the marks where all of it may leave: the search is not blind", async () => {
    const destination = join(root, "identified");
    mkdirSync(destination);
    const { jobId } = await client["exports.start"]({ recipe: fhirTo(destination) });
    for await (const event of client["jobs.watch"]({ id: jobId })) if (event.type === "result") break;
    const files = [...bytesThatLeave(destination)].filter(([name]) => /^[^ ]*\.ndjson$/.test(name));
    expect(files.length).toBeGreaterThan(5);
    for (const [name, bytes] of files) expect(bearsMark(bytes), name).toBeDefined();
  });
});
