import type { NotesFilter } from "../../contract/records.ts";
import type { Catalog } from "./database.ts";
import { listNoteSettings } from "./note-settings.ts";
import { resolveNotesFilter, toNotesConditions } from "./notes-filter.ts";
import { findingNotesWith } from "./notes-with-words.ts";

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
  /** The same of the ward, where the filter names wards. */
  wardEarliest: number;
  wardNow: number;
  /** Of patients who are deleted at the source. */
  ofDeleted: number;
}

/** Patients of one step. */
const WINDOW = 100;

/** Counts in steps of some milliseconds. */
export function* countNoteBases(catalog: Catalog, filter: NotesFilter): Generator<undefined, NoteBases> {
  const resolved = resolveNotesFilter(catalog, filter);
  const sum: NoteBases = {
    notes: 0,
    statusEarliest: 0,
    statusNow: 0,
    recordNumberEarliest: 0,
    recordNumberNow: 0,
    wardEarliest: 0,
    wardNow: 0,
    ofDeleted: 0,
  };
  // Most often there is nothing to count, and a million notes to look at.
  const settings = new Map(listNoteSettings(catalog).map((setting) => [setting.id, setting]));
  const byWard = filter.wards !== undefined;
  const assumed = [...settings.values()].some(
    ({ statusBasis, recordNumberBasis, wardBasis }) =>
      statusBasis !== "history" || recordNumberBasis !== "history" || (byWard && wardBasis !== "history"),
  );
  if (!assumed && filter.includeDeletedPatients !== true) return sum;
  const found = resolved.match === undefined ? undefined : yield* findingNotesWith(catalog, resolved.match);
  const { patients, notes: written } = toNotesConditions({ ...resolved, match: undefined });
  const deleted = new Map<number, number>();
  for (let last = 0; ; deleted.clear()) {
    const owners = catalog.all<{ id: number; deleted: number }>(
      `SELECT id, deleted FROM record_patient WHERE id > ? AND ${patients.where} ORDER BY id LIMIT ?`,
      last,
      ...patients.values,
      WINDOW,
    );
    const [first, end] = [owners[0], owners.at(-1)];
    if (first === undefined || end === undefined) return sum;
    for (const owner of owners) deleted.set(owner.id, owner.deleted);
    // By its own index: SQLite would rather take the source's, and go through all its notes. What need not be told apart is counted there:
    // as rows of ours, the notes of a hundred patients would let the heap grow by tens of megabytes.
    const where = `FROM note INDEXED BY note_by_patient WHERE patient >= ? AND patient <= ? AND ${written.where}`;
    for (const note of catalog.all<{ id: number; patient: number; setting: number; notes: number }>(
      found === undefined
        ? `SELECT 0 AS id, patient, setting, count(*) AS notes ${where} GROUP BY patient, setting`
        : `SELECT id, patient, setting, 1 AS notes ${where}`,
      first.id,
      end.id,
      ...written.values,
    )) {
      const { notes } = note;
      const ofDeleted = deleted.get(note.patient);
      if (ofDeleted === undefined || found?.has(note.id) === false) continue;
      const setting = settings.get(note.setting);
      sum.notes += notes;
      if (setting?.statusBasis === "earliest") sum.statusEarliest += notes;
      if (setting?.statusBasis === "now") sum.statusNow += notes;
      if (setting?.recordNumberBasis === "earliest") sum.recordNumberEarliest += notes;
      if (setting?.recordNumberBasis === "now") sum.recordNumberNow += notes;
      if (byWard && setting?.wardBasis === "earliest") sum.wardEarliest += notes;
      if (byWard && setting?.wardBasis === "now") sum.wardNow += notes;
      if (ofDeleted === 1) sum.ofDeleted += notes;
    }
    last = end.id;
    yield;
  }
}
