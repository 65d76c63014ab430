import type { NotesFilter } from "../../contract/records.ts";
import { BlockText } from "../text-block.ts";
import type { Catalog } from "./database.ts";
import { noteTest } from "./note-test.ts";
import { telling, type NoteRecord } from "./notes.ts";
import type { PatientRecord } from "./record-patients.ts";

/** Characters of texts that are in memory at once, and notes. As bytes they lie outside the heap, where the collector does not look at them. */
const BLOCK_CHARACTERS = 256 * 1024;
const MOST_IN_BLOCK = 128;

type NarrowNote = [
  id: number,
  sourceId: string,
  eventAt: number,
  setting: number,
  recordNumber: string,
  length: number,
  age: number | null,
];

/** As `iterateNotes`, with the texts as the bytes that the catalog holds. */
export function* iterateNotesAsBytes(
  catalog: Catalog,
  filter: NotesFilter,
  patient: PatientRecord,
): Generator<NoteRecord<BlockText>> {
  const test = noteTest(catalog, filter);
  if (!test.ofPatient(patient)) return;
  const tell = telling(test.settings, patient);
  const { where, values } = test.ofNotes(patient.row);
  for (let last: number | undefined; ;) {
    // By the row itself, as in `iterateNotes`.
    const after =
      last === undefined ? "" : "AND (event_at, source_id) > (SELECT event_at, source_id FROM note WHERE id = ?)";
    const slice = `WHERE patient = ? ${after} AND ${where} ORDER BY event_at, source_id LIMIT ?`;
    const parameters = [patient.row, ...(last === undefined ? [] : [last]), ...values];
    const notes = catalog.rows<NarrowNote>(
      `SELECT id, source_id, event_at, setting, record_number, length, age FROM note ${slice}`,
      ...parameters,
      MOST_IN_BLOCK,
    );
    if (notes.length === 0) return;
    const count = countUpTo(BLOCK_CHARACTERS, notes);
    // One value for all texts: a value takes longer to hand over than a text to be read.
    const [[block, sizes]] = catalog.rows<[Buffer, string]>(
      `SELECT CAST(group_concat(content, '') AS BLOB), group_concat(octet_length(content))
       FROM (SELECT content FROM note JOIN note_text ON note_text.id = note.id ${slice})`,
      ...parameters,
      count,
    ) as [[Buffer, string]];
    const lengths = JSON.parse(`[${sizes}]`) as number[];
    let end = 0;
    for (let index = 0; index < count; index++) {
      const [id, sourceId, eventAt, setting, recordNumber, length, ageAtNote] = notes[index]!;
      const start = end;
      end += lengths[index]!;
      const content = new BlockText(block, start, end, length);
      yield tell({ id, sourceId, eventAt, content, ageAtNote, length, recordNumber, setting });
    }
    if (count === notes.length && count < MOST_IN_BLOCK) return;
    [last] = notes[count - 1]!;
  }
}

/** How many of the first notes have no more characters together than these; one at least. */
function countUpTo(characters: number, notes: readonly NarrowNote[]): number {
  let count = 0;
  for (let left = characters; count < notes.length; count++) {
    const [, , , , , length] = notes[count]!;
    left -= length;
    if (left < 0) break;
  }
  return Math.max(1, count);
}
