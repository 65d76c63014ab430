import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { examRows } from "../../../bench/tables/exam-rows.ts";
import { runChecked } from "../../support/run-command.ts";
import { temporaryDirectory } from "../../support/temporary-directory.ts";

const MEGABYTE = 1024;
/** A small heap, so that what is seen is what is held, not what has not been collected yet. */
const NODE = ["--max-semi-space-size=2", "--max-old-space-size=64"];

/** Goes through the sheet as a stream, holding one row. */
const PYTHON = `
import json, sys, zipfile
from xml.etree import ElementTree
N = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
rows = cells = 0
last = None
with zipfile.ZipFile(sys.argv[1]).open("xl/worksheets/sheet1.xml") as sheet:
    for _, element in ElementTree.iterparse(sheet):
        if element.tag != N + "row": continue
        rows += 1
        cells += len(element)
        last = element[0].find(N + "is/" + N + "t").text
        element.clear()
print(json.dumps([rows, cells, last]))`;

describe("a workbook of 100,000 rows and 18 columns", () => {
  const folder = temporaryDirectory("xlsx-memory");

  async function peakOf(rows: number): Promise<number> {
    const script = join(import.meta.dirname, "make-workbook.ts");
    const path = join(folder, `${rows}.xlsx`);
    return Number(await runChecked(process.execPath, [...NODE, script, String(rows), path]));
  }

  it("takes no more memory than one of 10,000, and has every row and cell", async () => {
    const few = await peakOf(10_000);
    const many = await peakOf(100_000);
    expect(many).toBeLessThan(few + 32 * MEGABYTE);
    expect(many).toBeLessThan(200 * MEGABYTE);

    const cells = [...examRows(100_000)].reduce((sum, row) => sum + row.filter((cell) => cell !== null).length, 0);
    const said = await runChecked("python3", ["-c", PYTHON, join(folder, "100000.xlsx")]);
    expect(JSON.parse(said)).toEqual([100_001, cells + 18, "EX000099999"]);
  });
});
