import type pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { postgresConfig } from "../../../src/main/sources/sql/server-config.ts";
import { postgresSource } from "../../../src/main/sources/sql/sql-sources.ts";
import { createEqmd, type EqmdTruth } from "../../support/eqmd-database.ts";
import { startPostgres, type PostgresServer } from "../../support/postgres.ts";
import { recordingRecords, type RecordingRecords } from "../recording-records.ts";

let server: PostgresServer;
let truth: EqmdTruth;
let owner: pg.Client;
let target: RecordingRecords;
beforeAll(async () => {
  server = await startPostgres();
  truth = await createEqmd(server, { patients: 60, notes: 1_000 });
  await server.createReader(truth.database, "reader", "only reads");
  owner = await server.connect(truth.database);
});
afterAll(() => server.stop());

async function sync(into: RecordingRecords, settings: Record<string, unknown> = {}) {
  into.forget();
  const config = postgresConfig.parse({
    url: server.url(truth.database, "reader"),
    mapping: "eqmd",
    ...settings,
  });
  return await postgresSource.sync(config, "only reads", into, () => undefined, new AbortController().signal);
}

/** What a first sync finds now: every later sync must come to the same. */
async function whatIsThere(): Promise<RecordingRecords> {
  const fresh = recordingRecords();
  await sync(fresh);
  return fresh;
}

async function expectSame(): Promise<void> {
  const fresh = await whatIsThere();
  expect(target.notes).toEqual(fresh.notes);
  expect(target.patients).toEqual(fresh.patients);
}

async function someNote(where = "NOT is_deleted AND NOT is_draft"): Promise<string> {
  const found = await owner.query<{ id: string }>(
    `SELECT e.id FROM events_event e JOIN dailynotes_dailynote d ON d.event_ptr_id = e.id WHERE ${where} ORDER BY random() LIMIT 1`,
  );
  return found.rows[0]?.id ?? "";
}

