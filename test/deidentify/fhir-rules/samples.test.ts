import { createDecipheriv } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { encryptText } from "../../../src/main/deidentify/fhir-rules/encrypt.ts";
import { shortenPostalCode } from "../../../src/main/deidentify/fhir-rules/partial-values.ts";
import { parseRules } from "../../../src/main/deidentify/fhir-rules/parse-rules.ts";
import { splitReference } from "../../../src/main/deidentify/fhir-rules/reference-ids.ts";
import { offsetOf } from "../../../src/main/deidentify/fhir-rules/shift-dates.ts";
import type { Json, Resource } from "../../../src/main/fhir/json.ts";
import { documentOf, follow, inOrder, patient, textAt } from "./following.ts";

/** Cases and values of Microsoft's tests (MIT), read where they lie. */
const FOLDER = join(import.meta.dirname, "../../../../shared/samples/fhir/rules");
const isThere = existsSync(FOLDER);

function read(path: string): string {
  return readFileSync(join(FOLDER, path), "utf8");
}

function readResource(path: string): Resource {
  return JSON.parse(read(path)) as Resource;
}

interface SampleCase {
  config: string;
  input: string;
  expected?: string;
  expectError?: string;
}
interface Vectors {
  cryptoHash: { key: string; cases: [string, string][] };
  cryptoHashReference: { key: string; cases: [string, string][] };
  referenceIdSplit: { cases: [string, string][] };
  postalCodePartial: { restricted: string[]; cases: [string, string][] };
  dateShift: { cases: { key: string; prefix: string; offsetDays?: number; in: string; out: string }[] };
  datePartialRedact: { cases: [string, string | null][] };
  decryptAesCbc: { keyUtf8: string; cases: [string, string][] };
  generalize: {
    cases: Record<string, string>;
    data: [Json, Json][];
    redact?: [Json, Json][];
    keep?: [Json, Json][];
  }[];
}

const cases = isThere ? (JSON.parse(read("cases.json")) as SampleCase[]) : [];
const vectors = isThere ? (JSON.parse(read("vectors.json")) as Vectors) : undefined;

describe.skipIf(!isThere)("the cases of Microsoft's tests", () => {
  for (const { config, input, expected } of cases) {
    const name = `${config} on ${input}`;
    if (expected === undefined)
      it(`are refused where they must be: ${name}`, () => {
        expect(() => follow(read(config), readResource(input))).toThrow(/rule 2 \(TestResource\)/);
      });
    else
      it(`come out byte for byte: ${name}`, () => {
        const result = follow(read(config), readResource(input));
        expect(JSON.stringify(result, undefined, 2)).toBe(inOrder(readResource(expected)));
      });
  }

  it("fail on a name that is compared with a number, where nothing else is wrong with the rules", () => {
    const config = JSON.parse(read("configs/configuration-raise-processing-error.json")) as {
      fhirPathRules: { path: string }[];
    };
    config.fhirPathRules = config.fhirPathRules.filter(({ path }) => path !== "TestResource");
    expect(() => follow(JSON.stringify(config), readResource("inputs/patient-basic.json"))).toThrow(
      /rule 1 \(nodesByType\('HumanName'\)\.family\): a condition compares what cannot be compared/,
    );
  });

  it.each(["ms-anonymizer-r4-default-config.json", "ms-anonymizer-r4-fixed-offset-config.json"])(
    "are not all: the sample %s is understood as a whole",
    (file) => {
      const { rules } = parseRules(file, read(file));
      expect(rules).toHaveLength((JSON.parse(read(file)) as { fhirPathRules: unknown[] }).fhirPathRules.length);
    },
  );
});

describe.skipIf(vectors === undefined)("the values of Microsoft's tests", () => {
  if (vectors === undefined) return;
  const { cryptoHash, cryptoHashReference, referenceIdSplit, postalCodePartial, dateShift, ...others } = vectors;

  it.each(cryptoHash.cases)("hash %s", (text, digest) => {
    const rules = documentOf([{ path: "Patient.gender", method: "cryptoHash" }], { cryptoHashKey: cryptoHash.key });
    expect(follow(rules, patient({ gender: text }))["gender"]).toBe(digest);
  });

  it.each(cryptoHashReference.cases)("hash of the reference %s the id alone", (text, hashed) => {
    const rules = documentOf([{ path: "nodesByType('Reference').reference", method: "cryptoHash" }], {
      cryptoHashKey: cryptoHashReference.key,
    });
    const treated = follow(rules, patient({ managingOrganization: { reference: text, display: "kept" } }));
    expect(treated["managingOrganization"]).toEqual({ reference: hashed, display: "kept" });
  });

  it.each(referenceIdSplit.cases)("find the id in %s", (text, marked) => {
    const { prefix, suffix } = splitReference(text, "microsoft");
    expect(`${prefix}@ID${suffix}`).toBe(marked);
  });

  it.each(postalCodePartial.cases)("shorten the postal code %s", (text, shortened) => {
    expect(shortenPostalCode(text, postalCodePartial.restricted)).toBe(shortened);
  });

  it.each(dateShift.cases)("shift $in under the key $key", ({ key, prefix, offsetDays, in: text, out }) => {
    if (offsetDays !== undefined) expect(offsetOf(prefix + key)).toBe(offsetDays);
    const rules = documentOf([{ path: "nodesByType('dateTime')", method: "dateShift" }], { dateShiftKey: key });
    const source: Resource = { resourceType: "Patient", deceasedDateTime: text };
    if (prefix !== "") source["id"] = prefix;
    expect(follow(rules, source)["deceasedDateTime"]).toBe(out);
  });

  it.each(others.datePartialRedact.cases)("leave of the date %s the year, or nothing", (text, left) => {
    const rules = documentOf([{ path: "nodesByType('dateTime')", method: "redact" }], {
      enablePartialDatesForRedact: true,
    });
    expect(follow(rules, patient({ deceasedDateTime: text }))["deceasedDateTime"] ?? null).toBe(left);
  });

  it.each(others.decryptAesCbc.cases)("encrypt to %s", (encrypted, text) => {
    const key = Buffer.from(others.decryptAesCbc.keyUtf8);
    const bytes = Buffer.from(encrypted, "base64");
    expect(encryptText(text, key, bytes.subarray(0, 16)).toString("base64")).toBe(encrypted);
    // And what a rule encrypts, whoever has the key can read.
    const rules = documentOf([{ path: "Patient.gender", method: "encrypt" }], {
      encryptKey: others.decryptAesCbc.keyUtf8,
    });
    const own = Buffer.from(textAt(follow(rules, patient({ gender: text })), "gender"), "base64");
    const decipher = createDecipheriv("aes-256-cbc", key, own.subarray(0, 16));
    expect(decipher.update(own.subarray(16)).toString() + decipher.final().toString()).toBe(text);
  });

  it.each(others.generalize)("generalise by %j", ({ cases: given, data, redact = [], keep = [] }) => {
    const generalised = (value: Json, otherValues?: string): Json => {
      const rule = {
        path: typeof value === "number" ? "Patient.multipleBirth" : "Patient.gender",
        method: "generalize",
        cases: given,
        ...(otherValues !== undefined && { otherValues }),
      };
      const element = typeof value === "number" ? "multipleBirthInteger" : "gender";
      return follow(documentOf([rule]), patient({ [element]: value }))[element] ?? null;
    };
    for (const [value, left] of data) expect(generalised(value)).toBe(left);
    for (const [value, left] of redact) expect(generalised(value)).toBe(left);
    for (const [value, left] of keep) expect(generalised(value, "keep")).toBe(left);
  });
});
