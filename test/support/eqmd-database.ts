import { eqmdNotes, eqmdStaff, shareNotes, type EqmdNote } from "./eqmd-notes.ts";
import { eqmdPatient, writeMoment, type EqmdPatient } from "./eqmd-patients.ts";
import { EQMD_CONSTRAINTS, EQMD_TABLES } from "./eqmd-schema.ts";
import { WARDS } from "./eqmd-words.ts";
import { loadHouse, loadPatient } from "./eqmd-load.ts";
import { loadOther } from "./eqmd-load-notes.ts";
import { eventRow, EVENT_COLUMNS, HISTORY_COLUMNS } from "./eqmd-rows.ts";
import type { PostgresServer } from "./postgres.ts";
import { TableLoader } from "./postgres-table-loader.ts";
import { seededRandom } from "./seeded-random.ts";

export interface EqmdOptions {
  patients: number;
  /** Daily notes in all: drafts, deleted ones and those of deleted patients among them. */
  notes: number;
  seed?: number;
  database?: string;
}

/** What an independent reader needs to know of the database. */
export interface EqmdTruth {
  database: string;
  patients: number;
  dailyNotes: number;
  drafts: number;
  deletedNotes: number;
  /** Neither draft nor deleted, of patients who are not deleted: what an export holds. */
  exportable: number;
  /** Neither draft nor deleted, of patients who are deleted. */
  ofDeletedPatients: number;
  /** Simple notes, histories, reports and discharge reports: those that are neither draft nor deleted. */
  otherNotes: number;
  staff: { id: number; username: string; firstName: string; lastName: string }[];
  wards: { id: string; name: string; abbreviation: string }[];
  /** Made anew from the seed at each call: nothing is held. */
  eachPatient(): Generator<EqmdPatient>;
  eachNote(): Generator<EqmdNote>;
}

/** Makes a database of EQMD on the server and fills it, the same for the same options. 200,000 notes take some seconds. */
export async function createEqmd(server: PostgresServer, options: EqmdOptions): Promise<EqmdTruth> {
  const { patients, notes, seed = 1, database = "eqmd_db" } = options;
  await server.createDatabase(database);
  const client = await server.connect(database);
  await client.query(EQMD_TABLES);
  const shares = shareNotes(seed, patients, notes);
  const truth: EqmdTruth = {
    database,
    patients,
    dailyNotes: 0,
    drafts: 0,
    deletedNotes: 0,
    exportable: 0,
    ofDeletedPatients: 0,
    otherNotes: 0,
    staff: eqmdStaff(seed),
    wards: WARDS.map(([name, abbreviation], index) => ({
      id: seededRandom(seed, -1000 - index).uuid(),
      name,
      abbreviation,
    })),
    *eachPatient() {
      for (let index = 0; index < patients; index++) yield eqmdPatient(seed, index);
    },
    *eachNote() {
      for (const patient of truth.eachPatient()) yield* eqmdNotes(seed, patient, shares[patient.index] ?? 0);
    },
  };
  const loader = new TableLoader(server, database);
  await loadHouse(loader, truth);
  for (const patient of truth.eachPatient()) await loadPatient(loader, truth, seed, patient);
  for (const note of truth.eachNote()) {
    countNote(truth, note);
    const event = {
      id: note.id,
      type: 1,
      at: note.eventAt,
      patient: note.patient.id,
      author: note.author,
      deleted: note.deleted,
      draft: note.draft,
    };
    await loader.add("events_event", EVENT_COLUMNS, eventRow(event));
    await loader.add("dailynotes_dailynote", ["event_ptr_id", "content"], [note.id, note.content]);
    if (note.id.endsWith("00")) {
      const history = [`${note.id.slice(0, -2)}ff`, writeMoment(note.eventAt + 3_600_000_000), null, "~", note.author];
      await loader.add(
        "events_historicalevent",
        [...EVENT_COLUMNS, ...HISTORY_COLUMNS],
        [...eventRow(event), ...history],
      );
    }
    if (note.id.endsWith("0")) await loadOther(loader, truth, note);
  }
  await loader.end();
  await client.query(EQMD_CONSTRAINTS);
  await client.query(
    `UPDATE dailynotes_dailynote SET search_vector = to_tsvector('portuguese', left(content, 10000))
     WHERE event_ptr_id IN (SELECT event_ptr_id FROM dailynotes_dailynote ORDER BY event_ptr_id LIMIT 1000)`,
  );
  await client.query("ANALYZE");
  await client.end();
  return truth;
}

function countNote(truth: EqmdTruth, note: EqmdNote): void {
  truth.dailyNotes++;
  if (note.deleted) truth.deletedNotes++;
  if (note.draft) truth.drafts++;
  if (note.deleted || note.draft) return;
  if (note.patient.deleted) truth.ofDeletedPatients++;
  else truth.exportable++;
}
