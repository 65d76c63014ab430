import { describe, expect, it } from "vitest";
import type { SatchelError } from "../../../src/contract/errors.ts";
import type { ResourcePolicy, TreatedResource } from "../../../src/main/deidentify/fhir/resource-policy.ts";
import type { Resource } from "../../../src/main/fhir/json.ts";
import { contextOf, KEY } from "../fhir/treating.ts";
import { documentOf, follow, patient, policyOf, TODAY } from "./following.ts";

const SECRET = "wr1tten-into-the-rules";
const HASH_IDS = [
  { path: "Resource.id", method: "cryptoHash" },
  { path: "nodesByType('Reference').reference", method: "cryptoHash" },
];
/** Fails on every patient with a family name. */
const FAILING = { path: "nodesByType('HumanName').family", method: "generalize", cases: { "$this > 5": "'x'" } };

function thrownBy(work: () => unknown): SatchelError {
  try {
    work();
  } catch (error) {
    return error as SatchelError;
  }
  throw new Error("nothing was thrown");
}

function left(result: TreatedResource): Resource {
  if (result.outcome === "withheld") throw new Error(`withheld: ${result.reason}`);
  return result.resource;
}

describe("rules on one resource", () => {
  it("are followed in their order: of two for one element the first", () => {
    const rules = [
      { path: "Patient.name.family", method: "keep" },
      { path: "Patient.name", method: "redact" },
    ];
    const source = patient({ name: [{ family: "Rao", given: ["Asha"] }] });
    expect(follow(documentOf(rules), source)["name"]).toEqual([{ family: "Rao" }]);
    expect(follow(documentOf(rules.toReversed()), source)["name"]).toBeUndefined();
  });

  it("treat each contained resource as one of its own, and what is beside primitives as theirs", () => {
    const source: Resource = {
      resourceType: "Condition",
      id: "c1",
      contained: [{ resourceType: "Patient", id: "in", birthDate: "1980-02-03", name: [{ family: "Rao" }] }],
      _recordedDate: { extension: [{ url: "urn:why", valueString: "Asha Rao said so" }] },
    };
    const rules = documentOf([
      { path: "Patient.name", method: "redact" },
      { path: "Condition.nodesByType('Extension')", method: "redact" },
    ]);
    const { contained, ...rest } = follow(rules, source);
    expect(contained).toEqual([{ resourceType: "Patient", id: "in", birthDate: "1980-02-03" }]);
    expect(rest["_recordedDate"]).toBeUndefined();
  });

  it("keep the places of a list of primitives of which some have nothing but an extension", () => {
    const source = patient({
      name: [{ given: ["Asha", null], _given: [null, { extension: [{ url: "urn:x", valueCode: "masked" }] }] }],
    });
    expect(follow(documentOf([{ path: "Patient.gender", method: "redact" }]), source)).toEqual(source);
  });

  it("take away dates that tell an age over 89 on the day of the export, and not before", () => {
    const rules = documentOf([{ path: "Patient.birthDate", method: "redact" }], { enablePartialDatesForRedact: true });
    const source = patient({ birthDate: "1936-06-16" });
    expect(follow(rules, source, { today: "2026-06-15" })["birthDate"]).toBe("1936");
    expect(follow(rules, source, { today: "2026-06-16" })["birthDate"]).toBeUndefined();
  });

  it("shift no date that tells an age over 89 on the day of the export", () => {
    const rules = documentOf([{ path: "Patient.birthDate", method: "dateShift" }], { dateShiftFixedOffsetInDays: 1 });
    const source = patient({ birthDate: "1936-06-16" });
    expect(follow(rules, source, { today: "2026-06-15" })["birthDate"]).toBe("1936-06-17");
    expect(follow(rules, source, { today: "2026-06-16" })["birthDate"]).toBeUndefined();
  });

  it("take away ages over 89 and leave others, where the switch says so", () => {
    const rules = documentOf([{ path: "Condition.onset", method: "redact" }], { enablePartialAgesForRedact: true });
    const aged = (value: number): Resource => ({ resourceType: "Condition", onsetAge: { value, unit: "a" } });
    expect(follow(rules, aged(89))["onsetAge"]).toEqual({ value: 89 });
    expect(follow(rules, aged(90))["onsetAge"]).toBeUndefined();
    expect(follow(documentOf([{ path: "Condition.onset", method: "redact" }]), aged(40))["onsetAge"]).toBeUndefined();
  });

  it.each(["on a Tuesday", "2019-02-30"])("let no date stay or be shifted that is none: %s", (text) => {
    const rules = documentOf([{ path: "nodesByType('dateTime')", method: "dateShift" }], {
      dateShiftKey: "123",
      enablePartialDatesForRedact: true,
    });
    const treated = follow(rules, patient({ deceasedDateTime: text }))["deceasedDateTime"];
    expect(treated).toBe(text.startsWith("2019") ? "2019" : undefined);
  });

  it("shift by the resource's id, the type's file, or the source, as the scope says, or by a fixed number", () => {
    const shifted = (parameters: object, id: string, issuer = "https://a.example"): unknown =>
      follow(
        documentOf([{ path: "Patient.birthDate", method: "dateShift" }], { dateShiftKey: "123", ...parameters }),
        { resourceType: "Patient", id, birthDate: "2000-01-01" },
        { context: { ...contextOf(), issuer } },
      )["birthDate"];
    expect(shifted({}, "example")).toBe("2000-02-11");
    expect(shifted({}, "other")).not.toBe("2000-02-11");
    const file = { dateShiftScope: "file" };
    expect(shifted(file, "example")).toBe(shifted(file, "other", "https://b.example"));
    const folder = { dateShiftScope: "folder" };
    expect(shifted(folder, "example")).toBe(shifted(folder, "other"));
    expect(shifted(folder, "example")).not.toBe(shifted(folder, "example", "https://b.example"));
    expect(shifted({ dateShiftFixedOffsetInDays: 0 }, "example")).toBe("2000-01-01");
    expect(shifted({ dateShiftFixedOffsetInDays: -31 }, "example")).toBe("1999-12-01");
  });

  it("put noise on numbers within half the span, whole numbers stay whole, and counts stay counts", () => {
    const noisy = (rule: object, element: string, value: unknown, id: string): unknown =>
      follow(documentOf([{ path: "Observation.value", method: "perturb", span: 10, ...rule }]), {
        resourceType: "Observation",
        id,
        [element]: value,
      } as Resource)[element];
    const values = Array.from({ length: 200 }, (_, index) => noisy({}, "valueInteger", 100, `o${index}`) as number);
    expect(values.every((value) => Number.isInteger(value) && value >= 95 && value <= 105)).toBe(true);
    expect(new Set(values).size).toBeGreaterThan(8);
    const quantity = noisy({ roundTo: 1 }, "valueQuantity", { value: 7.25, unit: "mmol/l" }, "q") as { value: number };
    expect(quantity.value).toBeCloseTo(7.25, -1);
    expect(String(quantity.value)).toMatch(/^-?\d+(?:\.\d)?$/);
    expect(noisy({ span: 0 }, "valueQuantity", { value: 7.25 }, "q")).toEqual({ value: 7.25 });
    const shares = Array.from({ length: 50 }, (_, index) =>
      Math.abs((noisy({ span: 0.1, rangeType: "proportional" }, "valueInteger", 1000, `p${index}`) as number) - 1000),
    );
    expect(Math.max(...shares)).toBeLessThanOrEqual(50);
    expect(Math.max(...shares)).toBeGreaterThan(10);
  });

  it("make text of a case from what a pattern finds, with the names of groups that FHIRPath has", () => {
    const month =
      "$this.toString().replaceMatches('(?<year>\\\\d{4})-(?<month>\\\\d{2})-\\\\d{2}', '${year}-${month}')";
    const rules = documentOf([{ path: "Patient.birthDate", method: "generalize", cases: { $this: month } }]);
    expect(follow(rules, patient({ birthDate: "1980-02-03" }))["birthDate"]).toBe("1980-02");
  });

  it("reckon with dates and take texts apart by fhirpath where our own engine does not", () => {
    const born = (value: string): unknown =>
      follow(
        documentOf([{ path: "Patient.birthDate", method: "generalize", cases: { "$this < @1980-01-01": value } }]),
        {
          resourceType: "Patient",
          birthDate: "1975-04-30",
        },
      )["birthDate"];
    expect(born("$this + 1 month")).toBe("1975-05-30");
    expect(born("$this.toString().split('-').first()")).toBe("1975");
    expect(() => born("$this.toString() + 1 month")).toThrow(
      /rule 1 \(Patient\.birthDate\): a case cannot be evaluated$/,
    );
  });

  it("replace numbers and truths by numbers and truths, and nothing by what does not go there", () => {
    const by = (replaceWith: unknown, elements: Record<string, unknown>, path: string): Resource =>
      follow(documentOf([{ path, method: "substitute", replaceWith }]), patient(elements));
    expect(by("3", { multipleBirthInteger: 1 }, "Patient.multipleBirth")["multipleBirthInteger"]).toBe(3);
    expect(by(false, { active: true }, "Patient.active")["active"]).toBe(false);
    expect(() => by("many", { multipleBirthInteger: 1 }, "Patient.multipleBirth")).toThrow(/no integer/);
    expect(() => by("someone", { name: [{ family: "Rao" }] }, "Patient.name")).toThrow(/no JSON/);
    expect(() => by({ surname: "x" }, { name: [{ family: "Rao" }] }, "Patient.name")).toThrow(/does not have/);
  });
});

