import { guardFormulas } from "../table/formula-guard.ts";
import type { QualityFindings } from "./quality-findings.ts";
import { outlierRules, statisticsOf, type MeasureStatistics } from "./statistics.ts";

/** How a resource is named in the tables: by the ids under which it and its patient leave. */
export interface Named {
  patient: string;
  id: string;
}

export interface MeasureSummary extends MeasureStatistics {
  measure: string;
  unit: string;
  outliers: number;
  /** The unit is not the one in which most values of the measure are. */
  unexpected: boolean;
}

type Cells = readonly (string | number)[];

/** CSV, RFC 4180, each cell harmless to spreadsheets. */
export function csv(head: Cells, rows: Iterable<Cells>): string {
  let text = line(head);
  for (const row of rows) text += line(row);
  return text;
}

function line(cells: Cells): string {
  return `${cells.map(cellOf).join(",")}\r\n`;
}

function cellOf(cell: string | number): string {
  if (typeof cell === "number") return String(Math.round(cell * 1e6) / 1e6);
  const text = guardFormulas(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The columns of the completeness matrix: what was asked for, or else all types that any patient has. */
export function expectedOf({ patients, types }: QualityFindings, expect: readonly string[]): string[] {
  if (expect.length > 0) return [...expect];
  const had = [...types.keys()].filter((type) => patients.some(({ counts }) => counts.has(type)));
  return had.filter((type) => type !== "Patient").sort();
}

/** How many resources of each type each patient has. */
export function completeness({ patients }: QualityFindings, expected: readonly string[]): string {
  const sorted = patients.toSorted((one, other) => (one.id < other.id ? -1 : 1));
  return csv(
    ["patient_id", ...expected],
    sorted.map(({ id, counts }) => [id, ...expected.map((type) => counts.get(type) ?? 0)]),
  );
}

/** Statistics of each measure in each unit, the most frequent first; outliers are listed apart. */
export function summariseMeasures(
  { measures }: QualityFindings,
  nameOf: (row: number) => Named,
): { summaries: MeasureSummary[]; outliers: Cells[] } {
  const mostOf = new Map<string, number>();
  for (const [key, { values }] of measures) {
    const [measure = ""] = key.split("\n");
    mostOf.set(measure, Math.max(mostOf.get(measure) ?? 0, values.length));
  }
  const summaries: MeasureSummary[] = [];
  const outliers: Cells[] = [];
  for (const [key, { values, rows }] of measures) {
    const [measure = "", unit = ""] = key.split("\n");
    const statistics = statisticsOf(Float64Array.from({ length: values.length }, (_, index) => values.at(index)));
    let count = 0;
    for (let index = 0; index < values.length; index++) {
      const value = values.at(index);
      const rules = outlierRules(value, statistics);
      if (rules.length === 0) continue;
      count++;
      const { patient, id } = nameOf(rows.at(index));
      outliers.push([patient, id, measure, unit, value, rules.join(" ")]);
    }
    summaries.push({
      measure,
      unit,
      ...statistics,
      outliers: count,
      unexpected: values.length < (mostOf.get(measure) ?? 0),
    });
  }
  summaries.sort((one, other) => other.count - one.count || (one.measure < other.measure ? -1 : 1));
  return { summaries, outliers: outliers.sort(byText) };
}

export function byText(one: Cells, other: Cells): number {
  const [left, right] = [one.join("\n"), other.join("\n")];
  return left < right ? -1 : left > right ? 1 : 0;
}
