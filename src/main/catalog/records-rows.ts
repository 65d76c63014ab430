import type { RecordsCollection } from "../sources/records-source.ts";
import type { Catalog } from "./database.ts";
import type { IdSet } from "./id-set.ts";
import { mergeSearch, removeNote } from "./notes-writer.ts";
import { putProblem } from "./problems.ts";
import { raiseRecordsGeneration } from "./records-generation.ts";

/** Rows looked at in one step, and how long one may remove, in milliseconds. */
const WINDOW = 5_000;
const STEP_MS = 12;
/** Patients without a record that are told one by one. */
const MOST_ORPHANS = 1_000;

const TABLES: Record<RecordsCollection, string> = { patient: "record_patient", note: "note", exam: "exam" };

const COUNTS: Record<RecordsCollection, string> = { patient: "patients", note: "notes", exam: "exams" };

/** @returns the row id */
export function findRecord(
  catalog: Catalog,
  source: number,
  collection: RecordsCollection,
  sourceId: string,
): number | undefined {
  const column = collection === "exam" ? "exam_id" : "source_id";
  return catalog.column<number>(
    `SELECT id FROM ${TABLES[collection]} WHERE source = ? AND ${column} = ? ${collection === "patient" ? "AND known = 1" : ""}`,
    source,
    sourceId,
  )[0];
}

/** How many records of a kind a source has in the catalog. Notes of no known patient count. */
export function countRecords(catalog: Catalog, source: number, collection: RecordsCollection): number {
  return catalog.column<number>(`SELECT ${COUNTS[collection]} FROM record_count WHERE source = ?`, source)[0] ?? 0;
}

/**
 * With all that hangs on it: a patient's notes, a note's text. Within the caller's transaction.
 *
 * @returns the notes that went with a patient
 */
export function removeRecord(catalog: Catalog, collection: RecordsCollection, id: number): number[] {
  if (collection === "exam") catalog.run("DELETE FROM exam WHERE id = ?", id);
  if (collection === "note") removeNote(catalog, id);
  if (collection !== "patient") return [];
  const notes = catalog.column<number>("SELECT id FROM note WHERE patient = ?", id);
  for (const note of notes) removeNote(catalog, note);
  catalog.run("DELETE FROM record_patient WHERE id = ?", id);
  return notes;
}

/** Removes what was not met, in steps each of which is whole. Of patients only those that were known. @returns how many */
export function* removingUnmet(
  catalog: Catalog,
  source: number,
  collection: RecordsCollection,
  met: Pick<IdSet, "has">,
): Generator<void, number> {
  const table = TABLES[collection];
  const known = collection === "patient" ? "AND known = 1" : "";
  let removed = 0;
  for (let last = 0; ;) {
    const window = catalog.column<number>(
      `SELECT id FROM ${table} WHERE id > ? AND +source = ? ${known} ORDER BY id LIMIT ?`,
      last,
      source,
      WINDOW,
    );
    const gone = window.filter((id) => !met.has(id));
    while (gone.length > 0) {
      const end = performance.now() + STEP_MS;
      catalog.writeRepeatable(() => {
        for (let id = gone.pop(); id !== undefined; id = performance.now() > end ? undefined : gone.pop()) {
          removeRecord(catalog, collection, id);
          removed += 1;
        }
        if (collection === "note") mergeSearch(catalog);
        raiseRecordsGeneration(catalog);
      });
      yield;
    }
    if (window.length < WINDOW) return removed;
    last = window.at(-1) ?? last;
    yield;
  }
}

/** Removes all records of a source, in steps each of which is whole. */
export function* removingRecords(catalog: Catalog, source: number): Generator<void> {
  const none = { has: () => false };
  for (const collection of ["note", "exam", "patient"] as const)
    yield* removingUnmet(catalog, source, collection, none);
  catalog.write(() => {
    catalog.run("DELETE FROM record_patient WHERE source = ?", source);
    catalog.run("DELETE FROM record_word WHERE source = ?", source);
  });
}

/** Lists patients whom only notes name: their notes are held, but stay out of lists and exports until the patient is there. @returns how many */
export function tellOrphans(catalog: Catalog, source: number): number {
  const orphans = catalog.all<{ ref: string; notes: number }>(
    `SELECT source_id AS ref, (SELECT count(*) FROM note WHERE note.patient = record_patient.id) AS notes
     FROM record_patient WHERE known = 0 AND source = ? ORDER BY id LIMIT ?`,
    source,
    MOST_ORPHANS,
  );
  for (const { ref, notes } of orphans) {
    if (notes === 0) catalog.run("DELETE FROM record_patient WHERE source = ? AND source_id = ?", source, ref);
    else
      putProblem(catalog, source, {
        ref,
        code: "SOURCE_ANSWER",
        reason: `${notes === 1 ? "1 note names" : `${notes} notes name`} a patient whom the source does not list; left out until it does.`,
      });
  }
  return orphans.filter(({ notes }) => notes > 0).length;
}
