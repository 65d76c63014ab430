import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Every planted word has this in it, and every planted number the digits: whatever form they leave in, one search finds them. */
const MARK = "Zyxqua";
const DIGITS = "88273645";
/** Numbers that stand as numbers: JSON may write them as 88273645.25. */
const NUMBER = Number(DIGITS);

export interface PlantedSize {
  patients: number;
  observationsEach: number;
}

type Document = Record<string, unknown> & { resourceType: string; id: string };

const word = (place: string): string => `${MARK}-${place}-${DIGITS}`;
const web = (place: string): string => `https://${MARK.toLowerCase()}.test/${place}/${DIGITS}`;
const extension = (place: string): object[] => [{ url: web(`ext-${place}`), valueString: word(`ext-${place}`) }];
const coding = (place: string): object => ({
  coding: [
    {
      system: web(`system-${place}`),
      code: word(`code-${place}`),
      display: word(`display-${place}`),
      version: word("v"),
    },
    { system: "http://loinc.org", code: word(`loinc-${place}`), display: word(`display-${place}`) },
    { system: "http://snomed.info/sct", code: DIGITS, display: word(`sct-${place}`) },
    { code: word(`bare-${place}`) },
  ],
  text: word(`text-${place}`),
});
const patientId = (number: number): string => `${MARK}-p${number}-${DIGITS}`;
const reference = (number: number, place: string): object => ({
  reference: `Patient/${patientId(number)}`,
  type: "Patient",
  display: word(`ref-${place}`),
  identifier: { system: web("mrn"), value: word("ref-identifier") },
  _reference: { extension: extension("reference") },
});
const meta = (place: string): object => ({
  versionId: DIGITS,
  lastUpdated: "2025-03-04T05:06:07.089Z",
  source: web(`source-${place}`),
  profile: [web(`profile-${place}`), `http://hl7.org/fhir/StructureDefinition/${word("profile")}`],
  security: [{ system: web("security"), code: word("security") }],
  tag: [{ system: web("tag"), code: word("tag"), display: word("tag") }],
});

function patient(number: number): Document {
  return {
    resourceType: "Patient",
    id: patientId(number),
    meta: meta("patient"),
    language: "en",
    text: { status: "generated", div: `<div xmlns="http://www.w3.org/1999/xhtml">${word("narrative")}</div>` },
    contained: [{ resourceType: "Organization", id: word("contained"), name: word("contained") }],
    extension: extension("patient"),
    identifier: [{ system: web("mrn"), value: word("mrn"), assigner: { display: word("assigner") } }],
    active: true,
    _active: { id: word("element-id"), extension: extension("primitive") },
    name: [{ text: word("name"), family: MARK, given: [`${MARK}given`] }],
    telecom: [
      { system: "phone", value: `+91${DIGITS}99` },
      { system: "email", value: `a@${MARK.toLowerCase()}.test` },
    ],
    gender: "female",
    _birthDate: { extension: extension("birth") },
    birthDate: `19${60 + (number % 30)}-05-0${1 + (number % 9)}`,
    // A clerk who typed the name into the wrong field.
    address: [
      {
        text: word("address"),
        line: [word("line")],
        city: MARK,
        district: MARK,
        state: `${MARK} state`,
        postalCode: DIGITS,
      },
    ],
    photo: [{ contentType: "image/jpeg", data: Buffer.from(word("photo")).toString("base64"), url: web("photo") }],
    contact: [{ name: { text: word("contact") }, telecom: [{ value: DIGITS }] }],
    communication: [{ language: coding("language") }],
    generalPractitioner: [{ reference: `Practitioner/${patientId(number)}`, display: word("gp") }],
    managingOrganization: { reference: web("Organization/o1"), display: word("org") },
    [word("unknown-element")]: word("unknown-element"),
    [`${MARK}Date`]: "2199-01-01",
    [`${MARK}Period`]: { start: "2199-01-01", end: "1850-01-01" },
  };
}

const SCHEMAS = ["omh:blood-glucose:4.0", "omh:heart-rate:2.0", `omh:${MARK.toLowerCase()}-${DIGITS}:1.0`];

