// npm run bench -- fhir: Observations as NDJSON through the default policy, to NDJSON and by the built-in view to CSV, against JSON.parse and
// JSON.stringify of the same lines alone, in turn, on one core. Ends with 1 above a limit.
import { parseArgs } from "node:util";
import { createResourcePolicy } from "../../src/main/deidentify/fhir/create-resource-policy.ts";
import type { ResourceContext } from "../../src/main/deidentify/fhir/resource-policy.ts";
import { createPartFormat } from "../../src/main/exports/dataset/part-format.ts";
import { ColumnStatistics } from "../../src/main/exports/table/column-statistics.ts";
import { builtInView } from "../../src/main/exports/views/built-in-views.ts";
import { compileView } from "../../src/main/exports/views/compile-view.ts";
import { parseResource, type ParsedResource } from "../../src/main/fhir/precise-json.ts";
import { makeObservation, patientOf } from "./observations.ts";

/** How many times as long as JSON.parse and JSON.stringify alone. */
const LIMITS = { ndjson: 3.0, csv: 2.5 };
type Way = keyof typeof LIMITS;
const WAYS: readonly Way[] = ["ndjson", "csv"];
const ISSUER = "bench";
const { values } = parseArgs({
  options: { lines: { type: "string", default: "1000000" }, rounds: { type: "string", default: "3" } },
  allowPositionals: true,
});
const total = Number(values.lines);
/** Lines are held in memory for one turn each. */
const TURN = 20_000;

const policy = createResourcePolicy(
  {
    kind: "pseudonymised",
    key: "bench",
    dates: "shift",
    birth: "year",
    text: "drop",
    phones: "remove",
    images: "exclude",
    withoutConsent: "include",
  },
  { name: "bench", secret: Buffer.alloc(32, 7) },
  { exportedAt: "2026-01-01T00:00:00Z" },
);

function contextOf(index: number): ResourceContext {
  const number = Math.floor(index / 60);
  return {
    issuer: ISSUER,
    patient: { issuer: ISSUER, id: patientOf(index) },
    identityOf: (id) => ({ issuer: ISSUER, id }),
    known: () => ({
      names: [`Maria Gonzales${number}`, "Maria", `Gonzales${number}`],
      identifiers: [`MRN-${100_000 + number}`],
      phones: [`+91 98450 ${10_000 + number}`],
      addresses: [`${number} Mill Lane`, "Mysuru"],
      birthDate: "1961-04-09",
    }),
  };
}

/** @returns microseconds of processor time; the machine may do other things beside */
function timed(work: () => number): { microseconds: number; bytes: number } {
  const before = process.cpuUsage();
  const bytes = work();
  const { user, system } = process.cpuUsage(before);
  return { microseconds: user + system, bytes };
}

function alone(lines: readonly string[]): number {
  let bytes = 0;
  for (const line of lines) bytes += JSON.stringify(JSON.parse(line)).length;
  return bytes;
}

const view = compileView(builtInView("observation"));
const table = createPartFormat({
  kind: "table",
  settings: {
    table: "csv",
    columns: [...view.columns],
    byteOrderMark: false,
    formulas: "guard",
    sheet: "Observations",
  },
  maker: undefined,
  title: view.title,
  row: "",
}).text!;

/** @returns bytes made of a treated resource, as a worker makes them */
const WRITERS: Record<Way, () => (parsed: ParsedResource, treated: ParsedResource["resource"]) => number> = {
  ndjson: () => (parsed, treated) => parsed.write(treated).length + 1,
  csv() {
    const statistics = new ColumnStatistics(view.columns);
    return (_, treated) => {
      let bytes = 0;
      for (const row of view.rows(treated)) {
        statistics.add(row);
        bytes += table.row(row).length;
      }
      return bytes;
    };
  },
};

function treated(lines: readonly string[], first: number, way: Way): number {
  const write = WRITERS[way]();
  let bytes = 0;
  let context = contextOf(first);
  for (const [at, line] of lines.entries()) {
    if ((first + at) % 60 === 0) context = contextOf(first + at);
    const parsed = parseResource(line);
    const result = policy.treat(parsed.resource, context);
    if (result.outcome === "passed") bytes += write(parsed, result.resource);
  }
  return bytes;
}

function measure(): Record<Way, number> {
  const sums = { alone: 0, read: 0, ndjson: 0, csv: 0 };
  for (let first = 0; first < total; first += TURN) {
    const lines = Array.from({ length: Math.min(TURN, total - first) }, (_, at) => makeObservation(first + at));
    const baseline = timed(() => alone(lines));
    sums.alone += baseline.microseconds;
    sums.read += baseline.bytes;
    for (const way of WAYS) sums[way] += timed(() => treated(lines, first, way)).microseconds;
  }
  const rate = (microseconds: number): string => `${(sums.read / microseconds).toFixed(0)} MB/s`;
  console.log(
    `fhir: ${total} Observations, ${(sums.read / 1e6).toFixed(0)} MB; JSON.parse and JSON.stringify alone ${rate(sums.alone)}, to NDJSON ${rate(sums.ndjson)}, to CSV ${rate(sums.csv)}`,
  );
  return { ndjson: sums.ndjson / sums.alone, csv: sums.csv / sums.alone };
}

const rounds = Array.from({ length: Number(values.rounds) }, measure);
for (const way of WAYS) {
  const ratios = rounds.map((round) => round[way]);
  const median = ratios.toSorted((a, b) => a - b)[Math.floor(ratios.length / 2)]!;
  const isMet = median <= LIMITS[way];
  const told = ratios.map((ratio) => ratio.toFixed(2)).join(", ");
  console.log(
    `${way}: ${told}; median ${median.toFixed(2)}, limit ${LIMITS[way].toFixed(1)} on one core: ${isMet ? "met" : "NOT met"}`,
  );
  if (!isMet) process.exitCode = 1;
}
