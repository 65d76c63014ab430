import { readFileSync, writeFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Calls } from "../../src/contract/calls.ts";
import type { ResourceReview } from "../../src/contract/calls/resource-review.ts";
import type { DatasetRecipe } from "../../src/contract/fhir-recipe.ts";
import type { Client } from "../../src/contract/rpc.ts";
import type { App } from "../../src/main/app.ts";
import { fhirTo, lines, pseudonymised, viewTo, workshopOf } from "../jobs/dataset-workshop.ts";
import { EXPORTED_AT, resultOf } from "../jobs/workshop.ts";
import { makeTemporaryDirectory, temporaryDirectory } from "../support/temporary-directory.ts";

const root = temporaryDirectory("review-resource");
let app: App;
let client: Client<Calls>;

const patient = {
  resourceType: "Patient",
  id: "p1",
  name: [{ family: "Okonkwo" }],
  gender: "female",
  birthDate: "1961-05-06",
};
const observation = (id: string): object => ({
  resourceType: "Observation",
  id,
  status: "final",
  code: { coding: [{ system: "http://loinc.org", code: "8867-4" }] },
  subject: { reference: "Patient/p1" },
  effectiveDateTime: "2024-02-03T08:30:00Z",
});

beforeAll(async () => {
  const folder = join(root, "files");
  mkdirSync(folder);
  const precise = `{"resourceType":"Observation","id":"o9","status":"final","code":{"coding":[{"system":"http://loinc.org","code":"2339-0"}]},"subject":{"reference":"Patient/p1"},"valueQuantity":{"value":5.10,"unit":"mmol/L"}}\n`;
  writeFileSync(join(folder, "all.ndjson"), lines([patient, observation("o1"), observation("o2")]) + precise);
  ({ app, client } = await (await workshopOf(root, folder)).open());
}, 60_000);
afterAll(() => app.close());

const review = (recipe: DatasetRecipe, index: number): Promise<ResourceReview> =>
  client["exports.reviewResource"]({ recipe, index });

test("what a review shows after the policy is what leaves, in the order in which it leaves", async () => {
  const to = join(makeTemporaryDirectory("out"), "to");
  const recipe = fhirTo(to, { policy: pseudonymised(), selection: { types: ["Observation"] } });
  const { jobId } = await client["exports.start"]({ recipe, exportedAt: EXPORTED_AT });
  const [made] = (await resultOf(client, jobId)).packages;
  const left = readFileSync(join(made?.path ?? "", "Observation.ndjson"), "utf8")
    .trim()
    .split("\n");
  expect(left).toHaveLength(3);
  for (const [index, line] of left.entries()) {
    const shown = await review(recipe, index);
    expect(shown).toMatchObject({
      total: 3,
      index,
      type: "Observation",
      path: "Observation.ndjson",
      withheld: null,
      table: null,
    });
    expect(JSON.parse(shown.after ?? "")).toEqual(JSON.parse(line));
    expect((shown.after ?? "").replaceAll(/\n */g, "").replaceAll('": ', '":')).toBe(line);
  }
});

test("before stands what the source gave, with every number as it was written", async () => {
  const recipe = fhirTo(makeTemporaryDirectory("out"), { selection: { codes: ["2339-0"] } });
  const shown = await review(recipe, 0);
  expect(shown.before).toContain('"value": 5.10,');
  expect(shown.after).toContain('"value": 5.10,');
});

test("a review says what was done and why something stays", async () => {
  const recipe = fhirTo(makeTemporaryDirectory("out"), { policy: pseudonymised(), selection: { types: ["Patient"] } });
  const shown = await review(recipe, 0);
  expect(shown.before).toContain("Okonkwo");
  expect(shown.after).not.toContain("Okonkwo");
  expect(shown.treatments).toMatchObject({ pseudonymised: 1 });
  const excluded = { ...recipe, policy: { ...pseudonymised(), withoutConsent: "exclude" as const } };
  expect(await review(excluded, 0)).toMatchObject({ after: null, withheld: "no-consent" });
});

test("of a table a review shows the rows that are made of the treated resource", async () => {
  const { table, path, type } = await review(viewTo(makeTemporaryDirectory("out")), 0);
  expect(path).toBe("observation.csv");
  expect(type).toBe("Observation");
  expect(table?.rows).toHaveLength(1);
  expect(table?.columns).toContain("patient_id");
  expect(JSON.stringify(table)).not.toContain("p1");
});

test("behind the last resource there is none, and the sentence says how many there are", async () => {
  const recipe = fhirTo(makeTemporaryDirectory("out"), { selection: { types: ["Observation"] } });
  await expect(review(recipe, 3)).rejects.toMatchObject({
    code: "NOT_FOUND",
    message: "The selection has 3 resources.",
  });
});
