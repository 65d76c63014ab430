import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import JSZip from "jszip";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Calls } from "../../src/contract/calls.ts";
import type { JobResult } from "../../src/contract/job.ts";
import { imagingReceipt } from "../../src/contract/receipt.ts";
import type { ImagingSelection, ImagingRecipe } from "../../src/contract/recipe.ts";
import type { Client } from "../../src/contract/rpc.ts";
import type { App } from "../../src/main/app.ts";
import { makeDemoHospital, type DemoSummary } from "../../src/main/demo/make-demo-hospital.ts";
import { walkPart10 } from "../../src/main/dicom/part10.ts";
import { describeInstance } from "../../src/main/dicom/describe.ts";
import { contentsOf, createWorkshop, EXPORTED_AT, resultOf, type Workshop } from "../jobs/workshop.ts";
import { runChecked } from "../support/run-command.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";

const root = temporaryDirectory("imaging-package");
const source = join(root, "source");
let demo: DemoSummary;
let workshop: Workshop;
let app: App;
let client: Client<Calls>;
let exports_ = 0;

beforeAll(async () => {
  demo = await makeDemoHospital(source, { size: "small" });
  workshop = await createWorkshop(root, { folder: source });
  ({ app, client } = await workshop.open());
});
afterAll(() => app.close());

const pseudonymised: ImagingRecipe["policy"] = { kind: "pseudonymised", key: "lung", options: [] };

async function run(
  selection: ImagingSelection,
  change: Partial<ImagingRecipe> = {},
): Promise<{ to: string; result: JobResult }> {
  const to = join(root, `export-${++exports_}`);
  const recipe: ImagingRecipe = {
    kind: "imaging",
    version: 1,
    selection,
    policy: { kind: "identified" },
    images: true,
    previews: true,
    format: "folder",
    compress: 0,
    grouping: "each",
    destination: to,
    ...change,
  };
  const { jobId } = await client["exports.start"]({ recipe, exportedAt: EXPORTED_AT });
  return { to, result: await resultOf(client, jobId) };
}

interface Document {
  patient?: Record<string, unknown>;
  study?: Record<string, unknown>;
  patients?: Record<string, unknown>[];
  studies?: Record<string, unknown>[];
  instances: (Record<string, unknown> & { file: string | null; sha256: string | null; previews: string[] })[];
  metadata: Record<string, unknown>;
}

/** One package that was written as a folder. */
function read(
  to: string,
  name: string,
): { files: Record<string, Buffer>; document: Document; receipt: ReturnType<typeof imagingReceipt.parse> } {
  const files = contentsOf(join(to, name));
  const documentName = Object.keys(files).find((one) => one.endsWith("_data.json")) ?? "";
  return {
    files,
    document: JSON.parse(String(files[documentName])) as Document,
    receipt: imagingReceipt.parse(JSON.parse(String(files["receipt.json"]))),
  };
}

const PATIENT_FIELDS = ["patientID", "patientName", "birthDate", "sex", "exportDate", "studyCount"];
const STUDY_FIELDS = ["studyInstanceUID", "studyDate", "studyTime", "modality", "studyDescription"].concat([
  "numberOfSeries",
  "numberOfInstances",
  "aiAnalysis",
  "aiAnalyzedAt",
  "aiModels",
]);
const INSTANCE_FIELDS = [
  "sopInstanceUID",
  "studyInstanceUID",
  "seriesInstanceUID",
  "instanceNumber",
  "numberOfFrames",
].concat(["orthancInstanceId", "file", "bytes", "sha256", "transferSyntaxUID", "previews"]);

const sha256 = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("hex");

