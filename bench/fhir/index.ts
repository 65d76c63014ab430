// npm run bench -- fhir: Observations as NDJSON through the default policy, against JSON.parse and JSON.stringify of the same lines alone,
// in turn, on one core. Ends with 1 above the limit.
import { parseArgs } from "node:util";
import { createResourcePolicy } from "../../src/main/deidentify/fhir/create-resource-policy.ts";
import type { ResourceContext } from "../../src/main/deidentify/fhir/resource-policy.ts";
import type { Resource } from "../../src/main/fhir/json.ts";
import { makeObservation, patientOf } from "./observations.ts";

const LIMIT = 3.0;
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

function treated(lines: readonly string[], first: number): number {
  let bytes = 0;
  let context = contextOf(first);
  for (const [at, line] of lines.entries()) {
    if ((first + at) % 60 === 0) context = contextOf(first + at);
    const result = policy.treat(JSON.parse(line) as Resource, context);
    if (result.outcome === "passed") bytes += JSON.stringify(result.resource).length;
  }
  return bytes;
}

function measure(): number {
  const sums = { alone: 0, treated: 0, read: 0, written: 0 };
  for (let first = 0; first < total; first += TURN) {
    const lines = Array.from({ length: Math.min(TURN, total - first) }, (_, at) => makeObservation(first + at));
    const baseline = timed(() => alone(lines));
    const ours = timed(() => treated(lines, first));
    sums.alone += baseline.microseconds;
    sums.treated += ours.microseconds;
    sums.read += baseline.bytes;
    sums.written += ours.bytes;
  }
  const rate = (microseconds: number): string => (sums.read / microseconds).toFixed(0);
  console.log(
    `fhir: ${total} Observations, ${(sums.read / 1e6).toFixed(0)} MB; parse and stringify ${rate(sums.alone)} MB/s, treated ${rate(sums.treated)} MB/s`,
  );
  return sums.treated / sums.alone;
}

const ratios = Array.from({ length: Number(values.rounds) }, measure);
const median = ratios.toSorted((a, b) => a - b)[Math.floor(ratios.length / 2)]!;
console.log(`ratio ${ratios.map((ratio) => ratio.toFixed(2)).join(", ")}; median ${median.toFixed(2)}`);
console.log(`limit ${LIMIT} on one core: ${median <= LIMIT ? "met" : "NOT met"}`);
process.exitCode = median <= LIMIT ? 0 : 1;
