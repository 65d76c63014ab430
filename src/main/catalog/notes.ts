import { SatchelError } from "../../contract/errors.ts";
import type { NoteKind, NotesFilter, PatientStatus } from "../../contract/records.ts";
import { timeZone } from "../time-zone.ts";
import type { Catalog } from "./database.ts";
import { noteTest } from "./note-test.ts";
import { resolveNotesFilter, toNotesConditions } from "./notes-filter.ts";
import { notesWith } from "./notes-with-words.ts";
import type { Basis } from "./record-history.ts";
import type { NoteSetting } from "./note-settings.ts";
import { recordsConfigOf, type PatientRecord } from "./record-patients.ts";

/** A note with what was true of its patient when it was written; what holds now stands in the patient's record. */
export interface NoteRecord<Text = string> {
  /** The catalog's number. */
  id: number;
  /** The same of its patient. */
  patient: number;
  sourceId: string;
  kind: NoteKind;
  /** Microseconds since 1970, UTC. */
  eventAt: number;
  /** ISO 8601 with the offset of the hospital's time zone; six decimals where there is a fraction of a second. */
  eventTime: string;
  /** The day in the hospital's time zone. */
  localDate: string;
  content: Text;
  /** Whole years, where the source tells them in place of a birth date. */
  ageAtNote: number | null;
  /** UTF-16 units of the content. */
  length: number;
  status: PatientStatus;
  statusLabel: string;
  recordNumber: string;
  ward: string;
  /** Whence each of them is known: what is not from `history` is an assumption, for the receipt to count. */
  statusBasis: Basis;
  recordNumberBasis: Basis;
  wardBasis: Basis;
}

/** A patient of whom the filter leaves notes. */
export interface PlannedPatient {
  /** The catalog's number of the patient. */
  patient: number;
  sourceId: string;
  issuer: string;
  deleted: boolean;
  rows: number;
  /** Of text, about. */
  bytes: number;
  /** Rows by the row id of their setting. */
  settings: Map<number, number>;
}

interface Counted {
  id: number;
  patient: number;
  setting: number;
  rows: number;
  bytes: number;
}

/** Patients of one look into the catalog. */
const WINDOW = 100;

/**
 * The patients of whom a filter leaves notes, in no order that means anything. Nothing is kept open between two of them, so that others
 * may have their turn.
 */
export function* planNotes(catalog: Catalog, filter: NotesFilter): Generator<PlannedPatient> {
  const resolved = resolveNotesFilter(catalog, filter);
  const found = resolved.match === undefined ? undefined : notesWith(catalog, resolved.match);
  const conditions = toNotesConditions({ ...resolved, match: undefined });
  const issuers = new Map(
    catalog
      .all<{ id: number; config: string }>("SELECT id, config FROM source")
      .map(({ id, config }) => [id, recordsConfigOf(config).issuer]),
  );
  for (let last = 0; ;) {
    const owners = catalog.all<{ patient: number; sourceId: string; source: number; deleted: number }>(
      `SELECT id AS patient, source_id AS sourceId, source, deleted FROM record_patient
       WHERE id > ? AND ${conditions.patients.where} ORDER BY id LIMIT ?`,
      last,
      ...conditions.patients.values,
      WINDOW,
    );
    const [first, end] = [owners[0], owners.at(-1)];
    if (first === undefined || end === undefined) return;
    // By its own index: SQLite would rather take the source's, and go through all its notes.
    const notes = `FROM note INDEXED BY note_by_patient WHERE patient >= ? AND patient <= ? AND ${conditions.notes.where}`;
    const values = [first.patient, end.patient, ...conditions.notes.values];
    const counts = new Map<number, Pick<PlannedPatient, "rows" | "bytes" | "settings">>();
    // What need not be told apart is counted there: as rows of ours, the notes of a hundred patients would let the heap grow by tens of
    // megabytes.
    for (const { id, patient, setting, rows, bytes } of catalog.all<Counted>(
      found === undefined
        ? `SELECT 0 AS id, patient, setting, count(*) AS rows, sum(length) AS bytes ${notes} GROUP BY patient, setting`
        : `SELECT id, patient, setting, 1 AS rows, length AS bytes ${notes}`,
      ...values,
    )) {
      if (found?.has(id) === false) continue;
      let count = counts.get(patient);
      if (count === undefined) counts.set(patient, (count = { rows: 0, bytes: 0, settings: new Map() }));
      count.rows += rows;
      count.bytes += bytes;
      count.settings.set(setting, (count.settings.get(setting) ?? 0) + rows);
    }
    for (const { patient, sourceId, source, deleted } of owners) {
      const planned = counts.get(patient);
      if (planned !== undefined)
        yield { patient, sourceId, issuer: issuers.get(source) ?? "", deleted: deleted === 1, ...planned };
    }
    last = end.patient;
    // Of the index of a million notes 32 MB would stay in memory beside the workers.
    catalog.forgetPages();
  }
}

