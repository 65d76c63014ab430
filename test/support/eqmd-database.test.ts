import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createEqmd, type EqmdTruth } from "./eqmd-database.ts";
import { startPostgres, type PostgresServer } from "./postgres.ts";

let server: PostgresServer;
let truth: EqmdTruth;
let client: pg.Client;

beforeAll(async () => {
  server = await startPostgres();
  truth = await createEqmd(server, { patients: 40, notes: 600, seed: 5 });
  client = await server.connect(truth.database);
});
afterAll(async () => await server.stop());

async function one(sql: string): Promise<unknown> {
  const { rows } = await client.query<unknown[]>({ text: sql, rowMode: "array" });
  return rows[0]?.[0];
}

describe("The invented database of EQMD", () => {
  it("holds what it says it holds", async () => {
    const daily = "FROM dailynotes_dailynote JOIN events_event event ON event.id = event_ptr_id";
    const deleted = "(SELECT is_deleted FROM patients_patient WHERE id = event.patient_id)";
    expect(Number(await one(`SELECT count(*) ${daily}`))).toBe(600);
    expect(Number(await one(`SELECT count(*) ${daily} WHERE is_draft`))).toBe(truth.drafts);
    expect(Number(await one(`SELECT count(*) ${daily} WHERE NOT is_draft AND NOT is_deleted AND NOT ${deleted}`))).toBe(
      truth.exportable,
    );
    expect(Number(await one(`SELECT count(*) ${daily} WHERE NOT is_draft AND NOT is_deleted AND ${deleted}`))).toBe(
      truth.ofDeletedPatients,
    );
    expect(truth.drafts * truth.deletedNotes * truth.ofDeletedPatients * truth.otherNotes).toBeGreaterThan(0);
  });

  it("holds each note to the letter and to the microsecond", async () => {
    const { rows } = await client.query<{ id: string; content: string; at: string }>(
      `SELECT id, content, (extract(epoch FROM event_datetime) * 1000000)::bigint::text AS at
       FROM dailynotes_dailynote JOIN events_event ON id = event_ptr_id`,
    );
    const found = new Map(rows.map((row) => [row.id, row]));
    for (const note of truth.eachNote())
      expect(found.get(note.id)).toEqual({ id: note.id, content: note.content, at: String(note.eventAt) });
  });

  it("tells a reader of its history the same status as the truth does, wherever history is kept", async () => {
    for (const note of truth.eachNote()) {
      if (note.patient.evidence !== "history" || note.status === null) continue;
      const { rows } = await client.query<{ status: number }>(
        `SELECT status FROM patients_historicalpatient WHERE id = $1
         AND history_date <= (SELECT event_datetime FROM events_event WHERE id = $2) ORDER BY history_date DESC LIMIT 1`,
        [note.patient.id, note.id],
      );
      expect(rows[0]?.status).toBe(note.status);
    }
  });

  it("is the same for the same seed and another for another", async () => {
    const again = await createEqmd(server, { patients: 40, notes: 600, seed: 5, database: "again" });
    const other = await createEqmd(server, { patients: 40, notes: 600, seed: 6, database: "other" });
    const ids = (from: EqmdTruth): string[] => [...from.eachNote()].map((note) => note.id);
    expect(ids(again)).toEqual(ids(truth));
    expect(ids(other)).not.toEqual(ids(truth));
  });

  it("lets a reader read, and nothing else", async () => {
    await server.createReader(truth.database, "reader", "reads-only");
    const { host, port } = server;
    const reader = new pg.Client({ host, port, user: "reader", password: "reads-only", database: truth.database });
    await reader.connect();
    try {
      await reader.query("SELECT 1 FROM patients_patient");
      await expect(reader.query("UPDATE patients_patient SET name = ''")).rejects.toThrow("permission denied");
    } finally {
      await reader.end();
    }
  });
});
