import { SatchelError } from "../../contract/errors.ts";
import type { Gender, PatientStatus } from "../../contract/records.ts";
import type { IndexedPatient, RecordsConfig } from "../sources/records-source.ts";
import { ownTimeZone } from "../time-zone.ts";
import type { Catalog } from "./database.ts";
import { keepFormer } from "./former-values.ts";
import type { History, Present } from "./record-history.ts";
import { normaliseForSearch } from "./search-text.ts";

/** A patient of a source of records, as exports and the scrubber need it. */
export interface PatientRecord {
  /** The catalog's number. */
  row: number;
  sourceId: string;
  /** With `sourceId` what a pseudonym is made of. */
  issuer: string;
  name: string;
  /** ISO date; "" where unknown. */
  birthDate: string;
  gender: Gender;
  /** What holds now. */
  status: PatientStatus;
  statusLabel: string;
  recordNumber: string;
  ward: string;
  /** Of any time, the present one included; each once. */
  recordNumbers: string[];
  /** Of any time, as far as the source or an earlier sync told them. */
  identifiers: IndexedPatient["identifiers"];
  deleted: boolean;
  /** Name of the source. */
  source: string;
  timeZone: string;
}

interface StoredPatient {
  row: number;
  sourceId: string;
  config: string;
  name: string;
  birthDate: string;
  gender: Gender;
  status: PatientStatus;
  statusLabel: string;
  recordNumber: string;
  ward: string;
  identifiers: string;
  former: string;
  deleted: number;
  source: string;
}

/** @throws NOT_FOUND */
export function getRecordPatient(catalog: Catalog, row: number): PatientRecord {
  const found = catalog.get<StoredPatient>(
    `SELECT patient.id AS row, source_id AS sourceId, config, patient.name, birth_date AS birthDate, gender, status,
       status_label AS statusLabel, record_number AS recordNumber, ward, identifiers, former, deleted,
       source.name AS source
     FROM record_patient AS patient JOIN source ON source.id = patient.source WHERE patient.id = ? AND known = 1`,
    row,
  );
  if (found === undefined)
    throw new SatchelError("NOT_FOUND", "The catalog no longer holds a patient.", "Plan the export anew.");
  const { config, identifiers, former, deleted, ...patient } = found;
  return {
    ...patient,
    ...recordsConfigOf(config),
    recordNumbers: catalog.column<string>(
      "SELECT record_number FROM record_number WHERE patient = ? ORDER BY record_number",
      row,
    ),
    identifiers: [identifiers, former].flatMap((list) => JSON.parse(list) as IndexedPatient["identifiers"]),
    deleted: deleted === 1,
  };
}

/**
 * What a source's stored configuration says of all its records. Sources that were added before each got an issuer of its own keep the one
 * that they had, the empty one of most images: their pseudonyms are in packages that have left.
 */
export function recordsConfigOf(config: string): RecordsConfig & { issuer: string } {
  const { timeZone, issuer } = JSON.parse(config) as Partial<RecordsConfig>;
  return { timeZone: timeZone ?? ownTimeZone(), issuer: issuer ?? "" };
}

/** @returns the row of a patient that may not have been put yet */
export function rowOfPatient(catalog: Catalog, source: number, sourceId: string): number {
  return (
    findPatientRow(catalog, source, sourceId) ??
    catalog.run("INSERT INTO record_patient (source, source_id) VALUES (?, ?)", source, sourceId).id
  );
}

function findPatientRow(catalog: Catalog, source: number, sourceId: string): number | undefined {
  return catalog.column<number>(
    "SELECT id FROM record_patient WHERE source = ? AND source_id = ?",
    source,
    sourceId,
  )[0];
}

/** What a patient's notes are told by. */
export function readHistory(catalog: Catalog, row: number): History & Present {
  const found = catalog.get<{
    status: PatientStatus;
    label: string;
    recordNumber: string;
    ward: string;
    history: string;
  }>(
    "SELECT status, status_label AS label, record_number AS recordNumber, ward, history FROM record_patient WHERE id = ?",
    row,
  );
  if (found === undefined) throw new Error("no such patient");
  const { status, label, recordNumber, ward, history } = found;
  return { ...(JSON.parse(history) as History), status: { status, label }, recordNumber, ward };
}

/** @returns the row, and what became of it. Notes are told anew (`stale`) where the past or the present changed. */
export function putRecordPatient(
  catalog: Catalog,
  source: number,
  patient: IndexedPatient,
): { row: number; outcome: "added" | "changed" | "unchanged" } {
  const row = rowOfPatient(catalog, source, patient.sourceId);
  const history = JSON.stringify({ recordNumbers: patient.recordNumbers, statuses: patient.statuses });
  const told = [patient.status.status, patient.status.label, patient.recordNumber, patient.ward, history];
  const values = [
    patient.name,
    normaliseForSearch(patient.name),
    patient.birthDate,
    patient.gender,
    Number(patient.deleted),
    JSON.stringify(patient.identifiers),
  ];
  const before = catalog.get<{ known: number; told: number; same: number } & Parameters<typeof keepFormer>[0]>(
    `SELECT name, record_number AS recordNumber, identifiers, former, known,
       (status, status_label, record_number, ward, history) = (?, ?, ?, ?, ?) AS told,
       (name, sort_name, birth_date, gender, deleted, identifiers) = (?, ?, ?, ?, ?, ?) AS same
     FROM record_patient WHERE id = ?`,
    ...told,
    ...values,
    row,
  );
  const known = before?.known === 1;
  const [sameTold, same] = [before?.told === 1, before?.same === 1];
  if (known && sameTold && same) return { row, outcome: "unchanged" };
  catalog.run(
    `UPDATE record_patient SET known = 1,
       stale = max(stale, ? AND EXISTS (SELECT 1 FROM note WHERE note.patient = record_patient.id)), status = ?, status_label = ?, record_number = ?, ward = ?,
       history = ?, name = ?, sort_name = ?, birth_date = ?, gender = ?, deleted = ?, identifiers = ?,
       former = ? WHERE id = ?`,
    Number(!known || !sameTold),
    ...told,
    ...values,
    before !== undefined && known ? keepFormer(before, patient) : "[]",
    row,
  );
  if (!known || !sameTold) putRecordNumbers(catalog, row, patient);
  return { row, outcome: known ? "changed" : "added" };
}

function putRecordNumbers(catalog: Catalog, row: number, { recordNumber, recordNumbers }: IndexedPatient): void {
  catalog.run("DELETE FROM record_number WHERE patient = ?", row);
  for (const number of new Set([recordNumber, ...recordNumbers.map((one) => one.recordNumber)]))
    if (number !== "") catalog.run("INSERT INTO record_number (record_number, patient) VALUES (?, ?)", number, row);
}
