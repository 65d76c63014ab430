// npm run bench -- tables [--only NAME...] [--rows N] [--sheet-rows N] [--runs N] [--directory DIR]
import { mkdirSync } from "node:fs";
import { cpus } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { requireFreeSpace } from "../corpus.ts";
import { allMet, formatReport } from "../report.ts";
import { compareCsvWriters } from "./csv-writers.ts";
import { compareNotes } from "./notes.ts";
import type { TableBench } from "./table-bench.ts";
import { compareWorkbooks } from "./workbooks.ts";

const HELP = `Measures exports of tables against other ways of writing the same rows, alternately in one run.

npm run bench -- tables                      everything: 1,000,000 notes, workbooks of 100,000 rows (5 GB of disk)
npm run bench -- tables --only notes-kept    notes-kept, notes-pseudonyms, notes-scrubbed, csv-stringify, xlsx-hucre, xlsx-write-excel-file
npm run bench -- tables --rows 100000        of notes; --sheet-rows of workbooks. Small ones are coarse, start-up weighs more
npm run bench -- tables --runs 3             of each side (default 5)
npm run bench -- tables --directory DIR      where corpora and outputs go (default: .cache/bench)`;

/** Of a process and its children together, for tables. */
const MEMORY_LIMIT_BYTES = 300e6;
/** The corpus twice, a catalog, and two outputs. */
const BYTES_A_NOTE = 5000;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      only: { type: "string", multiple: true },
      rows: { type: "string", default: "1000000" },
      "sheet-rows": { type: "string", default: "100000" },
      runs: { type: "string", default: "5" },
      directory: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const cache = resolve(values.directory ?? join(import.meta.dirname, "..", "..", ".cache", "bench"));
  mkdirSync(cache, { recursive: true });
  const bench: TableBench = {
    cache,
    rows: Number(values.rows),
    sheetRows: Number(values["sheet-rows"]),
    runs: Number(values.runs),
    wanted: (name) => values.only?.some((prefix) => name.startsWith(prefix)) ?? true,
  };
  requireFreeSpace(cache, bench.rows * BYTES_A_NOTE);
  console.log(`Node.js ${process.versions.node}, ${cpus().length} x ${cpus()[0]?.model ?? "unknown processor"}`);
  const outcomes = [
    ...(await compareCsvWriters(bench)),
    ...(await compareWorkbooks(bench)),
    ...(await compareNotes(bench)),
  ];
  if (outcomes.length === 0) {
    console.error(`No comparison has such a name.\n\n${HELP}`);
    return 2;
  }
  console.log(`\n${formatReport(outcomes, MEMORY_LIMIT_BYTES)}`);
  return allMet(outcomes, MEMORY_LIMIT_BYTES) ? 0 : 1;
}

process.exitCode = await main();
