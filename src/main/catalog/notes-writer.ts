import type { NoteKind } from "../../contract/records.ts";
import type { IndexedNote, Microseconds } from "../sources/records-source.ts";
import type { Catalog } from "./database.ts";
import { putNoteSetting } from "./note-settings.ts";
import { noteNoteChange } from "./notes-columns.ts";
import { circumstancesOf, type Circumstances } from "./record-history.ts";
import { readHistory, rowOfPatient } from "./record-patients.ts";
import { raiseRecordsGeneration } from "./records-generation.ts";

/** Patients whose history is kept at hand: notes mostly come patient by patient. */
const MOST_HISTORIES = 64;
/** Notes told anew in one step. */
const WINDOW = 500;

interface StoredNote {
  id: number;
  patient: number;
  eventAt: Microseconds;
  setting: number;
  recordNumber: string;
  age: number | null;
  content: string;
}

/** Puts notes of one source, each with what was true of its patient when it was written. All within the caller's transaction. */
interface NotesWriter {
  put(note: IndexedNote): { id: number; outcome: "added" | "changed" | "unchanged" };
  /** Forgets a patient who was put anew. */
  forgetPatient(row: number): void;
  /** What was kept of a transaction that may have failed is not to be trusted. */
  forget(): void;
}

export function createNotesWriter(catalog: Catalog, source: number): NotesWriter {
  const histories = new Map<number, (moment: Microseconds) => Circumstances>();
  const settings = new Map<string, number>();
  let lastPatient = { sourceId: "", row: 0 };

  function patientRow(sourceId: string): number {
    if (lastPatient.row === 0 || lastPatient.sourceId !== sourceId)
      lastPatient = { sourceId, row: rowOfPatient(catalog, source, sourceId) };
    return lastPatient.row;
  }

  function circumstancesAt(patient: number, moment: Microseconds): Circumstances {
    let known = histories.get(patient);
    if (known === undefined) {
      const found = readHistory(catalog, patient);
      known = circumstancesOf(found, found);
      if (histories.size >= MOST_HISTORIES) histories.clear();
      histories.set(patient, known);
    }
    return known(moment);
  }

  function settingOf(kind: NoteKind, circumstances: Circumstances): number {
    const { status, label, ward, statusBasis, wardBasis, recordNumberBasis } = circumstances;
    const key = JSON.stringify([kind, status, label, ward, statusBasis, wardBasis, recordNumberBasis]);
    let id = settings.get(key);
    if (id === undefined) {
      id = putNoteSetting(catalog, kind, circumstances);
      settings.set(key, id);
    }
    return id;
  }

  return {
    put({ sourceId, patientId, kind, eventAt, content: given, ageAtNote }) {
      // What is no Unicode (half a surrogate pair) could not be written to a file either: U+FFFD stands for it from here on.
      const content = given.toWellFormed();
      const patient = patientRow(patientId);
      const circumstances = circumstancesAt(patient, eventAt);
      const setting = settingOf(kind, circumstances);
      const { recordNumber } = circumstances;
      const age = Number.isSafeInteger(ageAtNote) ? (ageAtNote ?? null) : null;
      const before = catalog.get<StoredNote>(
        `SELECT note.id, patient, event_at AS eventAt, setting, record_number AS recordNumber, age, content
         FROM note JOIN note_text ON note_text.id = note.id WHERE source = ? AND source_id = ?`,
        source,
        sourceId,
      );
      if (before === undefined) {
        const { id } = catalog.run(
          `INSERT INTO note (source, source_id, patient, event_at, setting, record_number, length, age)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
          source,
          sourceId,
          patient,
          eventAt,
          setting,
          recordNumber,
          content.length,
          age,
        );
        catalog.run("INSERT INTO note_text (id, content) VALUES (?, ?)", id, content);
        catalog.run("INSERT INTO note_search (rowid, content) VALUES (?, ?)", id, content);
        return { id, outcome: "added" };
      }
      const { id } = before;
      const sameText = before.content === content;
      const same =
        before.patient === patient &&
        before.eventAt === eventAt &&
        before.setting === setting &&
        before.recordNumber === recordNumber &&
        before.age === age;
      if (same && sameText) return { id, outcome: "unchanged" };
      catalog.run(
        "UPDATE note SET patient = ?, event_at = ?, setting = ?, record_number = ?, length = ?, age = ? WHERE id = ?",
        patient,
        eventAt,
        setting,
        recordNumber,
        content.length,
        age,
        id,
      );
      if (!sameText) {
        catalog.run("UPDATE note_text SET content = ? WHERE id = ?", content, id);
        catalog.run("DELETE FROM note_search WHERE rowid = ?", id);
        catalog.run("INSERT INTO note_search (rowid, content) VALUES (?, ?)", id, content);
      }
      return { id, outcome: "changed" };
    },
    forgetPatient: (row) => void histories.delete(row),
    forget() {
      histories.clear();
      settings.clear();
      lastPatient = { sourceId: "", row: 0 };
    },
  };
}

export function removeNote(catalog: Catalog, id: number): void {
  catalog.run("DELETE FROM note_search WHERE rowid = ?", id);
  catalog.run("DELETE FROM note WHERE id = ?", id);
  noteNoteChange(catalog, id);
}

/** Pages of the text index that are merged with each batch of notes. */
const MERGED_PAGES = 64;

/**
 * Merges some of the text index, so that it stays in few parts. By itself FTS5 does that all at once when there are too many: now and then
 * it held the thread for 150 ms.
 */
export function mergeSearch(catalog: Catalog): void {
  catalog.run("INSERT INTO note_search (note_search, rank) VALUES ('merge', ?)", MERGED_PAGES);
}

/** Tells the notes of stale patients anew what was true when they were written, in steps of some milliseconds. */
export function* refreshNotes(catalog: Catalog, source: number): Generator<void> {
  for (;;) {
    const [patient] = catalog.column<number>(
      "SELECT id FROM record_patient WHERE stale = 1 AND source = ? LIMIT 1",
      source,
    );
    if (patient === undefined) return;
    const found = readHistory(catalog, patient);
    const at = circumstancesOf(found, found);
    for (let last = 0, left = true; left;) {
      left = catalog.writeRepeatable(() => {
        const notes = catalog.all<{
          id: number;
          eventAt: Microseconds;
          kind: NoteKind;
          setting: number;
          recordNumber: string;
        }>(
          `SELECT note.id, event_at AS eventAt, kind, setting, record_number AS recordNumber FROM note
           JOIN note_setting ON note_setting.id = setting WHERE patient = ? AND note.id > ? ORDER BY note.id LIMIT ?`,
          patient,
          last,
          WINDOW,
        );
        let renewed = 0;
        for (const note of notes) {
          const circumstances = at(note.eventAt);
          const setting = putNoteSetting(catalog, note.kind, circumstances);
          const { recordNumber } = circumstances;
          if (setting === note.setting && recordNumber === note.recordNumber) continue;
          catalog.run("UPDATE note SET setting = ?, record_number = ? WHERE id = ?", setting, recordNumber, note.id);
          noteNoteChange(catalog, note.id);
          renewed += 1;
        }
        if (renewed > 0) raiseRecordsGeneration(catalog);
        last = notes.at(-1)?.id ?? last;
        if (notes.length === WINDOW) return true;
        catalog.run("UPDATE record_patient SET stale = 0 WHERE id = ?", patient);
        return false;
      });
      yield;
    }
  }
}
