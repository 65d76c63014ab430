import type { QualityTable } from "../../../contract/calls/fhir-exports.ts";
import type { QualityFindings, ResourceFinding } from "./quality-findings.ts";
import { completenessPicture, findingsPicture, measuresPicture } from "./quality-pictures.ts";
import {
  byText,
  completeness,
  csv,
  expectedOf,
  summariseMeasures,
  type MeasureSummary,
  type Named,
} from "./quality-tables.ts";

export interface QualityDocument {
  path: string;
  text: string;
}

/** What a screen or a terminal shows first. */
export interface QualitySummary {
  patients: number;
  resources: number;
  /** Patients who have each of the types that were expected. */
  completeness: { type: string; patients: number }[];
  /** `table`: the table in which its rows stand. */
  findings: { name: string; table: QualityTable; count: number }[];
  measures: MeasureSummary[];
}

/**
 * Tables, pictures and a first page of what was found. Resources and patients are named as they leave; no value of a text stands in any of
 * them.
 */
export function makeQuality(
  findings: QualityFindings,
  expect: readonly string[],
  nameOf: (row: number) => Named,
): { summary: QualitySummary; documents: QualityDocument[] } {
  const expected = expectedOf(findings, expect);
  const { summaries, outliers } = summariseMeasures(findings, nameOf);
  const unexpected = summaries.filter((one) => one.unexpected);
  const shares = expected.map((type) => ({
    type,
    patients: findings.patients.filter(({ counts }) => (counts.get(type) ?? 0) > 0).length,
  }));
  const summary: QualitySummary = {
    patients: findings.patients.length,
    resources: [...findings.types.values()].reduce((sum, count) => sum + count, 0),
    completeness: shares,
    findings: [
      { name: "Far from the rest", table: "outliers", count: outliers.length },
      { name: "Doubled", table: "duplicates", count: findings.duplicates.length },
      { name: "Impossible dates", table: "dates", count: findings.dates.length },
      {
        name: "Values in unexpected units",
        table: "measures",
        count: unexpected.reduce((sum, { count }) => sum + count, 0),
      },
      { name: "Missing required elements", table: "missing", count: findings.missing.length },
      { name: "Not as their schema says", table: "schemas", count: findings.invalid.length },
    ],
    measures: summaries,
  };
  const listed = (rows: readonly ResourceFinding[]): string =>
    csv(
      ["patient_id", "resource_type", "resource_id", "element", "finding"],
      rows
        .map(({ row, type, element, what }) => [nameOf(row).patient, type, nameOf(row).id, element, what])
        .sort(byText),
    );
  const documents = [
    { path: "completeness.csv", text: completeness(findings, expected) },
    { path: "measures.csv", text: measuresTable(summaries) },
    {
      path: "outliers.csv",
      text: csv(["patient_id", "observation_id", "measure", "unit", "value", "rules"], outliers),
    },
    {
      path: "duplicates.csv",
      text: csv(
        ["patient_id", "resource_type", "resource_id", "same_as"],
        findings.duplicates
          .map(({ row, of, type }) => [nameOf(row).patient, type, nameOf(row).id, nameOf(of).id])
          .sort(byText),
      ),
    },
    { path: "dates.csv", text: listed(findings.dates) },
    { path: "missing.csv", text: listed(findings.missing) },
    { path: "schemas.csv", text: listed(findings.invalid) },
    {
      path: "completeness.svg",
      text: completenessPicture(
        summary.patients,
        shares.map(({ type, patients }) => ({ name: type, patients })),
      ),
    },
    { path: "measures.svg", text: measuresPicture(summaries) },
    { path: "findings.svg", text: findingsPicture(summary.findings) },
    { path: "QUALITY.md", text: firstPage(summary) },
  ];
  return { summary, documents };
}

function measuresTable(summaries: readonly MeasureSummary[]): string {
  const head =
    "measure,unit,count,mean,standard_deviation,minimum,lower_quartile,median,upper_quartile,maximum,outliers,unexpected_unit";
  return csv(
    head.split(","),
    summaries.map((one) => [
      one.measure,
      one.unit,
      one.count,
      one.mean,
      one.standardDeviation,
      one.minimum,
      one.lowerQuartile,
      one.median,
      one.upperQuartile,
      one.maximum,
      one.outliers,
      one.unexpected ? "yes" : "no",
    ]),
  );
}

/** Markdown. */
function firstPage({ patients, resources, completeness: shares, findings }: QualitySummary): string {
  const rows = (cells: readonly (readonly (string | number)[])[]): string =>
    cells.map((row) => `| ${row.join(" | ")} |\n`).join("");
  const share = (count: number): string => (patients === 0 ? "" : `${((count / patients) * 100).toFixed(0)} %`);
  return [
    "# Quality of the data\n",
    `${patients} patients, ${resources} resources. Patients and resources are named by the ids under which they leave Satchel.\n`,
    "## What was found\n",
    rows([["Finding", "Count"], ["---", "---:"], ...findings.map(({ name, count }) => [name, count])]),
    "![What was found](findings.svg)\n",
    "## Completeness\n",
    rows([
      ["Data", "Patients who have it", "Share"],
      ["---", "---:", "---:"],
      ...shares.map(({ type, patients: having }) => [type, having, share(having)]),
    ]),
    "![Patients who have each type of data](completeness.svg)\n",
    "## Values\n",
    "Far from the rest are values more than three standard deviations from the mean (3-sd), or more than one and a half interquartile ranges beyond the quartiles (iqr); measures.csv has all figures, outliers.csv the values. A unit is unexpected where most values of the measure have another.\n",
    "![Values of each measure](measures.svg)\n",
    "## Tables\n",
    "completeness.csv, measures.csv, outliers.csv, duplicates.csv, dates.csv, missing.csv, schemas.csv\n",
  ].join("\n");
}
