import type { NOTE_LIST_COLUMNS } from "../../contract/calls/records.ts";
import type { Gender, NotesFilter, PatientStatus } from "../../contract/records.ts";
import { timeZone } from "../time-zone.ts";
import type { Catalog } from "./database.ts";
import type { NoteRecord } from "./notes.ts";
import { loadNotesColumns } from "./notes-columns.ts";
import { matchingNotes } from "./notes-match.ts";
import { orderingNotes } from "./notes-order.ts";
import { recordsConfigOf } from "./record-patients.ts";

/** A note as a list shows it. */
export interface ListedNote extends Omit<NoteRecord, "content" | "sourceId" | "eventAt"> {
  patientName: string;
  birthDate: string;
  gender: Gender;
  patientDeleted: boolean;
  /** Name of the source. */
  source: string;
  /** How the text begins. */
  beginning: string;
}

interface NoteOwner {
  patientId: string;
  status: PatientStatus;
  statusLabel: string;
  recordNumber: string;
  ward: string;
}

export interface NotesWindow {
  limit: number;
  offset: number;
  /** Newest first where left out. */
  sort?: { column: (typeof NOTE_LIST_COLUMNS)[number]; descending: boolean } | undefined;
}

/** Characters of a text that are read for its beginning. */
const BEGINNING = 300;
/** Most notes that are read at once: a note may be a megabyte. */
const STEP = 50;

/** One window of the notes that a filter leaves, and how many there are, in steps of some milliseconds. */
export function* listingNotes(
  catalog: Catalog,
  filter: NotesFilter,
  { limit, offset, sort = { column: "eventTime", descending: true } }: NotesWindow,
): Generator<void, { total: number; rows: ListedNote[] }> {
  const columns = yield* loadNotesColumns(catalog);
  const { misses, count } = yield* matchingNotes(catalog, columns, filter);
  const order = yield* orderingNotes(catalog, columns, sort.column);
  const ids = windowOf(order, misses, { limit, offset, total: count, descending: sort.descending });
  const rows: ListedNote[] = [];
  for (let start = 0; start < ids.length; start += STEP) {
    rows.push(...notesById(catalog, ids.slice(start, start + STEP)));
    yield;
  }
  return { total: count, rows };
}

/** Goes through an order from the end that is nearer, past what the filter leaves out. */
function windowOf(
  order: Int32Array,
  misses: Uint8Array,
  window: { limit: number; offset: number; total: number; descending: boolean },
): number[] {
  const wanted = Math.min(window.limit, window.total - window.offset);
  if (wanted <= 0) return [];
  const behind = window.total - window.offset - wanted;
  const fromStart = window.offset <= behind;
  const forwards = fromStart !== window.descending;
  let skip = fromStart ? window.offset : behind;
  const found: number[] = [];
  for (let step = 0; step < order.length && found.length < wanted; step++) {
    const id = order[forwards ? step : order.length - 1 - step] ?? 0;
    if (misses[id] !== 0) continue;
    if (skip > 0) skip -= 1;
    else found.push(id);
  }
  return fromStart ? found : found.toReversed();
}

interface StoredNote extends Omit<ListedNote, "eventTime" | "localDate" | "patientDeleted"> {
  eventAt: number;
  patientDeleted: number;
  config: string;
}

const SELECT = `SELECT note.id, setting.kind, event_at AS eventAt, length, age AS ageAtNote,
  setting.status, setting.status_label AS statusLabel, note.record_number AS recordNumber, setting.ward,
  status_basis AS statusBasis, record_number_basis AS recordNumberBasis, ward_basis AS wardBasis,
  owner.name AS patientName, birth_date AS birthDate, gender, deleted AS patientDeleted,
  source.name AS source, config, substr(content, 1, ${BEGINNING}) AS beginning
  FROM note JOIN note_setting AS setting ON setting.id = note.setting JOIN note_text ON note_text.id = note.id
  JOIN record_patient AS owner ON owner.id = note.patient JOIN source ON source.id = note.source WHERE note.id = ?`;

/** Notes in the order asked for; those that are gone are left out. */
export function notesById(catalog: Catalog, ids: readonly number[]): ListedNote[] {
  return ids.flatMap((id) => {
    const found = catalog.get<StoredNote>(SELECT, id);
    if (found === undefined) return [];
    const { config, eventAt, patientDeleted, ...note } = found;
    const zone = timeZone(recordsConfigOf(config).timeZone);
    return [
      {
        ...note,
        patientDeleted: patientDeleted === 1,
        eventTime: zone.toIso(eventAt),
        localDate: zone.toLocalDate(eventAt),
      },
    ];
  });
}

/** Whose note it is, as the source has them now; undefined where there is no such note. */
export function ownerOfNote(catalog: Catalog, id: number): NoteOwner | undefined {
  return catalog.get<NoteOwner>(
    `SELECT source_id AS patientId, status, status_label AS statusLabel, record_number AS recordNumber, ward
    FROM record_patient WHERE id = (SELECT patient FROM note WHERE id = ?)`,
    id,
  );
}

/** The whole text of a note; undefined where there is none. */
export function noteContent(catalog: Catalog, id: number): string | undefined {
  return catalog.column<string>("SELECT content FROM note_text WHERE id = ?", id)[0];
}
