import { existsSync, renameSync, rmSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { SatchelError } from "../../../contract/errors.ts";
import { makeRandom } from "../random.ts";
import { demoExams } from "./demo-exams.ts";
import { demoStays } from "./demo-stays.ts";
import { DOCTORS, NURSES, PLACES, RECORD_PEOPLE, WARDS } from "./record-people.ts";

const SCHEMA = `
  CREATE TABLE ward (id INTEGER PRIMARY KEY, name TEXT, abbreviation TEXT);
  CREATE TABLE staff (name TEXT);
  CREATE TABLE place (name TEXT);
  CREATE TABLE patient (
    id TEXT PRIMARY KEY, name TEXT, born TEXT, sex TEXT, phone TEXT, address TEXT, relative TEXT, status TEXT,
    record_number TEXT, ward_id INTEGER, created_at TEXT, deleted INTEGER
  );
  CREATE TABLE status_change (id INTEGER PRIMARY KEY, patient_id TEXT, since TEXT, status TEXT, ward_id INTEGER);
  CREATE TABLE record_number (id INTEGER PRIMARY KEY, patient_id TEXT, since TEXT, number TEXT);
  CREATE TABLE note (id TEXT PRIMARY KEY, patient_id TEXT, kind TEXT, written_at TEXT, text TEXT);
  CREATE TABLE exam (
    exam_id TEXT PRIMARY KEY, medical_record_no TEXT, application_order_no TEXT, patient_name TEXT, patient_gender TEXT,
    patient_birth_date TEXT, patient_age INTEGER, exam_status TEXT, exam_source TEXT, exam_item TEXT,
    exam_description TEXT, exam_room TEXT, exam_equipment TEXT, equipment_type TEXT, order_datetime TEXT,
    check_in_datetime TEXT, report_certification_datetime TEXT, certified_physician TEXT
  );
`;

type Row = Readonly<Record<string, string | number | null>>;

/**
 * Makes the database of the demo hospital: 16 invented patients, half of whom have images in it, about 210 notes in English and Portuguese
 * with names in them, statuses, wards and record numbers over time, and 60 exams of which there are no images. The rows depend on `seed`
 * alone. It is made beside `file` and renamed once whole; what is there already is left as it is.
 *
 * @throws SatchelError WRITE_FAILED
 */
export function makeDemoRecords(file: string, seed = 1): void {
  for (const _step of makingDemoRecords(file, seed));
}

/** The same in steps of some milliseconds, between which others may have their turn. */
export function* makingDemoRecords(file: string, seed = 1): Generator<void> {
  if (existsSync(file)) return;
  const partial = `${file}.partial`;
  try {
    rmSync(partial, { force: true });
    const database = new DatabaseSync(partial);
    try {
      // It can be made again: nothing is lost with it.
      database.exec(`PRAGMA synchronous = OFF; PRAGMA journal_mode = OFF; BEGIN; ${SCHEMA}`);
      yield;
      for (const [table, rows] of tables(seed)) {
        insert(database, table, rows);
        yield;
      }
      database.exec("COMMIT");
    } finally {
      database.close();
    }
    renameSync(partial, file);
  } catch (cause) {
    throw new SatchelError(
      "WRITE_FAILED",
      "The records of the demo hospital could not be written.",
      "Choose a folder that you may write to, with some free space.",
      { cause },
    );
  } finally {
    rmSync(partial, { force: true });
  }
}

function* tables(seed: number): Generator<[table: string, rows: readonly Row[]]> {
  yield ["ward", WARDS];
  yield ["staff", [...DOCTORS.en, ...DOCTORS.pt, ...NURSES.en, ...NURSES.pt].map((name) => ({ name }))];
  yield ["place", PLACES.map((name) => ({ name }))];
  for (const [index, person] of RECORD_PEOPLE.entries()) {
    const stays = demoStays(person, index, makeRandom(seed, `records ${person.id}`));
    yield ["patient", [stays.patient]];
    yield ["status_change", stays.statuses];
    yield ["record_number", stays.recordNumbers];
    yield ["note", stays.notes];
  }
  yield ["exam", demoExams(makeRandom(seed, "exams"))];
}

function insert(database: DatabaseSync, table: string, rows: readonly Row[]): void {
  const columns = Object.keys(rows[0] ?? {});
  if (columns.length === 0) return;
  const statement = database.prepare(
    `INSERT INTO ${table} (${columns.join(", ")}) VALUES (${columns.map(() => "?").join(", ")})`,
  );
  for (const row of rows) statement.run(...columns.map((column) => row[column] ?? null));
}