describe("a second sync of EQMD", () => {
  beforeEach(async () => {
    target = recordingRecords();
    await sync(target);
  });

  test("reads only what changed", async () => {
    const all = target.puts;
    const id = await someNote();
    await owner.query("UPDATE dailynotes_dailynote SET content = 'written anew' WHERE event_ptr_id = $1", [id]);
    await owner.query("UPDATE events_event SET updated_at = now() WHERE id = $1", [id]);
    await sync(target);
    expect(target.notes.get(id)?.content).toBe("written anew");
    expect(target.puts).toBeLessThan(all / 10);
    await expectSame();
  });

  test("finds a draft that became a note, and a note that was deleted", async () => {
    const draft = await someNote("is_draft AND NOT is_deleted");
    const deleted = await someNote();
    await owner.query(
      "UPDATE events_event SET is_draft = false, draft_promoted_at = now(), updated_at = now() WHERE id = $1",
      [draft],
    );
    await owner.query(
      "UPDATE events_event SET is_deleted = true, deleted_at = now(), updated_at = now() WHERE id = $1",
      [deleted],
    );
    await sync(target);
    expect(target.notes.has(draft)).toBe(true);
    expect(target.notes.has(deleted)).toBe(false);
    await expectSame();
  });

  test("finds a note that left no trace, though another came in its place", async () => {
    const gone = await someNote();
    await owner.query("DELETE FROM dailynotes_dailynote WHERE event_ptr_id = $1", [gone]);
    const made = "7d0f8a51-3c1e-4b7a-9a53-0a6f3a1c2b4d";
    await owner.query(
      `INSERT INTO events_event (id, event_type, event_datetime, description, patient_id, created_by_id, created_at, updated_by_id, updated_at)
       SELECT $1, 1, now(), '', patient_id, 1, now(), 1, now() FROM events_event LIMIT 1 ON CONFLICT DO NOTHING`,
      [made],
    );
    await owner.query("INSERT INTO dailynotes_dailynote (event_ptr_id, content) VALUES ($1, 'new')", [made]);
    await sync(target);
    expect(target.notes.has(gone)).toBe(false);
    expect(target.notes.get(made)?.content).toBe("new");
    await expectSame();
  });

  test("finds a row that was put in with an old date of change", async () => {
    const restored = "11111111-3c1e-4b7a-9a53-0a6f3a1c2b4d";
    await owner.query(
      `INSERT INTO events_event (id, event_type, event_datetime, description, patient_id, created_by_id, created_at, updated_by_id, updated_at)
       SELECT $1, 1, '2020-01-01', '', patient_id, 1, '2020-01-01', 1, '2020-01-01' FROM events_event LIMIT 1`,
      [restored],
    );
    await owner.query("INSERT INTO dailynotes_dailynote (event_ptr_id, content) VALUES ($1, 'restored')", [restored]);
    await sync(target);
    expect(target.notes.get(restored)?.content).toBe("restored");
    await expectSame();
  });

  test("tells a patient anew when only the history, the record number or the admission changed", async () => {
    const patients = (await owner.query<{ id: string }>("SELECT id FROM patients_patient ORDER BY id LIMIT 3")).rows;
    const [status, number, deleted] = patients.map((row) => row.id);
    await owner.query(
      `INSERT INTO patients_historicalpatient SELECT p.*, gen_random_uuid(), now(), NULL, '~', 1 FROM patients_patient p WHERE id = $1`,
      [status],
    );
    await owner.query(
      "UPDATE patients_historicalpatient SET status = 6 WHERE id = $1 AND history_date > now() - interval '1 hour'",
      [status],
    );
    await owner.query("UPDATE patients_patientrecordnumber SET is_current = false WHERE patient_id = $1", [number]);
    await owner.query(
      `INSERT INTO patients_patientrecordnumber VALUES (gen_random_uuid(), $1, 'NEW-77', true, '', '', now(), now(), 1, now(), 1)`,
      [number],
    );
    await owner.query("UPDATE patients_patient SET is_deleted = true, updated_at = now() WHERE id = $1", [deleted]);
    await sync(target);
    expect(target.patients.get(status ?? "")?.statuses.at(-1)).toMatchObject({ status: "deceased", label: "Óbito" });
    expect(target.patients.get(number ?? "")?.recordNumbers.at(-1)).toMatchObject({ recordNumber: "NEW-77" });
    expect(target.patients.get(deleted ?? "")?.deleted).toBe(true);
    await expectSame();
  });

  test("keeps what a patient was called, and where they could be called, once both changed", async () => {
    const [patient] = [...target.patients.values()].filter(({ deleted }) => !deleted);
    const id = patient?.sourceId ?? "";
    const phone = patient?.identifiers.find(({ kind }) => kind === "phone");
    // As the system does at every save: the row, and a copy of it among the history.
    await owner.query(
      "INSERT INTO patients_historicalpatient SELECT p.*, gen_random_uuid(), p.created_at, NULL, '+', 1 FROM patients_patient p WHERE id = $1",
      [id],
    );
    await owner.query(
      "UPDATE patients_patient SET name = 'Vanda Casada', phone = '(71) 3333-0101', updated_at = now() WHERE id = $1",
      [id],
    );
    await owner.query(
      "INSERT INTO patients_historicalpatient SELECT p.*, gen_random_uuid(), now(), NULL, '~', 1 FROM patients_patient p WHERE id = $1",
      [id],
    );
    const all = target.puts;
    await sync(target);
    expect(target.puts).toBeLessThan(all / 10);
    const found = target.patients.get(id);
    expect(found?.name).toBe("Vanda Casada");
    expect(found?.identifiers).toContainEqual({ kind: "former-name", value: patient?.name });
    expect(found?.identifiers).toContainEqual(phone);
    expect(found?.identifiers).not.toContainEqual({ kind: "former-name", value: "Vanda Casada" });
    await expectSame();
    // A row that came into the history alone, with a date of now.
    await owner.query(
      `UPDATE patients_historicalpatient SET name = 'Vanda Nascida', history_date = now() WHERE id = $1
       AND history_date = (SELECT max(history_date) FROM patients_historicalpatient WHERE id = $1)`,
      [id],
    );
    await sync(target);
    expect(target.patients.get(id)?.identifiers).toContainEqual({ kind: "former-name", value: "Vanda Nascida" });
    await expectSame();
  });

  test("reads everything when the database was put back to an earlier state, and when it was asked to each time", async () => {
    await owner.query(
      "UPDATE events_event SET updated_at = now() + interval '0' WHERE id = (SELECT min(id::text)::uuid FROM events_event)",
    );
    await sync(target);
    const all = (await whatIsThere()).puts;
    await owner.query("UPDATE events_event SET updated_at = '2025-01-01' WHERE updated_at > '2025-01-01'");
    await sync(target);
    expect(target.puts).toBeGreaterThan(all / 2);
    await sync(target, { wholeEvery: 1 });
    expect(target.puts).toBe(all);
  });

  test("reads the wards of all patients anew when a ward was renamed", async () => {
    await owner.query(
      "UPDATE patients_ward SET name = 'Enfermaria Nova' WHERE id = (SELECT ward_id FROM patients_historicalpatient WHERE ward_id IS NOT NULL LIMIT 1)",
    );
    await sync(target);
    expect(
      [...target.patients.values()].some((one) => one.statuses.some(({ ward }) => ward === "Enfermaria Nova")),
    ).toBe(true);
    await expectSame();
  });
});
