import { describe, expect, it } from "vitest";
import type { PackageResult } from "../../src/contract/job.ts";
import { en } from "../../src/renderer/labels/en/index.ts";
import { createFormat } from "../../src/renderer/parts/format.ts";
import { checkVerdict, contentVerdicts } from "../../src/renderer/screens/packages/verdict.ts";

const now = new Date(2026, 10, 21, 14, 2);
const format = createFormat("en-GB", () => now);
const made: PackageResult = {
  name: "patient_1_export.zip",
  path: "/out/patient_1_export.zip",
  bytes: 1,
  files: 2113,
  result: "complete",
  instances: { expected: 10, exported: 10, heldBack: 0, failed: 0 },
  previews: { expected: 0, exported: 0, failed: 0, withoutInstance: 0 },
  rows: null,
  reasons: [],
  verifiedAt: null,
};

describe("the verdict on a package", () => {
  it("is a sentence with numbers, green only after verification", () => {
    const check = { at: now.toISOString(), ok: true, files: 2113, findings: 0 };
    expect(checkVerdict(check, en.packages, format)).toEqual({
      tone: "verified",
      words: "2,113 of 2,113 files verified, today 14:02",
    });
    expect(checkVerdict(null, en.packages, format).tone).toBe("neutral");
  });

  it("is red, with the number of findings, where a byte has changed", () => {
    const check = { at: now.toISOString(), ok: false, files: 2113, findings: 1 };
    expect(checkVerdict(check, en.packages, format)).toEqual({
      tone: "failed",
      words: "Damaged: 1 finding, today 14:02",
    });
  });

  it("has nothing to add for a package that holds all it should", () => {
    expect(contentVerdicts(made, en, format)).toEqual([]);
  });

  it("says how much is missing and how much was held back, each in amber", () => {
    const instances = { expected: 10, exported: 6, heldBack: 3, failed: 1 };
    const verdicts = contentVerdicts({ ...made, result: "incomplete", instances }, en, format);
    expect(verdicts.map(({ words }) => words)).toEqual(["Incomplete: 1 of 10 instances failed", "3 objects held back"]);
    expect(verdicts.every(({ tone }) => tone === "attention")).toBe(true);
  });

  it("says incomplete also where nothing that is counted failed", () => {
    const verdicts = contentVerdicts({ ...made, result: "incomplete" }, en, format);
    expect(verdicts.map(({ words }) => words)).toEqual(["Incomplete: its receipt says what is missing"]);
  });

  it("counts the rows that a table lacks, and has nothing to add where it lacks none", () => {
    const table = { ...made, rows: { expected: 1200, written: 1100 }, result: "incomplete" as const };
    expect(contentVerdicts(table, en, format).map(({ words }) => words)).toEqual([
      "Incomplete: 1,100 of 1,200 rows written",
    ]);
    expect(contentVerdicts({ ...made, rows: { expected: 7, written: 7 } }, en, format)).toEqual([]);
  });

  it("says how many FHIR resources policy or consent held back", () => {
    const resources = { expected: 1200, exported: 1100, withheld: 100, rows: 1100 };
    expect(contentVerdicts({ ...made, resources }, en, format).map(({ words }) => words)).toEqual([
      "100 resources withheld by policy or consent",
    ]);
  });
});
