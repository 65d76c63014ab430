import type { NotesFilter } from "../../../contract/records.ts";
import type { Catalog } from "../../catalog/database.ts";
import { planNotes, type PlannedPatient } from "../../catalog/notes.ts";
import { toMatch } from "../../catalog/notes-filter.ts";
import { findingNotesWith } from "../../catalog/notes-with-words.ts";
import type { TableChunk } from "../table/table.ts";
import type { ExportedIds } from "./export-note.ts";
import { sortInTurns } from "./sort-in-turns.ts";

/** A chunk's people, in the order of the table: each the catalog's rows that leave as one patient. */
export interface NotesChunk {
  patients: number[][];
}

/** Of text, about: enough that finding a chunk costs little beside reading it, and few enough to hold some. */
const CHUNK_BYTES = 2_000_000;
/** Patients looked at between two steps: some milliseconds. */
const STEP = 256;
/** A row's other seven cells, about. */
const ROW_BYTES = 170;

/**
 * The notes that a filter leaves, ordered by the id under which their patient leaves: patient by patient, whole. Of a patient it holds a
 * key and three numbers, about 100 bytes, until the last chunk.
 *
 * @param onPatient is told of each patient, before they are ordered
 * @returns how many patients the table tells apart, and how many of them are patients of several sources
 */
export function* planNoteChunks(
  catalog: Catalog,
  filter: NotesFilter,
  ids: Pick<ExportedIds, "patient">,
  onPatient?: (planned: PlannedPatient) => void,
): Generator<TableChunk | undefined, { patients: number; joined: number }> {
  const keys: string[] = [];
  const found: { patient: number[]; rows: number[]; bytes: number[] } = { patient: [], rows: [], bytes: [] };
  const match = toMatch(filter.text);
  if (match !== undefined) yield* findingNotesWith(catalog, match);
  for (const planned of planNotes(catalog, filter)) {
    const { patient, sourceId, issuer, rows, bytes } = planned;
    keys.push(ids.patient({ issuer, id: sourceId }));
    found.patient.push(patient);
    found.rows.push(rows);
    found.bytes.push(bytes);
    onPatient?.(planned);
    if (keys.length % STEP === 0) yield;
  }
  const order = Uint32Array.from(keys.keys());
  yield* sortInTurns(order, (one, other) => {
    const [key, otherKey] = [keys[one]!, keys[other]!];
    return key < otherKey ? -1 : key > otherKey ? 1 : found.patient[one]! - found.patient[other]!;
  });
  const people = { patients: 0, joined: 0 };
  let chunk = emptyChunk();
  for (let at = 0; at < order.length;) {
    const key = keys[order[at]!];
    const group: number[] = [];
    for (; at < order.length && keys[order[at]!] === key; at++) {
      const entry = order[at]!;
      group.push(found.patient[entry]!);
      chunk.rows += found.rows[entry]!;
      chunk.bytes += found.bytes[entry]! + found.rows[entry]! * ROW_BYTES;
    }
    people.patients++;
    if (group.length > 1) people.joined++;
    chunk.data.patients.push(group);
    if (chunk.bytes < CHUNK_BYTES) continue;
    yield chunk;
    chunk = emptyChunk();
  }
  if (chunk.rows > 0) yield chunk;
  return people;
}

function emptyChunk(): TableChunk & { data: NotesChunk } {
  return { rows: 0, bytes: 0, data: { patients: [] } };
}