/** A row of `note`; what its setting says is put to it here, since columns of text are what reading takes longest for. */
interface StoredNote<Text> extends Pick<
  NoteRecord<Text>,
  "id" | "sourceId" | "eventAt" | "content" | "ageAtNote" | "length" | "recordNumber"
> {
  setting: number;
}

const SELECT = `SELECT note.id, source_id AS sourceId, event_at AS eventAt, content, age AS ageAtNote, length,
  record_number AS recordNumber, setting FROM note JOIN note_text ON note_text.id = note.id`;

/** Characters of text that are in memory at once, and notes: the more there are, the more of them outlive a look of the collector. */
const SLICE_CHARACTERS = 64 * 1024;
const MOST_IN_SLICE = 32;

/**
 * The notes of a patient that a filter leaves, by moment, then by their id at the source, a few at a time: of a gigabyte of notes only
 * some are in memory. Nothing is kept open between them.
 *
 * @param patient of the catalog as it stands now
 */
export function* iterateNotes(catalog: Catalog, filter: NotesFilter, patient: PatientRecord): Generator<NoteRecord> {
  const test = noteTest(catalog, filter);
  if (!test.ofPatient(patient)) return;
  const tell = telling(test.settings, patient);
  const { where, values } = test.ofNotes(patient.row);
  const [longest] = catalog.column<number | null>("SELECT max(length) FROM note WHERE patient = ?", patient.row);
  const limit = Math.max(1, Math.min(MOST_IN_SLICE, Math.floor(SLICE_CHARACTERS / Math.max(1, longest ?? 0))));
  const read = (last: StoredNote<string> | undefined): StoredNote<string>[] => {
    // By the row itself: a moment beyond the year 2255 is no exact number here, and the place after it would be another.
    const after =
      last === undefined ? "" : "AND (event_at, source_id) > (SELECT event_at, source_id FROM note WHERE id = ?)";
    return catalog.all<StoredNote<string>>(
      `${SELECT} WHERE patient = ? ${after} AND ${where} ORDER BY event_at, source_id LIMIT ?`,
      patient.row,
      ...(last === undefined ? [] : [last.id]),
      ...values,
      limit,
    );
  };
  for (let slice = read(undefined); ; slice = read(slice.at(-1))) {
    for (const note of slice) yield tell(note);
    if (slice.length < limit) return;
  }
}

/** @param patient of the notes */
export function telling(
  settings: ReadonlyMap<number, NoteSetting>,
  { row: patient, timeZone: zoneName }: PatientRecord,
): <Text>(note: StoredNote<Text>) => NoteRecord<Text> {
  const zone = timeZone(zoneName);
  return ({ id, sourceId, eventAt, content, ageAtNote, length, recordNumber, setting }) => {
    const eventTime = zone.toIso(eventAt);
    const known = settings.get(setting);
    if (known === undefined)
      throw new SatchelError("SOURCE_ANSWER", "The notes in the catalog changed while they were read.", "Start again.");
    const { kind, status, statusLabel, ward, statusBasis, recordNumberBasis, wardBasis } = known;
    return {
      id,
      patient,
      sourceId,
      kind,
      eventAt,
      eventTime,
      localDate: eventTime.slice(0, eventTime.indexOf("T")),
      content,
      ageAtNote,
      length,
      status,
      statusLabel,
      recordNumber,
      ward,
      statusBasis,
      recordNumberBasis,
      wardBasis,
    };
  };
}