function dataPoint(number: number, schema: string): string {
  const [namespace, name, version] = schema.split(":");
  return Buffer.from(
    JSON.stringify({
      header: {
        uuid: word("uuid"),
        user_id: word("user"),
        schema_id: { namespace, name, version, [word("key")]: word("value") },
        source_creation_date_time: "2025-01-02T03:04:05Z",
        modality: word("modality"),
        acquisition_provenance: { source_name: word("source-name"), source_data_point_id: word("point") },
        external_datasheets: [{ datasheet_type: word("sheet"), datasheet_reference: web("sheet") }],
        [word("key")]: word("value"),
      },
      body: {
        blood_glucose: { value: 90 + (number % 30), unit: number % 7 === 0 ? word("unit") : "mg/dL", [word("k")]: 1 },
        heart_rate: { value: 60 + (number % 30), unit: "beats/min" },
        effective_time_frame: { date_time: "2025-01-02T03:04:05+05:30", [word("k")]: word("v") },
        temporal_relationship_to_meal: word("meal"),
        descriptive_statistic: word("statistic"),
        [word("measure")]: { value: NUMBER, unit: word("unit") },
        user_notes: word("note"),
      },
    }),
  ).toString("base64");
}

function observation(number: number, owner: number): Document {
  const schema = SCHEMAS[number % SCHEMAS.length]!;
  const common = {
    resourceType: "Observation",
    id: word(`observation${number}`),
    meta: meta("observation"),
    identifier: [{ system: web("obs"), value: word("obs") }],
    status: "final",
    _status: { extension: extension("status") },
    subject: reference(owner, "subject"),
    performer: [{ reference: `Practitioner/${patientId(owner)}`, display: word("performer") }],
    focus: [{ reference: `Group?identifier=${web("g")}|${DIGITS}` }],
    device: { reference: `urn:uuid:${word("device")}` },
    effectiveDateTime: `2025-01-${String(1 + (number % 28)).padStart(2, "0")}T08:30:00+05:30`,
    [`${MARK}Recorded`]: "2199-01-01",
    note: [{ text: word("note"), authorString: word("author") }],
    extension: extension("observation"),
  };
  if (number % 2 === 0)
    return {
      ...common,
      code: { coding: [{ system: "https://w3id.org/openmhealth", code: schema, display: word("display") }] },
      valueAttachment: {
        contentType: "application/json",
        data: dataPoint(number, schema),
        url: web("attachment"),
        title: word("title"),
      },
    };
  return {
    ...common,
    code: number % 3 === 0 ? coding("observation") : { coding: [{ system: "http://loinc.org", code: "8867-4" }] },
    valueQuantity: {
      value: number % 5 === 0 ? NUMBER : 70 + (number % 9),
      unit: number % 3 === 0 ? word("unit") : MARK,
      system: "http://unitsofmeasure.org",
      code: number % 3 === 0 ? word("unit-code") : MARK,
    },
    component: [{ code: coding("component"), valueString: word("component") }],
    interpretation: [coding("interpretation")],
    bodySite: coding("body-site"),
  };
}

function response(number: number, owner: number): Document {
  return {
    resourceType: "QuestionnaireResponse",
    id: word(`response${number}`),
    meta: meta("response"),
    questionnaire: number % 2 === 0 ? web("Questionnaire/q1") : `Questionnaire/oralcancerscreenpatient`,
    status: "completed",
    subject: reference(owner, "response"),
    authored: "2025-02-03T10:00:00Z",
    author: { reference: `Practitioner/${MARK}`, display: word("author") },
    item: [
      { linkId: word("link"), text: word("question"), answer: [{ valueString: word("answer") }] },
      { linkId: "patient-name", text: "Name", answer: [{ valueString: word("patient-name") }] },
      { linkId: "patient-abha-number", answer: [{ valueString: DIGITS }, { valueInteger: NUMBER }] },
      {
        linkId: "smoking",
        text: "Smoking",
        answer: [{ valueCoding: { system: web("c"), code: word("c"), display: MARK } }],
      },
      {
        linkId: "image",
        answer: [{ valueAttachment: { contentType: "image/png", url: web("Binary/b1"), title: word("t") } }],
      },
      {
        linkId: "who",
        answer: [{ valueReference: { reference: `Patient/${patientId(owner)}`, display: word("who") } }],
      },
      {
        linkId: "site",
        answer: [{ valueUri: web("uri"), item: [{ linkId: word("inner"), answer: [{ valueString: MARK }] }] }],
      },
    ],
  };
}