/** A patient whose id only one issuer gave, with more than one study. */
function plainPatient(): string {
  const issuers = new Map<string, Set<string>>();
  for (const { patientId, issuerOfPatientId } of demo.studies) {
    issuers.set(patientId, (issuers.get(patientId) ?? new Set()).add(issuerOfPatientId));
  }
  const found = demo.studies.find(
    ({ patientId, issuerOfPatientId, analysis }) =>
      analysis &&
      /^[A-Za-z0-9-]+$/.test(patientId) &&
      issuers.get(patientId)?.size === 1 &&
      demo.studies.filter((one) => one.patientId === patientId && one.issuerOfPatientId === issuerOfPatientId).length >
        1,
  );
  if (found === undefined) throw new Error("the demo hospital has no such patient");
  return found.patientId;
}

describe("the guide's tree and fields", () => {
  test("a patient: patient_<ID>_export {patient_data.json, studies/<UID>/<n>.dcm, studies/<UID>/previews/frame_<k>.png}", async () => {
    const id = plainPatient();
    const { to, result } = await run({ scope: "patients", patients: [{ id }] });
    expect(result.state).toBe("complete");
    expect(readdirSync(to)).toEqual([`patient_${id}_export`]);
    const { files, document, receipt } = read(to, `patient_${id}_export`);
    const studies = demo.studies.filter(({ patientId }) => patientId === id).map((one) => one.studyInstanceUid);
    expect(Object.keys(document)).toEqual(["patient", "studies", "instances", "metadata"]);
    expect(Object.keys(document.patient ?? {})).toEqual(PATIENT_FIELDS);
    for (const study of document.studies ?? []) expect(Object.keys(study)).toEqual(STUDY_FIELDS);
    for (const instance of document.instances) expect(Object.keys(instance)).toEqual(INSTANCE_FIELDS);
    expect(Object.keys(document.metadata)).toEqual(["exportedBy", "exportedAt", "version", "includesImages"]);
    expect(document.patient).toMatchObject({ patientID: id, studyCount: studies.length, exportDate: EXPORTED_AT });
    expect((document.studies ?? []).map((one) => String(one.studyInstanceUID)).toSorted()).toEqual(studies.toSorted());
    expect(
      (document.studies ?? []).some(({ aiAnalysis, aiModels }) => aiAnalysis !== null && (aiModels as []).length > 0),
    ).toBe(true);
    for (const uid of studies) assertCounted(Object.keys(files), `studies/${uid}/`, `studies/${uid}/previews/`);
    for (const name of Object.keys(files)) {
      expect(name).toMatch(
        /^(?:patient_data\.json|receipt\.json|manifest-sha256\.txt|MISSING\.txt|studies\/[0-9.]+\/(?:\d+\.dcm|previews\/frame_\d+\.png))$/,
      );
    }
    assertDescribes(document, files);
    expect(receipt.scope).toBe("patient");
  });

  test("a study: study_<UID>_export {study_data.json, dicom/<n>.dcm, previews/frame_<k>.png}", async () => {
    const { studyInstanceUid: uid, patientId } =
      demo.studies.find(({ modalities }) => modalities.includes("US")) ?? demo.studies[0]!;
    const { to, result } = await run({ scope: "studies", studies: [uid] });
    expect(["complete", "incomplete"]).toContain(result.state);
    expect(readdirSync(to)).toEqual([`study_${uid}_export`]);
    const { files, document } = read(to, `study_${uid}_export`);
    expect(Object.keys(document)).toEqual(["study", "patient", "instances", "metadata"]);
    expect(Object.keys(document.study ?? {})).toEqual(STUDY_FIELDS);
    expect(Object.keys(document.patient ?? {})).toEqual(PATIENT_FIELDS);
    expect(document.patient).toMatchObject({ patientID: patientId });
    assertCounted(Object.keys(files), "dicom/", "previews/");
    assertDescribes(document, files);
  });

  test("everything: complete_export, metadata only unless images are asked for, with totals", async () => {
    const { to, result } = await run({ scope: "all" }, { images: false, previews: false, grouping: "one" });
    expect(result.state).toBe("complete");
    const { files, document } = read(to, "complete_export");
    expect(Object.keys(files).toSorted()).toEqual(["complete_data.json", "manifest-sha256.txt", "receipt.json"]);
    expect(document.metadata).toMatchObject({
      includesImages: false,
      totalPatients: demo.patients,
      totalStudies: demo.studies.length,
      totalInstances: demo.instances,
    });
    expect(document.patients).toHaveLength(demo.patients);
    expect(document.instances.every(({ file, previews }) => file === null && previews.length === 0)).toBe(true);
  });

  test("metadata only, no previews, and JSON only leave exactly that", async () => {
    const id = plainPatient();
    const selection: ImagingSelection = { scope: "patients", patients: [{ id }] };
    const without = await run(selection, { previews: false });
    expect(Object.keys(read(without.to, `patient_${id}_export`).files).filter((name) => name.endsWith(".png"))).toEqual(
      [],
    );
    for (const change of [{ images: false, previews: false }, { format: "json" as const }]) {
      const { to } = await run(selection, change);
      const { files, document } = read(to, `patient_${id}_export`);
      expect(Object.keys(files).toSorted()).toEqual(["manifest-sha256.txt", "patient_data.json", "receipt.json"]);
      expect(document.metadata.includesImages).toBe(false);
    }
  });

  test("several patients: one package each, or one for all", async () => {
    const ids = [...new Set(demo.studies.map(({ patientId }) => patientId))].slice(0, 3);
    const patients = ids.flatMap((id) =>
      [...new Set(demo.studies.filter((one) => one.patientId === id).map((one) => one.issuerOfPatientId))].map(
        (issuer) => ({ id, issuer }),
      ),
    );
    const each = await run({ scope: "patients", patients }, { previews: false });
    expect(each.result.packages).toHaveLength(patients.length);
    expect(new Set(readdirSync(each.to)).size).toBe(patients.length);
    const together = await run({ scope: "patients", patients }, { previews: false, grouping: "one" });
    expect(readdirSync(together.to)).toEqual(["selection_export"]);
    expect(read(together.to, "selection_export").document.patients).toHaveLength(patients.length);
  });
});