describe("a substitution", () => {
  it("leaves as they are the elements below that an earlier rule has touched, and takes all others", () => {
    const rules = documentOf([
      { path: "Patient.name.family", method: "substitute", replaceWith: "earlier" },
      { path: "Patient.contact.name.family", method: "keep" },
      { path: "Patient.name", method: "substitute", replaceWith: { family: "later", given: ["new"] } },
      { path: "Patient.contact", method: "substitute", replaceWith: { gender: "other" } },
    ]);
    const source = patient({
      name: [{ family: "Rao", given: ["Asha", "Devi"], use: "official" }],
      contact: [{ name: { family: "Nair", given: ["Ravi"] }, gender: "male", telecom: [{ value: "98450" }] }],
    });
    const { name, contact } = follow(rules, source);
    expect(name).toEqual([{ family: "earlier", given: ["new"] }]);
    expect(contact).toEqual([{ name: { family: "Nair" }, gender: "other" }]);
  });
});

describe("a policy of imported rules", () => {
  it("says what was done by count, and leaves labels in the resource", () => {
    const policy = policyOf(documentOf([{ path: "Patient.name", method: "redact" }, ...HASH_IDS]));
    const result = policy.treat(patient({ name: [{ family: "Rao", given: ["Asha"] }] }), contextOf());
    expect(result).toMatchObject({ outcome: "passed", treatments: { dropped: 2, hashed: 1 } });
    expect(left(result)["meta"]).toMatchObject({ security: [{ code: "REDACTED" }, { code: "CRYTOHASH" }] });
  });

  it("counts what still says something of the patient, and lets it stay", () => {
    const policy = policyOf(documentOf([{ path: "Patient.address", method: "redact" }]));
    const known = { names: ["Asha Rao"], identifiers: ["4471123"], birthDate: "1980-02-03" };
    const source = patient({
      name: [{ text: "Asha Rao" }],
      identifier: [{ value: "4471123" }],
      birthDate: "1980-02-03",
      gender: "female",
    });
    const result = policy.treat(structuredClone(source), contextOf("p1", known));
    expect(result).toMatchObject({ outcome: "passed", treatments: { identifying: 3 } });
    expect(left(result)).toMatchObject(source);
    const hashed = policyOf(documentOf([{ path: "Patient", method: "cryptoHash" }]));
    expect(hashed.treat(source, contextOf("p1", known))).not.toHaveProperty("treatments.identifying");
  });

  it("does not take for a number of the patient what is chance in a digest", () => {
    const policy = policyOf(documentOf(HASH_IDS, { cryptoHashKey: "123" }));
    // 698d54f0494528a7…
    const known = { identifiers: ["0494528"] };
    const source: Resource = { resourceType: "Patient", id: "example" };
    expect(policy.treat(source, contextOf("example", known))).not.toHaveProperty("treatments.identifying");
    const plain = { ...source, id: "example", language: "0494528" };
    expect(policy.treat(plain, contextOf("example", known))).toHaveProperty("treatments.identifying", 1);
  });

  it("leaves out what FHIR does not have, since no rule can reach it, and counts it", () => {
    const policy = policyOf(documentOf([{ path: "Patient.name", method: "keep" }]));
    const source = patient({ secretName: "Asha Rao", gender: { nested: "Asha Rao" }, name: ["Asha Rao"] });
    const result = policy.treat(source, contextOf());
    expect(result).toMatchObject({ outcome: "passed", treatments: { dropped: 3 } });
    expect(JSON.stringify(result)).not.toContain("Asha");
  });

  it("holds back types that FHIR does not have, and what is nested without end", () => {
    const policy = policyOf(documentOf([]));
    const strange = { resourceType: "PatientFile", id: "1" } as Resource;
    expect(policy.treat(strange, contextOf())).toEqual({ outcome: "withheld", reason: "not-listed" });
    let extension: object = { url: "urn:x" };
    for (let depth = 0; depth < 200; depth++) extension = { url: "urn:x", extension: [extension] };
    const deep = patient({ extension: [extension] });
    expect(policy.treat(deep, contextOf())).toEqual({ outcome: "withheld", reason: "unreadable" });
    const holder = patient({ contained: [strange] });
    expect(policy.treat(holder, contextOf())).toEqual({ outcome: "withheld", reason: "unreadable" });
  });

  it("ends the export where a rule fails and the document says raise, or nothing, without a value of the patient", () => {
    const source = patient({ name: [{ family: "Rao" }] });
    for (const others of [{}, { processingErrors: "raise" }]) {
      const error = thrownBy(() => policyOf(documentOf([FAILING], {}, others)).treat(source, contextOf()));
      expect(error.code).toBe("USAGE");
      expect(error.message).toContain(`rule 1 (${FAILING.path})`);
      expect(JSON.stringify(error.toRecord())).not.toContain("Rao");
    }
  });

  it("withholds and counts the resource where a rule fails and the document says skip", () => {
    const policy = policyOf(documentOf([FAILING], {}, { processingErrors: "skip" }));
    expect(policy.treat(patient({ name: [{ family: "Rao" }] }), contextOf())).toEqual({
      outcome: "withheld",
      reason: "unreadable",
    });
    expect(policy.treat(patient(), contextOf()).outcome).toBe("passed");
  });

  it("ends the export where a rule does not go with what it meets, whatever the document says", () => {
    const rules = [{ path: "Patient.name", method: "generalize", cases: { true: "'x'" } }];
    const policy = policyOf(documentOf(rules, {}, { processingErrors: "skip" }));
    expect(thrownBy(() => policy.treat(patient({ name: [{ family: "Rao" }] }), contextOf())).code).toBe("USAGE");
  });
});

