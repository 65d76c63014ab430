import { z } from "../../../contract/schema.ts";

/** Ids are numbers in the Admin API and text in FHIR. */
const id = z.union([z.int(), z.string().min(1)]).transform(String);
const text = z
  .string()
  .nullish()
  .transform((value) => value ?? "");

export const organizationRow = z.looseObject({ id, name: text });
export const studyRow = z.looseObject({ id, name: text, organization: organizationRow.nullish() });
export const scopeRow = z.looseObject({
  scopeCode: z.looseObject({ codingSystem: z.string(), codingCode: z.string() }),
});

export const patientRow = z.looseObject({
  id,
  jheUserId: id.nullish(),
  /** Until 0.0.9. */
  identifier: text,
  /** From 0.0.12. */
  identifiers: z.array(z.looseObject({ system: text, value: text })).default([]),
  nameFamily: text,
  nameGiven: text,
  birthDate: text,
  telecomPhone: text,
  telecomEmail: text,
  organizations: z.array(organizationRow).default([]),
});
export type PatientRow = z.infer<typeof patientRow>;

export const observationRow = z.looseObject({
  id,
  subjectPatientId: id.optional(),
  /** As the guide has it. */
  subjectPatient: id.optional(),
  codingSystem: z.string(),
  codingCode: z.string(),
  lastUpdated: text,
  /** Until 0.0.9, and later. */
  valueAttachmentData: z.unknown().optional(),
  omhData: z.unknown().optional(),
  /** In the guide, and in no version that was looked at. */
  dataSource: id.nullish(),
  dataSourceName: text,
  created: text,
});
export type ObservationRow = z.infer<typeof observationRow>;

/** What an Admin row knows and the FHIR resource does not. */
export function extraOf({ dataSource, dataSourceName, created }: ObservationRow): Record<string, string> {
  const known = { dataSource: dataSource ?? "", dataSourceName, created };
  return Object.fromEntries(Object.entries(known).filter(([, value]) => value !== ""));
}

/** The Observation that an Admin row tells of, in the form in which the exchange gives it by FHIR. */
export function observationOf(row: ObservationRow, patient: string): Record<string, unknown> {
  const { id: observation, codingSystem: system, codingCode: code, lastUpdated } = row;
  return {
    resourceType: "Observation",
    id: observation,
    ...(lastUpdated === "" ? {} : { meta: { lastUpdated } }),
    // The exchange writes nothing else.
    status: "final",
    code: { coding: [{ system, code }] },
    subject: { reference: `Patient/${row.subjectPatientId ?? row.subjectPatient ?? patient}` },
    valueAttachment: {
      contentType: "application/json",
      data: Buffer.from(JSON.stringify(row.valueAttachmentData ?? row.omhData ?? null)).toString("base64"),
    },
  };
}

/** The same of a patient, of whom the FHIR API tells only within a study in old versions. */
export function patientOf(row: PatientRow): string {
  const { nameFamily: family, nameGiven: given, birthDate, telecomPhone: phone, telecomEmail: email } = row;
  const identifier = [
    ...row.identifiers.map(({ system, value }) => ({ ...(system === "" ? {} : { system }), value })),
    ...(row.identifier === "" ? [] : [{ value: row.identifier }]),
  ].filter(({ value }) => value !== "");
  const telecom = [
    ...(phone === "" ? [] : [{ system: "phone", value: phone }]),
    ...(email === "" ? [] : [{ system: "email", value: email }]),
  ];
  return JSON.stringify({
    resourceType: "Patient",
    id: row.id,
    ...(identifier.length === 0 ? {} : { identifier }),
    name: [{ ...(family === "" ? {} : { family }), ...(given === "" ? {} : { given: [given] }) }],
    ...(telecom.length === 0 ? {} : { telecom }),
    ...(birthDate === "" ? {} : { birthDate }),
  });
}
