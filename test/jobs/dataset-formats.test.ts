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
import { createDatasetWorkshop, fhirTo, pseudonymised } from "./dataset-workshop.ts";
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

test("NDJSON that is compressed is one member of gzip, which gzip, zcat and Python read", async () => {
  const { path } = await run({ gzip: true });
  const file = join(path, "Observation.ndjson.gz");
  said("gzip", "-t", file);
  const lines = linesOf(said("zcat", file));
  expect(lines).toHaveLength(PATIENTS * EACH);
  const script =
    "import zlib,sys;d=zlib.decompressobj(31);n=d.decompress(open(sys.argv[1],'rb').read()).count(b'\\n');print(n,d.eof,len(d.unused_data))";
  expect(said("python3", "-c", script, file).trim()).toBe(`${PATIENTS * EACH} True 0`);
});

test("a ZIP has its files deflated, opens in unzip and Python, and holds the same lines as a folder", async () => {
  const { path } = await run({ format: "zip", compress: 6 });
  const folder = await run({});
  said("unzip", "-tqq", path);
  for (const file of ["Observation.ndjson", "Patient.ndjson", "manifest.json"])
    expect(said("unzip", "-p", path, file)).toBe(readFileSync(join(folder.path, file), "utf8"));
  const script =
    "import zipfile,sys;z=zipfile.ZipFile(sys.argv[1]);print(z.testzip(),z.getinfo('Observation.ndjson').compress_type)";
  expect(said("python3", "-c", script, path).trim()).toBe("None 8");
});

test("a Bundle is one collection of everything, whose entries stand patient by patient", async () => {
  const { path } = await run({ layout: "bundle" });
  const bundle = JSON.parse(readFileSync(join(path, "bundle.json"), "utf8")) as {
    resourceType: string;
    type: string;
    entry: { resource: { resourceType: string; id: string; subject?: { reference: string } } }[];
  };
  expect(bundle).toMatchObject({ resourceType: "Bundle", type: "collection" });
  expect(bundle.entry).toHaveLength(PATIENTS * EACH + PATIENTS + 3);
  const owners = bundle.entry.map(
    ({ resource }) => resource.subject?.reference ?? `${resource.resourceType}/${resource.id}`,
  );
  const runs = owners.filter((owner, index) => owner !== owners[index - 1]);
  expect(runs).toHaveLength(PATIENTS + 3);
  expect(runs.slice(0, PATIENTS)).toEqual(runs.slice(0, PATIENTS).toSorted());
});

test("a Bundle a patient is named by pseudonym, and what is about nobody has a file of its own", async () => {
  const { path, result } = await run({ layout: "per-patient", format: "zip", compress: 6, policy: pseudonymised() });
  const names = linesOf(said("unzip", "-Z1", path));
  const patients = names.filter((name) => name.startsWith("patients/"));
  expect(patients).toHaveLength(PATIENTS);
  expect(names).toContain("about-nobody.json");
  for (const name of patients.slice(0, 3)) {
    const { entry } = JSON.parse(said("unzip", "-p", path, name)) as {
      entry: { fullUrl: string; resource: { resourceType: string; id: string; subject?: { reference: string } } }[];
    };
    expect(entry).toHaveLength(EACH + 1);
    expect(entry[0]?.resource.resourceType).toBe("Patient");
    const id = entry[0]?.resource.id ?? "";
    expect(name).toBe(`patients/${id}.json`);
    expect(entry.slice(1).every(({ resource }) => resource.subject?.reference === `Patient/${id}`)).toBe(true);
    expect(entry.every(({ fullUrl, resource }) => fullUrl === `urn:uuid:${resource.id}`)).toBe(true);
  }
  expect(said("unzip", "-p", path)).not.toMatch(/Silva\d|MRN-\d/);
  expect(result.packages[0]?.files).toBe(PATIENTS + 3);
});

test("pseudonymised lines stand in the order of their patients' pseudonyms, and the receipt counts what was done", async () => {
  const { path } = await run({ policy: pseudonymised() });
  const subjects = linesOf(readFileSync(join(path, "Observation.ndjson"), "utf8")).map(
    (line) => (JSON.parse(line) as { subject: { reference: string } }).subject.reference,
  );
  expect(subjects).toEqual(subjects.toSorted());
  const receipt = datasetReceipt.parse(JSON.parse(readFileSync(join(path, "receipt.json"), "utf8")));
  expect(receipt.policy.kind).toBe("pseudonymised");
  expect(receipt.policy.key).toMatch(/^[0-9a-f]{16}$/);
  const observations = receipt.types.find(({ type }) => type === "Observation");
  expect(observations).toMatchObject({ expected: PATIENTS * EACH, exported: PATIENTS * EACH });
  expect(observations?.treatments.shifted).toBeGreaterThanOrEqual(PATIENTS * EACH);
});

test("who gave no consent stays out where the policy says so, and is counted", async () => {
  const to = join(makeTemporaryDirectory("out"), "to");
  const policy = { ...pseudonymised(), withoutConsent: "exclude" as const };
  const { jobId } = await client["exports.start"]({ recipe: fhirTo(to, { policy }) });
  const { packages } = await resultOf(client, jobId);
  expect(packages).toMatchObject([{ resources: { exported: 3, withheld: PATIENTS * EACH + PATIENTS } }]);
  const receipt = datasetReceipt.parse(JSON.parse(readFileSync(join(packages[0]?.path ?? "", "receipt.json"), "utf8")));
  expect(receipt.consent).toMatchObject({
    withoutConsent: "exclude",
    leftOut: [
      { type: "Observation", patients: PATIENTS },
      { type: "Patient", patients: PATIENTS },
    ],
  });
  expect(receipt.types.find(({ type }) => type === "Patient")?.withheld).toEqual({ "no-consent": PATIENTS });
  expect(receipt.counts.patients).toBe(0);
});

test("a filter that leaves nothing makes no job, and one that names what is not there is refused", async () => {
  const to = join(makeTemporaryDirectory("out"), "to");
  const start = (selection: FhirRecipe["selection"]): Promise<{ jobId: string }> =>
    client["exports.start"]({ recipe: fhirTo(to, { selection }) });
  await expect(start({ from: "1999-01-01", to: "1999-01-02" })).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(start({ types: ["Obsrevation"] })).rejects.toMatchObject({ code: "USAGE" });
});
