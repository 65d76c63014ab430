import { symlinkSync, unlinkSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import type { Catalog } from "../../../src/main/catalog/database.ts";
import { listProblems } from "../../../src/main/catalog/problems.ts";
import { listResourceTypes } from "../../../src/main/catalog/resource-types.ts";
import { ndjsonSource } from "../../../src/main/sources/ndjson/ndjson-source.ts";
import { newCatalog } from "../../catalog/new-catalog.ts";
import { addResourcesSource, anObservation, aPatient } from "../../catalog/new-resources.ts";
import { folderOf, heldIn, jsonOf, syncFiles, writeFiles } from "./ndjson-files.ts";

const lines = (...resources: object[]): string => resources.map((one) => `${JSON.stringify(one)}\n`).join("");
const problemsOf = (catalog: Catalog, source: number) =>
  listProblems(catalog, source).map(({ ref, reason }) => `${ref}: ${reason}`);

function start(): { catalog: Catalog; source: number } {
  const catalog = newCatalog();
  return { catalog, source: addResourcesSource(catalog) };
}

test("files are read whatever their line ends, byte order mark, blank lines, compression and folder", async () => {
  const { catalog, source } = start();
  const folder = folderOf({
    "a.ndjson": `\ufeff${JSON.stringify(aPatient("bom"))}\r\n\r\n   \n${JSON.stringify(aPatient("crlf"))}\r\n`,
    "deep/er/b.ndjson.gz": Buffer.concat([gzipSync(lines(aPatient("zip"))), gzipSync(lines(aPatient("member")))]),
    "deep/zipped without saying so.jsonl": gzipSync(lines(aPatient("hidden"))),
    "c.jsonl": JSON.stringify(aPatient("no-line-end")),
    "empty.ndjson": "",
    "one.json": JSON.stringify(aPatient("single"), undefined, 2),
    "lines.json": lines(aPatient("x1"), aPatient("x2")),
    "list.json": JSON.stringify([aPatient("y1"), aPatient("y2")]),
    "readme.txt": "no",
    "package.json": '{"name":"nothing of FHIR"}',
  });
  const report = await syncFiles(catalog, source, folder);
  expect(report).toMatchObject({ complete: true, problems: 0 });
  expect(heldIn(catalog)).toEqual(
    ["bom", "crlf", "hidden", "member", "no-line-end", "single", "x1", "x2", "y1", "y2", "zip"].map(
      (id) => `Patient/${id}`,
    ),
  );
  expect(jsonOf(catalog, "Patient/single")).toBe(JSON.stringify(aPatient("single"), undefined, 2));
  expect(report.notices.join()).toContain("hold nothing of FHIR or Open mHealth: 2.");
});

test("a source may be one file", async () => {
  const { catalog, source } = start();
  const folder = folderOf({ "a.ndjson": lines(aPatient("p")), "b.ndjson": lines(aPatient("q")) });
  await syncFiles(catalog, source, join(folder, "b.ndjson"));
  expect(heldIn(catalog)).toEqual(["Patient/q"]);
});

test("what is in no file any more is gone, and files that are read again change nothing", async () => {
  const { catalog, source } = start();
  const folder = folderOf({ "p.ndjson": lines(aPatient("p")), "o.ndjson": lines(anObservation("o", "p")) });
  await syncFiles(catalog, source, folder);
  expect((await syncFiles(catalog, source, folder)).outcome).toMatchObject({
    added: 0,
    changed: 0,
    removed: 0,
    unchanged: 2,
  });
  unlinkSync(join(folder, "o.ndjson"));
  expect((await syncFiles(catalog, source, folder)).outcome).toMatchObject({ removed: 1, unchanged: 1 });
  expect(heldIn(catalog)).toEqual(["Patient/p"]);
});

test("a file that was cut is told and removes nothing, compressed or not, in a line, a Bundle or a list", async () => {
  const whole = lines(
    ...Array.from({ length: 500 }, (_, at) => anObservation(`o${at}`, "p", { note: `text ${at * 7919}` })),
  );
  const zipped = gzipSync(whole);
  const bundle = JSON.stringify({
    resourceType: "Bundle",
    type: "collection",
    entry: [{ resource: aPatient("b1") }, { resource: aPatient("b2") }],
  });
  const cuts: Record<string, [string | Buffer, RegExp]> = {
    "plain.ndjson": [whole.slice(0, -30), /last line has no end/],
    "zipped.ndjson.gz": [zipped.subarray(0, zipped.length - 40), /not whole: it ends before/],
    "damaged.ndjson.gz": [Buffer.from(zipped).fill(0, 200, 260), /not whole: (its compression|it ends)/],
    "bundle.json": [bundle.slice(0, -4), /before its Bundle is whole/],
    "list.json": [`[${JSON.stringify(aPatient("l"))},`, /before its list is whole/],
    "single.json": [JSON.stringify(aPatient("s")).slice(0, -1), /no JSON, or ends/],
  };
  for (const [name, [content, reason]] of Object.entries(cuts)) {
    const { catalog, source } = start();
    const folder = folderOf({ "before.ndjson": lines(aPatient("before")) });
    await syncFiles(catalog, source, folder);
    unlinkSync(join(folder, "before.ndjson"));
    writeFiles(folder, { [name]: content });
    const report = await syncFiles(catalog, source, folder);
    expect([name, report.complete]).toEqual([name, false]);
    expect(problemsOf(catalog, source).join("\n")).toMatch(reason);
    expect(problemsOf(catalog, source).join("\n")).toContain(name);
    expect(heldIn(catalog)).toContain("Patient/before");
  }
});

test("a line that is no resource is told by file and line; the rest is held, and nothing is taken for gone", async () => {
  const { catalog, source } = start();
  const folder = folderOf({ "a.ndjson": lines(aPatient("was-here"), aPatient("p")) });
  await syncFiles(catalog, source, folder);
  writeFiles(folder, { "a.ndjson": `${lines(aPatient("p"))}{broken}\n${lines(aPatient("q"))}` });
  const report = await syncFiles(catalog, source, folder);
  expect(report.outcome.invalid).toBe(1);
  expect(problemsOf(catalog, source)).toEqual([expect.stringMatching(/^a\.ndjson, line 2: /)]);
  expect(heldIn(catalog)).toEqual(["Patient/p", "Patient/q", "Patient/was-here"]);
});

test("entries of Bundles are held as they were written, named by their addresses, deleted where they say so", async () => {
  const { catalog, source } = start();
  const urn = "urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0";
  const bundle = `{"resourceType":"Bundle","type":"transaction","entry":[
    {"fullUrl":"urn:uuid:11111111-0000-4000-8000-000000000000","resource":{"resourceType":"Observation","id":"o","valueDecimal":1.50,
      "subject":{"reference" : "${urn}"},"note":"\\"reference\\":\\"${urn}\\"","of\\"reference":"${urn}"},"request":{"method":"PUT"}},
    {"fullUrl":"${urn}","resource": {"resourceType":"Patient","active":true}},
    {"request":{"method":"DELETE","url":"Patient/old"}},
    {"resource":{"resourceType":"OperationOutcome","issue":[{"severity":"warning","code":"informational","diagnostics":"of Asha"}]},"search":{"mode":"outcome"}},
    {"response":{"status":"204"}}
  ],"total":3}`;
  const folder = folderOf({ "a-first.ndjson": lines(aPatient("old")), "bundle.json": bundle });
  const report = await syncFiles(catalog, source, folder);
  expect(report).toMatchObject({ complete: true, problems: 0 });
  expect(heldIn(catalog)).toEqual(["Observation/o", "Patient/0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0"]);
  const observation = jsonOf(catalog, "Observation/o") ?? "";
  expect(observation).toContain('"valueDecimal":1.50');
  expect(observation).toContain('"reference" : "Patient/0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0"');
  expect(observation).toContain(`"of\\"reference":"${urn}"`);
  expect(observation).toContain(`"note":"\\"reference\\":\\"${urn}\\""`);
  expect(report.notices.join()).toContain("Warnings that the server told when these files were made: 1.");
  expect(report.notices.join()).not.toContain("Asha");
});

test("a List of FHIR has entries, too, and is one resource", async () => {
  const { catalog, source } = start();
  const list = {
    entry: [{ item: { reference: "Patient/p" } }],
    resourceType: "List",
    id: "l",
    status: "current",
    mode: "working",
  };
  await syncFiles(
    catalog,
    source,
    folderOf({
      "list.json": JSON.stringify(list),
      "reverse.json": JSON.stringify({ entry: [{ resource: aPatient("late") }], resourceType: "Bundle" }),
    }),
  );
  expect(heldIn(catalog)).toEqual(["List/l", "Patient/late"]);
});

test("a manifest's counts are compared, its deletions applied whatever the order of files, its errors told without what they say of patients", async () => {
  const { catalog, source } = start();
  const deletion = (url: string) => ({
    resourceType: "Bundle",
    type: "transaction",
    entry: [{ request: { method: "DELETE", url } }],
  });
  const outcome = {
    resourceType: "OperationOutcome",
    issue: [{ severity: "error", code: "processing", diagnostics: "Asha" }],
  };
  const manifest = (time: string, change: object) =>
    JSON.stringify({ transactionTime: time, requiresAccessToken: false, output: [], ...change });
  const at = (name: string) => `https://server/files/${name}?token=secret`;
  const folder = folderOf({
    "1/manifest.json": manifest("2024-01-01T00:00:00Z", {
      output: [{ type: "Patient", url: at("Patient.ndjson"), count: 3 }],
    }),
    "1/Patient.ndjson": lines(aPatient("kept"), aPatient("deleted"), aPatient("back")),
    "2/manifest.json": manifest("2024-02-01T00:00:00Z", {
      deleted: [{ type: "Bundle", url: at("gone.ndjson") }],
      output: [{ type: "Patient", url: at("Patient.ndjson"), count: 1 }],
      error: [{ type: "OperationOutcome", url: at("errors.ndjson") }],
    }),
    "2/gone.ndjson": lines(deletion("Patient/deleted"), deletion("Patient/back")),
    "2/Patient.ndjson.gz": gzipSync(lines(aPatient("back"))),
    "2/errors.ndjson": lines(outcome),
  });
  const first = await syncFiles(catalog, source, folder);
  expect(first.complete).toBe(true);
  expect(heldIn(catalog)).toEqual(["Patient/back", "Patient/kept"]);
  expect(problemsOf(catalog, source)).toEqual([expect.stringMatching(/^2\/errors\.ndjson, line 1: .*\(processing\)/)]);
  expect(listResourceTypes(catalog)).toMatchObject([{ type: "Patient", expected: 4, received: 4, complete: true }]);
  expect((await syncFiles(catalog, source, folder)).outcome).toMatchObject({
    added: 0,
    changed: 0,
    removed: 0,
    unchanged: 2,
  });
  writeFiles(folder, { "1/Patient.ndjson": lines(aPatient("kept")) });
  expect((await syncFiles(catalog, source, folder)).complete).toBe(false);
  expect(problemsOf(catalog, source).join("\n")).toContain("The manifest counts 3 resources in it; 1 could be read.");
  expect(problemsOf(catalog, source).join("\n")).not.toMatch(/secret|Asha/);
  expect(listResourceTypes(catalog)).toMatchObject([{ type: "Patient", complete: false }]);
});

test("Open mHealth data points are Observations as JupyterHealth makes them, of the patient whom the header or else the folder names", async () => {
  const { catalog, source } = start();
  const point = (uuid: string, header: object = {}) => ({
    header: {
      uuid,
      schema_id: { namespace: "omh", name: "blood-glucose", version: "4.0" },
      source_creation_date_time: "2024-03-01T00:00:00Z",
      ...header,
    },
    body: {
      blood_glucose: { unit: "mg/dL", value: 95 },
      effective_time_frame: { date_time: "2024-03-01T07:25:00+05:30" },
    },
  });
  const folder = folderOf({
    "patient 40001/glucose.json": JSON.stringify(point("g1"), undefined, 2),
    "all.ndjson": lines(point("g2", { user_id: "7" })),
    "list.json": JSON.stringify([point("g3")]),
    "bad.json": JSON.stringify({ header: { schema_id: {} }, body: {} }),
  });
  const report = await syncFiles(catalog, source, folder);
  expect(heldIn(catalog)).toEqual(["Observation/g1", "Observation/g2", "Observation/g3"]);
  const made = JSON.parse(jsonOf(catalog, "Observation/g1") ?? "{}") as { valueAttachment: { data: string } };
  expect(made).toMatchObject({
    status: "final",
    code: { coding: [{ system: "https://w3id.org/openmhealth", code: "omh:blood-glucose:4.0" }] },
    subject: { reference: "Patient/patient%2040001" },
    effectiveDateTime: "2024-03-01T07:25:00+05:30",
  });
  expect(Buffer.from(made.valueAttachment.data, "base64").toString()).toBe(JSON.stringify(point("g1"), undefined, 2));
  expect(jsonOf(catalog, "Observation/g2")).toContain('"reference":"Patient/7"');
  expect(jsonOf(catalog, "Observation/g3")).toContain('"reference":"Patient/list"');
  expect(report.notices.join()).toMatch(/taken for its patient: 2\./);
  expect(problemsOf(catalog, source)).toEqual([expect.stringMatching(/^bad\.json: /)]);
});

test("symbolic links are not followed out of the folder, and what cannot be read is told", async () => {
  const { catalog, source } = start();
  const outside = folderOf({ "secret.ndjson": lines(aPatient("outside")) });
  const folder = folderOf({ "a.ndjson": lines(aPatient("p")) });
  symlinkSync(join(outside, "secret.ndjson"), join(folder, "link.ndjson"));
  const report = await syncFiles(catalog, source, folder);
  expect(heldIn(catalog)).toEqual(["Patient/p"]);
  expect(report.notices.join()).toContain("not followed: 1.");
  await expect(syncFiles(catalog, source, join(folder, "nowhere"))).rejects.toMatchObject({ code: "READ_FAILED" });
  expect(heldIn(catalog)).toEqual(["Patient/p"]);
});

test("a sync that is cancelled keeps what it read and removes nothing", async () => {
  const { catalog, source } = start();
  const folder = folderOf({
    "a.ndjson": lines(aPatient("p")),
    "b.ndjson": lines(...Array.from({ length: 5_000 }, (_, at) => aPatient(`n${at}`))),
  });
  await syncFiles(catalog, source, folder);
  const abort = new AbortController();
  abort.abort();
  await expect(syncFiles(catalog, source, folder, abort.signal)).rejects.toMatchObject({ code: "CANCELLED" });
  expect(heldIn(catalog)).toHaveLength(5_001);
});

test("a check tells what is there and reads only the beginnings", async () => {
  const check = async (path: string) =>
    await ndjsonSource.check(
      { path, timeZone: "UTC", patientIdentifierSystem: "" },
      undefined,
      AbortSignal.timeout(10_000),
    );
  const folder = folderOf({ "a.ndjson": lines(aPatient("p")), "b.json": "{", "note.txt": "" });
  const report = await check(folder);
  expect(report.ok).toBe(true);
  expect(report.findings.map(({ level, text }) => `${level} ${text}`)).toEqual([
    "ok Of 2 files 1 hold FHIR resources and 0 Open mHealth data points.",
    expect.stringMatching(/^warning 1 of them cannot be read/),
  ]);
  expect((await check(folderOf({ "x.txt": "" }))).findings[0]).toMatchObject({ level: "warning" });
  expect(await check(join(folder, "nowhere"))).toMatchObject({ ok: false });
});
