import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { describeResource, type ResourceDescription } from "../../src/main/fhir/describe-resource.ts";
import type { Json, JsonObject } from "../../src/main/fhir/json.ts";

const described = (resource: JsonObject): ResourceDescription => {
  const found = describeResource({ id: "x", ...resource });
  if ("invalid" in found) throw new Error(found.invalid);
  return found;
};
const patientOf = (resource: JsonObject): string => described(resource).patient;
const subject = (reference: string): JsonObject => ({ resourceType: "Observation", subject: { reference } });

test("whom a resource is about is told by the elements of the Patient compartment, subjects before performers", () => {
  expect(patientOf({ resourceType: "Immunization", patient: { reference: "Patient/1" } })).toBe("1");
  expect(patientOf({ resourceType: "Task", for: { reference: "Patient/2" }, focus: { reference: "Patient/3" } })).toBe(
    "2",
  );
  expect(
    patientOf({
      resourceType: "Appointment",
      participant: [{ actor: { reference: "Practitioner/9" } }, { actor: { reference: "Patient/4" } }],
    }),
  ).toBe("4");
  expect(
    patientOf({
      resourceType: "Observation",
      subject: { reference: "Patient/5" },
      performer: [{ reference: "Patient/6" }],
    }),
  ).toBe("5");
  expect(
    patientOf({
      resourceType: "Observation",
      subject: { reference: "Device/7" },
      performer: [{ reference: "Patient/6" }],
    }),
  ).toBe("6");
  expect(patientOf({ resourceType: "Patient", id: "p" })).toBe("p");
  expect(patientOf({ resourceType: "ResearchSubject", individual: { reference: "Patient/8" } })).toBe("8");
  expect(patientOf({ resourceType: "ResearchSubject", subject: { reference: "Patient/8" } })).toBe("8");
});

test("a group is not about one of its members, and an organization about nobody", () => {
  expect(patientOf({ resourceType: "Group", member: [{ entity: { reference: "Patient/1" } }] })).toBe("");
  expect(patientOf({ resourceType: "Organization", name: "Patient/1" })).toBe("");
});

test("references are read relative or absolute, with or without a version; contained ones name nobody", () => {
  expect(patientOf(subject("Patient/a.b-1"))).toBe("a.b-1");
  expect(patientOf(subject("https://server/fhir/TENANT/Patient/1/_history/3"))).toBe("1");
  expect(patientOf(subject("#p"))).toBe("");
  expect(patientOf(subject("urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0"))).toBe("");
  expect(patientOf(subject("RelatedPatient/1"))).toBe("");
  expect(patientOf(subject("Patient/"))).toBe("");
});

test("who is named by an identifier alone is somebody, and never nobody", () => {
  expect(patientOf(subject("Patient?identifier=http%3A%2F%2Fmrn%7C77"))).toBe("?http://mrn|77");
  expect(
    patientOf({
      resourceType: "Observation",
      subject: { type: "Patient", identifier: { system: "http://mrn", value: "77" } },
    }),
  ).toBe("?http://mrn|77");
});

test("the day is that of what happened before that of its writing down", () => {
  const event = (resource: JsonObject) => described(resource).event;
  const at = (iso: string) => ({ day: "", at: Date.parse(iso) * 1000 });
  expect(
    event({
      resourceType: "Observation",
      effectiveDateTime: "2024-03-01T10:00:00+05:30",
      issued: "2024-03-02T00:00:00Z",
    }),
  ).toEqual(at("2024-03-01T04:30:00Z"));
  expect(event({ resourceType: "Observation", effectivePeriod: { start: "2024-03", end: "2024-04" } })).toEqual({
    day: "2024-03",
    at: null,
  });
  expect(event({ resourceType: "Observation", issued: "2024-03-02T00:00:00Z" })).toEqual(at("2024-03-02T00:00:00Z"));
  expect(event({ resourceType: "Condition", abatementDateTime: "2024", recordedDate: "2021-05-06" })).toEqual({
    day: "2021-05-06",
    at: null,
  });
  expect(event({ resourceType: "Encounter", actualPeriod: { end: "2024-01-02" } })).toEqual({
    day: "2024-01-02",
    at: null,
  });
  expect(event({ resourceType: "MedicationRequest", authoredOn: "2024-01-02T03:04" })).toEqual({
    day: "2024-01-02",
    at: null,
  });
  expect(event({ resourceType: "Observation", effectiveDateTime: "2024-01-02T03:04:05.123456789Z" })).toEqual({
    day: "",
    at: Date.parse("2024-01-02T03:04:05Z") * 1000 + 123_456,
  });
  for (const nonsense of ["yesterday", "2024-13-01", "2024-02-3", 7, null, ["2024"]] as Json[])
    expect(event({ resourceType: "Task", authoredOn: nonsense }).at).toBeNull();
  expect(event({ resourceType: "Patient", birthDate: "1960-01-01" })).toEqual({ day: "", at: null });
});