function others(owner: number): Document[] {
  const base = (type: string): Document => ({
    resourceType: type,
    id: word(type),
    meta: meta(type),
    extension: extension(type),
  });
  return [
    {
      ...base("Condition"),
      subject: reference(owner, "condition"),
      code: coding("condition"),
      clinicalStatus: coding("clinical"),
      onsetString: word("onset"),
      recordedDate: "2025-01-05",
      note: [{ text: word("note") }],
    },
    {
      ...base("DocumentReference"),
      status: "current",
      subject: reference(owner, "document"),
      type: coding("document"),
      description: word("description"),
      content: [
        {
          attachment: {
            contentType: "text/plain",
            data: Buffer.from(word("data")).toString("base64"),
            url: web("d"),
            title: word("t"),
          },
        },
      ],
    },
    {
      ...base("Task"),
      status: "completed",
      intent: "order",
      for: reference(owner, "task"),
      code: { coding: [{ code: "urgent-referral" }] },
      description: word("task"),
      output: [{ type: coding("output"), valueString: word("output") }],
      authoredOn: "2025-01-05",
    },
    {
      ...base("MedicationRequest"),
      status: "active",
      intent: "order",
      subject: reference(owner, "rx"),
      medicationCodeableConcept: coding("rx"),
      dosageInstruction: [{ text: word("dose"), doseAndRate: [{ doseQuantity: { value: NUMBER, unit: word("u") } }] }],
    },
    {
      ...base("Encounter"),
      status: "finished",
      class: { system: web("class"), code: word("class") },
      subject: reference(owner, "encounter"),
      period: { start: "2025-01-05T00:00:00Z" },
      location: [{ location: { reference: "Location/x", display: word("ward") } }],
    },
    {
      ...base("DiagnosticReport"),
      status: "final",
      subject: reference(owner, "report"),
      code: coding("report"),
      conclusion: word("conclusion"),
      presentedForm: [{ data: Buffer.from(word("form")).toString("base64") }],
    },
    {
      ...base("Binary"),
      contentType: "image/png",
      data: Buffer.from(word("binary")).toString("base64"),
      securityContext: reference(owner, "binary"),
    },
    {
      ...base("Practitioner"),
      id: patientId(owner),
      name: [{ text: word("practitioner") }],
      telecom: [{ value: DIGITS }],
    },
    { ...base("Organization"), name: word("organization"), alias: [MARK] },
    {
      ...base("Group"),
      type: "person",
      actual: true,
      name: word("group"),
      code: coding("group"),
      quantity: 3,
      member: [{ entity: reference(owner, "member") }],
    },
    { ...base("ResearchStudy"), status: "active", title: word("study") },
    {
      ...base("Questionnaire"),
      url: web("Questionnaire/q1"),
      name: MARK,
      title: word("title"),
      status: "active",
      item: [{ linkId: word("link"), text: word("question"), type: "string" }],
    },
    {
      ...base("OperationOutcome"),
      issue: [{ severity: "error", code: "processing", diagnostics: word("diagnostics") }],
    },
    { ...base("AuditEvent"), outcomeDesc: word("audit") },
  ];
}

/** A folder of NDJSON in which nothing but structure is free of a mark; the files themselves are named by one. */
export function writePlantedResources(folder: string, { patients, observationsEach }: PlantedSize): void {
  mkdirSync(folder, { recursive: true });
  const people = Array.from({ length: patients }, (_, number) => number);
  const resources: Document[] = [
    ...people.map(patient),
    ...people.flatMap((owner) =>
      Array.from({ length: observationsEach }, (_, place) => observation(owner * observationsEach + place, owner)),
    ),
    ...people.map((owner) => response(owner, owner)),
    ...others(0),
    { resourceType: `${MARK}Type`, id: "1", subject: reference(0, "type"), text: { div: MARK } },
  ];
  const text = resources.map((one) => `${JSON.stringify(one)}\n`).join("");
  writeFileSync(join(folder, `${MARK}-${DIGITS}.ndjson`), text);
}

const TRACE = /zyxqua|88273645/i;
const BASE64 = /(?:[A-Za-z0-9+/]{4}){8,}={0,2}/g;

/** Whether a mark stands in the bytes: as it is, as UTF-16, or below base64. */
export function bearsMark(bytes: Buffer): string | undefined {
  // Copies: UTF-16 that begins at an odd address is decoded wrongly by Node 24.
  const wide = [bytes, bytes.subarray(1)].map((part) => new TextDecoder("utf-16le").decode(Uint8Array.from(part)));
  for (const text of [bytes.toString("latin1"), ...wide]) {
    const found = TRACE.exec(text);
    if (found !== null) return text.slice(Math.max(0, found.index - 60), found.index + 60);
    for (const [encoded] of text.matchAll(BASE64)) {
      const inner = TRACE.exec(Buffer.from(encoded, "base64").toString("latin1"));
      if (inner !== null) return `base64 ${Buffer.from(encoded, "base64").toString("latin1").slice(0, 100)}`;
    }
  }
  return undefined;
}
