import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { GUIDE_EXAM_COLUMNS } from "../../../src/contract/records.ts";
import { csvConfig } from "../../../src/main/sources/csv/csv-config.ts";
import { csvSource } from "../../../src/main/sources/csv/csv-source.ts";
import { writePlatformCsv } from "../../support/studies-platform-csv.ts";
import { platformExams, type PlatformExam } from "../../support/studies-platform-exams.ts";
import { temporaryDirectory } from "../../support/temporary-directory.ts";
import { recordingRecords } from "../recording-records.ts";

const folder = temporaryDirectory("studies-csv");
const signal = new AbortController().signal;

async function sync(name: string, more: Record<string, unknown> = {}, target = recordingRecords()) {
  target.forget();
  const config = csvConfig.parse({ path: join(folder, name), ...more });
  const report = await csvSource.sync(config, undefined, target, () => undefined, signal);
  return { report, target };
}

/** What a CSV can tell: an empty text and no text are the same there. */
function asCsvTells(exam: PlatformExam): PlatformExam {
  const entries = Object.entries(exam).map(([column, value]) => [column, value === "" ? null : value] as const);
  return Object.fromEntries(entries) as unknown as PlatformExam;
}

describe("the studies platform's export as a source", () => {
  it.each([
    ["its 18 columns", {}],
    ["semicolons", { delimiter: ";" }],
    ["times without an offset, which are UTC", { naive: true }],
  ])("is told by its header and read whole, with %s", async (label, options) => {
    const name = `${label.slice(0, 5)}.csv`;
    writePlatformCsv(join(folder, name), platformExams(5, 500), options);
    const { report, target } = await sync(name);
    expect(report).toMatchObject({ complete: true, problems: 0 });
    expect([...target.exams.values()]).toEqual([...platformExams(5, 500)].map(asCsvTells));
    expect(report.notices.some((notice) => notice.includes("without an offset"))).toBe("naive" in options);
  });

  it("is read with the 14 columns of the guide, the others empty", async () => {
    writePlatformCsv(join(folder, "guide.csv"), platformExams(5, 100), { columns: GUIDE_EXAM_COLUMNS });
    const { target } = await sync("guide.csv");
    const [first] = platformExams(5, 1);
    expect(target.exams.get("EX00000001")).toMatchObject({
      patient_name: first?.patient_name,
      exam_room: first?.exam_room,
      patient_birth_date: null,
      application_order_no: null,
    });
  });

  it.each([
    [9_999, false],
    [10_000, true],
    [10_001, false],
  ])("of %i rows is taken for cut: %s", async (count, cut) => {
    writePlatformCsv(join(folder, "cut.csv"), platformExams(6, count));
    const { report, target } = await sync("cut.csv");
    expect(target.exams.size).toBe(count);
    expect(report.complete).toBe(!cut);
    expect(target.problems.has("end of the file")).toBe(cut);
  });

  it("that is probably cut takes nothing away that the catalog already had", async () => {
    writePlatformCsv(join(folder, "shorter.csv"), platformExams(6, 10_050));
    const { target } = await sync("shorter.csv");
    writePlatformCsv(join(folder, "shorter.csv"), platformExams(6, 10_000));
    await sync("shorter.csv", {}, target);
    expect(target.exams.size).toBe(10_050);
  });
});

describe("a mapping of the user's own", () => {
  it("names columns, codes, day-first dates and the time zone in which they are meant", async () => {
    writeFileSync(
      join(folder, "own.csv"),
      "Prontuario;Nome;Nascimento;Sexo;Nota;Quando;Texto;Onde\r\n77;Ana Sá;29/02/1960;fem;N1;14/03/2022 22:30;Sem queixas;UTI\r\n",
    );
    const { report, target } = await sync("own.csv", {
      mapping: {
        version: 1,
        name: "a clinic's list",
        holds: "notes",
        timeZone: "America/Manaus",
        dates: "day-first",
        kind: "simple-note",
        genders: { fem: "F", masc: "M" },
        columns: {
          patientId: "Prontuario",
          noteId: "Nota",
          at: "Quando",
          content: "Texto",
          patientName: "Nome",
          birthDate: "Nascimento",
          gender: "Sexo",
          ward: "Onde",
        },
      },
    });
    expect(report.complete).toBe(true);
    expect(target.notes.get("N1")).toEqual({
      sourceId: "N1",
      patientId: "77",
      kind: "simple-note",
      eventAt: Date.parse("2022-03-15T02:30:00Z") * 1000,
      content: "Sem queixas",
    });
    expect(target.patients.get("77")).toMatchObject({
      name: "Ana Sá",
      birthDate: "1960-02-29",
      gender: "F",
      ward: "UTI",
    });
  });

  it.each([
    ["an unknown time zone", { timeZone: "Atlantis" }],
    ["a key that is none", { colour: "red" }],
    ["no column for the exam's id", { columns: { exam_room: "Sala" } }],
  ])("is refused with %s", (_, wrong) => {
    const mapping = { version: 1, name: "x", holds: "exams", timeZone: "UTC", columns: { exam_id: "id" }, ...wrong };
    expect(csvConfig.safeParse({ path: "/x.csv", mapping }).success).toBe(false);
  });
});
