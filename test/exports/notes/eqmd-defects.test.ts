import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createEqmd, type EqmdTruth } from "../../support/eqmd-database.ts";
import { EQMD_ROLES, type EqmdPatient } from "../../support/eqmd-patients.ts";
import type { EqmdNote } from "../../support/eqmd-notes.ts";
import { startPostgres, type PostgresServer } from "../../support/postgres.ts";
import { temporaryDirectory } from "../../support/temporary-directory.ts";
import { satchelIn, type Satchel } from "../satchel-workspace.ts";
import { readTable } from "../table-file.ts";

const STATUS = ["", "Outpatient", "Inpatient", "Emergency", "Discharged", "Transferred", "Deceased"];
const LABEL = ["", "Ambulatorial", "Internado", "Emergência", "Alta", "Transferido", "Óbito"];
const COLUMNS =
  "patient_id,patient_record_number,patient_gender,patient_age_at_note,patient_status,note_id,note_event_datetime,note_content";

/** What `export_patient_data` of EQMD did wrong, or its guide promised and it did not do, over a real database of EQMD. */
describe("daily notes out of EQMD", () => {
  const home = temporaryDirectory("eqmd-notes");
  let server: PostgresServer;
  let truth: EqmdTruth;
  let satchel: Satchel;
  let notes: Map<string, EqmdNote>;
  /** As the database has them: live ids, whole text. */
  let live: Record<string, string>[];
  /** As they leave by default. */
  let byDefault: Record<string, string>[];

  beforeAll(async () => {
    server = await startPostgres();
    truth = await createEqmd(server, { patients: 150, notes: 3_000 });
    await server.createReader(truth.database, "reader", "read-only");
    satchel = satchelIn(home);
    notes = new Map([...truth.eachNote()].map((note) => [note.id, note]));
    const url = server.url(truth.database, "reader");
    await satchel.must(
      ["source", "add", "postgres", url, "--mapping", "eqmd", "--name", "eqmd", "--password-env", "DATABASE_PASSWORD"],
      { environment: { DATABASE_PASSWORD: "read-only" } },
    );
    await satchel.must(["sync", "eqmd"]);
    await satchel.must(["export", "notes"], { cwd: satchel.folder });
    byDefault = readTable(join(satchel.folder, "patient_data_export.csv"));
    const path = join(satchel.folder, "live.csv");
    await satchel.must([
      "export",
      "notes",
      path,
      "--ids",
      "source",
      "--reason",
      "test",
      "--text",
      "keep",
      "--formulas",
      "keep",
    ]);
    live = readTable(path);
  });
  afterAll(() => server.stop());

  const noteOf = (row: Record<string, string>): EqmdNote => notes.get(row["note_id"] ?? "")!;
  const ofRole = (role: (typeof EQMD_ROLES)[number]): Record<string, string>[] =>
    live.filter((row) => noteOf(row).patient.index === EQMD_ROLES.indexOf(role));

  it("holds the eight columns of the guide and a row for each note that is neither draft nor deleted", () => {
    expect(readFileSync(join(satchel.folder, "patient_data_export.csv"), "utf8").split("\r\n")[0]).toBe(COLUMNS);
    expect(live).toHaveLength(truth.exportable);
    expect(byDefault).toHaveLength(truth.exportable);
    expect(live.every((row) => !noteOf(row).draft && !noteOf(row).deleted)).toBe(true);
  });

  it("EQMD-1: tells the status at the time of the note, in English", () => {
    const told = live.filter((row) => noteOf(row).status !== null && noteOf(row).patient.evidence === "history");
    expect(told.length).toBeGreaterThan(500);
    for (const row of told) expect(row["patient_status"]).toBe(STATUS[noteOf(row).status ?? 0]);
    // Otherwise what was compared would be the status of now.
    expect(told.some((row) => noteOf(row).status !== noteOf(row).patient.statuses.at(-1)?.status)).toBe(true);
  });

  it("EQMD-1: tells the status of now in the system's own words where that is asked for", async () => {
    const path = join(satchel.folder, "now.csv");
    await satchel.must([
      "export",
      "notes",
      path,
      "--ids",
      "source",
      "--reason",
      "test",
      "--text",
      "drop",
      "--as-of",
      "now",
      "--status-labels",
      "source",
    ]);
    for (const row of readTable(path))
      expect(row["patient_status"]).toBe(LABEL[noteOf(row).patient.statuses.at(-1)?.status ?? 0]);
  });

  it("EQMD-2: neither ids nor known names, numbers, phones and addresses of patients leave by default", () => {
    const file = readFileSync(join(satchel.folder, "patient_data_export.csv"), "utf8");
    for (const patient of truth.eachPatient()) {
      expect(file).not.toContain(patient.id);
      for (const value of [
        patient.name,
        patient.fiscalNumber,
        patient.phone,
        patient.address,
        patient.healthcardNumber,
        ...formerly(patient),
      ])
        expect(file.includes(value), `a value of patient ${patient.index}`).toBe(false);
    }
    for (const id of notes.keys()) expect(file.includes(id)).toBe(false);
  });

  it("EQMD-2: gives the same note and patient the same pseudonym in each export, and no two the same", async () => {
    const path = join(satchel.folder, "again.csv");
    await satchel.must(["export", "notes", path, "--text", "drop", "--record-number", "drop"]);
    const again = readTable(path);
    expect(again.map((row) => [row["patient_id"], row["note_id"]])).toEqual(
      byDefault.map((row) => [row["patient_id"], row["note_id"]]),
    );
    expect(new Set(again.map((row) => row["note_id"])).size).toBe(again.length);
    expect(new Set(again.map((row) => row["patient_id"])).size).toBe(
      new Set(live.map((row) => row["patient_id"])).size,
    );
    expect(again.every((row) => row["note_content"] === "" && row["patient_record_number"] === "")).toBe(true);
  });

  it("EQMD-3: the file lies where the command was called, and is never written over", async () => {
    const again = await satchel.run(["export", "notes"], { cwd: satchel.folder });
    expect(again.exitCode).toBe(1);
    expect(again.stderr).toContain("ALREADY_EXISTS");
  });

  it("leaves notes of deleted patients out unless asked for, and says so in the receipt", async () => {
    expect(live.some((row) => noteOf(row).patient.deleted)).toBe(false);
    const to = join(satchel.folder, "with-deleted");
    await satchel.must(["export", "notes", "--to", to, "--package", "folder", "--include-deleted-patients"]);
    const receipt = JSON.parse(readFileSync(join(to, "patient_data_export", "receipt.json"), "utf8")) as {
      notices: string[];
      counts: { rows: { written: number } };
    };
    expect(receipt.counts.rows.written).toBe(truth.exportable + truth.ofDeletedPatients);
    expect(receipt.notices.join(" ")).toContain(
      `For ${truth.ofDeletedPatients} of ${truth.exportable + truth.ofDeletedPatients} notes the patient is deleted`,
    );
  });

  it("counts ages in the hospital's time zone: a note at 21:00 on the eve of a birthday is not a year too high", () => {
    const rows = ofRole("birthday-eve");
    const ages = rows.map((row) => [row["note_event_datetime"], row["patient_age_at_note"]]);
    expect(ages).toContainEqual(["2022-03-14T21:00:00-03:00", "41"]);
    expect(ages).toContainEqual(["2022-03-14T23:59:59.999999-03:00", "41"]);
    expect(ages).toContainEqual(["2022-03-15T00:00:00-03:00", "42"]);
    for (const row of live) expect(Number(row["patient_age_at_note"])).toBe(noteOf(row).age);
  });

  it("joins ages over 89 where that is asked for, and not otherwise", async () => {
    const path = join(satchel.folder, "safe-harbor.csv");
    await satchel.must([
      "export",
      "notes",
      path,
      "--ids",
      "source",
      "--reason",
      "test",
      "--text",
      "drop",
      "--ages",
      "safe-harbor",
    ]);
    expect(Math.max(...live.map((row) => Number(row["patient_age_at_note"])))).toBeGreaterThan(90);
    for (const row of readTable(path)) expect(Number(row["patient_age_at_note"])).toBe(Math.min(90, noteOf(row).age));
  });

  it("tells the record number at the time of the note, and not today's", () => {
    const told = live.filter((row) => noteOf(row).recordNumber !== null);
    for (const row of told) expect(row["patient_record_number"]).toBe(noteOf(row).recordNumber);
    expect(new Set(ofRole("changed-record-numbers").map((row) => row["patient_record_number"])).size).toBeGreaterThan(
      1,
    );
    expect(ofRole("no-record-number").every((row) => row["patient_record_number"] === "")).toBe(true);
  });

  it.each([["live"], ["by default"]])("sorts by patient, then by moment, then by note, ties as well: %s", (which) => {
    const rows = which === "live" ? live : byDefault;
    const key = (row: Record<string, string>): [string, number, string] => [
      row["patient_id"] ?? "",
      momentOf(row["note_event_datetime"] ?? ""),
      row["note_id"] ?? "",
    ];
    for (let index = 1; index < rows.length; index++) {
      const [one, other] = [key(rows[index - 1]!), key(rows[index]!)];
      const order = compare(one[0], other[0]) || compare(one[1], other[1]) || compare(one[2], other[2]);
      expect(order).toBeLessThan(0);
    }
    expect(ofRole("ties").length).toBeGreaterThan(2);
  });

  it("keeps each text to the letter where it is kept: quotes, line ends, scripts, 1 MB, formulas", () => {
    for (const row of live) expect(row["note_content"] === noteOf(row).content, row["note_id"]).toBe(true);
    expect(ofRole("long-notes").some((row) => (row["note_content"] ?? "").length > 1_000_000)).toBe(true);
  });

  it("makes texts that a spreadsheet would run harmless by default, and leaves numbers", async () => {
    const path = join(satchel.folder, "guarded.csv");
    await satchel.must(["export", "notes", path, "--ids", "source", "--reason", "test", "--text", "keep"]);
    const texts = readTable(path)
      .filter((row) => noteOf(row).patient.index === EQMD_ROLES.indexOf("formulas"))
      .map((row) => row["note_content"]);
    expect(texts).toContain("'=1+1");
    expect(texts).toContain("'＝1+1");
    expect(texts).toContain("-12,5");
  });

  it("says how many rows it wrote, and fails with an exit code where the catalog holds nothing", async () => {
    const made = await satchel.json<{ result: { packages: { rows: { expected: number; written: number } }[] } }>([
      "export",
      "notes",
      join(satchel.folder, "counted.csv"),
    ]);
    expect(made.result.packages[0]?.rows).toEqual({ expected: truth.exportable, written: truth.exportable });
    const nothing = await satchel.run(["export", "notes", join(satchel.folder, "none.csv"), "--until", "1990-01-01"]);
    expect(nothing.exitCode).toBe(1);
    expect(nothing.stderr).toContain("NOT_FOUND");
  });
});

/** Microseconds, by the digits that JavaScript's own dates leave out. */
function momentOf(text: string): number {
  const [, whole = "", fraction = "", zone = ""] = /^([^.+]{19})(?:\.(\d{6}))?(.*)$/.exec(text) ?? [];
  return Date.parse(whole + zone) * 1000 + Number(fraction);
}

function formerly({ former }: EqmdPatient): string[] {
  return former === null
    ? []
    : [former.name, former.fiscalNumber, former.phone, former.address, former.healthcardNumber];
}

function compare(one: string | number, other: string | number): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
