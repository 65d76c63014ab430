import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { POLICY_OPTIONS, type PolicyOption } from "../../src/contract/policy.ts";
import { encodeInAll } from "../../src/main/dicom/encodings.ts";
import { sharedData } from "../support/samples.ts";
import { deidentify } from "./build-instance.ts";

const canary = sharedData("samples/dicom/canary");
type Canaries = Record<string, { where: string; kind: "remove" | "clean" | "retain-safe" }>;

/** What an option keeps by name (K in Table E.1-1). */
const RETAINED: Partial<Record<PolicyOption, string[]>> = {
  "retain-device": ["CNRY019", "CNRY020"],
  "retain-institution": ["CNRY016", "CNRY017", "CNRY018"],
};
const COMBINATIONS: PolicyOption[][] = [
  [],
  ...POLICY_OPTIONS.map((option) => [option]),
  ["retain-device", "modified-dates"],
  ["clean-descriptors", "clean-graphics"],
  ["retain-uids", "full-dates", "retain-patient-characteristics"],
  POLICY_OPTIONS.filter((option) => option !== "full-dates"),
  POLICY_OPTIONS.filter((option) => option !== "modified-dates"),
];
const FOR = "1.2.826.0.1.999.777.1";

describe.skipIf(!canary.present)(`The canary file${canary.note}`, () => {
  const names = canary.present ? ["canary_mr", "canary_mr_norange"] : [];
  const files = names.map((name) => ({
    name,
    bytes: readFileSync(join(canary.path, `${name}.dcm`)),
    canaries: JSON.parse(readFileSync(join(canary.path, `${name}.json`), "utf8")) as Canaries,
  }));
  const cases = COMBINATIONS.flatMap((options) => files.map((file) => ({ ...file, options })));

  it.each(cases)("$name loses every string that must go under $options", ({ bytes, canaries, options }) => {
    const { bytes: output, result } = deidentify(bytes, options);
    const retained = options.flatMap((option) => RETAINED[option] ?? []);
    const left = Object.keys(canaries).filter((name) => encodeInAll(name).some((form) => output.includes(form)));
    const mayStay = new Set([...retained, ...(options.includes("retain-safe-private") ? ["CNRY041"] : [])]);
    expect(left.filter((name) => !mayStay.has(name))).toEqual([]);
    expect([...mayStay].filter((name) => !left.includes(name))).toEqual([]);
    expect(result.leaks).toEqual([]);
  });

  it.each(cases)("$name keeps what $options keeps, and only that, of dates, age and UIDs", ({ bytes, options }) => {
    const { bytes: output, text } = deidentify(bytes, options);
    const has = (value: string): boolean => output.includes(value);
    expect(has("19310203")).toBe(false);
    expect(has("095Y")).toBe(false);
    expect(text("00101010")).toBe(options.includes("retain-patient-characteristics") ? "090Y" : undefined);
    expect(has(FOR)).toBe(options.includes("retain-uids"));
    const modified = options.includes("modified-dates");
    expect(text("00080020") === "20200229").toBe(options.includes("full-dates"));
    if (modified) expect(text("00080020")).toMatch(/^20(19|20)\d{4}$/);
  });

  it("keeps the pixel data and what no rule names bit for bit", () => {
    const source = files[0]!.bytes;
    const { part10, bytes } = deidentify(source);
    const pixels = part10.dataset.elements.find(({ tag }) => tag === 0x7fe00010)!;
    expect(source.includes(bytes.subarray(pixels.start, pixels.end))).toBe(true);
    expect(part10.dataset.elements.some(({ tag }) => tag === 0x00180050)).toBe(true);
  });
});
