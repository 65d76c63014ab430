import type { NotesFilter } from "../../contract/records.ts";
import type { Catalog } from "./database.ts";
import { listNoteSettings } from "./note-settings.ts";
import { resolveNotesFilter, toNotesConditions } from "./notes-filter.ts";

/** Of the notes that a filter leaves, how many could not be told by the history of their patient. */
export interface NoteBases {
  /** All that the filter leaves; 0 where there is nothing to say of any. */
  notes: number;
  /** Status taken from the earliest that is known, or from now. */
  statusEarliest: number;
  statusNow: number;
  /** The same of the record number. */
  recordNumberEarliest: number;
  recordNumberNow: number;
  /** Of patients who are deleted at the source. */
  ofDeleted: number;
}

/** Patients of one step. */
const WINDOW = 1_000;

/** Counts in steps of some milliseconds. */
export function* countNoteBases(catalog: Catalog, filter: NotesFilter): Generator<undefined, NoteBases> {
  const { patients, notes: written } = toNotesConditions(resolveNotesFilter(catalog, filter));
  const sum: NoteBases = {
    notes: 0,
    statusEarliest: 0,
    statusNow: 0,
    recordNumberEarliest: 0,
    recordNumberNow: 0,
    ofDeleted: 0,
  };
  // Most often there is nothing to count, and a million notes to look at.
  const assumed = listNoteSettings(catalog).some(
    ({ statusBasis, recordNumberBasis }) => statusBasis !== "history" || recordNumberBasis !== "history",
  );
  if (!assumed && filter.includeDeletedPatients !== true) return sum;
  const [last = 0] = catalog.column<number | null>("SELECT max(id) FROM record_patient");
  for (let from = 0; from < (last ?? 0); from += WINDOW) {
    const rows = catalog.all<{ notes: number; status: string; recordNumber: string; deleted: number }>(
      `SELECT count(*) AS notes, status_basis AS status, record_number_basis AS recordNumber, owner.deleted
       FROM (SELECT setting, patient FROM note WHERE patient > ? AND patient <= ? AND ${written.where}
         AND patient IN (SELECT id FROM record_patient WHERE id > ? AND id <= ? AND ${patients.where})) AS found
       JOIN note_setting ON note_setting.id = found.setting JOIN record_patient AS owner ON owner.id = found.patient
       GROUP BY status_basis, record_number_basis, owner.deleted`,
      from,
      from + WINDOW,
      ...written.values,
      from,
      from + WINDOW,
      ...patients.values,
    );
    for (const { notes, status, recordNumber, deleted } of rows) {
      sum.notes += notes;
      if (status === "earliest") sum.statusEarliest += notes;
      if (status === "now") sum.statusNow += notes;
      if (recordNumber === "earliest") sum.recordNumberEarliest += notes;
      if (recordNumber === "now") sum.recordNumberNow += notes;
      if (deleted === 1) sum.ofDeleted += notes;
    }
    yield;
  }
  return sum;
}
