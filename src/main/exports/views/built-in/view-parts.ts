import type { ViewColumn, ViewDefinition, ViewSelect } from "../view-definition.ts";

type Column = [name: string, path: string, type: string, description?: string];

/** Columns from their names, paths and types. */
export function columns(...described: Column[]): ViewColumn[] {
  return described.map(([name, path, type, description]) => ({
    name,
    path,
    type,
    ...(description === undefined ? {} : { description }),
  }));
}

/** The first coding of a CodeableConcept: of more than one code, the first is the one that was meant first. */
export function codingColumns(prefix: string, path: string): ViewColumn[] {
  return columns(
    [`${prefix}_system`, `${path}.coding.system.first()`, "uri"],
    [`${prefix}_code`, `${path}.coding.code.first()`, "code"],
    [`${prefix}_display`, `${path}.coding.display.first()`, "string"],
  );
}

export const KEY: Column = ["id", "getResourceKey()", "id", "Id of the resource in this data set"];

export const patientKey = (path: string): Column => [
  "patient_id",
  `${path}.getReferenceKey(Patient)`,
  "id",
  "Id of the patient in this data set",
];

export const encounterKey = (path: string): Column => [
  "encounter_id",
  `${path}.getReferenceKey(Encounter)`,
  "id",
  "Id of the encounter in this data set",
];

export function view(name: string, title: string, resource: string, ...select: ViewSelect[]): ViewDefinition {
  return { name, title, resource, select };
}
