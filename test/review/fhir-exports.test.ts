import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Calls } from "../../src/contract/calls.ts";
import type { QualityExamination } from "../../src/contract/calls/fhir-exports.ts";
import type { QualityRecipe, ViewRecipe } from "../../src/contract/fhir-recipe.ts";
import type { Client } from "../../src/contract/rpc.ts";
import type { App } from "../../src/main/app.ts";
import { lines, pseudonymised, viewTo, workshopOf } from "../jobs/dataset-workshop.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";

const root = temporaryDirectory("fhir-exports");
let app: App;
let client: Client<Calls>;

const PATIENTS = 12;
const patient = (index: number): object => ({
  resourceType: "Patient",
  id: `p${index}`,
  name: [{ family: `Okonkwo${index}` }],
  gender: "female",
  birthDate: index === 3 ? "2091-01-01" : "1961-05-06",
});
const glucose = (index: number, value: number): object => ({
  resourceType: "Observation",
  id: `g${index}`,
  status: "final",
  code: { coding: [{ system: "http://loinc.org", code: "2339-0" }] },
  subject: { reference: `Patient/p${index % PATIENTS}` },
  effectiveDateTime: "2024-02-03T08:30:00Z",
  valueQuantity: { value, unit: "mg/dL", system: "http://unitsofmeasure.org", code: "mg/dL" },
});

beforeAll(async () => {
  const folder = join(root, "files");
  mkdirSync(folder);
  const values = Array.from({ length: 40 }, (_, index) => glucose(index, index === 7 ? 4_000 : 90 + (index % 9)));
  const patients = Array.from({ length: PATIENTS }, (_, index) => patient(index));
  writeFileSync(join(folder, "all.ndjson"), lines([...patients, ...values]));
  ({ app, client } = await (await workshopOf(root, folder)).open());
}, 60_000);
afterAll(() => app.close());

const quality = (changes: Partial<QualityRecipe> = {}): QualityRecipe => ({
  kind: "quality",
  version: 1,
  selection: {},
  key: pseudonymised().key,
  expect: [],
  format: "folder",
  compress: 0,
  destination: join(root, "out"),
  ...changes,
});

async function examine(recipe: QualityRecipe): Promise<QualityExamination> {
  for await (const event of client["quality.examine"]({ recipe })) if (event.type === "result") return event;
  throw new Error("no result");
}

