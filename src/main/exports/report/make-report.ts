import type { ReportMeasure } from "../../../contract/fhir.ts";
import type { JsonObject } from "../../fhir/json.ts";
import { guardFormulas } from "../table/formula-guard.ts";
import { countsOf, MEASURES, type MeasureDefinition, type ReportCounts } from "./measures.ts";
import { poolRegions, type PooledCounts } from "./pool-regions.ts";

/** What is asked of a report. */
export interface ReportOrder {
  measures: readonly ReportMeasure[];
  minimumCount: number;
  region: "state" | "district";
  /** ISO dates, where the selection has them. */
  from: string | undefined;
  to: string | undefined;
  /** ISO 8601, UTC. */
  date: string;
}

export interface ReportDocument {
  path: string;
  text: string;
}

/** What stands in the region's place. */
const POOLED = "Other regions";
const UNKNOWN = "Region not known";
const TOTAL = "All regions";

/** A MeasureReport (FHIR R4) and a table for each measure. Small counts are in none of them (pool-regions.ts). */
export function makeReport(counts: ReportCounts, order: ReportOrder): ReportDocument[] {
  const pooled = poolRegions(counts.regions(), order.minimumCount);
  return MEASURES.filter(({ measure }) => order.measures.includes(measure)).flatMap((definition) => {
    const rows = rowsOf(definition, pooled);
    return [
      { path: `${definition.measure}.csv`, text: tableOf(definition, rows, pooled, order) },
      { path: `${definition.measure}.MeasureReport.json`, text: measureReport(definition, rows, pooled, order) },
    ];
  });
}

interface ReportRow {
  region: string;
  kind: "region" | "pool" | "total";
  counts: readonly number[];
}

function rowsOf(definition: MeasureDefinition, { shown, pool, total }: PooledCounts): ReportRow[] {
  const row = (kind: ReportRow["kind"], region: string, counts: readonly number[]): ReportRow => ({
    kind,
    region,
    counts: countsOf(definition, counts),
  });
  return [
    ...shown.map(({ region, counts }) => row("region", region === "" ? UNKNOWN : region, counts)),
    ...(pool === undefined ? [] : [row("pool", POOLED, pool)]),
    ...(total === undefined ? [] : [row("total", TOTAL, total)]),
  ];
}

/** RFC 4180. A region whose counts are told with others has a row that says so, and no count. */
function tableOf(
  definition: MeasureDefinition,
  rows: readonly ReportRow[],
  { pooled }: PooledCounts,
  { region }: ReportOrder,
): string {
  const { parts } = definition;
  const head = [region, "total", ...parts.flatMap(({ name }) => [name, `${name}_percent`]), "note"];
  const lines = rows.map(({ region: name, kind, counts }) => {
    const total = sum(counts);
    const cells = counts.flatMap((count) => [count, total === 0 ? "" : percent(count, total)]);
    const note = kind === "pool" ? `${pooled.length} regions together: some of their counts are small` : "";
    return [name, total, ...cells, note];
  });
  const hidden = pooled.map((name) => [
    name === "" ? UNKNOWN : name,
    ...Array.from({ length: 1 + parts.length * 2 }, () => ""),
    rows.length === 0 ? "Not shown: the counts are too small" : `Told with "${POOLED}"`,
  ]);
  return [head, ...lines, ...hidden].map((cells) => `${cells.map(toCsv).join(",")}\r\n`).join("");
}

function measureReport(
  definition: MeasureDefinition,
  rows: readonly ReportRow[],
  { pooled }: PooledCounts,
  { date, from, to, region, minimumCount }: ReportOrder,
): string {
  const { measure, title, population, parts } = definition;
  const total = rows.find(({ kind }) => kind === "total");
  const strata = rows.filter(({ kind }) => kind !== "total");
  const report: JsonObject = {
    resourceType: "MeasureReport",
    status: "complete",
    type: "summary",
    measure: `urn:satchel:measure:${measure}`,
    date,
    // Both are required of a Period of a MeasureReport; without a selection by days all that was recorded until then is meant.
    period: { ...(from === undefined ? {} : { start: from }), end: to ?? date.slice(0, 10) },
    group: [
      {
        code: { coding: [{ system: "urn:satchel:measure", code: measure, display: title }], text: population },
        population: total === undefined ? [] : populations(parts, total.counts),
        stratifier: [
          {
            code: [{ coding: [{ system: "urn:satchel:stratifier", code: region }] }],
            stratum: strata.map((row) => ({
              value: { text: row.kind === "pool" ? `${row.region} (${pooled.length})` : row.region },
              population: populations(parts, row.counts),
            })),
          },
        ],
      },
    ],
    text: {
      status: "generated",
      div: `<div xmlns="http://www.w3.org/1999/xhtml">${title}. ${population}. Counts from 1 to ${minimumCount - 1} are not shown; regions with such counts are told together.</div>`,
    },
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}

function populations(parts: MeasureDefinition["parts"], counts: readonly number[]): JsonObject[] {
  const initial = { system: "http://terminology.hl7.org/CodeSystem/measure-population", code: "initial-population" };
  return [
    { code: { coding: [initial] }, count: sum(counts) },
    ...parts.map(({ name, title }, index) => ({
      code: { coding: [{ system: "urn:satchel:measure-part", code: name, display: title }] },
      count: counts[index] ?? 0,
    })),
  ];
}

function percent(count: number, total: number): string {
  return ((count / total) * 100).toFixed(1);
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}

/** Regions are free text of the source: one that begins like a formula is made harmless as in all tables. */
function toCsv(cell: string | number): string {
  const text = typeof cell === "number" ? String(cell) : guardFormulas(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
