import { DuckDBInstance } from "@duckdb/node-api";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ColumnStatistics, columnNotices } from "../../../src/main/exports/table/column-statistics.ts";
import { unguardFormulas } from "../../../src/main/exports/table/formula-guard.ts";
import type { Row } from "../../../src/main/exports/table/table.ts";
import { runChecked } from "../../support/run-command.ts";
import { temporaryDirectory } from "../../support/temporary-directory.ts";
import { readByLibreOffice } from "./libre-office.ts";
import { nastyRows, textColumns } from "./nasty-values.ts";
import { writeTable } from "./write-table.ts";

const COLUMNS = 9;
/** 20,000 values beside the names of their rows. */
const ROWS = 2500;
const MEGABYTE = `${'é"\r\n,='.repeat(175_000)}end`;

/** What CSV can say of a cell: no value is an empty text, and UTF-8 has no lone surrogates. */
function asText(rows: readonly Row[]): string[][] {
  return rows.map((row) => row.map((cell) => String(cell ?? "").toWellFormed()));
}

function undone(rows: readonly (readonly (string | null)[])[]): string[][] {
  return rows.map((row) => row.map((cell) => unguardFormulas(cell ?? "")));
}

function fromHex(hex: string): string {
  return Buffer.from(hex, "hex").toString("utf8");
}

/** Rows in which nothing is what a reader by its own account cannot hold, by what it cannot. */
function without(rows: readonly Row[], pattern: RegExp, instead: string): Row[] {
  return rows.map((row) => row.map((cell) => (typeof cell === "string" ? cell.replaceAll(pattern, instead) : cell)));
}

describe("20,000 nasty values in a CSV", () => {
  const folder = temporaryDirectory("csv-read-back");
  const nasty: Row[] = [...nastyRows(ROWS, COLUMNS, 4), ["a megabyte", MEGABYTE, ...Array(COLUMNS - 2).fill(null)]];

  function write(
    name: string,
    rows: readonly Row[],
    byteOrderMark = false,
    formulas: "guard" | "keep" = "guard",
  ): string {
    const path = join(folder, name);
    const columns = textColumns(COLUMNS);
    writeTable(path, { table: "csv", columns, byteOrderMark, formulas, sheet: "", rows: rows.length }, rows);
    return path;
  }

  const PYTHON = `
import csv, json, sys
csv.field_size_limit(1 << 30)
with open(sys.argv[1], encoding=sys.argv[2], newline="") as file:
    print(json.dumps(list(csv.reader(file, strict=True))))`;

  it.each([
    ["guarded", false, "guard"],
    ["guarded, with a byte order mark", true, "guard"],
    ["as they are", false, "keep"],
  ] as const)("come back from Python's csv module, %s", async (_, byteOrderMark, formulas) => {
    const path = write("python.csv", nasty, byteOrderMark, formulas);
    const said = await runChecked("python3", ["-c", PYTHON, path, byteOrderMark ? "utf-8-sig" : "utf-8"]);
    const [names, ...rows] = JSON.parse(said) as string[][];
    expect(names).toEqual(textColumns(COLUMNS).map(({ name }) => name));
    expect(formulas === "guard" ? undone(rows) : rows).toEqual(asText(nasty));
  });

  it("come back from DuckDB", async () => {
    const path = write("duck.csv", nasty);
    const instance = await DuckDBInstance.create(":memory:");
    const connection = await instance.connect();
    const names = textColumns(COLUMNS).map(({ name }) => name);
    const columns = names.map((name) => `'${name}': 'VARCHAR'`);
    const reader = await connection.runAndReadAll(
      `SELECT ${names.map((name) => `hex(encode(${name}))`).join(", ")} FROM read_csv('${path}', header = true, auto_detect = false, delim = ',', quote = '"', escape = '"',
       new_line = '\\r\\n', columns = {${columns.join(", ")}}, max_line_size = 8000000)`,
    );
    // By their bytes: the client takes a byte order mark off each text.
    const rows = (reader.getRows() as (string | null)[][]).map((row) => row.map((cell) => fromHex(cell ?? "")));
    connection.closeSync();
    instance.closeSync();
    expect(undone(rows)).toEqual(asText(nasty));
  });

  it("come back from sqlite3's .import, but for NUL, at which its command line ends a text", async () => {
    const held = without(nasty, /\0/g, "?");
    const path = write("sqlite.csv", held);
    const script = `.import --csv ${path} rows\n.mode list\nSELECT json_array(${textColumns(COLUMNS)
      .map(({ name }) => `hex(${name})`)
      .join(", ")}) FROM rows ORDER BY rowid;\n`;
    const said = await runChecked("sqlite3", [":memory:"], { input: script });
    const rows = said
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as string[]);
    expect(undone(rows.map((row) => row.map(fromHex)))).toEqual(asText(held));
  });

  it("come back from LibreOffice, but for NUL, which it drops, and CR, which it takes for the line break LF", async () => {
    const path = write("office.csv", nasty.slice(0, ROWS), true);
    const [, ...rows] = await readByLibreOffice(path, folder, COLUMNS);
    const held = without(nasty.slice(0, ROWS), /\0/g, "");
    expect(undone(rows)).toEqual(asText(without(held, /\r\n|\n\r|\r/g, "\n")));
  });

  it("that are longer than 65,535 characters are cut by LibreOffice without a word, which the notices tell", async () => {
    const texts: Row[] = [65_535, 65_536, 100_000].map((length) => ["x".repeat(length)]);
    const path = join(folder, "long.csv");
    const columns = textColumns(1);
    writeTable(path, { table: "csv", columns, byteOrderMark: true, formulas: "guard", sheet: "", rows: 3 }, texts);
    const [, ...rows] = await readByLibreOffice(path, folder, 1);
    expect(rows.map(([cell = ""]) => cell.length)).toEqual([65_535, 65_535, 65_535]);
    const statistics = new ColumnStatistics(columns);
    for (const row of texts) statistics.add(row);
    expect(columnNotices(statistics.toJSON()).join("")).toContain("up to 100000 characters");
  });

  it("are the same bytes each time", () => {
    expect(readFileSync(write("again.csv", nasty))).toEqual(readFileSync(write("duck.csv", nasty)));
  });
});
