import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { listProblems } from "../../../src/main/catalog/problems.ts";
import { listResourceTypes } from "../../../src/main/catalog/resource-types.ts";
import { newCatalog } from "../../catalog/new-catalog.ts";
import { addResourcesSource } from "../../catalog/new-resources.ts";
import { heldIn, jsonOf, syncFiles } from "./ndjson-files.ts";

const samples = join(import.meta.dirname, "../../../../shared/samples/fhir");
const linesOf = (file: string): string[] =>
  readFileSync(join(samples, file), "utf8")
    .split("\n")
    .filter((line) => line !== "");

test.skipIf(!existsSync(samples))(
  "files that Synthea made are held line by line as they are, and change nothing when read again",
  async () => {
    const catalog = newCatalog();
    const source = addResourcesSource(catalog);
    const folder = join(samples, "synthea-10-patients");
    const report = await syncFiles(catalog, source, folder);
    expect(report).toMatchObject({ complete: true, problems: 0, outcome: { added: 2829, invalid: 0 } });
    expect(report.notices.join()).toContain("hold nothing of FHIR or Open mHealth: 1.");
    expect(heldIn(catalog)).toHaveLength(2829);
    for (const line of linesOf("synthea-10-patients/Patient.000.ndjson"))
      expect(jsonOf(catalog, `Patient/${(JSON.parse(line) as { id: string }).id}`)).toBe(line);
    expect((await syncFiles(catalog, source, folder)).outcome).toMatchObject({
      added: 0,
      changed: 0,
      removed: 0,
      unchanged: 2829,
    });
  },
);

test.skipIf(!existsSync(samples))(
  "a bulk export of which files are missing is incomplete by what its manifest says",
  async () => {
    const catalog = newCatalog();
    const source = addResourcesSource(catalog);
    const report = await syncFiles(catalog, source, join(samples, "bulk/export"));
    expect(report.complete).toBe(false);
    expect(listProblems(catalog, source).map(({ ref }) => ref)).toContain("1.CarePlan.ndjson");
    expect(listResourceTypes(catalog)).toContainEqual({
      source: "Server",
      type: "AllergyIntolerance",
      count: 38,
      expected: 38,
      received: 38,
      complete: true,
    });
    expect(heldIn(catalog)).toHaveLength(3796);
  },
);
