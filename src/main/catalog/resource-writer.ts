import type { ConsentDecision } from "../fhir/consent-decisions.ts";
import type { ResourceDescription } from "../fhir/describe-resource.ts";
import type { GroupMembers } from "../fhir/group-members.ts";
import type { Catalog } from "./database.ts";
import { replaceConsents } from "./consents-writer.ts";
import { NEXT_GENERATION } from "./records-generation.ts";
import { forgetPatientFacts, putPatientFacts, rowOfResourcePatient, type PatientFacts } from "./resource-patients.ts";
import { putStudyGroup, removeStudyGroup } from "./study-groups.ts";

/** A resource ready to be written. */
export interface ResourceToWrite extends ResourceDescription {
  json: Buffer;
  /** JSON. */
  extra: string;
  /** Of a Patient, a Consent and a Group. */
  patientFacts?: PatientFacts | undefined;
  consents?: readonly ConsentDecision[] | undefined;
  group?: GroupMembers | undefined;
}

/** What stands in the catalog in the place of a resource. */
export interface StoredVersion {
  row: number;
  lastUpdated: number | null;
  version: string;
  subsetted: boolean;
  same: boolean;
}

/** Rows kept at hand: resources mostly come patient by patient and type by type. */
const MOST_KEPT = 5_000;

/** Puts and removes resources of one source, with what follows from them. All but `find` within the caller's transaction. */
export interface ResourceWriter {
  find(resource: ResourceToWrite): StoredVersion | undefined;
  /** @returns the row */
  put(resource: ResourceToWrite): number;
  /** @returns the row that it had, undefined where there was none. A deletion is remembered in either case. */
  remove(type: string, id: string, deletedAt: string): number | undefined;
  /** The same of a row. */
  removeRow(row: number, deletedAt: string): void;
  /** What was kept of a transaction that may have failed is not to be trusted. */
  forget(): void;
}

export function createResourceWriter(catalog: Catalog, source: number): ResourceWriter {
  const patients = new Map<string, number>();
  const kinds = new Map<string, number>();

  function patientRow(id: string): number | null {
    if (id === "") return null;
    return kept(patients, id, () => rowOfResourcePatient(catalog, source, id));
  }

  function kindRow({ type, codes, text }: ResourceDescription): number {
    const stored = JSON.stringify(codes);
    return kept(kinds, `${type}\n${stored}\n${text}`, () => {
      const [known] = catalog.column<number>(
        "SELECT id FROM resource_kind WHERE type = ? AND codes = ? AND text = ?",
        type,
        stored,
        text,
      );
      return (
        known ?? catalog.run("INSERT INTO resource_kind (type, codes, text) VALUES (?, ?, ?)", type, stored, text).id
      );
    });
  }

  function rowOf(type: string, id: string): number | undefined {
    return catalog.column<number>(
      "SELECT id FROM resource WHERE source = ? AND type = ? AND resource_id = ?",
      source,
      type,
      id,
    )[0];
  }

  function follow(resource: ResourceToWrite, patient: number | null, before: Buffer | undefined): void {
    if (resource.patientFacts !== undefined && patient !== null)
      putPatientFacts(catalog, patient, resource.patientFacts, before);
    if (resource.consents !== undefined)
      replaceConsents(catalog, source, `Consent/${resource.id}`, resource.consents, patientRow);
    if (resource.group !== undefined)
      putStudyGroup(catalog, source, { ...resource.group, id: resource.id, origin: "resource" }, patientRow);
  }

  function removeRow(row: number, deletedAt: string): void {
    const found = catalog.get<{ type: string; id: string; patient: number | null; patientId: string | null }>(
      `SELECT type, resource_id AS id, patient, patient_id AS patientId
       FROM resource LEFT JOIN resource_patient ON resource_patient.id = patient WHERE resource.id = ?`,
      row,
    );
    if (found === undefined) return;
    const { type, id, patient, patientId } = found;
    catalog.run("DELETE FROM resource WHERE id = ?", row);
    if (type === "Patient" && patient !== null) forgetPatientFacts(catalog, patient);
    if (type === "Consent") replaceConsents(catalog, source, `Consent/${id}`, [], patientRow);
    if (type === "Group") removeStudyGroup(catalog, source, id);
    rememberDeleted(type, id, patientId ?? "", deletedAt);
  }

  function rememberDeleted(type: string, id: string, patientId: string, deletedAt: string): void {
    catalog.run(
      `INSERT INTO resource_deleted (source, type, resource_id, patient_id, deleted_at, changed_in)
       VALUES (?, ?, ?, ?, ?, ${NEXT_GENERATION})
       ON CONFLICT (source, type, resource_id) DO NOTHING`,
      source,
      type,
      id,
      patientId,
      deletedAt,
    );
  }

  return {
    find({ type, id, json, extra }) {
      const found = catalog.get<Omit<StoredVersion, "subsetted" | "same"> & { subsetted: number; same: number }>(
        `SELECT resource.id AS row, last_updated AS lastUpdated, version, subsetted, (json = ? AND extra = ?) AS same
         FROM resource JOIN resource_json ON resource_json.id = resource.id
         WHERE source = ? AND type = ? AND resource_id = ?`,
        json,
        extra,
        source,
        type,
        id,
      );
      return found === undefined ? undefined : { ...found, subsetted: found.subsetted === 1, same: found.same === 1 };
    },
    put(resource) {
      const { type, id, event, json } = resource;
      const patient = patientRow(resource.patient);
      const values = [
        kindRow(resource),
        patient,
        event.day,
        event.at,
        resource.lastUpdated,
        resource.version,
        Number(resource.subsetted),
        json.length,
      ];
      const known = rowOf(type, id);
      if (known !== undefined) {
        const before =
          type === "Patient"
            ? catalog.column<Buffer>("SELECT json FROM resource_json WHERE id = ?", known)[0]
            : undefined;
        catalog.run(
          `UPDATE resource SET kind = ?, patient = ?, day = ?, event_at = ?, last_updated = ?, version = ?, subsetted = ?,
             length = ?, changed_in = ${NEXT_GENERATION} WHERE id = ?`,
          ...values,
          known,
        );
        catalog.run("UPDATE resource_json SET json = ?, extra = ? WHERE id = ?", json, resource.extra, known);
        follow(resource, patient, before);
        return known;
      }
      const row = catalog.run(
        `INSERT INTO resource (kind, patient, day, event_at, last_updated, version, subsetted, length, source, type, resource_id,
           changed_in) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ${NEXT_GENERATION})`,
        ...values,
        source,
        type,
        id,
      ).id;
      catalog.run("INSERT INTO resource_json (id, json, extra) VALUES (?, ?, ?)", row, json, resource.extra);
      catalog.run("DELETE FROM resource_deleted WHERE source = ? AND type = ? AND resource_id = ?", source, type, id);
      follow(resource, patient, undefined);
      return row;
    },
    remove(type, id, deletedAt) {
      const row = rowOf(type, id);
      if (row === undefined) rememberDeleted(type, id, "", deletedAt);
      else removeRow(row, deletedAt);
      return row;
    },
    removeRow,
    forget() {
      patients.clear();
      kinds.clear();
    },
  };
}

function kept(rows: Map<string, number>, key: string, find: () => number): number {
  const known = rows.get(key);
  if (known !== undefined) return known;
  const row = find();
  if (rows.size >= MOST_KEPT) rows.clear();
  rows.set(key, row);
  return row;
}
