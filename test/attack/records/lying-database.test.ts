import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createEqmd, type EqmdTruth } from "../../support/eqmd-database.ts";
import { startPostgres, type PostgresServer } from "../../support/postgres.ts";
import { temporaryDirectory } from "../../support/temporary-directory.ts";
import { satchelIn, type Satchel } from "../../exports/satchel-workspace.ts";
import { readTable } from "../../exports/table-file.ts";

interface Receipt {
  counts: { rows: { expected: number; written: number } };
  notices: string[];
  sources: { complete: boolean }[];
}

/** Moments and days that PostgreSQL keeps and no calendar of a hospital has. */
const MOMENTS = [
  "infinity",
  "-infinity",
  "9999-12-31 23:59:59.999999+00",
  "0044-03-15 12:00:00+00 BC",
  "0001-01-01 00:00:00+00",
];
const BIRTHDAYS = ["infinity", "-infinity", "9999-12-31", "0044-03-15 BC", "0001-01-01"];

describe("a database that holds what cannot be", () => {
  let server: PostgresServer;
  let truth: EqmdTruth;
  let satchel: Satchel;
  let ids: string[];
  let synced: string;

  beforeAll(async () => {
    server = await startPostgres();
    truth = await createEqmd(server, { patients: 30, notes: 300 });
    const client = await server.connect(truth.database);
    const notes = [...truth.eachNote()].filter(
      (note) => !note.draft && !note.deleted && !note.patient.deleted && note.patient.index >= 13,
    );
    const chosen = MOMENTS.map((_, index) => notes[index * 3]!);
    ids = chosen.map(({ id }) => id);
    for (const [index, note] of chosen.entries())
      await client.query("UPDATE events_event SET event_datetime = $1::timestamptz WHERE id = $2", [
        MOMENTS[index],
        note.id,
      ]);
    for (const [index, birthday] of BIRTHDAYS.entries())
      await client.query("UPDATE patients_patient SET birthday = $1::date, status = 77 WHERE id = $2", [
        birthday,
        [...truth.eachPatient()][index + 14]!.id,
      ]);
    await client.end();
    await server.createReader(truth.database, "reader", "read-only");
    satchel = satchelIn(temporaryDirectory("lying-database"));
    const url = server.url(truth.database, "reader");
    await satchel.must(
      ["source", "add", "postgres", url, "--mapping", "eqmd", "--name", "eqmd", "--password-env", "DATABASE_PASSWORD"],
      { environment: { DATABASE_PASSWORD: "read-only" } },
    );
    const { stdout, stderr } = await satchel.run(["sync", "eqmd"]);
    synced = stdout + stderr;
  });
  afterAll(() => server.stop());

  it("is exported without what cannot be told, and the receipt does not call the source complete", async () => {
    const path = join(satchel.folder, "out.csv");
    await satchel.must(["export", "notes", path, "--ids", "source", "--reason", "test", "--with-description"]);
    const rows = readTable(path);
    const receipt = JSON.parse(readFileSync(join(satchel.folder, "out.receipt.json"), "utf8")) as Receipt;
    const unreadable = 3;
    expect(rows).toHaveLength(truth.exportable - unreadable);
    expect(receipt.counts.rows).toEqual({ expected: rows.length, written: rows.length });
    expect(receipt.sources).toMatchObject([{ name: "eqmd", complete: false }]);
    expect(receipt.notices.join("\n")).toContain("source eqmd did not read everything");
    const told = ids.map((id) => rows.find((row) => row["note_id"] === id)?.["note_event_datetime"]?.slice(0, 4));
    expect(told).toEqual([undefined, undefined, "9999", undefined, "0000"]);
    for (const row of rows) {
      expect(Date.parse(row["note_event_datetime"] ?? "")).not.toBeNaN();
      expect(row["patient_age_at_note"]).toMatch(/^\d{0,4}$/);
    }
  });

  it("shows no value of what it could not read", () => {
    expect(synced).toContain("5 problems:");
    expect(synced).not.toMatch(/infinity|BC|9999|[A-Z][a-z]+ [A-Z][a-z]+ [A-Z]/);
  });

  it("is told in a receipt also where nothing was read of it at all", async () => {
    const url = server.url("no_such_database", "reader");
    await satchel.must(["source", "add", "postgres", url, "--mapping", "eqmd", "--name", "second"]);
    expect((await satchel.run(["sync", "second"])).exitCode).not.toBe(0);
    const path = join(satchel.folder, "all.csv");
    await satchel.must(["export", "notes", path, "--with-description"]);
    const receipt = JSON.parse(readFileSync(join(satchel.folder, "all.receipt.json"), "utf8")) as Receipt;
    expect(receipt.sources).toMatchObject([{ name: "eqmd" }, { name: "second", syncedAt: null, complete: false }]);
    expect(receipt.notices.join("\n")).toContain("source second");
  });

  it("is not called complete by a name that is written otherwise", async () => {
    await satchel.must([
      "export",
      "notes",
      join(satchel.folder, "named.csv"),
      "--source",
      "EQMD",
      "--with-description",
    ]);
    const receipt = JSON.parse(readFileSync(join(satchel.folder, "named.receipt.json"), "utf8")) as Receipt;
    expect(receipt.sources).toMatchObject([{ name: "eqmd", complete: false }]);
  });
});
