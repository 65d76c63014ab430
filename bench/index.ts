// npm run bench -- [--only NAME...] [--quick] [--directory DIR]
import { mkdirSync } from "node:fs";
import { cpus } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { compareFolders, compareOrthanc, comparePreviews } from "./comparisons.ts";
import type { BenchContext } from "./comparisons.ts";
import { corpusBytes, LARGE, QUICK_LARGE, requireFreeSpace } from "./corpus.ts";
import { allMet, formatReport } from "./report.ts";

/** Corpora, one output folder and, for Orthanc, its storage twice and the archives. */
const SPACE_IN_CORPORA = 6;

const HELP = `Measures Satchel against other ways of doing the same, alternately in one run.

npm run bench                          everything (about half an hour on two cores, 7 GB of disk)
npm run bench -- --quick               a tenth of it; its ratios are coarse, start-up weighs more
npm run bench -- --only copy           comparisons whose name begins so; may be given several times
npm run bench -- window                the window instead: see npm run bench -- window --help
npm run bench -- tables                CSV and XLSX instead: see npm run bench -- tables --help
npm run bench -- scrub                 how fast one core scrubs the text of notes
npm run bench -- scrub-quality         what scrubbing finds of marked notes, with every miss
npm run bench -- fhir                  FHIR Observations to de-identified NDJSON and CSV, on one core
npm run bench -- --directory DIR       where corpora and outputs go (default: .cache/bench)

Names: copy-, copy-sync-, gdcmanon-, dcmjs- each with 0.5MB or 20kB; orthanc-archive, orthanc-anonymize;
       previews-uncompressed, previews-jpeg-baseline, previews-jpeg-lossless, each also with -two`;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      only: { type: "string", multiple: true },
      quick: { type: "boolean", default: false },
      directory: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const cache = resolve(values.directory ?? join(import.meta.dirname, "..", ".cache", "bench"));
  mkdirSync(cache, { recursive: true });
  requireFreeSpace(cache, SPACE_IN_CORPORA * corpusBytes(values.quick ? QUICK_LARGE : LARGE));
  const only = values.only;
  const context: BenchContext = {
    cache,
    quick: values.quick,
    wanted: (name) => only === undefined || only.some((prefix) => name.startsWith(prefix)),
    failures: [],
  };
  console.log(`Node.js ${process.versions.node}, ${cpus().length} x ${cpus()[0]?.model ?? "unknown processor"}`);
  const outcomes = [];
  for (const run of [compareFolders, compareOrthanc, comparePreviews]) outcomes.push(...(await run(context)));
  if (outcomes.length + context.failures.length === 0) {
    console.error(`No comparison has a name beginning with ${only?.join(" or ")}.\n\n${HELP}`);
    return 2;
  }
  if (outcomes.length > 0) console.log(`\n${formatReport(outcomes)}`);
  for (const failure of context.failures) console.error(`Not measured: ${failure}`);
  return allMet(outcomes) && context.failures.length === 0 ? 0 : 1;
}

process.exitCode = await main();
