import { describe, expect, it } from "vitest";
import { createPseudonyms } from "../../../src/main/deidentify/pseudonym.ts";
import { contextOf, ISSUER, KEY, policyWith, resource, treated } from "./treating.ts";

const pseudonyms = createPseudonyms(KEY);
const patient = pseudonyms.patient({ issuer: ISSUER, id: "p1" }).uuid;

describe("the default policy for FHIR, element by element", () => {
  it("gives a patient the pseudonym of notes and images, as id and in references of any form", () => {
    expect(treated(resource("Patient", { id: "p1" })).id).toBe(patient);
    for (const reference of ["Patient/p1", "https://h.example/fhir/Patient/p1", "Patient/p1/_history/4", "urn:uuid:p1"])
      expect(treated(resource("Condition", { subject: { reference } }))["subject"]).toEqual({
        reference: `Patient/${patient}`,
      });
  });

  it("leads urn:uuid to the resource whose id it is", () => {
    const id = "6a6a1c2e-1111-4000-8000-2b0c6a6a1c2e";
    const encounter = treated(resource("Encounter", { id }));
    const condition = treated(resource("Condition", { encounter: { reference: `urn:uuid:${id}` } }));
    expect(condition["encounter"]).toEqual({ reference: `urn:uuid:${encounter["id"] as string}` });
  });

  it("gives a linked patient the pseudonym of the linked identifier", () => {
    const linked = { issuer: "Hospital", id: "MRN-1" };
    const context = { ...contextOf(), patient: linked, identityOf: () => linked };
    const condition = treated(resource("Condition", { subject: { reference: "Patient/p1" } }), {}, context);
    expect(condition["subject"]).toEqual({ reference: `Patient/${pseudonyms.patient(linked).uuid}` });
  });

  it("drops identifiers, names, telecom, photos, contacts and marital numbers of a patient", () => {
    const source = resource("Patient", {
      active: true,
      identifier: [{ system: "urn:mrn", value: "123456" }],
      name: [{ family: "Gonzales", given: ["Maria"] }],
      telecom: [{ system: "phone", value: "555-1234" }],
      photo: [{ contentType: "image/png", data: "AAAA" }],
      contact: [{ name: { family: "Gonzales" } }],
      multipleBirthInteger: 3,
      gender: "female",
    });
    expect(treated(source)).toEqual({
      resourceType: "Patient",
      id: expect.any(String) as string,
      active: true,
      gender: "female",
    });
  });

  it("drops narrative, contained resources, primitive extensions and what references say in words", () => {
    const source = resource("Condition", {
      text: { status: "generated", div: "<div>Maria Gonzales</div>" },
      contained: [{ resourceType: "Location", id: "gps", position: { longitude: 77.59, latitude: 12.97 } }],
      _recordedDate: { extension: [{ url: "http://x.example", valueString: "Maria" }] },
      subject: { reference: "Patient/p1", display: "Maria Gonzales", identifier: { value: "123" } },
      asserter: { reference: "#gps" },
      recorder: { reference: "Practitioner?identifier=http://hl7.org/fhir/sid/us-npi|9999974592" },
    });
    expect(treated(source)).toEqual({
      resourceType: "Condition",
      id: expect.any(String) as string,
      subject: { reference: `Patient/${patient}` },
      recorder: { type: "Practitioner" },
    });
  });

  it("drops where a resource comes from, and the tags of sites and teams; HL7's own labels stay", () => {
    const meta = {
      versionId: "3",
      lastUpdated: "2024-03-01T10:00:00Z",
      source: "https://jupyterhealth.org/jhe",
      profile: [
        "https://site.example/StructureDefinition/x",
        "http://hl7.org/fhir/us/core/StructureDefinition/us-core-patient",
      ],
      tag: [
        { system: "https://smartregister.org/location-tag-id", code: "village-12" },
        { system: "http://terminology.hl7.org/CodeSystem/v3-ObservationValue", code: "SUBSETTED" },
      ],
    };
    expect(treated(resource("Condition", { meta }))["meta"]).toEqual({
      profile: ["http://hl7.org/fhir/us/core/StructureDefinition/us-core-patient"],
      tag: [{ system: "http://terminology.hl7.org/CodeSystem/v3-ObservationValue", code: "SUBSETTED" }],
    });
    expect(treated(resource("Condition", { meta }), { dates: "keep" })["meta"]).toMatchObject({
      lastUpdated: meta.lastUpdated,
    });
  });

  it("drops unknown extensions, keeps known ones without their wording", () => {
    const race = {
      url: "http://hl7.org/fhir/us/core/StructureDefinition/us-core-race",
      extension: [
        {
          url: "ombCategory",
          valueCoding: { system: "urn:oid:2.16.840.1.113883.6.238", code: "2106-3", display: "White" },
        },
        { url: "detailed", valueCoding: { system: "urn:oid:2.16.840.1.113883.6.238", code: "1586-7" } },
        { url: "text", valueString: "of Smallville" },
      ],
    };
    const source = resource("Patient", {
      extension: [
        race,
        { url: "http://hl7.org/fhir/StructureDefinition/patient-mothersMaidenName", valueString: "Lopez" },
      ],
    });
    const [kept, ...more] = treated(source)["extension"] as object[];
    expect(more).toEqual([]);
    expect(JSON.stringify(kept)).toContain("2106-3");
    expect(JSON.stringify(kept)).not.toMatch(/Smallville|1586/);
  });

  it.each([
    ["a modifier extension", { modifierExtension: [{ url: "https://x.example/not", valueBoolean: true }] }],
    [
      "one within a component",
      { component: [{ code: { text: "x" }, modifierExtension: [{ url: "u", valueBoolean: true }] }] },
    ],
    [
      "one within what is dropped anyway",
      { contained: [{ resourceType: "Device", modifierExtension: [{ url: "u" }] }] },
    ],
    ["rules that nobody knows", { implicitRules: "https://x.example/rules" }],
    ["a status that FHIR has not", { status: "not-done-by-maria" }],
    ["a comparator that FHIR has not", { valueQuantity: { value: 3, comparator: "about" } }],
  ])("holds a resource back for %s", (_name, elements) => {
    const result = policyWith().treat(resource("Observation", elements), contextOf());
    expect(result).toEqual({ outcome: "withheld", reason: "unknown-modifier" });
  });

  it("holds back types that no list has, what FHIR has not, and what has no id", () => {
    const policy = policyWith();
    for (const type of [
      "Person",
      "AuditEvent",
      "Bundle",
      "Parameters",
      "OperationOutcome",
      "Linkage",
      "Kanarius",
      "__proto__",
      "toString",
    ])
      expect(policy.treat(resource(type, {}), contextOf())).toEqual({ outcome: "withheld", reason: "not-listed" });
    expect(policy.treat({ resourceType: "Patient" }, contextOf())).toEqual({
      outcome: "withheld",
      reason: "unreadable",
    });
  });

  it("counts what it did by kind", () => {
    const result = policyWith().treat(
      resource("Condition", {
        subject: { reference: "Patient/p1", display: "Maria" },
        recordedDate: "2024-01-05",
        identifier: [{ value: "1" }],
      }),
      contextOf(),
    );
    expect(result).toMatchObject({ outcome: "passed", treatments: { pseudonymised: 2, dropped: 2, shifted: 1 } });
  });

  it("says what it does and leaves, and has a digest that follows its options but not its key", () => {
    const policy = policyWith();
    expect(policy.options).toContain("dates shifted by a number of whole days of each patient");
    expect(policy.notices.join(" ")).toMatch(/Safe Harbor/);
    expect(policy.digest).toMatch(/^[0-9a-f]{64}$/);
    expect(policyWith({ key: "other" }).digest).toBe(policy.digest);
    expect(policyWith({ birth: "band5" }).digest).not.toBe(policy.digest);
    expect(policy.fingerprint).toBe(pseudonyms.fingerprint);
  });

  it("reads R5 as well as R4, whichever datatype an element has there", () => {
    const code = { coding: [{ system: "http://snomed.info/sct", code: "44054006" }] };
    expect(treated(resource("MedicationRequest", { medication: { concept: code } }))["medication"]).toEqual({
      concept: code,
    });
    expect(
      treated(resource("MedicationRequest", { medicationCodeableConcept: code }))["medicationCodeableConcept"],
    ).toEqual(code);
    const coding = { system: "http://terminology.hl7.org/CodeSystem/v3-ActCode", code: "AMB" };
    expect(treated(resource("Encounter", { class: coding }))["class"]).toEqual(coding);
    expect(treated(resource("Encounter", { class: [{ coding: [coding] }] }))["class"]).toEqual([{ coding: [coding] }]);
  });
});