describe("views", () => {
  it("are listed with what each makes, as documents that are checked to make the same", async () => {
    const views = await client["views.list"]({});
    expect(views.map(({ name }) => name)).toContain("observation");
    for (const { document, resource, columns } of views) {
      const verdict = await client["views.check"]({ text: document ?? "" });
      expect(verdict).toMatchObject({ ok: true, resource, columns });
    }
  });

  it("that cannot be read are told with the line", async () => {
    const broken = '{\n  "resource": "Patient",\n  "select": [{ "column": [ ]\n}\n';
    expect(await client["views.check"]({ text: broken })).toMatchObject({ ok: false, line: 4 });
    const unknown = '{\n "resource": "Patient",\n "select": [{ "column": [\n {"name": "a b", "path": "id"} ] }]\n}';
    const verdict = await client["views.check"]({ text: unknown });
    expect(verdict).toMatchObject({ ok: false, line: 4 });
    const path = '{"resource": "Patient",\n "select": [{ "column": [\n {"name": "id",\n "path": "id.(("} ] }]}';
    expect(await client["views.check"]({ text: path })).toMatchObject({ ok: false });
  });

  it("are previewed after the policy, and no more rows than were asked for", async () => {
    const preview = await client["views.preview"]({ recipe: viewTo(join(root, "out")), limit: 5 });
    expect(preview.rows).toHaveLength(5);
    expect(preview).toMatchObject({ path: "observation.csv", tables: ["observation.csv"], total: 40, withheld: 0 });
    expect(preview.columns.map(({ name }) => name)).toContain("patient_id");
    expect(JSON.stringify(preview.rows)).not.toMatch(/"p\d+"|"g\d+"/);
  });

  it("of one's own see nothing that the policy took out", async () => {
    const document = {
      resource: "Patient",
      name: "names",
      select: [{ column: [{ name: "family", path: "name.family.first()" }] }],
    };
    const recipe: ViewRecipe = { ...viewTo(join(root, "out")), views: [{ document }], selection: {} };
    const preview = await client["views.preview"]({ recipe, limit: 20 });
    expect(preview.rows).toHaveLength(PATIENTS);
    expect(preview.rows.every(([family]) => family === null)).toBe(true);
  });

  it("that make several rows of a resource are cut where the preview is full", async () => {
    const one = { column: [{ name: "id", path: "getResourceKey()" }] };
    const document = { resource: "Patient", name: "twice", select: [{ unionAll: [one, one] }] };
    const recipe: ViewRecipe = { ...viewTo(join(root, "out")), views: [{ document }] };
    const preview = await client["views.preview"]({ recipe, limit: 5 });
    expect(preview.rows).toHaveLength(5);
    expect(preview.resources).toBe(3);
  });

  it("whose table is not there are not previewed", async () => {
    const asked = client["views.preview"]({ recipe: viewTo(join(root, "out")), table: 4, limit: 5 });
    await expect(asked).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("what a selection holds", () => {
  it("is counted by type, with what is kept here for want of consent", async () => {
    const recipe = viewTo(join(root, "out"));
    expect(await client["exports.countResources"]({ recipe })).toEqual({
      patients: PATIENTS,
      types: [
        { type: "Observation", count: 40, refused: 0, withoutConsent: 0 },
        { type: "Patient", count: PATIENTS, refused: 0, withoutConsent: 0 },
      ],
    });
    const strict = { ...recipe, policy: { ...pseudonymised(), withoutConsent: "exclude" as const } };
    const { types } = await client["exports.countResources"]({ recipe: strict });
    expect(types.map(({ withoutConsent }) => withoutConsent)).toEqual([40, PATIENTS]);
  });
});

describe("quality", () => {
  it("is examined without a package, and each figure has its rows under the ids that leave", async () => {
    const found = await examine(quality());
    expect(found).toMatchObject({ patients: PATIENTS, resources: 52 });
    const counts = Object.fromEntries(found.findings.map(({ table, count }) => [table, count]));
    expect(counts).toMatchObject({ outliers: 1, dates: 5 });
    // The patient who is not born yet, and what was measured before.
    expect((await client["quality.rows"]({ recipe: quality(), table: "dates" })).total).toBe(5);
    const outliers = await client["quality.rows"]({ recipe: quality(), table: "outliers" });
    expect(outliers.total).toBe(1);
    expect(outliers.columns).toContain("value");
    expect(outliers.rows[0]?.[outliers.columns.indexOf("value")]).toBe("4000");
    expect(JSON.stringify(outliers.rows)).not.toMatch(/"p\d+"|"g\d+"|Okonkwo/);
  });

  it("tells the rows of a window, and how many there are in all", async () => {
    const table = await client["quality.rows"]({ recipe: quality(), table: "completeness", offset: 10, limit: 5 });
    expect(table).toMatchObject({ columns: ["patient_id", "Observation"], total: PATIENTS });
    expect(table.rows).toHaveLength(2);
  });

  it("is examined anew for another selection", async () => {
    const only = quality({ selection: { types: ["Patient"] } });
    expect(await examine(only)).toMatchObject({ resources: PATIENTS });
    expect((await client["quality.rows"]({ recipe: only, table: "outliers" })).total).toBe(0);
  });

  it("needs a project key that is there", async () => {
    await expect(examine(quality({ key: "another" }))).rejects.toMatchObject({ code: "KEY_NEEDED" });
  });

  it("ends where nobody waits for it any more, and is examined the next time", async () => {
    const stop = new AbortController();
    const watched = client["quality.examine"]({ recipe: quality({ expect: ["Patient", "Observation"] }) }, stop.signal);
    const reading = (async () => {
      for await (const _event of watched) break;
    })();
    stop.abort();
    await reading.catch(() => undefined);
    expect(await examine(quality({ expect: ["Patient"] }))).toMatchObject({
      completeness: [{ type: "Patient", patients: PATIENTS }],
    });
  });
});