describe("keys of imported rules", () => {
  it("are derived from the project key where the document leaves them open: another key, other values", () => {
    const hashed = (key: typeof KEY): unknown => follow(documentOf(HASH_IDS), patient(), { key })["id"];
    expect(hashed(KEY)).toBe(hashed(KEY));
    expect(hashed(KEY)).not.toBe(hashed({ name: "other", secret: Buffer.alloc(32, 8) }));
  });

  it.each([
    ["cryptoHash", "cryptoHashKey", {}],
    ["dateShift", "dateShiftKey", {}],
    ["encrypt", "encryptKey", {}],
    ["perturb", "noise", { span: 1 }],
  ])("are asked for where %s needs one and there is none", (method, what, settings) => {
    const document = documentOf([{ path: "Patient.birthDate", method, ...settings }]);
    const error = thrownBy(() => policyOf(document, { key: null }));
    expect(error.code).toBe("KEY_NEEDED");
    expect(error.message).toContain(what);
  });

  it("are not asked for where the document has them, or needs none", () => {
    expect(() => policyOf(documentOf(HASH_IDS, { cryptoHashKey: SECRET }), { key: null })).not.toThrow();
    const shift = [{ path: "Patient.birthDate", method: "dateShift" }];
    expect(() => policyOf(documentOf(shift, { dateShiftFixedOffsetInDays: 3 }), { key: null })).not.toThrow();
  });

  it("stand nowhere in what a receipt says, not even under its digest", () => {
    const withKey = (cryptoHashKey: string): ResourcePolicy => policyOf(documentOf(HASH_IDS, { cryptoHashKey }));
    const { options, notices, digest, fingerprint } = withKey(SECRET);
    expect(JSON.stringify([options, notices, digest, fingerprint])).not.toContain(SECRET);
    expect(digest).toBe(withKey("another").digest);
    expect(digest).not.toBe(policyOf(documentOf(HASH_IDS.slice(1), { cryptoHashKey: SECRET })).digest);
    expect(fingerprint).toBeUndefined();
    expect(policyOf(documentOf(HASH_IDS)).fingerprint).toMatch(/^[0-9a-f]{16}$/);
  });

  it("make noise and ciphers the same again after an interruption, and different for each value and place", () => {
    const document = documentOf([
      { path: "Observation.component.value", method: "perturb", span: 1000, roundTo: 6 },
      { path: "Observation.note", method: "encrypt" },
    ]);
    const source = {
      resourceType: "Observation",
      id: "o1",
      component: [{ valueQuantity: { value: 5 } }, { valueQuantity: { value: 5 } }],
      note: [{ text: "calm" }, { text: "calm" }],
    } as Resource;
    const once = left(policyOf(document).treat(structuredClone(source), contextOf()));
    expect(left(policyOf(document).treat(structuredClone(source), contextOf()))).toEqual(once);
    const [first, second] = once["component"] as { valueQuantity: { value: number } }[];
    expect(first!.valueQuantity.value).not.toBe(second!.valueQuantity.value);
    const [one, other] = once["note"] as { text: string }[];
    expect(one!.text).not.toBe(other!.text);
  });
});

