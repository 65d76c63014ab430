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

describe("a row that cannot be read", () => {
  const good = (id: string): string => `p1,R1,F,40,Internado,${id},2024-01-02T10:00:00+00:00,ok\r\n`;

  it.each([
    ["has too few cells", "p1,R1,F,40\r\n", "it has 4 cells where the header names 8"],
    ["has no patient", ",R1,F,40,Alta,n2,2024-01-02T10:00:00Z,x\r\n", "patient_id is empty"],
    ["has no id", "p1,R1,F,40,Alta,,2024-01-02T10:00:00Z,x\r\n", "note_id is empty"],
    [
      "has a day that is none",
      "p1,R1,F,40,Alta,n2,2024-02-30T10:00:00Z,x\r\n",
      "note_event_datetime is no date with time",
    ],
    [
      "has an age in words",
      "p1,R1,F,forty,Alta,n2,2024-01-02T10:00:00Z,x\r\n",
      "patient_age_at_note is no whole number",
    ],
    [
      "has a quote that stands alone",
      'p1,R1,F,40,Alta,n2,2024-01-02T10:00:00Z,5" tube\r\n',
      "a quote stands within a cell",
    ],
    ["goes on after its closing quote", 'p1,R1,F,40,Alta,n2,2024-01-02T10:00:00Z,"a"b\r\n', "is not doubled"],
  ])("because it %s is told with its line, and the rows around it are kept", async (_, row, reason) => {
    // The note of line 2 spans two lines of the file, with the line end that the parser counts twice.
    const first = 'p1,R1,F,40,Internado,n1,2024-01-02T10:00:00+00:00,"one\r\ntwo"\r\n';
    const tail = reason === "is not doubled" ? 'p1,R1,F,40,Alta,"n9",2024-01-02T10:00:00Z,"x"\r\n' : "";
    writeFileSync(join(folder, "row.csv"), EQMD_CSV_HEADER + first + row + tail + good("n3"));
    const { report, target } = await sync(configOf("row.csv"));
    expect([...target.problems.keys()]).toEqual(["line 4"]);
    expect(target.problems.get("line 4")?.reason).toContain(reason);
    expect(report).toMatchObject({ problems: 1, complete: false });
    expect([...target.notes.keys()]).toEqual(["n1", "n3"]);
  });

  it("keeps what the catalog had of it: nothing is taken for deleted", async () => {
    const path = join(folder, "kept.csv");
    writeFileSync(path, EQMD_CSV_HEADER + good("n1") + good("n2"));
    const { target } = await sync(configOf("kept.csv"));
    writeFileSync(path, `${EQMD_CSV_HEADER}${good("n1")}p1,R1,F,40,Internado,n2,yesterday,changed\r\n`);
    await sync(configOf("kept.csv"), target);
    expect([...target.notes.keys()]).toEqual(["n1", "n2"]);
    const again = await sync(configOf("kept.csv"), target);
    expect(again.report.problems).toBe(1);
  });

  it("because a quote is never closed is told, and what stood before it is kept", async () => {
    writeFileSync(
      join(folder, "open.csv"),
      `${EQMD_CSV_HEADER}${good("n1")}p1,R1,F,40,Alta,n2,2024-01-02T10:00:00Z,"open\r\n${good("n3")}`,
    );
    const { report, target } = await sync(configOf("open.csv"));
    expect(report.complete).toBe(false);
    expect([...target.notes.keys()]).toEqual(["n1"]);
    expect([...target.problems.values()].map(({ reason }) => reason).join()).toContain("never closed");
  });

  it("is listed a thousand times at most, and counted beyond", async () => {
    writeFileSync(join(folder, "many.csv"), EQMD_CSV_HEADER + "broken\r\n".repeat(1500) + good("n1"));
    const { report, target } = await sync(configOf("many.csv"));
    expect(target.problems.size).toBe(1001);
    expect(target.problems.get("further rows")?.reason).toContain("500 rows");
    expect(report.complete).toBe(false);
  });

  it("does not hide that two rows bear one id", async () => {
    writeFileSync(join(folder, "twice.csv"), EQMD_CSV_HEADER + good("n1") + good("n1") + good("n2"));
    const { report, target } = await sync(configOf("twice.csv"));
    expect(report.problems).toBe(1);
    expect(target.problems.get("rows with one id")?.reason).toContain("1 row ");
  });
});

