import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { SatchelError } from "../../src/contract/errors.ts";
import { makeDemoHospital, type DemoProgress, type DemoSummary } from "../../src/main/demo/make-demo-hospital.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";

/** Every file below a folder, relative to it, in order. */
function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => statSync(join(folder, path)).isFile())
    .sort();
}

function digestOf(folder: string): string {
  const hash = createHash("sha256");
  for (const path of filesBelow(folder))
    hash
      .update(path)
      .update("\0")
      .update(readFileSync(join(folder, path)));
  return hash.digest("hex");
}

describe("the demo hospital", () => {
  const root = temporaryDirectory("demo");
  const folder = join(root, "hospital");
  const progress: DemoProgress[] = [];
  let summary: DemoSummary;

  beforeAll(async () => {
    summary = await makeDemoHospital(folder, { size: "small", onProgress: (event) => progress.push(event) });
  });

  test("is the same byte for byte when it is made again from the same seed", async () => {
    const again = join(root, "again");
    await makeDemoHospital(again, { size: "small" });
    expect(digestOf(again)).toBe(digestOf(folder));
  });

  test("is another one from another seed, UIDs and pixels included", async () => {
    const other = join(root, "other");
    const otherSummary = await makeDemoHospital(other, { size: "small", seed: 2 });
    expect(digestOf(other)).not.toBe(digestOf(folder));
    const uids = new Set(summary.studies.map((study) => study.studyInstanceUid));
    expect(otherSummary.studies.filter((study) => uids.has(study.studyInstanceUid))).toEqual([]);
    const first = join("DICOM/PA000001/ST000001/SE000001/IM000001");
    const tail = (root: string): Buffer => readFileSync(join(root, first)).subarray(-64 * 64 * 2);
    expect(tail(other).equals(tail(folder))).toBe(false);
  });

  test("has at least 12 patients and 30 studies of CT, MR, US, CR, DX and SR", () => {
    expect(summary.patients).toBeGreaterThanOrEqual(12);
    expect(summary.studies.length).toBeGreaterThanOrEqual(30);
    const modalities = new Set(summary.studies.flatMap((study) => study.modalities));
    for (const modality of ["CT", "MR", "US", "CR", "DX", "SR"]) expect(modalities).toContain(modality);
    expect(new Set(summary.studies.map((study) => study.studyInstanceUid)).size).toBe(summary.studies.length);
  });

  test("has two patients with one Patient ID from two issuers", () => {
    const issuers = new Map<string, Set<string>>();
    for (const { patientId, issuerOfPatientId } of summary.studies) {
      issuers.set(patientId, (issuers.get(patientId) ?? new Set()).add(issuerOfPatientId));
    }
    expect([...issuers.values()].filter((set) => set.size === 2)).toHaveLength(1);
  });

  test("says what it wrote: files, instances, analyses and bytes agree with the disk", () => {
    const files = filesBelow(folder);
    expect(files).toHaveLength(summary.files);
    expect(files.reduce((sum, path) => sum + statSync(join(folder, path)).size, 0)).toBe(summary.bytes);
    expect(files.filter((path) => /\/IM\d{6}$/.test(path))).toHaveLength(summary.instances + 1);
    expect(files.filter((path) => path.endsWith(".analysis.json"))).toHaveLength(summary.analyses);
    expect(summary.studies.reduce((sum, study) => sum + study.instances, 0)).toBe(summary.instances);
    expect(summary.studies.reduce((sum, study) => sum + study.modalities.length, 0)).toBe(summary.series);
  });

  test("has analyses named after their study that point at instances of it", () => {
    for (const study of summary.studies.filter((one) => one.analysis)) {
      const path = join(folder, study.path, `${study.studyInstanceUid}.analysis.json`);
      const document = JSON.parse(readFileSync(path, "utf8")) as {
        studyInstanceUID: string;
        analyzedAt: string;
        models: string[];
        findings: { sopInstanceUID: string; confidence: number; model: string }[];
      };
      expect(document.studyInstanceUID).toBe(study.studyInstanceUid);
      expect(new Date(document.analyzedAt).toISOString()).toBe(document.analyzedAt);
      expect(document.findings.length).toBeGreaterThan(0);
      const series = filesBelow(join(folder, study.path)).filter((file) => file.includes("IM"));
      const bytes = series.map((file) => readFileSync(join(folder, study.path, file)));
      for (const finding of document.findings) {
        expect(document.models).toContain(finding.model);
        expect(finding.confidence).toBeLessThanOrEqual(1);
        expect(bytes.some((one) => one.includes(finding.sopInstanceUID))).toBe(true);
      }
    }
  });

  test("reports its progress study by study up to the end", () => {
    expect(progress.map((event) => event.done)).toEqual(progress.map((_, index) => index));
    expect(progress.at(-1)).toMatchObject({ done: summary.studies.length, total: summary.studies.length });
  });

  test("does not touch a folder that holds something", async () => {
    const taken = join(root, "taken");
    mkdirSync(taken);
    writeFileSync(join(taken, "mine.txt"), "mine");
    await expect(makeDemoHospital(taken, { size: "small" })).rejects.toMatchObject({ code: "ALREADY_EXISTS" });
    expect(filesBelow(taken)).toEqual(["mine.txt"]);
  });

  test("leaves nothing behind when it is cancelled", async () => {
    const cancelled = join(root, "cancelled");
    const abort = new AbortController();
    const making = makeDemoHospital(cancelled, {
      size: "small",
      signal: abort.signal,
      onProgress: ({ done }) => {
        if (done === 3) abort.abort();
      },
    });
    await expect(making).rejects.toMatchObject({ code: "CANCELLED" });
    expect(readdirSync(root).filter((name) => name.startsWith("cancelled"))).toEqual([]);
  });

  test("says so without the path when it cannot be written", async () => {
    const file = join(root, "a-file");
    writeFileSync(file, "");
    const thrown = await makeDemoHospital(join(file, "hospital"), { size: "small" }).catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(SatchelError);
    expect((thrown as SatchelError).code).toBe("WRITE_FAILED");
    expect((thrown as SatchelError).message).not.toContain(root);
    expect(existsSync(join(root, "a-file.partial"))).toBe(false);
  });
});
