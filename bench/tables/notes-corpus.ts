import { closeSync, existsSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { NOTE_COLUMNS } from "../../src/contract/records.ts";
import { EQMD_CSV_HEADER, EQMD_STATUS_LABELS, pythonRow } from "../../test/support/eqmd-csv.ts";
import { eqmdNotes } from "../../test/support/eqmd-notes.ts";
import { eqmdPatient, writeMoment } from "../../test/support/eqmd-patients.ts";

const SEED = 4;
const NOTES_A_PATIENT = 200;
const BATCH = 1 << 22;

/** The same notes twice: as EQMD's own CSV, for Satchel to sync, and as a plain SQLite file, for `sqlite3` to write. */
export interface NotesCorpus {
  rows: number;
  csv: string;
  sqlite: string;
}

/**
 * Makes the corpus if it is not there: the same rows on every machine, some 700 bytes each. The SQLite file has the eight columns and no
 * others, in the order of the table, so that the baseline reads it from front to back and sorts nothing.
 */
export function ensureNotes(cache: string, rows: number): NotesCorpus {
  const corpus = { rows, csv: join(cache, `notes-${rows}.csv`), sqlite: join(cache, `notes-${rows}.sqlite`) };
  if (existsSync(corpus.csv) && existsSync(corpus.sqlite)) return corpus;
  console.log(`Making ${rows} notes …`);
  const building = { csv: `${corpus.csv}.partial`, sqlite: `${corpus.sqlite}.partial` };
  for (const path of Object.values(building)) rmSync(path, { force: true });
  const database = new Database(building.sqlite);
  database.pragma("journal_mode = OFF");
  database.exec(`CREATE TABLE note (${NOTE_COLUMNS.join(", ")}); BEGIN`);
  const insert = database.prepare(`INSERT INTO note VALUES (${NOTE_COLUMNS.map(() => "?").join(", ")})`);
  const file = openSync(building.csv, "w");
  let text = EQMD_CSV_HEADER;
  for (const cells of noteRows(rows)) {
    insert.run(...cells);
    text += pythonRow(cells);
    if (text.length < BATCH) continue;
    writeSync(file, text);
    text = "";
  }
  writeSync(file, text);
  closeSync(file);
  database.exec("COMMIT");
  database.close();
  renameSync(building.csv, corpus.csv);
  renameSync(building.sqlite, corpus.sqlite);
  return corpus;
}

/** Sorted by patient, time and note. */
function* noteRows(rows: number): Generator<string[]> {
  const patients = Array.from({ length: Math.ceil(rows / NOTES_A_PATIENT) }, (_, index) =>
    eqmdPatient(SEED, index + 100),
  );
  patients.sort((left, right) => (left.id < right.id ? -1 : 1));
  let left = rows;
  for (const patient of patients) {
    const notes = [...eqmdNotes(SEED, patient, Math.min(left, NOTES_A_PATIENT))];
    notes.sort((one, other) => one.eventAt - other.eventAt || (one.id < other.id ? -1 : 1));
    for (const note of notes) {
      yield [
        patient.id,
        patient.recordNumbers.at(-1)?.recordNumber ?? "",
        patient.gender,
        String(note.age),
        EQMD_STATUS_LABELS[patient.statuses.at(-1)?.status ?? 1] ?? "",
        note.id,
        writeMoment(note.eventAt).replace(".000000", ""),
        note.content,
      ];
    }
    left -= notes.length;
  }
}
