import { existsSync } from "node:fs";
import { join } from "node:path";
import { runChecked } from "../../test/support/run-command.ts";
import { compare, type Outcome } from "../compare.ts";
import type { Side } from "../measure.ts";
import type { TableBench } from "./table-bench.ts";

const SCRIPT = join(import.meta.dirname, "write-workbook.ts");

/** A process of its own that makes the rows and writes the workbook, on one thread of JavaScript. */
function writerSide(name: "satchel" | "hucre" | "write-excel-file", rows: number): Side {
  const path = (output: string): string => join(output, "studies.xlsx");
  return {
    name,
    commands: (output) => [{ command: process.execPath, args: [SCRIPT, name, String(rows), path(output)] }],
    check: async (output) => {
      if (!existsSync(path(output))) throw new Error(`${name} made no workbook.`);
      await runChecked("unzip", ["-tq", path(output)]);
    },
  };
}

/** Our writer against libraries that write the same 18 columns, with dates as dates and the header frozen. */
export async function compareWorkbooks({ cache, sheetRows, runs, wanted }: TableBench): Promise<Outcome[]> {
  const contests = [
    // The fastest library found: exceljs 4.4, streaming, takes 1.4 times as long, SheetJS and write-excel-file more than twice.
    { name: "xlsx-hucre", baseline: "hucre", limit: 1.1 },
    { name: "xlsx-write-excel-file", baseline: "write-excel-file", limit: 1.1 },
  ] as const;
  const outcomes: Outcome[] = [];
  for (const { name, baseline, limit } of contests.filter((contest) => wanted(contest.name))) {
    outcomes.push(
      await compare(
        {
          name,
          title: `${sheetRows} x 18 to XLSX : ${baseline}`,
          limit,
          subject: writerSide("satchel", sheetRows),
          baseline: writerSide(baseline, sheetRows),
          warmUps: 1,
          runs,
        },
        cache,
      ),
    );
  }
  return outcomes;
}
