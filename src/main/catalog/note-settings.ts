import type { NoteKind, PatientStatus } from "../../contract/records.ts";
import type { Catalog } from "./database.ts";
import type { Basis, Circumstances } from "./record-history.ts";

/** What many notes have in common: their kind, and what was true of the patient, apart from the record number. */
export interface NoteSetting {
  id: number;
  kind: NoteKind;
  status: PatientStatus;
  statusLabel: string;
  ward: string;
  statusBasis: Basis;
  wardBasis: Basis;
  recordNumberBasis: Basis;
}

/** All of them: as many as there are wards times statuses, a few hundred. Those of no note any more are among them. */
export function listNoteSettings(catalog: Catalog): NoteSetting[] {
  return catalog.all<NoteSetting>(
    `SELECT id, kind, status, status_label AS statusLabel, ward, status_basis AS statusBasis, ward_basis AS wardBasis,
       record_number_basis AS recordNumberBasis FROM note_setting ORDER BY id`,
  );
}

/** @returns the row id */
export function putNoteSetting(catalog: Catalog, kind: NoteKind, circumstances: Circumstances): number {
  const { status, label, ward, statusBasis, wardBasis, recordNumberBasis } = circumstances;
  const values = [kind, status, label, ward, statusBasis, wardBasis, recordNumberBasis];
  const [found] = catalog.column<number>(
    `SELECT id FROM note_setting WHERE (kind, status, status_label, ward, status_basis, ward_basis, record_number_basis)
       = (?, ?, ?, ?, ?, ?, ?)`,
    ...values,
  );
  return (
    found ??
    catalog.run(
      `INSERT INTO note_setting (kind, status, status_label, ward, status_basis, ward_basis, record_number_basis)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
      ...values,
    ).id
  );
}
