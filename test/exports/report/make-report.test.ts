import { describe, expect, it } from "vitest";
import type { Case } from "../../../src/main/exports/report/case.ts";
import { emptyCase } from "../../../src/main/exports/report/case.ts";
import { makeReport, type ReportOrder } from "../../../src/main/exports/report/make-report.ts";
import { ReportCounts } from "../../../src/main/exports/report/measures.ts";

const ORDER: ReportOrder = {
  measures: ["coverage", "detection", "referral", "follow-up"],
  minimumCount: 5,
  region: "district",
  from: "2024-01-01",
  to: "2024-12-31",
  date: "2025-01-02T03:04:05Z",
};

function counts(...groups: [number, string, Partial<Case>][]): ReportCounts {
  const report = new ReportCounts();
  for (const [times, region, one] of groups)
    for (let time = 0; time < times; time++) report.add({ ...emptyCase(), ...one }, region);
  return report;
}

const SCREENED = { screened: true, result: "not-suspicious" } as const;
const REFERRED = {
  screened: true,
  result: "suspicious-high-risk",
  recommendation: "urgent-referral",
  followUp: "done",
} as const;

/** Lines of a table as cells. */
function table(report: { path: string; text: string }[], path: string): string[][] {
  const text = report.find((one) => one.path === path)?.text ?? "";
  return text
    .trimEnd()
    .split("\r\n")
    .map((line) => line.split(","));
}

describe("A report of counts", () => {
  const report = makeReport(
    counts(
      [50, "North", SCREENED],
      [10, "North", REFERRED],
      [20, "North", {}],
      [30, "South", SCREENED],
      [6, "South", REFERRED],
      [7, "South", {}],
      [5, "", SCREENED],
      [5, "", {}],
      [8, "", REFERRED],
    ),
    ORDER,
  );

  it("has a table and a MeasureReport for each measure", () => {
    expect(report.map(({ path }) => path)).toEqual([
      "coverage.csv",
      "coverage.MeasureReport.json",
      "detection.csv",
      "detection.MeasureReport.json",
      "referral.csv",
      "referral.MeasureReport.json",
      "follow-up.csv",
      "follow-up.MeasureReport.json",
    ]);
  });

  it("counts by region, those of no known region on their own, and in all", () => {
    expect(table(report, "coverage.csv")).toEqual([
      ["district", "total", "screened", "screened_percent", "not-screened", "not-screened_percent", "note"],
      ["North", "80", "60", "75.0", "20", "25.0", ""],
      ["South", "43", "36", "83.7", "7", "16.3", ""],
      ["Region not known", "18", "13", "72.2", "5", "27.8", ""],
      ["All regions", "141", "109", "77.3", "32", "22.7", ""],
    ]);
    expect(table(report, "follow-up.csv").at(-1)?.slice(0, 4)).toEqual(["All regions", "24", "24", "100.0"]);
  });

  it("is a summary MeasureReport of FHIR R4, whose strata sum up to its population", () => {
    const document = JSON.parse(report.find(({ path }) => path === "detection.MeasureReport.json")?.text ?? "") as {
      type: string;
      period: object;
      group: [{ population: { count: number }[]; stratifier: [{ stratum: { population: { count: number }[] }[] }] }];
    };
    expect(document).toMatchObject({
      resourceType: "MeasureReport",
      type: "summary",
      period: { start: "2024-01-01", end: "2024-12-31" },
    });
    const [group] = document.group;
    for (const [index, { count }] of group.population.entries())
      expect(
        group.stratifier[0].stratum.reduce((sum, { population }) => sum + (population[index]?.count ?? 0), 0),
      ).toBe(count);
  });
});

describe("Small counts", () => {
  it("are shown by no measure: a region that is pooled in one is pooled in all", () => {
    const report = makeReport(
      counts(
        [50, "North", SCREENED],
        [10, "North", {}],
        [30, "South", SCREENED],
        [9, "South", {}],
        [3, "East", SCREENED],
        [40, "East", {}],
      ),
      ORDER,
    );
    for (const { path, text } of report) {
      const isTable = path.endsWith(".csv");
      const found = isTable ? [...text.matchAll(/(?<=,)\d+(?=,)/g)] : [...text.matchAll(/(?<="count": )\d+/g)];
      expect(found.length, path).toBeGreaterThan(0);
      for (const [count] of found) expect(["1", "2", "3", "4"], path).not.toContain(count);
    }
    expect(table(report, "coverage.csv").map(([region, total]) => [region, total])).toEqual([
      ["district", "total"],
      ["North", "60"],
      ["Other regions", "82"],
      ["All regions", "142"],
      ["East", ""],
      ["South", ""],
    ]);
    expect(table(report, "detection.csv").map(([region]) => region)).toEqual([
      "district",
      "North",
      "Other regions",
      "All regions",
      "East",
      "South",
    ]);
  });

  it("leave nothing to be shown where all are small", () => {
    const report = makeReport(counts([2, "North", SCREENED], [1, "South", {}]), { ...ORDER, measures: ["coverage"] });
    expect(table(report, "coverage.csv").slice(1)).toEqual([
      ["North", "", "", "", "", "", "Not shown: the counts are too small"],
      ["South", "", "", "", "", "", "Not shown: the counts are too small"],
    ]);
    expect(JSON.parse(report[1]?.text ?? "")).toMatchObject({
      group: [{ population: [], stratifier: [{ stratum: [] }] }],
    });
  });

  it("of a region whose name a spreadsheet would run stand beside a name that it does not", () => {
    const [first] = makeReport(counts([9, "=cmd()", SCREENED], [9, "=cmd()", {}]), {
      ...ORDER,
      measures: ["coverage"],
    });
    expect(first?.text).toContain("'=cmd()");
  });
});
