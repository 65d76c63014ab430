import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Calls } from "../../src/contract/calls.ts";
import type { FhirRecipe } from "../../src/contract/fhir-recipe.ts";
import type { JobResult } from "../../src/contract/job.ts";
import { datasetReceipt } from "../../src/contract/receipt.ts";
import type { Client } from "../../src/contract/rpc.ts";
import type { App } from "../../src/main/app.ts";
import { makeTemporaryDirectory, temporaryDirectory } from "../support/temporary-directory.ts";
import { createDatasetWorkshop, fhirTo } from "./dataset-workshop.ts";
import { EXPORTED_AT, resultOf, type Workshop } from "./workshop.ts";

const root = temporaryDirectory("dataset-formats");
const PATIENTS = 40;
const EACH = 50;
let workshop: Workshop;
let app: App;
let client: Client<Calls>;

beforeAll(async () => {
  workshop = await createDatasetWorkshop(root, { patients: PATIENTS, observationsEach: EACH });
  ({ app, client } = await workshop.open());
});
afterAll(() => app.close());

async function run(change: Partial<FhirRecipe>): Promise<{ to: string; result: JobResult; path: string }> {
  const to = join(makeTemporaryDirectory("out"), "to");
  const { jobId } = await client["exports.start"]({ recipe: fhirTo(to, change), exportedAt: EXPORTED_AT });
  const result = await resultOf(client, jobId);
  expect(result.error).toBeUndefined();
  expect(result.state).toBe("complete");
  const path = result.packages[0]?.path ?? "";
  for await (const event of client["packages.verify"]({ path }))
    if (event.type === "result") expect(event.findings).toEqual([]);
  return { to, result, path };
}

const linesOf = (text: string): string[] => text.split("\n").filter((line) => line !== "");
const said = (command: string, ...args: string[]): string =>
  execFileSync(command, args, { maxBuffer: 2 ** 28 }).toString();

test("NDJSON has a file a type, every resource once and as it came, with receipt and Bulk Data manifest", async () => {
  const { path, result } = await run({});
  expect(readdirSync(path).sort()).toEqual([
    "Observation.ndjson",
    "Organization.ndjson",
    "Patient.ndjson",
    "manifest-sha256.txt",
    "manifest.json",
    "receipt.json",
  ]);
  const came = linesOf(said("zcat", join(root, "files", "Observation.ndjson.gz")));
  const left = linesOf(readFileSync(join(path, "Observation.ndjson"), "utf8"));
  expect(left.toSorted()).toEqual(came.toSorted());
  expect(result.packages).toMatchObject([
    { resources: { expected: PATIENTS * EACH + PATIENTS + 3, exported: PATIENTS * EACH + PATIENTS + 3, withheld: 0 } },
  ]);
  const manifest = JSON.parse(readFileSync(join(path, "manifest.json"), "utf8")) as Record<string, unknown>;
  expect(manifest).toMatchObject({
    request: "",
    requiresAccessToken: false,
    output: [
      { type: "Observation", url: "Observation.ndjson", count: PATIENTS * EACH },
      { type: "Organization", url: "Organization.ndjson", count: 3 },
      { type: "Patient", url: "Patient.ndjson", count: PATIENTS },
    ],
    deleted: [],
    error: [],
  });
  const receipt = datasetReceipt.parse(JSON.parse(readFileSync(join(path, "receipt.json"), "utf8")));
  expect(receipt).toMatchObject({ result: "complete", counts: { patients: PATIENTS, withoutDay: 0 } });
  expect(said("sh", "-c", `cd '${path}' && sha256sum -c manifest-sha256.txt`)).not.toContain("FAILED");
});