test("codes are all codings of what the resource is, with the first display", () => {
  expect(
    described({
      resourceType: "Observation",
      code: {
        coding: [{ system: "s", code: "a" }, { system: "t", code: "b", display: "Bee" }, { display: "only words" }],
        text: "T",
      },
    }),
  ).toMatchObject({ codes: ["s|a", "t|b"], text: "Bee" });
  expect(
    described({ resourceType: "MedicationRequest", medication: { concept: { coding: [{ code: "m" }] } } }).codes,
  ).toEqual(["|m"]);
  expect(described({ resourceType: "Encounter", class: { code: "AMB" }, type: [{ text: "Visit" }] })).toMatchObject({
    codes: [],
    text: "Visit",
  });
  expect(described({ resourceType: "QuestionnaireResponse", questionnaire: "https://q/F|3" }).codes).toEqual([
    "|https://q/F",
  ]);
});

test("versions, moments of change and missing elements are read from meta, whatever stands there", () => {
  expect(
    described({
      resourceType: "Patient",
      meta: { versionId: "3", lastUpdated: "2024-01-01T00:00:00.5Z", tag: [{ code: "SUBSETTED" }] },
    }),
  ).toMatchObject({ version: "3", lastUpdated: Date.parse("2024-01-01T00:00:00.5Z") * 1000, subsetted: true });
  for (const meta of ["x", null, [], { versionId: 3, lastUpdated: "2024-01-01", tag: "SUBSETTED" }] as Json[])
    expect(described({ resourceType: "Patient", meta })).toMatchObject({
      version: "",
      lastUpdated: null,
      subsetted: false,
    });
});

test("an observation of an exchange that tells its time only in its Open mHealth document is of that day", () => {
  const of = (frame: Json, own: JsonObject = {}): ResourceDescription["event"] => {
    const data = Buffer.from(JSON.stringify({ header: {}, body: { effective_time_frame: frame } })).toString("base64");
    const valueAttachment = { contentType: "application/json", data: data.replace(/.{76}/g, "$&\n") };
    return described({ resourceType: "Observation", valueAttachment, ...own }).event;
  };
  const at = (text: string): { at: number } => ({ at: Date.parse(text) * 1000 });
  expect(of({ date_time: "2024-03-01T08:00:00-03:00" })).toMatchObject(at("2024-03-01T11:00:00Z"));
  const interval = { end_date_time: "2024-03-02T06:00:00Z", duration: { value: 7, unit: "h" } };
  expect(of({ time_interval: interval })).toMatchObject(at("2024-03-02T06:00:00Z"));
  expect(of({ time_interval: { date: "2024-03-01", part_of_day: "morning" } })).toEqual({
    day: "2024-03-01",
    at: null,
  });
  // What the resource itself says goes first.
  expect(of({ date_time: "2024-03-01T08:00:00Z" }, { effectiveDateTime: "2023" })).toEqual({ day: "2023", at: null });
  for (const frame of [null, "2024", {}, { date_time: "yesterday" }] as Json[])
    expect(of(frame)).toEqual({ day: "", at: null });
  const broken = { contentType: "application/json", data: "bm90IGpzb24=" };
  expect(described({ resourceType: "Observation", valueAttachment: broken }).event).toEqual({ day: "", at: null });
});

test("an id that is a number is one; what would break a reference is none", () => {
  expect(describeResource({ resourceType: "Patient", id: 40_001 })).toMatchObject({ id: "40001" });
  for (const id of ["", "a b", "a/b", "a#b", "a|b", "a\u0000", "x".repeat(256), null, {}] as Json[])
    expect(describeResource({ resourceType: "Patient", id })).toHaveProperty("invalid");
  for (const type of ["patient", "Pat1ent", "__proto__", "", null] as Json[])
    expect(describeResource({ resourceType: type, id: "1" })).toHaveProperty("invalid");
  expect(described({ resourceType: "Constructor" })).toMatchObject({ patient: "", codes: [] });
});

test("all examples of FHIR R4 can be described, and name the patients that their references name", () => {
  const folder = join(import.meta.dirname, "../../node_modules/hl7.fhir.r4.examples");
  let seen = 0;
  for (const name of readdirSync(folder)) {
    const resource = name.endsWith(".json") ? (JSON.parse(readFileSync(join(folder, name), "utf8")) as JsonObject) : {};
    if (typeof resource["resourceType"] !== "string" || resource["resourceType"] === "OperationOutcome") continue;
    const found = describeResource(resource);
    expect(found, name).not.toHaveProperty("invalid");
    const direct = (resource["subject"] ?? resource["patient"]) as { reference?: string } | undefined;
    const [, id] = /^Patient\/([^/]+)$/.exec(direct?.reference ?? "") ?? [];
    if (id !== undefined) expect((found as ResourceDescription).patient, name).toBe(id);
    seen += 1;
  }
  expect(seen).toBeGreaterThan(5_200);
});
