import { describe, expect, it } from "vitest";
import { SatchelError } from "../../../src/contract/errors.ts";
import { parseRules } from "../../../src/main/deidentify/fhir-rules/parse-rules.ts";
import { documentOf, type RuleText } from "./following.ts";

const KEEP: RuleText = { path: "Patient.gender", method: "keep" };

function refusal(document: string): SatchelError {
  try {
    parseRules("their-rules.json", document);
  } catch (error) {
    if (error instanceof SatchelError) return error;
    throw error;
  }
  throw new Error("the rules were not refused");
}

describe("rules of others are refused as a whole", () => {
  it.each<[string, RuleText, RegExp]>([
    ["an unknown method", { path: "Patient.name", method: "shred" }, /the method shred is unknown/],
    ["a method of another tool", { path: "Patient.name", method: "remove" }, /the method remove is unknown/],
    ["no method", { path: "Patient.name" } as RuleText, /the method {2}is unknown/],
    ["a path that cannot be read", { path: "Patient.name.where(", method: "redact" }, /path cannot be followed/],
    ["a function that there is not", { path: "Patient.name.vanish()", method: "redact" }, /vanish\(\)/],
    ["a type of resource that there is not", { path: "Pateint.name", method: "redact" }, /no resource type Pateint/],
    ["a type that there is not", { path: "nodesByType('Humanname')", method: "redact" }, /no type Humanname/],
    ["an element that there is not", { path: "Patient.nmae", method: "redact" }, /Patient has no element nmae/],
    [
      "an element within a condition that there is not",
      { path: "Patient.name.where(us = 'old')", method: "redact" },
      /HumanName has no element us/,
    ],
    [
      "a choice by its name in JSON, which would find nothing",
      { path: "Observation.valueString", method: "redact" },
      /no element valueString; FHIRPath calls it value/,
    ],
    ["a setting that is unknown", { ...KEEP, otherValue: "keep" }, /nothing is known of the setting otherValue/],
    ["a substitution without a value", { path: "Patient.name", method: "substitute" }, /replaceWith is missing/],
    ["noise without a span", { path: "Patient.multipleBirth", method: "perturb" }, /span is missing/],
    ["a negative span", { path: "Patient.multipleBirth", method: "perturb", span: -1 }, /span is missing or below 0/],
    ["29 digits", { path: "Patient.multipleBirth", method: "perturb", span: 1, roundTo: 29 }, /roundTo/],
    ["an unknown range", { path: "Patient.multipleBirth", method: "perturb", span: 1, rangeType: "x" }, /rangeType/],
    ["a generalisation without cases", { path: "Patient.gender", method: "generalize" }, /cases is missing/],
    [
      "a case that cannot be read",
      { path: "Patient.gender", method: "generalize", cases: { "$this = ": "'x'" } },
      /a case cannot be followed/,
    ],
    [
      "a case with a function that there is not",
      { path: "Patient.gender", method: "generalize", cases: { true: "$this.vanish()" } },
      /a case cannot be followed/,
    ],
    [
      "a case that asks for the time, which is another when a job goes on",
      { path: "Patient.birthDate", method: "generalize", cases: { "$this < today() - 18 years": "'x'" } },
      /time of day/,
    ],
    [
      "an unknown choice for other values",
      { path: "Patient.gender", method: "generalize", cases: { true: "'x'" }, otherValues: "drop" },
      /otherValues is unknown/,
    ],
  ])("for %s, naming the rule by number and path", (_, rule, why) => {
    const { code, message } = refusal(documentOf([KEEP, rule]));
    expect(code).toBe("USAGE");
    expect(message).toMatch(why);
    expect(message).toContain(`rule 2 (${rule.path})`);
    expect(message).toContain("their-rules.json");
  });

  it.each<[string, string, RegExp]>([
    ["FHIR STU3", documentOf([KEEP], {}, { fhirVersion: "Stu3" }), /written for FHIR Stu3/],
    ["FHIR R5", documentOf([KEEP], {}, { fhirVersion: "R5" }), /written for FHIR R5/],
    ["a misspelt processingErrors", documentOf([KEEP], {}, { processingError: "skip" }), /setting processingError/],
    [
      "an unknown processingErrors",
      documentOf([KEEP], {}, { processingErrors: "ignore" }),
      /processingErrors is unknown/,
    ],
    ["an unknown parameter", documentOf([KEEP], { enablePartialDates: true }), /setting enablePartialDates/],
    ["settings of custom methods", documentOf([KEEP], { customSettings: {} }), /setting customSettings/],
    ["an unknown scope", documentOf([KEEP], { dateShiftScope: "patient" }), /dateShiftScope is unknown/],
    [
      "a switch that is no switch",
      documentOf([KEEP], { enablePartialAgesForRedact: "maybe" }),
      /neither true nor false/,
    ],
    ["ZIP areas as numbers", documentOf([KEEP], { restrictedZipCodeTabulationAreas: [36] }), /no list of texts/],
    ["no rules", JSON.stringify({ fhirVersion: "R4" }), /fhirPathRules is missing/],
    ["a rule that is no object", JSON.stringify({ fhirPathRules: ["Patient"] }), /rule 1 is no object/],
    ["JSON that is none", '{"fhirPathRules": [', /document cannot be read|no valid JSON/],
    ["a name that stands twice", '{"fhirPathRules": [], "fhirPathRules": []}', /a name stands twice/],
    ["a text", "redact everything", /neither an object/],
    ["YAML with aliases", "a: &a x\nfhirPathRules: [*a]", /aliases/],
    ["YAML with tags of its own", "fhirPathRules: !secret x", /cannot be read/],
    [
      "a hash that is not served",
      "fhirPathRules: []\nparameters: {cryptoHashAlgorithm: scrypt}",
      /cryptoHashAlgorithm is unknown/,
    ],
  ])("for %s", (_, document, why) => {
    expect(refusal(document).message).toMatch(why);
  });

  it.each([15, 17, 33])("for a key of %i bytes, which AES does not have, without telling it", (length) => {
    const encryptKey = "k3y".repeat(20).slice(0, length);
    const { message } = refusal(documentOf([KEEP], { encryptKey }));
    expect(message).toContain(`encryptKey has ${length * 8} bits`);
    expect(message).not.toContain("k3y");
  });

  it("without telling the text of a document that is no JSON, where a key may stand", () => {
    const error = refusal('{"parameters": {"cryptoHashKey": "v3ry-secret"');
    expect(JSON.stringify(error.toRecord())).not.toContain("v3ry-secret");
  });
});

describe("rules of others are accepted", () => {
  it.each(["R4", "r4", "", undefined])("for the version %j", (fhirVersion) => {
    expect(parseRules("x", documentOf([KEEP], {}, { fhirVersion })).rules).toHaveLength(1);
  });

  it("with methods in any capitals, as Microsoft's own sample has them", () => {
    const [rule] = parseRules("x", documentOf([{ path: "nodesByType('date')", method: "dateshift" }])).rules;
    expect(rule?.method).toBe("dateShift");
  });

  it("with a byte order mark, which editors of Windows write", () => {
    expect(parseRules("x", `\uFEFF${documentOf([KEEP])}`).dialect).toBe("microsoft");
  });
});