describe("what is in the files", () => {
  test("identified: every DICOM file is the source's file, bit for bit, and all are there", async () => {
    const { to } = await run({ scope: "all" }, { previews: false, grouping: "one" });
    const { files } = read(to, "complete_export");
    const wanted = new Set<string>();
    for (const [name, bytes] of Object.entries(contentsOf(source))) {
      if (/IM\d+$/.test(name) && !name.endsWith(demo.brokenFile)) wanted.add(sha256(bytes));
    }
    const found = Object.entries(files).filter(([name]) => name.endsWith(".dcm"));
    expect(found).toHaveLength(demo.instances);
    expect(new Set(found.map(([, bytes]) => sha256(bytes)))).toEqual(wanted);
  });

  test("pseudonymised: no value of the source in any name, document, receipt, manifest or list of what is missing", async () => {
    const { to, result } = await run({ scope: "all" }, { policy: pseudonymised, grouping: "each" });
    expect(result.state).toBe("complete");
    const text = [...allNames(to), ...textsOf(to)].join("\n");
    const values = sourceValues();
    expect(values.size).toBeGreaterThan(300);
    const found = [...values].filter((value) => isIn(value, text));
    expect(found).toEqual([]);
    // The look itself finds them where they are.
    const identified = await run({ scope: "all" }, { images: false, previews: false, grouping: "one" });
    const named = textsOf(identified.to).join("\n");
    expect([...values].filter((value) => isIn(value, named)).length).toBeGreaterThan(100);
  });

  test("held back: named with its reason and not in the package; let through with a reason that the receipt and the audit log bear", async () => {
    const held = await run({ scope: "all" }, { policy: pseudonymised, grouping: "one", previews: false });
    const one = read(held.to, "complete_export");
    expect(one.receipt.counts.instances.heldBack).toBeGreaterThan(0);
    for (const { path, code } of one.receipt.missing) {
      expect(code).toBe("HELD_BACK");
      expect(one.files[path]).toBeUndefined();
      expect(String(one.files["MISSING.txt"])).toContain(path);
    }
    // A screen says each reason in its own language.
    const [made] = held.result.packages;
    const codes = made?.reasons.flatMap((counted) => counted.held ?? []) ?? [];
    expect(codes).toContain("structured-report");
    const shown = await client["packages.receipt"]({ path: made?.path ?? "" });
    expect(new Set(shown.missing.flatMap((missing) => missing.held ?? []))).toEqual(new Set(codes));
    expect(shown.noticeMeanings).toHaveLength(shown.notices.length);
    expect(shown.noticeMeanings).not.toContain(null);
    const log = await client["jobs.log"]({ id: held.result.jobId });
    expect(log.filter(({ event }) => event === "left-out").map(({ params }) => params["held"])).toEqual(
      made?.reasons.map((counted) => counted.held?.join(",")),
    );
    const reason = "approved by the ethics board, vote 12";
    const passed = await run(
      { scope: "all" },
      {
        policy: { kind: "pseudonymised", key: "lung", options: [], includeHeld: reason },
        grouping: "one",
        previews: false,
      },
    );
    const two = read(passed.to, "complete_export");
    expect(two.receipt.counts.instances.heldBack).toBe(0);
    expect(two.receipt.policy.includeHeld).toBe(reason);
    const { rows } = await client["audit.list"]({ limit: 1 });
    expect(rows[0]).toMatchObject({ reason });
  });
});

