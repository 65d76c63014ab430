import { parse } from "csv-parse/sync";
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { runChecked } from "../../support/run-command.ts";

/** Fields are parted by 44 "," and quoted by 34 '"'; 76 is UTF-8; the first line counts. */
const CSV = "44,34,76,1";
const TEXT = 2;

/**
 * Opens a table in LibreOffice Calc and has it written as CSV.
 *
 * @param folder of the test: holds the profile, so that nothing is shared with other tests, and the outcome
 * @param columns of a CSV, all of which are taken for text; of a workbook nothing needs to be said
 */
export async function readByLibreOffice(path: string, folder: string, columns?: number): Promise<string[][]> {
  const output = join(folder, "libre-office");
  const texts = Array.from({ length: columns ?? 0 }, (_, index) => `${index + 1}/${TEXT}`).join("/");
  await runChecked(
    "soffice",
    [
      `-env:UserInstallation=file://${join(folder, "profile")}`,
      "--headless",
      ...(columns === undefined ? [] : [`--infilter=Text - txt - csv (StarCalc):${CSV},${texts},0,true,false`]),
      "--convert-to",
      // Every text quoted, values as they are shown.
      `csv:Text - txt - csv (StarCalc):${CSV},,0,true,true`,
      "--outdir",
      output,
      path,
    ],
    { cwd: folder, timeout: 170_000, env: { HOME: folder } },
  );
  const written = readFileSync(join(output, basename(path).replace(/\.\w+$/, ".csv")));
  return parse(written, { relax_column_count: true, max_record_size: 0 });
}
