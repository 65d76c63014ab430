import { SatchelError } from "../../contract/errors.ts";
import type { Catalog } from "./database.ts";
import type { ResourcePatient } from "./resources.ts";

/** What a resource is known by, without its JSON. */
export interface ResourceKey {
  row: number;
  source: number;
  type: string;
  /** Logical id at its source. */
  id: string;
  kind: number;
  patient: ResourcePatient | undefined;
}

interface Stored extends Omit<ResourceKey, "patient"> {
  patient: number | null;
  patientId: string | null;
}

const READ = `SELECT resource.id AS row, resource.source, type, resource_id AS id, kind, patient, patient_id AS patientId
  FROM resource LEFT JOIN resource_patient ON resource_patient.id = patient WHERE resource.id = ?`;

/** In the order asked for. @throws SOURCE_ANSWER where the catalog no longer holds one of them */
export function readResourceKeys(catalog: Catalog, rows: readonly number[]): ResourceKey[] {
  return rows.map((row) => {
    const found = catalog.get<Stored>(READ, row);
    if (found === undefined)
      throw new SatchelError(
        "SOURCE_ANSWER",
        "The catalog has changed since the export was planned.",
        "Run the export again.",
      );
    const { patient, patientId, ...key } = found;
    return { ...key, patient: patient === null ? undefined : { row: patient, id: patientId ?? "" } };
  });
}

/** Bytes of JSON, UTF-8, as the source gave it. @throws SOURCE_ANSWER */
export function readResourceJson(catalog: Catalog, row: number): Buffer {
  const found = catalog.get<{ json: Buffer }>("SELECT json FROM resource_json WHERE id = ?", row);
  if (found !== undefined) return found.json;
  throw new SatchelError(
    "SOURCE_ANSWER",
    "The catalog has changed since the export was planned.",
    "Run the export again.",
  );
}
