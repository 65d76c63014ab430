import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { PolicyOption } from "../../src/contract/policy.ts";
import { pseudonymiseDocument, type PseudonymisedDocument } from "../../src/main/deidentify/json.ts";
import { createPseudonyms } from "../../src/main/deidentify/pseudonym.ts";
import { TEST_KEY } from "./build-instance.ts";

const pseudonyms = createPseudonyms(TEST_KEY);
const identity = { issuer: "", id: "MRN-445566" };
const UID = "1.2.826.0.1.3680043.999.1";
const description = {
  patientName: "Exemplar^Jane",
  patientId: "MRN-445566",
  patientBirthDate: "19310203",
  studyInstanceUid: UID,
  studyDate: "20200229",
};
const run = (document: unknown, options: PolicyOption[] = []): PseudonymisedDocument =>
  pseudonymiseDocument(document, { pseudonyms, options, identity, description });

describe("pseudonymiseDocument", () => {
  it("keeps what an AI result is made of", () => {
    const document = {
      model: "lung-nodule-detector",
      version: "1.2.0",
      findings: [
        { label: "nodule", confidence: 0.93, bbox: [1, 2, 3, 4], malignant: true, location: "right upper lobe" },
      ],
    };
    expect(run(document)).toMatchObject({ document, dropped: 0 });
  });

  it("replaces UIDs, as keys too, and the patient's ID, by what the images have", () => {
    expect(run({ studyInstanceUid: UID, [UID]: { score: 1 }, patientId: "anything" }).document).toEqual({
      studyInstanceUid: pseudonyms.uid(UID),
      [pseudonyms.uid(UID)]: { score: 1 },
      patientId: pseudonyms.patient(identity).display,
    });
    expect(run({ studyInstanceUid: UID }, ["retain-uids"]).document).toEqual({ studyInstanceUid: UID });
  });

  it("leaves out names, identifiers, contacts and what no list knows, and counts it", () => {
    const result = run({
      patientName: "Jane Exemplar",
      mrn: 445566,
      id: 7,
      phone: "+49 170",
      operator: { name: "Bob" },
      Exemplar: 1,
      "jane@x": 2,
      note: "Qwertz",
      value: 445566,
      ok: null,
    });
    expect(result.document).toEqual({ operator: {}, ok: null });
    expect(result.dropped).toBe(9);
  });

  it("finds the patient's number and dates among numbers", () => {
    const numeric = { ...description, patientId: "445566" };
    const result = pseudonymiseDocument(
      { value: 445566, volume: 445567, score: 20200229, time: 1_700_000_000, area: [445566, 1] },
      { pseudonyms, options: [], identity, description: numeric },
    );
    expect(result.document).toEqual({ volume: 445567, area: [null, 1] });
  });

  it("treats dates as the policy does", () => {
    const document = { date: "2020-02-29T10:00:00Z", studyDate: "20200301", birth: "19310203" };
    expect(run(document).document).toEqual({});
    expect(run(document, ["full-dates"]).document).toEqual({ date: "2020-02-29T10:00:00Z", studyDate: "20200301" });
    const shifted = run(document, ["modified-dates"]).document as { date: string; studyDate: string };
    const day = (text: string): number =>
      Date.parse(text.includes("-") ? text : text.replace(/(....)(..)(..)/, "$1-$2-$3T10:00:00Z"));
    expect(day(shifted.date) - day("2020-02-29T10:00:00Z")).toBe(pseudonyms.dateShift(identity) * 86_400_000);
    expect(day(shifted.studyDate) - day(shifted.date)).toBe(86_400_000);
  });

  it("keeps age and sex only under Retain Patient Characteristics, and 90 for more", () => {
    expect(run({ age: 95, patientSex: "F" }).document).toEqual({});
    expect(run({ age: 95, patientSex: "F" }, ["retain-patient-characteristics"]).document).toEqual({
      age: 90,
      patientSex: "F",
    });
  });

  it("keeps allowed words of a text and says that something went", () => {
    expect(run({ notes: "Dr. House says CT chest of Jane" })).toMatchObject({
      document: { notes: "CT chest of" },
      dropped: 1,
    });
  });

  it("names the result by known words only", () => {
    const { name } = run({});
    expect(name("lung-nodules")).toBe("lung-nodules");
    expect(name("exemplar-result")).toBe("analysis");
    expect(name(`${UID}.analysis.json`)).toBe("analysis");
  });

  it("never lets a value of the patient through, whatever the document, and survives any depth", () => {
    const secrets = ["Exemplar", "JANE", "MRN-445566", "19310203", "1931-02-03", UID, "20200229"];
    const leaf = fc.oneof(
      fc.constantFrom(...secrets),
      fc.constantFrom(...secrets).map((secret) => `CT ${secret} chest`),
      fc.integer(),
      fc.boolean(),
    );
    const key = fc.oneof(fc.constantFrom("label", "id", "score", ...secrets), fc.string());
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        leaf,
        fc.array(tie("value"), { maxLength: 4 }),
        fc.dictionary(key, tie("value"), { maxKeys: 4 }),
      ),
    }));
    fc.assert(
      fc.property(value, (document) => {
        const text = JSON.stringify(run(document, ["modified-dates"]).document).toLowerCase();
        for (const secret of secrets.slice(0, 6)) expect(text).not.toContain(secret.toLowerCase());
      }),
    );
    let deep: unknown = "x";
    for (let depth = 0; depth < 5000; depth++) deep = [deep];
    expect(run(deep).dropped).toBe(1);
  });
});
