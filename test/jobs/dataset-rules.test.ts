import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Calls } from "../../src/contract/calls.ts";
import type { JobResult } from "../../src/contract/job.ts";
import { datasetReceipt } from "../../src/contract/receipt.ts";
import type { Client } from "../../src/contract/rpc.ts";
import type { App } from "../../src/main/app.ts";
import { makeTemporaryDirectory, temporaryDirectory } from "../support/temporary-directory.ts";
import { createDatasetWorkshop, fhirTo } from "./dataset-workshop.ts";
import { EXPORTED_AT, resultOf, type Workshop } from "./workshop.ts";

const root = temporaryDirectory("dataset-rules");
const SECRET = "a-key-within-the-rules";
let workshop: Workshop;
let app: App;
let client: Client<Calls>;

beforeAll(async () => {
  workshop = await createDatasetWorkshop(root, { patients: 5, observationsEach: 4 });
  ({ app, client } = await workshop.open());
});
afterAll(() => app.close());

const HASHED = [
  { path: "Resource.id", method: "cryptoHash" },
  { path: "nodesByType('Reference').reference", method: "cryptoHash" },
  { path: "Patient.name", method: "redact" },
  { path: "Patient.identifier", method: "keep" },
  { path: "Patient.birthDate", method: "redact" },
  { path: "Observation.value", method: "perturb", span: 10 },
];

async function run(fhirPathRules: object[], others: object = {}): Promise<{ result: JobResult; to: string }> {
  const document = JSON.stringify({ fhirPathRules, parameters: { cryptoHashKey: SECRET }, ...others });
  const policy = { kind: "rules", name: "theirs.json", document, withoutConsent: "include" } as const;
  const to = join(makeTemporaryDirectory("out"), "to");
  const { jobId } = await client["exports.start"]({ recipe: fhirTo(to, { policy }), exportedAt: EXPORTED_AT });
  return { result: await resultOf(client, jobId), to };
}

function linesOf(path: string): Record<string, unknown>[] {
  return readFileSync(path, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

test("a package made by imported rules says whose they are, what they did and what they left, and never their key", async () => {
  const { result } = await run(HASHED);
  expect(result.error).toBeUndefined();
  const path = result.packages[0]?.path ?? "";
  const patients = linesOf(join(path, "Patient.ndjson"));
  const ids = new Set(patients.map(({ id }) => `Patient/${String(id)}`));
  expect(ids.size).toBe(5);
  for (const { subject } of linesOf(join(path, "Observation.ndjson")))
    expect(ids).toContain((subject as { reference: string }).reference);
  const text = readFileSync(join(path, "receipt.json"), "utf8");
  const receipt = datasetReceipt.parse(JSON.parse(text));
  expect(receipt.policy).toMatchObject({ kind: "rules", rules: "theirs.json" });
  expect(receipt.policy.digest).toMatch(/^[0-9a-f]{64}$/);
  // The record numbers were kept: each of the five is counted.
  expect(receipt.types.find(({ type }) => type === "Patient")?.treatments).toMatchObject({ identifying: 5 });
  expect(text).not.toContain(SECRET);
});

test("the same rules make the same bytes again, with noise", async () => {
  const contents = async (): Promise<string> => {
    const { result } = await run(HASHED);
    return readFileSync(join(result.packages[0]?.path ?? "", "Observation.ndjson"), "utf8");
  };
  expect(await contents()).toBe(await contents());
});

test("rules with something unknown are refused before anything is made", async () => {
  const started = run([...HASHED, { path: "Patient.telecom", method: "shred" }]);
  await expect(started).rejects.toThrow(/rule 7 \(Patient\.telecom\), the method shred is unknown/);
});

test("a rule that fails on a resource ends the export, and nothing is published", async () => {
  const failing = { path: "Patient.birthDate", method: "generalize", cases: { "$this > 5": "'x'" } };
  const { result, to } = await run([failing]);
  expect(result.state).toBe("failed");
  expect(JSON.stringify(result.error)).toContain("rule 1 (Patient.birthDate)");
  expect(JSON.stringify(result.error)).not.toMatch(/19\d\d-03-04/);
  expect(readdirSync(to).filter((name) => !name.includes(".partial"))).toEqual([]);
});

test("where the rules say skip, what a rule fails on is withheld and counted", async () => {
  const failing = { path: "Patient.birthDate", method: "generalize", cases: { "$this > 5": "'x'" } };
  const { result } = await run([failing], { processingErrors: "skip" });
  const text = readFileSync(join(result.packages[0]?.path ?? "", "receipt.json"), "utf8");
  const patients = datasetReceipt.parse(JSON.parse(text)).types.find(({ type }) => type === "Patient");
  expect(patients).toMatchObject({ expected: 5, exported: 0, withheld: { unreadable: 5 } });
});
