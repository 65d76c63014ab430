import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Calls } from "../../../src/contract/calls.ts";
import type { ReportRecipe } from "../../../src/contract/fhir-recipe.ts";
import type { Client } from "../../../src/contract/rpc.ts";
import type { App } from "../../../src/main/app.ts";
import { lines, workshopOf } from "../../jobs/dataset-workshop.ts";
import { resultOf } from "../../jobs/workshop.ts";
import { temporaryDirectory } from "../../support/temporary-directory.ts";

const MEASURES: ReportRecipe["measures"] = ["coverage", "detection", "referral", "follow-up"];

/** 31 patients of two districts, of whom 3 were referred, and one refused consent. */
function writeScreening(folder: string): void {
  const people = Array.from({ length: 31 }, (_, number) => ({
    resourceType: "Patient",
    id: `p${number}`,
    name: [{ family: `Quirinus${number}`, given: ["Ana"] }],
    // The first one's own name, typed into the wrong field.
    address: [{ state: "Kerala", district: number === 0 ? "Quirinus0" : number % 2 === 0 ? "Kollam" : "Idukki" }],
  }));
  const subject = (number: number): object => ({ reference: `Patient/p${number}` });
  const screened = people.map((_, number) => ({
    resourceType: "QuestionnaireResponse",
    id: `q${number}`,
    questionnaire: "Questionnaire/oralcancerscreenpatient",
    status: "completed",
    subject: subject(number),
    authored: "2025-01-02",
  }));
  const referred = [1, 2, 3].map((number) => ({
    resourceType: "Task",
    id: `t${number}`,
    status: "completed",
    intent: "order",
    for: subject(number),
    code: { coding: [{ code: "urgent-referral" }] },
  }));
  const refused = {
    resourceType: "Consent",
    id: "c1",
    status: "active",
    scope: { coding: [{ code: "research" }] },
    category: [{ coding: [{ code: "59284-0", system: "http://loinc.org" }] }],
    patient: subject(30),
    dateTime: "2025-01-01",
    provision: { type: "deny" },
  };
  mkdirSync(folder);
  writeFileSync(join(folder, "all.ndjson"), lines([...people, ...screened, ...referred, refused]));
}

describe("a report of few people", () => {
  const root = temporaryDirectory("small-counts");
  let app: App;
  let client: Client<Calls>;

  beforeAll(async () => {
    writeScreening(join(root, "files"));
    ({ app, client } = await (await workshopOf(root, join(root, "files"))).open());
  }, 60_000);
  afterAll(async () => {
    await app.close();
  });

  const reportTo = async (name: string, change: Partial<ReportRecipe> = {}): Promise<Record<string, string>> => {
    const destination = join(root, name);
    const recipe: ReportRecipe = {
      kind: "report",
      version: 1,
      selection: {},
      format: "folder",
      compress: 0,
      name: "report",
      destination,
      measures: MEASURES,
      minimumCount: 5,
      region: "district",
      ...change,
    };
    const { jobId } = await client["exports.start"]({ recipe });
    expect(await resultOf(client, jobId)).toMatchObject({ state: "complete" });
    const folder = join(destination, "report");
    return Object.fromEntries(readdirSync(folder).map((file) => [file, readFileSync(join(folder, file), "utf8")]));
  };

  it("tells the small counts nowhere: not in its tables, and not in its receipt by types, resources or patients", async () => {
    const files = await reportTo("few");
    const receipt = JSON.parse(files["receipt.json"] ?? "") as {
      counts: object;
      sources: { types: unknown[] }[];
      notices: string[];
    };
    expect(receipt.counts).toEqual({ resources: null, patients: null, documents: 8 });
    expect(receipt.sources).toMatchObject([{ types: [] }]);
    expect(receipt.notices.join(" ")).toContain("refused consent");
    for (const notice of receipt.notices.filter((one) => !one.startsWith("Counts from 1 to")))
      expect(notice).not.toMatch(/\d/);
    for (const [file, text] of Object.entries(files))
      if (file.endsWith(".csv")) expect(text, file).not.toMatch(/,[1-4](?:,|\r)/);
  });

  it("says that two of them may be subtracted", async () => {
    const files = await reportTo("two", { region: "state" });
    expect(files["receipt.json"]).toContain("do not give both to one receiver");
  });

  it("does not take a patient's own name for a region, whatever the counts are", async () => {
    const files = await reportTo("names", { minimumCount: 1 });
    expect(files["coverage.csv"]).toContain("Kollam");
    expect(files["coverage.csv"]).toContain("Region not known");
    for (const [file, text] of Object.entries(files)) expect(text.toLowerCase(), file).not.toContain("quirinus");
  });
});