describe("a file that is not what it is said to be", () => {
  it("is refused where it is not UTF-8, by its first bad line, before anything of it is kept", async () => {
    const rows = 'p1,R1,F,40,Internado,n1,2024-01-02T10:00:00+00:00,"ok, joão"\r\n';
    const bytes = Buffer.concat([
      Buffer.from(EQMD_CSV_HEADER + rows.repeat(3000), "utf8"),
      Buffer.from("p1,R1,F,40,Emerg\u00eancia,n2,2024-01-02T10:00:00+00:00,x\r\n", "latin1"),
    ]);
    writeFileSync(join(folder, "latin.csv"), bytes);
    const target = recordingRecords();
    const refused = sync(configOf("latin.csv"), target);
    await expect(refused).rejects.toMatchObject({ code: "SOURCE_ANSWER" });
    await expect(refused).rejects.toThrow("line 3002");
    expect(target.notes.size).toBe(0);
  });

  it("is read right in the encoding that the user names", async () => {
    const text = `${EQMD_CSV_HEADER}p1,R1,F,40,Emergência,n1,2024-01-02T10:00:00+00:00,coração – “dor”\r\n`;
    const windows = Buffer.from(text.replace("–", "\u0096").replace("“", "\u0093").replace("”", "\u0094"), "latin1");
    writeFileSync(join(folder, "windows.csv"), windows);
    writeFileSync(join(folder, "utf16.csv"), Buffer.from(`\ufeff${text}`, "utf16le"));
    for (const [name, encoding] of [
      ["windows.csv", "windows-1252"],
      ["utf16.csv", "utf-16le"],
    ] as const) {
      const { target } = await sync(configOf(name, { encoding }));
      expect(target.notes.get("n1")?.content).toBe("coração – “dor”");
      expect(target.patients.get("p1")?.status.status).toBe("emergency");
    }
    await expect(sync(configOf("utf16.csv"))).rejects.toThrow("UTF-16");
  });

  it.each([
    ["is not there", "gone.csv", undefined, "READ_FAILED"],
    ["is empty", "empty.csv", "", "SOURCE_ANSWER"],
    ["has another header", "other.csv", "a,b,c\r\n1,2,3\r\n", "SOURCE_ANSWER"],
    ["names a column twice", "double.csv", `patient_id,${EQMD_CSV_HEADER}`, "SOURCE_ANSWER"],
  ])("is refused where it %s", async (_, name, content, code) => {
    if (content !== undefined) writeFileSync(join(folder, name), content);
    await expect(sync(configOf(name, { mapping: "auto" }))).rejects.toMatchObject({ code });
    await expect(sync(configOf(name))).rejects.toMatchObject({ code });
  });

  it("is refused where it is a folder", async () => {
    await expect(sync(csvConfig.parse({ path: folder, mapping: "eqmd" }))).rejects.toMatchObject({
      code: "READ_FAILED",
    });
  });

  it("ends the sync with CANCELLED when the user cancels", async () => {
    await writeEqmdCsv(join(folder, "cancel.csv"), hospital(20, 2000));
    const abort = new AbortController();
    const target = recordingRecords();
    const put = target.putNote.bind(target);
    target.putNote = (note) => {
      put(note);
      if (target.notes.size === 50) abort.abort();
    };
    await expect(
      csvSource.sync(configOf("cancel.csv"), undefined, target, () => undefined, abort.signal),
    ).rejects.toMatchObject({ code: "CANCELLED" });
  });

  it("is told as changed where it grows while it is read", async () => {
    const path = join(folder, "growing.csv");
    await writeEqmdCsv(path, hospital(20, 300));
    const target = recordingRecords();
    const put = target.putNote.bind(target);
    let grown = false;
    target.putNote = (note) => {
      put(note);
      if (!grown) appendFileSync(path, "x");
      grown = true;
    };
    const { report } = await sync(configOf("growing.csv"), target);
    expect(report.complete).toBe(false);
    expect(target.problems.get("the file")?.reason).toContain("changed while it was read");
  });
});