describe("other programs", () => {
  test(
    "unzip, 7z, Python and JSZip open a package, stored or deflated, and read the same bytes",
    { timeout: 60_000 },
    async () => {
      const id = plainPatient();
      for (const compress of [0, 6]) {
        const { to } = await run(
          { scope: "patients", patients: [{ id }] },
          { format: "zip", compress, policy: pseudonymised },
        );
        const [name] = readdirSync(to);
        const zip = join(to, name ?? "");
        await runChecked("unzip", ["-tq", zip]);
        await runChecked("7z", ["t", "-bd", zip]);
        const python =
          "import sys, zipfile\nz = zipfile.ZipFile(sys.argv[1])\nassert z.testzip() is None\nprint(len(z.namelist()))";
        const count = Number(await runChecked("python3", ["-c", python, zip]));
        const opened = await JSZip.loadAsync(readFileSync(zip), { checkCRC32: true });
        const entries = Object.values(opened.files).filter((entry) => !entry.dir);
        expect(entries).toHaveLength(count);
        const folder = join(to, "unpacked");
        await runChecked("unzip", ["-q", zip, "-d", folder]);
        await runChecked("sha256sum", ["-c", "--quiet", "manifest-sha256.txt"], { cwd: folder });
        const verified = await workshop.satchel("verify", zip);
        expect(verified.exitCode).toBe(0);
      }
    },
  );

  test("a changed byte, a cut file and an added file are found by `satchel verify` with exit code 4", async () => {
    const id = plainPatient();
    const { to } = await run({ scope: "patients", patients: [{ id }] }, { format: "zip", previews: false });
    const zip = join(to, readdirSync(to)[0] ?? "");
    const bytes = readFileSync(zip);
    const changed = Buffer.from(bytes);
    changed[Math.floor(bytes.length / 2)]! ^= 1;
    for (const [name, content] of [
      ["changed.zip", changed],
      ["cut.zip", bytes.subarray(0, -100)],
    ] as const) {
      writeFileSync(join(to, name), content);
      expect((await workshop.satchel("verify", join(to, name))).exitCode, name).toBe(4);
    }
    const folder = await run({ scope: "patients", patients: [{ id }] }, { previews: false });
    const path = join(folder.to, readdirSync(folder.to)[0] ?? "");
    expect((await workshop.satchel("verify", path)).exitCode).toBe(0);
    mkdirSync(join(path, "more"));
    writeFileSync(join(path, "more", "added.dcm"), "x");
    const added = await workshop.satchel("verify", path);
    expect(added.exitCode).toBe(4);
    expect(added.stdout).toContain("more/added.dcm");
  });
});

