import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { compare, type Outcome } from "../compare.ts";
import type { Side } from "../measure.ts";
import type { TableBench } from "./table-bench.ts";

const SCRIPT = join(import.meta.dirname, "write-csv.ts");
/** Rows for each row of a workbook: a CSV is written that much faster. */
const TIMES = 10;

/** Our writer of CSV against csv-stringify in batches, on one thread, both over the same rows and to the same bytes. */
export async function compareCsvWriters({ cache, sheetRows, runs, wanted }: TableBench): Promise<Outcome[]> {
  const name = "csv-stringify";
  if (!wanted(name)) return [];
  const rows = sheetRows * TIMES;
  const digests = new Set<string>();
  const writerSide = (by: "satchel" | "csv-stringify"): Side => ({
    name: by,
    commands: (output) => [
      { command: process.execPath, args: [SCRIPT, by, String(rows), join(output, "studies.csv")] },
    ],
    check: (output) => {
      digests.add(
        createHash("sha256")
          .update(readFileSync(join(output, "studies.csv")))
          .digest("hex"),
      );
      if (digests.size > 1) throw new Error("The writers of CSV do not write the same.");
    },
  });
  return [
    await compare(
      {
        name,
        title: `${rows} x 18 to CSV : csv-stringify in batches`,
        limit: 1,
        subject: writerSide("satchel"),
        baseline: writerSide("csv-stringify"),
        warmUps: 1,
        runs,
      },
      cache,
    ),
  ];
}
