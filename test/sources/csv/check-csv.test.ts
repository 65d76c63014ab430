import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { csvConfig } from "../../../src/main/sources/csv/csv-config.ts";
import { csvSource } from "../../../src/main/sources/csv/csv-source.ts";
import { ownTimeZone } from "../../../src/main/time-zone.ts";
import { EQMD_CSV_HEADER } from "../../support/eqmd-csv.ts";
import { writePlatformCsv } from "../../support/studies-platform-csv.ts";
import { platformExams } from "../../support/studies-platform-exams.ts";
import { temporaryDirectory } from "../../support/temporary-directory.ts";

const folder = temporaryDirectory("check-csv");

async function check(content: string | Buffer, more: Record<string, unknown> = {}) {
  const path = join(folder, "checked.csv");
  writeFileSync(path, content);
  const report = await csvSource.check(csvConfig.parse({ path, ...more }), undefined, new AbortController().signal);
  return { ...report, text: report.findings.map((finding) => `${finding.level}: ${finding.text}`).join("\n") };
}

const row = "secret-patient,R1,F,40,Internado,n1,2024-01-02 10:00:00,secret text\r\n";

describe("the check of a CSV file", () => {
  it("tells what the file is, how many rows can be read, and what it will never tell", async () => {
    const { ok, text } = await check(EQMD_CSV_HEADER + row, { timeZone: "America/Bahia" });
    expect(ok).toBe(true);
    expect(text).toContain("EQMD's notes export: 8 columns, parted by commas");
    expect(text).toContain("1 row can be read.");
    expect(text).toContain("not of the time of each note");
    expect(text).toContain("Names of patients are not in the file");
    expect(text).toContain("without an offset: read as UTC time");
    expect(text).toContain("time zone America/Bahia");
  });

  it("warns where nobody said the time zone, whatever this computer's is, and not where somebody did", async () => {
    const warnings = async (more: Record<string, unknown>): Promise<string> =>
      (await check(EQMD_CSV_HEADER + row, more)).text
        .split("\n")
        .filter((line) => /warning.*time zone/i.test(line))
        .join();
    expect(await warnings({})).toContain(
      `not given: days and ages are told in that of this computer, ${ownTimeZone()}`,
    );
    expect(await warnings({ timeZone: "America/Bahia" })).toBe("");
    expect(await warnings({ mapping: "eqmd" })).toBe("");
    // As it is stored, and read again on a computer in the hospital's zone.
    const stored = { timeZone: "America/Bahia", timeZoneFrom: "computer" };
    expect(await warnings(stored)).toContain("in that of this computer, America/Bahia");
  });

  it("names the lines of rows that cannot be read, and nothing that stands in them", async () => {
    const { ok, text } = await check(`${EQMD_CSV_HEADER}${row}secret-patient,R1\r\n`);
    expect(ok).toBe(true);
    expect(text).toContain("warning: The row at line 3 cannot be read: it has 2 cells where the header names 8.");
    expect(text).not.toContain("secret");
  });

  it("warns of exactly 10,000 exams, where the platform cuts", async () => {
    const path = join(folder, "cut.csv");
    writePlatformCsv(path, platformExams(1, 10_000));
    const report = await csvSource.check(csvConfig.parse({ path }), undefined, new AbortController().signal);
    expect(report.findings.find((finding) => finding.text.includes("10,000"))?.level).toBe("ok");
    expect(report.findings.find((finding) => finding.text.includes("probably not whole"))?.level).toBe("warning");
  });

  it("looks at the first part of a large file only, and does not take the cut for a broken row", async () => {
    const { ok, text } = await check(
      EQMD_CSV_HEADER + row.replace("secret text", `"${"x".repeat(1000)}"`).repeat(40_000),
    );
    expect(ok).toBe(true);
    expect(text).toContain("only the first 32 MiB");
    expect(text).not.toContain("cannot be read:");
  });

  it.each([
    ["a file in another encoding", Buffer.from(`${EQMD_CSV_HEADER}p\u00e3o`, "latin1"), "not UTF-8"],
    ["a file with an unknown header", "a,b\r\n1,2\r\n", "neither that of EQMD's notes export nor"],
    ["an empty file", "", "has no header"],
    ["a mapping whose columns are not there", "a,b\r\n1,2\r\n", "it has no column"],
  ])("refuses %s and says what to do", async (label, content, reason) => {
    const { ok, findings, text } = await check(content, label.startsWith("a mapping") ? { mapping: "eqmd" } : {});
    expect(ok).toBe(false);
    expect(text).toContain(reason);
    expect(findings.at(-1)?.next).toBeTruthy();
  });
});
