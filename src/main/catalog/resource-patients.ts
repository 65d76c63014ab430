import { personFacts, displayName } from "../fhir/patient-facts.ts";
import { isJsonObject, type Json, type JsonObject } from "../fhir/json.ts";
import { textOf } from "../fhir/values-at.ts";
import type { Catalog } from "./database.ts";
import { NEXT_GENERATION } from "./records-generation.ts";
import { normaliseForSearch } from "./search-text.ts";

/** What lists and links need of a Patient, and what the scrubber may still meet in texts of before. */
export interface PatientFacts {
  name: string;
  birthDate: string;
  gender: string;
  /** JSON: [{system, value}]. */
  identifiers: string;
  /** Values by which texts may name the patient. */
  values: readonly FormerValue[];
}

/** What a source once said of a patient and no longer says. */
export interface FormerValue {
  kind: "name" | "identifier" | "phone" | "address" | "birth-date";
  value: string;
}

/** A patient whose data changes without end must not grow without end. */
const MOST_FORMER = 200;

export function patientFacts(resource: JsonObject): PatientFacts {
  const { names, identifiers, phones, addresses, birthDate } = personFacts(resource);
  return {
    name: displayName(resource),
    birthDate,
    gender: textOf(resource["gender"]),
    identifiers: JSON.stringify(identifiers),
    values: [
      ...names.map((value) => ({ kind: "name" as const, value })),
      ...identifiers.map(({ value }) => ({ kind: "identifier" as const, value })),
      ...phones.map((value) => ({ kind: "phone" as const, value })),
      ...addresses.map((value) => ({ kind: "address" as const, value })),
      ...(birthDate === "" ? [] : [{ kind: "birth-date" as const, value: birthDate }]),
    ],
  };
}

/** @returns the row of a patient who may not have been put yet */
export function rowOfResourcePatient(catalog: Catalog, source: number, patientId: string): number {
  const found = catalog.column<number>(
    "SELECT id FROM resource_patient WHERE source = ? AND patient_id = ?",
    source,
    patientId,
  )[0];
  return found ?? catalog.run("INSERT INTO resource_patient (source, patient_id) VALUES (?, ?)", source, patientId).id;
}

/** @param before the JSON that stood in the place of this Patient */
export function putPatientFacts(catalog: Catalog, row: number, facts: PatientFacts, before: Buffer | undefined): void {
  catalog.run(
    `UPDATE resource_patient SET known = 1, name = ?, sort_name = ?, birth_date = ?, gender = ?, identifiers = ?, former = ?,
       changed_in = CASE WHEN identifiers = ? THEN changed_in ELSE ${NEXT_GENERATION} END
     WHERE id = ?`,
    facts.name,
    normaliseForSearch(facts.name),
    facts.birthDate,
    facts.gender,
    facts.identifiers,
    formerOf(catalog, row, facts, before),
    facts.identifiers,
    row,
  );
}

/** What may leave of the patient, or under which name, has changed. Within the transaction that changes it. */
export function noteChangedPatient(catalog: Catalog, row: number): void {
  catalog.run(`UPDATE resource_patient SET changed_in = ${NEXT_GENERATION} WHERE id = ?`, row);
}

/** The Patient is gone; what refers to it stays. */
export function forgetPatientFacts(catalog: Catalog, row: number): void {
  catalog.run(
    `UPDATE resource_patient SET known = 0, name = '', sort_name = '', birth_date = '', gender = '', identifiers = '[]'
     WHERE id = ?`,
    row,
  );
}

function formerOf(catalog: Catalog, row: number, facts: PatientFacts, before: Buffer | undefined): string {
  const kept = formerValues(catalog, row);
  const tree: Json = before === undefined ? null : (JSON.parse(before.toString()) as Json);
  const told = isJsonObject(tree) ? patientFacts(tree).values : [];
  const keyOf = ({ kind, value }: FormerValue): string => `${kind} ${value}`;
  const now = new Set(facts.values.map(keyOf));
  const former = new Map([...kept, ...told].map((one) => [keyOf(one), one]));
  return JSON.stringify(
    [...former]
      .filter(([key]) => !now.has(key))
      .map(([, one]) => one)
      .slice(-MOST_FORMER),
  );
}

export function formerValues(catalog: Catalog, row: number): FormerValue[] {
  const [former = "[]"] = catalog.column<string>("SELECT former FROM resource_patient WHERE id = ?", row);
  return JSON.parse(former) as FormerValue[];
}

/** Rows of patients whom nothing names any more, in steps. */
export function* removingUnnamedPatients(catalog: Catalog, source: number): Generator<void> {
  for (let last = 0; ;) {
    const window = catalog.column<number>(
      `SELECT id FROM resource_patient WHERE id > ? AND +source = ? AND known = 0 ORDER BY id LIMIT 1000`,
      last,
      source,
    );
    if (window.length > 0)
      catalog.writeRepeatable(() => {
        for (const id of window)
          catalog.run(
            `DELETE FROM resource_patient WHERE id = ? AND NOT EXISTS (SELECT 1 FROM resource WHERE patient = resource_patient.id)
               AND NOT EXISTS (SELECT 1 FROM consent WHERE patient = resource_patient.id)
               AND NOT EXISTS (SELECT 1 FROM study_member WHERE patient = resource_patient.id)`,
            id,
          );
      });
    if (window.length < 1000) return;
    last = window.at(-1) ?? last;
    yield;
  }
}
