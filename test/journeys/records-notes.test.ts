import type pg from "pg";
import { hash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { unguardFormulas } from "../../src/main/exports/table/formula-guard.ts";
import { satchelIn, type Satchel } from "../exports/satchel-workspace.ts";
import { readByLibreOffice } from "../exports/table/libre-office.ts";
import { createEqmd, type EqmdTruth } from "../support/eqmd-database.ts";
import { startPostgres, type PostgresServer } from "../support/postgres.ts";
import { runChecked } from "../support/run-command.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";
import { answerOnServer, cellsOf, eachAnswer, LABEL, noteIds, type AnswerRow } from "./records/eqmd-answer.ts";
import { eachCsvRow, readByDuckdb, readByPython, readBySqlite, TableDigest } from "./records/other-readers.ts";

const AS_THEY_ARE = ["--ids", "source", "--reason", "a test", "--text", "keep", "--formulas", "keep"];
const PSEUDONYMS = ["--text", "keep", "--record-number", "pseudonym", "--exported-at", "2026-01-02T03:04:05.000Z"];
/** What a command over 200,000 notes may take where others work beside it. */
const LONG = 300_000;

/** From a database of EQMD to files that others read, by the command line alone; compared with what the server itself says. */
describe("200,000 daily notes of 5,000 patients, from PostgreSQL to verified files", { timeout: LONG }, () => {
  const folder = temporaryDirectory("records-notes");
  let server: PostgresServer;
  let truth: EqmdTruth;
  let owner: pg.Client;
  let satchel: Satchel;
  const file = (...names: string[]): string => join(satchel.folder, ...names);
  const make = (...args: string[]): Promise<string> => satchel.must(["export", "notes", ...args], { timeout: LONG });

  /** Compares a file with the answer of the server, cell by cell and in order. @returns rows */
  const compare = async (path: string, expected: (row: AnswerRow) => string[], where?: string): Promise<number> => {
    const written = eachCsvRow(path);
    let rows = 0;
    for await (const row of eachAnswer(owner, where)) {
      const next = await written.next();
      const cells = next.done === true ? [] : next.value;
      const wanted = expected(row);
      // A failure names the row and does not print a megabyte of text.
      if (cells.join("\u001f") !== wanted.join("\u001f"))
        expect({ row: rows, cells: cells.map(shorten) }).toEqual({ row: rows, cells: wanted.map(shorten) });
      rows++;
    }
    expect((await written.next()).done, `the file goes on after the ${rows} rows of the server`).toBe(true);
    return rows;
  };

  beforeAll(async () => {
    server = await startPostgres();
    truth = await createEqmd(server, { patients: 5_000, notes: 200_000 });
    owner = await server.connect(truth.database);
    await answerOnServer(owner);
    await server.createReader(truth.database, "reader", "read-only");
    satchel = satchelIn(folder);
  }, LONG);
  afterAll(() => server.stop());

  it("is checked, which counts what is to be read, then synced", async () => {
    const url = server.url(truth.database, "reader");
    await satchel.must(
      ["source", "add", "postgres", url, "--mapping", "eqmd", "--name", "eqmd", "--password-env", "DATABASE_PASSWORD"],
      { environment: { DATABASE_PASSWORD: "read-only" } },
    );
    const check = await satchel.must(["source", "check", "eqmd"]);
    expect(check).toContain("The user may read and not write.");
    expect(check).toContain(`patients ${truth.patients}, daily-note ${truth.exportable + truth.ofDeletedPatients}`);
    await satchel.must(["sync", "eqmd"], { timeout: LONG });
  });

  it("leaves a row for each note, each cell as the server's own SQL says, in its order", async () => {
    await make(file("live.csv"), ...AS_THEY_ARE);
    expect(await compare(file("live.csv"), cellsOf)).toBe(truth.exportable);
  });

  it("is read by Python, DuckDB and sqlite3 as the server has it, to the last character", async () => {
    const [sha256, sha3] = [new TableDigest("sha256"), new TableDigest("sha3-256")];
    for await (const row of eachAnswer(owner)) {
      const cells = cellsOf(row);
      sha256.add(cells);
      sha3.add(cells);
    }
    const expected = sha256.end();
    expect(expected.rows).toBe(truth.exportable);
    expect(await readByPython(file("live.csv"))).toEqual(expected);
    expect(await readByDuckdb(file("live.csv"))).toEqual(expected);
    expect(await readBySqlite(file("live.csv"))).toEqual(sha3.end());
  });

  it("is read by LibreOffice as the server has it, a quarter of a year of it", async () => {
    const days = ["--from", "2024-02-01", "--until", "2024-04-30"];
    await make(file("quarter.csv"), ...days, "--ids", "source", "--reason", "a test", "--text", "keep");
    const [, ...rows] = await readByLibreOffice(file("quarter.csv"), satchel.folder, 8);
    const expected: string[][] = [];
    for await (const row of eachAnswer(owner, "NOT patient_deleted AND day BETWEEN '2024-02-01' AND '2024-04-30'"))
      expected.push(cellsOf(row).map((cell) => cell.replaceAll(/\r\n|\r/g, "\n")));
    expect(expected.length).toBeGreaterThan(3000);
    expect(rows.map((row) => row.map(unguardFormulas))).toEqual(expected);
  });

  it("is the same table alone, with its description, in a folder and in a ZIP, and each of them verifies", async () => {
    await make(file("alone.csv"), ...PSEUDONYMS);
    await make(file("beside", "described.csv"), "--with-description", ...PSEUDONYMS);
    for (const form of ["folder", "zip"])
      await make("--to", file(form), "--package", form, "--compress", "1", ...PSEUDONYMS);
    const [zip, unpacked] = [file("zip", "patient_data_export.zip"), file("folder", "patient_data_export")];
    await runChecked("unzip", ["-q", zip, "-d", file("unzipped")]);
    await runChecked("sha256sum", ["--check", "--quiet", "manifest-sha256.txt"], { cwd: unpacked });
    for (const other of [
      file("beside", "described.csv"),
      join(unpacked, "patient_data_export.csv"),
      file("unzipped", "patient_data_export.csv"),
    ])
      await runChecked("cmp", [file("alone.csv"), other]);
    for (const made of [file("beside", "described.csv"), unpacked, zip])
      expect((await satchel.run(["verify", made], { timeout: LONG })).exitCode, made.slice(-20)).toBe(0);
    const receipt = JSON.parse(readFileSync(join(unpacked, "receipt.json"), "utf8")) as {
      counts: { rows: { expected: number; written: number } };
    };
    expect(receipt.counts.rows).toEqual({ expected: truth.exportable, written: truth.exportable });
  });

  it("keeps together under pseudonyms what belongs together: the notes of each patient, and nobody else's", async () => {
    /** By the id of the patient: what all notes say apart from ids and numbers, in an order that does not depend on them. */
    const gather = async (rows: AsyncIterable<readonly string[]>): Promise<Map<string, string>> => {
      const patients = new Map<string, string[]>();
      for await (const [patient = "", , gender, age, status, , at, content = ""] of rows) {
        const said = [gender, age, status, at, unguardFormulas(content)].join("\u001f");
        const notes = patients.get(patient);
        if (notes === undefined) patients.set(patient, [said]);
        else notes.push(said);
      }
      return new Map(
        [...patients].map(([patient, notes]) => [patient, hash("sha256", notes.toSorted().join("\u001e"))]),
      );
    };
    const pseudonymous = await gather(eachCsvRow(file("alone.csv")));
    const live = await gather(eachCsvRow(file("live.csv")));
    expect([...pseudonymous.keys()]).toEqual([...pseudonymous.keys()].toSorted());
    expect([...pseudonymous.keys()].filter((id) => live.has(id))).toEqual([]);
    const [one, other] = [[...pseudonymous.values()].toSorted(), [...live.values()].toSorted()];
    expect(one.length).toBe(other.length);
    expect(one.every((notes, index) => notes === other[index])).toBe(true);
  });

  it("is on request what the old command wrote, but for ages: those it told of evenings before a birthday were too high", async () => {
    await make(
      file("old.csv"),
      ...AS_THEY_ARE,
      "--as-of",
      "now",
      "--status-labels",
      "source",
      "--include-deleted-patients",
    );
    let corrected = 0;
    const rows = await compare(
      file("old.csv"),
      (row) => {
        if (row.age_in_utc !== row.age) corrected++;
        const cells = cellsOf(row);
        cells[1] = row.record_number_now;
        cells[4] = LABEL[row.status_now] ?? "";
        return cells;
      },
      "true",
    );
    expect(rows).toBe(truth.exportable + truth.ofDeletedPatients);
    expect(corrected).toBeGreaterThan(10);
    const { rows: different } = await owner.query("SELECT count(*)::int AS n FROM answer WHERE status <> status_now");
    expect((different as { n: number }[])[0]?.n).toBeGreaterThan(1000);
  });

  it.each([
    [
      ["--ward", "UTI", "--status", "inpatient"],
      "ward = (SELECT name FROM patients_ward WHERE abbreviation = 'UTI') AND status = 2",
    ],
    [["--status", "deceased", "transferred"], "status IN (5, 6)"],
    [["--from", "2023-12-31", "--until", "2024-01-01"], "day BETWEEN '2023-12-31' AND '2024-01-01'"],
    [["--until", "2023-12-31", "--status", "emergency"], "day <= '2023-12-31' AND status = 3"],
  ])("finds by %j what the server finds", async (filter, where) => {
    const path = file(`filtered-${filter.join("-")}.csv`);
    await make(path, ...AS_THEY_ARE, "--text", "drop", ...filter);
    const ids: string[] = [];
    for await (const cells of eachCsvRow(path)) ids.push(cells[5] ?? "");
    const wanted = await noteIds(owner, where);
    expect(wanted.length).toBeGreaterThan(0);
    expect(ids.toSorted()).toEqual(wanted);
  });

  it("follows the database: notes written, changed, deleted and drafted, patients deleted and renumbered", async () => {
    for (const change of [
      "UPDATE dailynotes_dailynote SET content = content || ' (corrigida)' WHERE event_ptr_id IN (SELECT event_ptr_id FROM dailynotes_dailynote ORDER BY event_ptr_id LIMIT 40)",
      "UPDATE events_event SET updated_at = now() WHERE id IN (SELECT event_ptr_id FROM dailynotes_dailynote ORDER BY event_ptr_id LIMIT 40)",
      "UPDATE events_event SET is_deleted = true, updated_at = now() WHERE id IN (SELECT event_ptr_id FROM dailynotes_dailynote ORDER BY event_ptr_id OFFSET 100 LIMIT 30)",
      "UPDATE events_event SET is_draft = true, updated_at = now() WHERE id IN (SELECT event_ptr_id FROM dailynotes_dailynote ORDER BY event_ptr_id OFFSET 200 LIMIT 20)",
      "UPDATE events_event SET event_datetime = event_datetime - interval '400 days', updated_at = now() WHERE id IN (SELECT event_ptr_id FROM dailynotes_dailynote ORDER BY event_ptr_id OFFSET 300 LIMIT 20)",
      "UPDATE patients_patient SET is_deleted = true, deleted_at = now(), updated_at = now() WHERE id IN (SELECT id FROM patients_patient ORDER BY id LIMIT 10)",
      "UPDATE patients_patient SET birthday = birthday - 3650, updated_at = now() WHERE id IN (SELECT id FROM patients_patient ORDER BY id OFFSET 20 LIMIT 10)",
      "UPDATE patients_patientrecordnumber SET record_number = record_number || '9', updated_at = now() WHERE id IN (SELECT id FROM patients_patientrecordnumber ORDER BY id LIMIT 10)",
    ])
      await owner.query(change);
    await answerOnServer(owner);
    await satchel.must(["sync", "eqmd"], { timeout: LONG });
    await make(file("after.csv"), ...AS_THEY_ARE);
    const rows = await compare(file("after.csv"), cellsOf);
    expect(rows).toBeLessThan(truth.exportable - 50);
  });
});

function shorten(cell: string): string {
  return cell.length > 100 ? `${cell.slice(0, 100)}… (${cell.length})` : cell;
}
