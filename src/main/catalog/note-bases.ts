import type { NotesFilter } from "../../contract/records.ts";
import type { Catalog } from "./database.ts";
import { resolveNotesFilter, toNotesCondition } from "./notes-filter.ts";

/** Of the notes that a filter leaves, how many could not be told by the history of their patient. */
export interface NoteBases {
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
const WINDOW = 5_000;

/** Counts in steps of some milliseconds. */
export function* countNoteBases(catalog: Catalog, filter: NotesFilter): Generator<undefined, NoteBases> {
  const { where, values } = toNotesCondition(resolveNotesFilter(catalog, filter));
  const sum: NoteBases = {
    notes: 0,
    statusEarliest: 0,
    statusNow: 0,
    recordNumberEarliest: 0,
    recordNumberNow: 0,
    ofDeleted: 0,
  };
  const [last = 0] = catalog.column<number | null>("SELECT max(id) FROM record_patient");
  for (let from = 0; from < (last ?? 0); from += WINDOW) {
    const rows = catalog.all<{ notes: number; status: string; recordNumber: string; deleted: number }>(
      `SELECT count(*) AS notes, status_basis AS status, record_number_basis AS recordNumber, owner.deleted
       FROM (SELECT setting, patient FROM note WHERE patient > ? AND patient <= ? AND ${where}) AS found
       JOIN note_setting ON note_setting.id = found.setting JOIN record_patient AS owner ON owner.id = found.patient
       GROUP BY status_basis, record_number_basis, owner.deleted`,
      from,
      from + WINDOW,
      ...values,
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
