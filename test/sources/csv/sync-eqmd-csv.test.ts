import { appendFileSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { CsvConfig } from "../../../src/main/sources/csv/csv-config.ts";
import { csvConfig } from "../../../src/main/sources/csv/csv-config.ts";
import { csvSource } from "../../../src/main/sources/csv/csv-source.ts";
import { EQMD_CSV_HEADER, EQMD_STATUS_LABELS, eqmdCsvRow, writeEqmdCsv } from "../../support/eqmd-csv.ts";
import { eqmdNotes, shareNotes, type EqmdNote } from "../../support/eqmd-notes.ts";
import { eqmdPatient } from "../../support/eqmd-patients.ts";
import { temporaryDirectory } from "../../support/temporary-directory.ts";
import { recordingRecords, type RecordingRecords } from "../recording-records.ts";

const folder = temporaryDirectory("eqmd-csv");
const signal = new AbortController().signal;

function hospital(patients: number, notes: number): EqmdNote[] {
  const shares = shareNotes(3, patients, notes);
  return Array.from({ length: patients }, (_, index) => [...eqmdNotes(3, eqmdPatient(3, index), shares[index] ?? 0)])
    .flat()
    .filter((note) => !note.deleted && !note.draft);
}

function configOf(name: string, more: Record<string, unknown> = {}): CsvConfig {
  return csvConfig.parse({ path: join(folder, name), mapping: "eqmd", ...more });
}

async function sync(config: CsvConfig, target: RecordingRecords = recordingRecords()) {
  target.forget();
  const report = await csvSource.sync(config, undefined, target, () => undefined, signal);
  return { report, target };
}

describe("EQMD's notes export as a source", () => {
  it("gives every note with its text to the letter, its moment to the microsecond, and its age", async () => {
    const notes = hospital(20, 400);
    await writeEqmdCsv(join(folder, "whole.csv"), notes);
    const { report, target } = await sync(configOf("whole.csv"));
    expect(report).toMatchObject({ complete: true, problems: 0, added: notes.length });
    expect(target.notes.size).toBe(notes.length);
    for (const note of notes)
      expect(target.notes.get(note.id)).toEqual({
        sourceId: note.id,
        patientId: note.patient.id,
        kind: "daily-note",
        eventAt: note.eventAt,
        content: note.content,
        ageAtNote: note.age,
      });
  });

  it("keeps status and record number as what holds now, since the file knows no past, and says so", async () => {
    const notes = hospital(20, 200);
    await writeEqmdCsv(join(folder, "now.csv"), notes);
    const { report, target } = await sync(configOf("now.csv"));
    for (const { patient } of notes) {
      const found = target.patients.get(patient.id);
      const label = EQMD_STATUS_LABELS[patient.statuses.at(-1)?.status ?? 1];
      expect(found?.status.label).toBe(label);
      expect(found?.status.status).not.toBe("unknown");
      expect(found?.recordNumber).toBe(patient.recordNumbers.at(-1)?.recordNumber ?? "");
      expect(found).toMatchObject({ statuses: [], recordNumbers: [], birthDate: "", gender: patient.gender });
    }
    expect(report.notices.join(" ")).toContain("not of the time of each note");
    expect(report.notices.join(" ")).toContain("Birth dates are not in the file");
  });

  it("is read the same with a byte order mark, with semicolons, and with plain line feeds", async () => {
    const notes = hospital(14, 60).filter((note) => !note.content.includes("\r"));
    await writeEqmdCsv(join(folder, "plain.csv"), notes);
    const plain = await sync(configOf("plain.csv"));
    const text = readFileSync(join(folder, "plain.csv"), "utf8");
    writeFileSync(join(folder, "mark.csv"), `\ufeff${text.replace("patient_id", '"patient_id"')}`);
    writeFileSync(join(folder, "feeds.csv"), text.replaceAll("\r\n", "\n"));
    const python = `import csv,sys\nrows=list(csv.reader(open(sys.argv[1],encoding="utf-8",newline="")))\ncsv.writer(open(sys.argv[2],"w",encoding="utf-8",newline=""),delimiter=";").writerows(rows)`;
    const { runCommand } = await import("../../support/run-command.ts");
    await runCommand("python3", [
      "-c",
      `import csv\ncsv.field_size_limit(10**9)\n${python}`,
      join(folder, "plain.csv"),
      join(folder, "semicolons.csv"),
    ]);
    for (const name of ["mark.csv", "feeds.csv", "semicolons.csv"]) {
      const other = await sync(configOf(name));
      expect(other.report, name).toMatchObject({ complete: true, problems: 0 });
      expect(other.target.notes, name).toEqual(plain.target.notes);
    }
  });

  it("that tells a patient in two ways keeps what the last row tells, and says so", async () => {
    const row = (number: string, note: string): string => `p1,${number},F,40,Alta,${note},2024-01-02T10:00:00Z,x\r\n`;
    writeFileSync(join(folder, "differs.csv"), EQMD_CSV_HEADER + row("R1", "n1") + row("R2", "n2") + row("R2", "n3"));
    const { report, target } = await sync(configOf("differs.csv"));
    expect(target.patients.get("p1")?.recordNumber).toBe("R2");
    expect(report.notices.join(" ")).toContain("1 row tells a patient otherwise");
  });

  it("is not read again while it is the same file, and is once it changed", async () => {
    const notes = hospital(14, 60);
    const path = join(folder, "again.csv");
    await writeEqmdCsv(path, notes.slice(1));
    const { target } = await sync(configOf("again.csv"));
    const second = await sync(configOf("again.csv"), target);
    expect(target.puts).toBe(0);
    expect(second.report).toMatchObject({ complete: true, problems: 0, removed: 0 });
    const [first] = notes;
    if (first === undefined) throw new Error("no note");
    appendFileSync(path, eqmdCsvRow(first));
    const third = await sync(configOf("again.csv"), target);
    expect(third.report.added).toBe(1);
    expect(target.notes.size).toBe(notes.length);
  });

  it("is read again where it is read otherwise: another time zone, another encoding", async () => {
    await writeEqmdCsv(join(folder, "zone.csv"), hospital(14, 40));
    const { target } = await sync(configOf("zone.csv"));
    await sync(configOf("zone.csv", { timeZone: "America/Manaus" }), target);
    expect(target.puts).toBeGreaterThan(0);
  });

  it("loses the notes and patients that a newer file no longer holds", async () => {
    const notes = hospital(14, 60);
    const path = join(folder, "shrunk.csv");
    await writeEqmdCsv(path, notes);
    const { target } = await sync(configOf("shrunk.csv"));
    const [gone] = notes;
    const left = notes.filter((note) => note.patient.id !== gone?.patient.id);
    await writeEqmdCsv(path, left);
    utimesSync(path, new Date(), new Date(Date.now() + 5000));
    const { report } = await sync(configOf("shrunk.csv"), target);
    expect(target.notes.size).toBe(left.length);
    expect(target.patients.has(gone?.patient.id ?? "")).toBe(false);
    expect(report.removed).toBe(notes.length - left.length + 1);
  });
});
