import { describe, expect, it } from "vitest";
import { createTableFormat } from "../../../src/main/exports/table/create-table-format.ts";
import { quoteCell } from "../../../src/main/exports/table/csv.ts";
import { guardFormulas } from "../../../src/main/exports/table/formula-guard.ts";
import type { Row, TableColumn } from "../../../src/main/exports/table/table.ts";
import { column, nastyRows } from "./nasty-values.ts";

function csvOf(
  columns: TableColumn[],
  rows: Row[],
  more: { byteOrderMark?: boolean; formulas?: "guard" | "keep" } = {},
): string {
  const { byteOrderMark = false, formulas = "guard" } = more;
  const format = createTableFormat({
    table: "csv",
    columns,
    byteOrderMark,
    formulas,
    sheet: "Rows",
    rows: rows.length,
  });
  return format.head() + rows.map((row, number) => format.row(row, number)).join("") + format.foot(rows.length);
}

describe("a table as CSV", () => {
  const columns = [column("id"), column("age", { type: "integer" }), column("text")];

  it("has a line of names and a line for each row, each ending in CR LF", () => {
    expect(csvOf(columns, [["a", 34, "estável"]])).toBe("id,age,text\r\na,34,estável\r\n");
  });

  it("quotes only what RFC 4180 demands: commas, quotes, CR and LF, also alone", () => {
    expect(csvOf(columns, [["a,b", 1, 'disse "não"']])).toContain('"a,b",1,"disse ""não"""\r\n');
    expect(csvOf(columns, [["a\nb", 1, "a\rb"]])).toContain('"a\nb",1,"a\rb"\r\n');
    expect(csvOf(columns, [[" a ", 1, "a;b|c"]])).toContain(" a ,1,a;b|c\r\n");
  });

  it("writes nothing for no value and for an empty text", () => {
    expect(csvOf(columns, [[null, null, ""]])).toContain("\r\n,,\r\n");
  });

  it("keeps a row whose only cell is empty: a line with nothing on it would be no row", () => {
    expect(csvOf([column("text")], [[null], ["x"]])).toBe('text\r\n""\r\nx\r\n');
  });

  it("begins with a byte order mark where spreadsheets will open it", () => {
    expect(csvOf(columns, [], { byteOrderMark: true })).toBe("\uFEFFid,age,text\r\n");
  });

  it("makes formulas harmless unless told to keep them; numbers and the names of columns stay", () => {
    const rows: Row[] = [["=1+1", -5, "-5"]];
    expect(csvOf(columns, rows)).toContain("\r\n'=1+1,-5,-5\r\n");
    expect(csvOf(columns, rows, { formulas: "keep" })).toContain("\r\n=1+1,-5,-5\r\n");
  });

  it("guards and quotes every cell by the same rules, however it looks at the beginning", () => {
    const texts = ["a;=1", "0;+1", "Z\t@x", "a,-b", 'a"=b', "a=b", "1-2", "é=1", ...nastyRows(300, 9, 7).flat()];
    for (const text of texts) {
      if (typeof text !== "string" || text === "") continue;
      expect(csvOf([column("a"), column("b")], [[text, 1]])).toBe(`a,b\r\n${quoteCell(guardFormulas(text))},1\r\n`);
    }
  });

  it("does not let a date that is no date through unguarded", () => {
    expect(csvOf([column("at", { type: "datetime" }), column("b")], [["=1", null]])).toContain("\r\n'=1,\r\n");
  });
});