describe("ids under imported rules", () => {
  it.each(["Patient", "Observation"])("are known beforehand, as a %s will leave", (type) => {
    const policy = policyOf(documentOf(HASH_IDS, { cryptoHashKey: "123" }));
    const treated = left(policy.treat({ resourceType: type, id: "example" }, contextOf()));
    expect(policy.exportedId(type, "example", contextOf())).toBe(treated["id"]);
    expect(treated["id"]).toBe("698d54f0494528a759f19c8e87a9f99e75a5881b9267ee3926bcf62c992d84ba");
    expect(policyOf(documentOf([])).exportedId(type, "example", contextOf())).toBe("example");
  });

  it.each([
    ["are redacted", { path: "Resource.id", method: "redact" }],
    ["depend on what else is in the resource", { path: "Patient.where(active = true).id", method: "cryptoHash" }],
    ["are of a condition at the end", { path: "Patient.id.where($this = 'example')", method: "cryptoHash" }],
  ])("are never those of the source in the order or in names of files, where they %s", (_, rule) => {
    const name = policyOf(documentOf([rule])).exportedId("Patient", "example", contextOf());
    expect(name).toMatch(/^[0-9a-f]{64}$/);
    expect(name).not.toBe(policyOf(documentOf([rule])).exportedId("Patient", "example2", contextOf()));
    const keyless = policyOf(documentOf([{ ...rule, method: "redact" }]), { key: null });
    expect(thrownBy(() => keyless.exportedId("Patient", "example", contextOf())).code).toBe("KEY_NEEDED");
  });

  it("stay the same on the next day", () => {
    const document = documentOf(HASH_IDS);
    const later = policyOf(document, { exportedAt: "2027-01-01T00:00:00Z" });
    expect(TODAY).not.toBe("2027-01-01");
    expect(later.exportedId("Patient", "p1", contextOf())).toBe(
      policyOf(document).exportedId("Patient", "p1", contextOf()),
    );
  });
});
