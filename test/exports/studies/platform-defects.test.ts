import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { EXAM_COLUMNS, GUIDE_EXAM_COLUMNS } from "../../../src/contract/records.ts";
import { startPostgres, type PostgresServer } from "../../support/postgres.ts";
import { createStudiesPlatform } from "../../support/studies-platform-database.ts";
import type { PlatformExam } from "../../support/studies-platform-exams.ts";
import { temporaryDirectory } from "../../support/temporary-directory.ts";
import { satchelIn, type Satchel } from "../satchel-workspace.ts";
import { readTable } from "../table-file.ts";

/** What the export of the studies platform did wrong, or its guide promised and it did not do, over a real database of the platform. */
describe("the study list out of the studies platform", () => {
  const home = temporaryDirectory("platform-studies");
  let server: PostgresServer;
  let satchel: Satchel;
  let exams: PlatformExam[];

  beforeAll(async () => {
    server = await startPostgres();
    const truth = await createStudiesPlatform(server, { exams: 10_400 });
    exams = [...truth.eachExam()];
    await server.createReader(truth.database, "reader", "read-only");
    satchel = satchelIn(home);
    const url = server.url(truth.database, "reader");
    await satchel.must(
      [
        "source",
        "add",
        "postgres",
        url,
        "--mapping",
        "studies-platform",
        "--name",
        "platform",
        "--password-env",
        "DATABASE_PASSWORD",
      ],
      { environment: { DATABASE_PASSWORD: "read-only" } },
    );
    await satchel.must(["sync", "platform"]);
  });
  afterAll(() => server.stop());

  let made = 0;
  /** The rows of an export with these options; everything as it is unless they say otherwise. */
  const rowsOf = async (...options: string[]): Promise<Record<string, string>[]> => {
    const path = join(satchel.folder, `list-${++made}.csv`);
    const policy = options.includes("--policy") ? [] : ["--policy", "identified"];
    await satchel.must([
      "export",
      "studies",
      path,
      ...policy,
      "--formulas",
      "keep",
      "--columns",
      "platform",
      ...options,
    ]);
    return readTable(path);
  };
  const idsOf = (rows: Record<string, string>[]): (string | undefined)[] => rows.map((row) => row["exam_id"]);
  const localDay = (moment: number | null): string =>
    moment === null ? "" : new Date(Math.floor(moment / 1000) + 8 * 3_600_000).toISOString().slice(0, 10);

  it("stops at 10,000 rows, loudly: it says how many there are and how to go on, and leaves no file", async () => {
    const result = await satchel.run(["export", "studies", "--policy", "identified"], { cwd: satchel.folder });
    expect(result.exitCode).toBe(1);
    expect(result.stderr).toMatch(/10400 rows.*limit of 10000.*--max-rows/);
    expect(readdirSync(satchel.folder).filter((name) => name.startsWith("studies_export"))).toEqual([]);
  });

  it("writes all of them where the limit is raised, and none twice", async () => {
    const rows = await rowsOf("--max-rows", "20000");
    expect(new Set(idsOf(rows))).toEqual(new Set(exams.map((exam) => exam.exam_id)));
    expect(rows).toHaveLength(exams.length);
  });

  it("STU-1: has the guide's 14 columns by default, rooms and equipment among them, and the platform's 18 on request", async () => {
    const to = join(satchel.folder, "guide");
    await satchel.must([
      "export",
      "studies",
      "--to",
      to,
      "--package",
      "folder",
      "--policy",
      "identified",
      "--q",
      "EX0000001",
    ]);
    const [folder = ""] = readdirSync(to);
    expect(folder).toMatch(/^studies_export_\d{8}T\d{6}Z$/);
    const file = readFileSync(join(to, folder, `${folder}.csv`), "utf8");
    // Spreadsheets know UTF-8 by the byte order mark.
    expect(file.split("\r\n")[0]).toBe(`\ufeff${GUIDE_EXAM_COLUMNS.join(",")}`);
    const [row] = await rowsOf("--exam-id", "EX00000001");
    expect(Object.keys(row ?? {})).toEqual([...EXAM_COLUMNS]);
  });

  it("STU-2: takes the exam item into account, as every other filter of the search", async () => {
    const rows = await rowsOf("--exam-item", "Chest CT", "--exam-status", "completed", "--gender", "F", "M");
    const wanted = exams.filter(
      (exam) =>
        exam.exam_item === "Chest CT" &&
        exam.exam_status === "completed" &&
        ["F", "M"].includes(exam.patient_gender ?? ""),
    );
    expect(new Set(idsOf(rows))).toEqual(new Set(wanted.map((exam) => exam.exam_id)));
    expect(rows).toHaveLength(wanted.length);
  });

  it("holds the whole of the last day, in the hospital's time zone", async () => {
    const rows = await rowsOf("--from", "2024-03-01", "--until", "2024-03-02");
    const wanted = exams.filter((exam) => ["2024-03-01", "2024-03-02"].includes(localDay(exam.check_in_datetime)));
    expect(wanted.some((exam) => localDay(exam.check_in_datetime) === "2024-03-02")).toBe(true);
    expect(new Set(idsOf(rows))).toEqual(new Set(wanted.map((exam) => exam.exam_id)));
  });

  it("says how many exams without a check-in the days left out", async () => {
    const { plan } = await satchel.json<{ plan: { notices: string[] } }>([
      "export",
      "studies",
      "--policy",
      "identified",
      "--from",
      "2024-03-01",
      "--until",
      "2024-03-02",
      "--dry-run",
    ]);
    const without = exams.filter((exam) => exam.check_in_datetime === null).length;
    expect(plan.notices.join(" ")).toContain(`${without} exams have no check-in`);
  });

  it("finds what is searched for literally in nine columns: % and _ are letters", async () => {
    const rows = await rowsOf("--q", "100% _DONE_");
    const wanted = exams.filter((exam) => exam.exam_description?.includes("100% _done_") === true);
    expect(rows).toHaveLength(wanted.length);
    expect(wanted.length).toBeGreaterThan(0);
  });

  it.each([
    [["--from", "03/01/2024"], "cannot be read"],
    [["--from", "2024-02-30"], "cannot be read"],
    [["--from", "2024-03-02", "--until", "2024-03-01"], "nothing can match"],
    [["--exam-source", "PET"], "CT, MRI"],
    [["--gender", "F", "female"], "M, U"],
    [["--exam-id", "EX00000001", "EX99999999"], "1 is not in the catalog"],
    [["--columns", "exam_id,secret"], "patient_birth_date"],
    [["--format", "pdf"], "csv or xlsx"],
    [["--sort", "random"], "order_datetime_desc"],
    [["--age-from", "old"], "whole number"],
    [["--max-rows", "0"], "whole number"],
  ])("refuses %j and says what is allowed, rather than export everything", async (options, said) => {
    const path = join(satchel.folder, "refused.csv");
    const result = await satchel.run(["export", "studies", path, "--policy", "identified", ...options]);
    expect(result.exitCode).toBe(2);
    expect(result.stderr).toContain(said);
    expect(existsSync(path)).toBe(false);
  });

  it("keeps one order however often it is asked: the exam's id breaks ties", async () => {
    const [one, other] = [await rowsOf("--exam-source", "CT"), await rowsOf("--exam-source", "CT")];
    expect(idsOf(one)).toEqual(idsOf(other));
    const key = (row: Record<string, string>): string => row["order_datetime"] ?? "";
    const sorted = one.toSorted(
      (a, b) =>
        Date.parse(key(b)) - Date.parse(key(a)) ||
        Date.parse(b["check_in_datetime"] || "0001-01-01") - Date.parse(a["check_in_datetime"] || "0001-01-01") ||
        ((a["exam_id"] ?? "") < (b["exam_id"] ?? "") ? -1 : 1),
    );
    expect(idsOf(one)).toEqual(idsOf(sorted));
  });

  it("leaves names, birth dates and numbers of patients out by default, and keeps people apart", async () => {
    const rows = await rowsOf("--policy", "pseudonymised", "--exam-source", "MRI");
    const wanted = exams.filter((exam) => exam.exam_source === "MRI");
    expect(rows).toHaveLength(wanted.length);
    for (const column of ["patient_name", "patient_birth_date", "certified_physician"])
      expect(rows.every((row) => row[column] === "")).toBe(true);
    const text = JSON.stringify(rows);
    for (const { exam_id, medical_record_no, application_order_no } of wanted)
      for (const value of [exam_id, medical_record_no, application_order_no])
        if (value !== null) expect(text.includes(value)).toBe(false);
    expect(new Set(rows.map((row) => row["medical_record_no"]).filter((code) => code !== "")).size).toBe(
      new Set(wanted.map((exam) => exam.medical_record_no).filter((number) => number !== null)).size,
    );
    expect(Math.max(...rows.map((row) => Number(row["patient_age"])))).toBeLessThanOrEqual(90);
  });

  it("writes XLSX where the output's name says so", async () => {
    const path = join(satchel.folder, "list.xlsx");
    await satchel.must(["export", "studies", path, "--policy", "identified", "--exam-source", "CT"]);
    expect(readFileSync(path).subarray(0, 2).toString("latin1")).toBe("PK");
    const other = await satchel.run(["export", "studies", join(satchel.folder, "x.xlsx"), "--format", "csv"]);
    expect(other.exitCode).toBe(2);
  });
});
