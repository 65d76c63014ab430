import { describe, expect, it } from "vitest";
import { sweepResource } from "../../../src/main/deidentify/fhir/sweep-resource.ts";
import { Treatment } from "../../../src/main/deidentify/fhir/treatment.ts";
import { createPseudonyms } from "../../../src/main/deidentify/pseudonym.ts";
import type { Json } from "../../../src/main/fhir/json.ts";
import { contextOf, DEFAULTS, KEY, resource, treated } from "./treating.ts";

const known = {
  names: ["Maria Final Gonzales"],
  identifiers: ["MRN-445566"],
  phones: ["+91 98450 12345"],
  addresses: ["12 Mill Lane", "Mysuru"],
  birthDate: "1980-02-03",
};

/** As if a rule had let `elements` pass. */
function tells(elements: Record<string, Json>): boolean {
  const treatment = new Treatment(DEFAULTS, createPseudonyms(KEY), "2026-06-15", () => {
    throw new Error("no text is scrubbed here");
  });
  const source = resource("Observation", elements);
  treatment.begin(contextOf("p1", known), source);
  return sweepResource(source, treatment);
}

describe("the sweep of treated resources", () => {
  it.each([
    "Maria",
    "GONZALES, Maria",
    "Heart rate of Gonzales",
    "x445566x MRN-445566",
    "445566",
    "98450 12345",
    "9845012345",
    "born 03.02.1980",
    "12 Mill Lane, Mysuru",
    "Gonz\u00e1les",
  ])("finds what is known of the patient, whatever rule let it pass: %s", (text) => {
    expect(tells({ note: [{ text }] })).toBe(true);
    expect(tells({ code: { coding: [{ display: text }] } })).toBe(true);
  });

  it("finds numbers of the patient that are written as numbers, and ids of the source", () => {
    expect(tells({ valueQuantity: { value: 9_845_012_345 } })).toBe(true);
    expect(tells({ valueQuantity: { value: 150_000 } })).toBe(false);
    const source = resource("Observation", { valueQuantity: { value: 9_845_012_345, unit: "kg" } });
    expect(treated(source, {}, contextOf("p1", known))["valueQuantity"]).toEqual({ unit: "kg" });
    const text = resource("Condition", { note: [{ text: "see AB-1234567 for more" }] });
    expect(JSON.stringify(treated(text, { text: "scrub" }, contextOf("AB-1234567")))).not.toContain("1234567");
  });

  it("takes codes of closed lists, dates and pseudonyms for what they are, though a patient is called Final", () => {
    expect(
      tells({
        id: "00000000-0000-8000-8000-000000000000",
        status: "final",
        effectiveDateTime: "1980-02-03",
        subject: { reference: "Patient/00000000-0000-8000-8000-000000000000" },
        code: { coding: [{ system: "http://loinc.org", code: "8867-4", display: "Heart rate" }] },
      }),
    ).toBe(false);
  });

  it("does not stop an export for a date that was moved to the day of birth, or a district that others live in", () => {
    const context = contextOf("p1", { ...known, addresses: ["12 Mill Lane", "Mysuru"] });
    const source = resource("Patient", { id: "p1", address: [{ district: "Mysuru", state: "Karnataka" }] });
    expect(treated(source, {}, context)["address"]).toEqual([{ district: "Mysuru", state: "Karnataka" }]);
  });
});
