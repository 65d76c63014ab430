import { appendFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { CsvConfig } from "../../../src/main/sources/csv/csv-config.ts";
import { csvConfig } from "../../../src/main/sources/csv/csv-config.ts";
import { csvSource } from "../../../src/main/sources/csv/csv-source.ts";
import { EQMD_CSV_HEADER, writeEqmdCsv } from "../../support/eqmd-csv.ts";
import { eqmdNotes, shareNotes, type EqmdNote } from "../../support/eqmd-notes.ts";
import { eqmdPatient } from "../../support/eqmd-patients.ts";
import { temporaryDirectory } from "../../support/temporary-directory.ts";
import { recordingRecords, type RecordingRecords } from "../recording-records.ts";

const folder = temporaryDirectory("broken-csv");
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
