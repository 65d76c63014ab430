import { createDecipheriv, createHmac, hkdfSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { createPseudonyms } from "../../../src/main/deidentify/pseudonym.ts";
import type { Resource } from "../../../src/main/fhir/json.ts";
import { contextOf, ISSUER, KEY } from "../fhir/treating.ts";
import { follow, patient, policyOf, textAt } from "./following.ts";

const hmac = (key: string, text: string): string => createHmac("sha256", key).update(text).digest("hex");

describe("rules of the MIRACUM pseudonymizer", () => {
  it("are read from YAML, with ZIP areas and keys as they were written", () => {
    const rules = `---
# a comment
fhirVersion: R4
fhirPathRules:
  - path: Patient.id
    method: cryptoHash
  - path: nodesByType('Address').postalCode
    method: redact
parameters:
  cryptoHashKey: 0123
  enablePartialZipCodesForRedact: true
  restrictedZipCodeTabulationAreas: [036, 059]
`;
    const treated = follow(rules, patient({ address: [{ postalCode: "03601" }, { postalCode: "05801" }] }));
    expect(treated["id"]).toBe(hmac("0123", "p1"));
    expect(treated["address"]).toEqual([{ postalCode: "00000" }, { postalCode: "05800" }]);
  });

  it("cut digests to the length that they say, of the ids in references and URLs too", () => {
    const rules = `
fhirPathRules:
  - path: Resource.id
    method: cryptoHash
    truncateToMaxLength: 32
  - path: Bundle.entry.fullUrl
    method: cryptoHash
    truncateToMaxLength: 32
  - path: nodesByType('Reference').reference
    method: cryptoHash
parameters: { cryptoHashKey: fhir-pseudonymizer }`;
    const id = hmac("fhir-pseudonymizer", "p1").slice(0, 32);
    const bundle: Resource = {
      resourceType: "Bundle",
      type: "collection",
      entry: [
        { fullUrl: "https://server.example/fhir/Patient/p1", resource: patient() },
        {
          resource: {
            resourceType: "Encounter",
            subject: { reference: "Practitioner?identifier=http://hl7.org/fhir/sid/us-npi|p1" },
          },
        },
      ],
    };
    const [first, second] = follow(rules, bundle)["entry"] as { fullUrl?: string; resource: Resource }[];
    expect(first).toMatchObject({ fullUrl: `https://server.example/fhir/Patient/${id}`, resource: { id } });
    expect(second!.resource["subject"]).toEqual({
      reference: `Practitioner?identifier=http://hl7.org/fhir/sid/us-npi|${hmac("fhir-pseudonymizer", "p1")}`,
    });
  });

  it("remove whole entries of a Bundle with all that is in them", () => {
    const rules = "fhirPathRules: [{ path: Bundle.entry.where(resource is Patient), method: remove }]";
    const entry = [{ resource: patient() }, { resource: { resourceType: "Encounter", id: "e1" } }];
    const { entry: left } = follow(rules, { resourceType: "Bundle", type: "collection", entry });
    expect(left).toEqual([{ resource: { resourceType: "Encounter", id: "e1" } }]);
  });

  it("encrypt to hexadecimal digits, under a key derived as they derive it", () => {
    const rules = `
fhirPathRules: [{ path: Patient.gender, method: encrypt }, { path: Patient.id, method: cryptoHash }]
parameters: { encryptKey: one-master, cryptoHashKey: another-master, keyDerivationContext: project-a }`;
    const treated = follow(rules, patient({ gender: "female" }));
    const gender = textAt(treated, "gender");
    expect(gender).toMatch(/^[0-9A-F]+$/);
    const derived = (master: string, purpose: string): Buffer =>
      Buffer.from(hkdfSync("sha256", master, "FhirPseudonymizer.KeyDerivation.v1", `project-a:${purpose}`, 32));
    const bytes = Buffer.from(gender, "hex");
    const decipher = createDecipheriv("aes-256-cbc", derived("one-master", "encrypt"), bytes.subarray(0, 16));
    expect(decipher.update(bytes.subarray(16)).toString() + decipher.final().toString()).toBe("female");
    expect(treated["id"]).toBe(hmac(derived("another-master", "cryptoHash").toString("hex"), "p1"));
  });

  it("shift dates by a rule's own number of days before that of all", () => {
    const rules = `
fhirPathRules:
  - { path: Patient.birthDate, method: dateShift, dateShiftFixedOffsetInDays: 1 }
  - { path: Patient.deceased, method: dateShift }
parameters: { dateShiftFixedOffsetInDays: -1 }`;
    const treated = follow(rules, patient({ birthDate: "2000-01-01", deceasedDateTime: "2020-01-01" }));
    expect(treated).toMatchObject({ birthDate: "2000-01-02", deceasedDateTime: "2019-12-31" });
  });

  it("give a patient the pseudonym that notes and images give, in ids and in references", () => {
    const rules = `
fhirPathRules:
  - { path: Resource.id, method: pseudonymize }
  - { path: nodesByType('Reference').reference, method: pseudonymize }
  - { path: nodesByType('Identifier').value, method: pseudonymize, domain: MRN }`;
    const pseudonyms = createPseudonyms(KEY);
    const { uuid } = pseudonyms.patient({ issuer: ISSUER, id: "p1" });
    const treated = follow(
      rules,
      patient({ identifier: [{ value: "4471" }], link: [{ other: { reference: "Patient/p1" } }] }),
    );
    expect(treated["id"]).toBe(uuid);
    expect(treated["link"]).toEqual([{ other: { reference: `Patient/${uuid}` } }]);
    expect(treated["identifier"]).toEqual([{ value: pseudonyms.resource("MRN", { issuer: ISSUER, id: "4471" }) }]);
    expect(treated["meta"]).toMatchObject({ security: [{ code: "PSEUDED" }] });
    const encounter = follow(rules, { resourceType: "Encounter", id: "e1", partOf: { reference: "Encounter/e1" } });
    expect(encounter["id"]).toBe(pseudonyms.resource("Encounter", { issuer: ISSUER, id: "e1" }));
    expect(encounter["partOf"]).toEqual({ reference: `Encounter/${textAt(encounter, "id")}` });
    expect(policyOf(rules).exportedId("Patient", "p1", contextOf())).toBe(uuid);
  });

  it("pass over what is no primitive where they generalise, and go on to what is below it", () => {
    const rules = `fhirPathRules: [{ path: Patient.name, method: generalize, cases: { "true": "'x'" } }]`;
    expect(follow(rules, patient({ name: [{ family: "Rao" }] }))["name"]).toEqual([{ family: "x" }]);
  });

  it("need a project key for pseudonyms, since their service is not asked", () => {
    const rules = "fhirPathRules: [{ path: Patient.id, method: pseudonymize }]";
    expect(() => policyOf(rules, { key: null })).toThrow(/key of pseudonyms/);
    expect(policyOf(rules).notices.join(" ")).toContain("not of the pseudonym service");
  });
});
