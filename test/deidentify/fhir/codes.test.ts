import { describe, expect, it } from "vitest";
import { contextOf, resource, treated } from "./treating.ts";

function codeOf(coding: Record<string, unknown>, options = {}, context = contextOf()): unknown {
  const { code } = treated(resource("Observation", { code: { coding: [coding] } }), options, context) as {
    code?: { coding: unknown[] };
  };
  return code?.coding[0];
}

describe("codings", () => {
  it.each([
    ["http://loinc.org", "8867-4", "Heart rate"],
    ["http://loinc.org", "4548-4", "Hemoglobin A1c/Hemoglobin.total in Blood"],
    ["http://snomed.info/sct", "44054006", "Diabetes mellitus type 2"],
    ["http://hl7.org/fhir/sid/icd-10", "E11.9", "Type 2 diabetes mellitus without complications"],
    ["http://www.nlm.nih.gov/research/umls/rxnorm", "314076", "lisinopril 10 MG Oral Tablet"],
    ["http://terminology.hl7.org/CodeSystem/observation-category", "vital-signs", "Vital Signs"],
    ["https://w3id.org/openmhealth", "omh:blood-glucose:4.0", "Blood glucose"],
    ["https://midas.iisc.ac.in/CodeSystem/case-level-ai-result", "non-suspicious", ""],
    ["https://artpark.in/screening-result", "high-risk", "High Risk"],
  ])("of %s keep code and display", (system, code, display) => {
    const coding = { system, code, ...(display !== "" && { display }) };
    expect(codeOf(coding)).toEqual(coding);
  });

  it.each([
    ["http://loinc.org", "8867-5"],
    ["http://loinc.org", "Maria-1"],
    ["http://snomed.info/sct", "44054007"],
    ["http://snomed.info/sct", "9845012345"],
    ["http://hl7.org/fhir/sid/ndc", "98450123456"],
    ["http://terminology.hl7.org/CodeSystem/observation-category", "marias-own"],
    ["https://w3id.org/openmhealth", "omh:maria-gonzales:4.0"],
    ["https://hospital.example/codes", "GLU"],
    ["", "GLU"],
  ])("go where the code is none of the system's, or the system is the house's own: %s|%s", (system, code) => {
    expect(codeOf({ system, code })).toBeUndefined();
  });

  it("lose a display that says more than words of terminologies, a version and an extension", () => {
    const coding = {
      system: "http://loinc.org",
      code: "8867-4",
      version: "2.7 Maria",
      extension: [{ url: "x" }],
      id: "a",
    };
    for (const display of [
      "Heart rate of Kanarius",
      "Heart rate 2024-03-01",
      "Heart rate, call 98450 12345",
      "maria@example.org",
    ])
      expect(codeOf({ ...coding, display })).toEqual({ system: "http://loinc.org", code: "8867-4" });
  });

  it("lose a display or a code that is the patient's own name or number", () => {
    const context = contextOf("p1", { names: ["Rosa Graves"], identifiers: ["44054006"] });
    const graves = { system: "http://snomed.info/sct", code: "353295004", display: "Graves disease" };
    expect(codeOf(graves, {}, context)).toEqual({ system: graves.system, code: graves.code });
    expect(codeOf(graves)).toEqual(graves);
    expect(codeOf({ system: "http://snomed.info/sct", code: "44054006" }, {}, context)).toBeUndefined();
  });

  it("keep a text that is the display of one of them, and no other", () => {
    const coding = [{ system: "http://loinc.org", code: "8867-4", display: "Heart rate" }];
    const of = (text: string): unknown => treated(resource("Observation", { code: { coding, text } }))["code"];
    expect(of("Heart rate")).toEqual({ coding, text: "Heart rate" });
    expect(of("Heart rate, sitting")).toEqual({ coding });
  });

  it("of a local system pass where the recipe lists it, but for what is no code", () => {
    const options = { codeSystems: ["https://hospital.example/codes"] };
    const coding = { system: "https://hospital.example/codes", code: "GLU-7" };
    expect(codeOf(coding, options)).toEqual(coding);
    expect(codeOf({ ...coding, code: "Maria Gonzales" }, options)).toBeUndefined();
  });

  it("keep tasks of Aarogya Aarohan, which have no system, in both spellings", () => {
    for (const code of ["urgent-refer-to-hospital", "urgent_referral"])
      expect(treated(resource("Task", { code: { coding: [{ code }] } }))["code"]).toEqual({ coding: [{ code }] });
  });
});

describe("quantities", () => {
  it.each([
    { value: 120, unit: "mmHg", system: "http://unitsofmeasure.org", code: "mm[Hg]" },
    { value: 6.2, unit: "10*3/uL", system: "http://unitsofmeasure.org", code: "10*3/uL" },
    { value: 60, unit: "mL/min/1.73m2", system: "http://unitsofmeasure.org", code: "mL/min/{1.73_m2}" },
    { value: 72, unit: "beats/minute", system: "http://unitsofmeasure.org", code: "/min" },
    { value: 101, unit: "MGDL" },
    { value: 3, unit: "{score}", system: "http://unitsofmeasure.org", code: "{score}" },
  ])("keep value and unit: %j", (valueQuantity) => {
    expect(treated(resource("Observation", { valueQuantity }))["valueQuantity"]).toEqual(valueQuantity);
  });

  it("lose a unit that is none", () => {
    for (const unit of ["Kanarius", "{Kanarius}", "98450", "mg for Kanarius", "[Kanarius]"]) {
      const valueQuantity = { value: 1, unit, system: "http://unitsofmeasure.org", code: unit };
      expect(treated(resource("Observation", { valueQuantity }))["valueQuantity"]).toEqual({ value: 1 });
    }
  });
});