/** Numbers begin at 1 for files and 0 for previews and leave no gap: they count through the study. */
function assertCounted(names: readonly string[], dicom: string, previews: string): void {
  const numbers = (prefix: string, pattern: RegExp): number[] =>
    names
      .filter((name) => name.startsWith(prefix))
      .flatMap((name) => pattern.exec(name.slice(prefix.length))?.[1] ?? [])
      .map(Number)
      .toSorted((a, b) => a - b);
  const files = numbers(dicom, /^(\d+)\.dcm$/);
  expect(files.length).toBeGreaterThan(0);
  expect(files).toEqual(files.map((_, index) => index + 1));
  const frames = numbers(previews, /^frame_(\d+)\.png$/);
  expect(new Set(frames).size).toBe(frames.length);
}

/** What the document says of each file is so, in series and instance order. */
function assertDescribes(document: Document, files: Record<string, Buffer>): void {
  for (const instance of document.instances) {
    const bytes = files[instance.file ?? ""];
    if (bytes === undefined) throw new Error(`${instance.file} is not there`);
    expect(instance.sha256).toBe(sha256(bytes));
    expect(instance.bytes).toBe(bytes.length);
    const found = describeInstance(walkPart10(bytes));
    expect(instance).toMatchObject({
      sopInstanceUID: found.sopInstanceUid,
      studyInstanceUID: found.studyInstanceUid,
      seriesInstanceUID: found.seriesInstanceUid,
      transferSyntaxUID: found.transferSyntaxUid,
    });
    for (const preview of instance.previews) expect(files[preview]?.subarray(1, 4).toString()).toBe("PNG");
  }
  const order = document.instances.map(({ file }) => Number(/(\d+)\.dcm$/.exec(file ?? "")?.[1]));
  expect(
    document.instances.map(({ studyInstanceUID }, index) => `${String(studyInstanceUID)} ${order[index]}`),
  ).toHaveLength(order.length);
}

function allNames(folder: string): string[] {
  return readdirSync(folder, { recursive: true }).map(String);
}

function textsOf(folder: string): string[] {
  return Object.entries(contentsOf(folder))
    .filter(([name]) => /\.(?:json|txt)$/.test(name))
    .map(([, bytes]) => bytes.toString());
}

/** Whether a value stands in a text by itself: digits within longer digits (a hash, a UID) are no find. */
function isIn(value: string, text: string): boolean {
  for (let at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + 1)) {
    const around = `${text[at - 1] ?? ""}${text[at + value.length] ?? ""}`;
    if (!/[\p{L}\p{N}]/u.test(around)) return true;
  }
  return false;
}

/** Names, ids, dates and UIDs of everybody in the demo hospital, from its files and what its AI results say of them. */
function sourceValues(): Set<string> {
  const values = new Set<string>();
  for (const [name, bytes] of Object.entries(contentsOf(source))) {
    if (!/IM\d+$/.test(name) || name.endsWith(basename(demo.brokenFile))) continue;
    const found = describeInstance(walkPart10(bytes));
    const persons = found.patientName.split(/[=^ ]/);
    for (const value of [
      found.patientId,
      found.patientBirthDate,
      found.studyDate,
      found.studyTime,
      found.studyInstanceUid,
    ])
      values.add(value);
    for (const value of [found.seriesInstanceUid, found.sopInstanceUid, ...persons]) values.add(value);
  }
  return new Set([...values].filter((value) => value.length > 3));
}
