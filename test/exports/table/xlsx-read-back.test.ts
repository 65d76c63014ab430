import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Row } from "../../../src/main/exports/table/table.ts";
import { runChecked } from "../../support/run-command.ts";
import { temporaryDirectory } from "../../support/temporary-directory.ts";
import { readByLibreOffice } from "./libre-office.ts";
import { column, nastyRows, textColumns } from "./nasty-values.ts";
import { writeTable } from "./write-table.ts";

const COLUMNS = 9;
const ROWS = 2500;

/** Reads the first sheet by zipfile and an XML parser, and undoes ST_Xstring (ECMA-376 22.9.2.19) by the standard's words. */
const PYTHON = `
import json, re, sys, zipfile
from xml.etree import ElementTree
N = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
def plain(text): return re.sub("_x([0-9A-Fa-f]{4})_", lambda m: chr(int(m.group(1), 16)), text)
def index(place):
    n = 0
    for letter in re.match("[A-Z]+", place).group(): n = n * 26 + ord(letter) - 64
    return n - 1
archive = zipfile.ZipFile(sys.argv[1])
assert archive.testzip() is None
for part in archive.namelist(): ElementTree.fromstring(archive.read(part))
rows = []
for row in ElementTree.fromstring(archive.read("xl/worksheets/sheet1.xml")).iter(N + "row"):
    assert int(row.get("r")) == len(rows) + 1
    cells = {}
    for cell in row:
        text = cell.find(N + "is/" + N + "t")
        cells[index(cell.get("r"))] = plain(text.text or "") if text is not None else cell.find(N + "v").text
    rows.append(cells)
print(json.dumps(rows))`;

describe("20,000 nasty values in a workbook", () => {
  const folder = temporaryDirectory("xlsx-read-back");
  const longest = `${'é"<\n='.repeat(6553)}z=`;
  const nasty: Row[] = [...nastyRows(ROWS, COLUMNS, 4), ["as long as a cell may be", longest]];

  function write(name: string, rows: readonly Row[]): string {
    const path = join(folder, name);
    const columns = textColumns(COLUMNS);
    writeTable(
      path,
      { table: "xlsx", columns, byteOrderMark: false, formulas: "guard", sheet: "T", rows: rows.length },
      rows,
    );
    return path;
  }

  it("come back from Python's zipfile and XML parser as they were", async () => {
    expect(longest).toHaveLength(32_767);
    const said = await runChecked("python3", ["-c", PYTHON, write("python.xlsx", nasty)]);
    const [, ...rows] = JSON.parse(said) as Record<string, string>[];
    expect(rows).toHaveLength(nasty.length);
    for (const [number, row] of rows.entries()) {
      const expected = Array.from({ length: COLUMNS }, (_, at) => String(nasty[number]?.[at] ?? "").toWellFormed());
      expect(Array.from({ length: COLUMNS }, (_, at) => row[at] ?? "")).toEqual(expected);
    }
  });

  it("come back from LibreOffice, but for kinds of line breaks, which are one to it", async () => {
    const [, ...rows] = await readByLibreOffice(write("office.xlsx", nasty), folder);
    expect(rows).toHaveLength(nasty.length);
    const oneBreak = (text: string): string => text.replaceAll(/\r\n|\n\r|\r/g, "\n");
    for (const [number, row] of rows.entries()) {
      const expected = Array.from({ length: COLUMNS }, (_, at) => String(nasty[number]?.[at] ?? "").toWellFormed());
      expect(row.map(oneBreak)).toEqual(expected.map(oneBreak));
    }
  });
});

describe("numbers, dates and times in a workbook", () => {
  const folder = temporaryDirectory("xlsx-dates");

  it("are those of the table in LibreOffice, to the millisecond, as the clock showed them", async () => {
    const columns = [
      column("n", { type: "integer" }),
      column("d", { type: "date" }),
      column("t", { type: "datetime" }),
    ];
    const rows: Row[] = [
      [0, "1900-03-01", "1900-03-01T00:00:00-03:06"],
      [-5, "1933-12-31", "1999-12-31T23:59:59-02:00"],
      [123456789012, "2024-02-29", "2024-02-29T23:59:59.999999-03:00"],
      [90, "2100-02-28", "2024-03-01T12:00:00Z"],
      [null, null, null],
      [1, "9999-12-31", "2024-02-18T00:00:00-03:00"],
    ];
    const path = join(folder, "dates.xlsx");
    writeTable(
      path,
      { table: "xlsx", columns, byteOrderMark: false, formulas: "keep", sheet: "T", rows: rows.length },
      rows,
    );
    const [names, ...read] = await readByLibreOffice(path, folder);
    expect(names).toEqual(["n", "d", "t"]);
    const shown = (text: string): string => /^[\d-]+T[\d:]+(?:\.\d{3})?/.exec(text)?.[0].replace("T", " ") ?? "";
    expect(read.map(([n, d]) => [n, d])).toEqual(rows.map(([n, d]) => [String(n ?? ""), d ?? ""]));
    expect(read.map(([, , t]) => t)).toEqual(rows.map(([, , t]) => shown(String(t ?? ""))));
  });
});
