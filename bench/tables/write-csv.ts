// node bench/tables/write-csv.ts satchel|csv-stringify ROWS OUTPUT
import { closeSync, openSync, writeSync } from "node:fs";
import { stringify } from "csv-stringify/sync";
import { createTableFormat } from "../../src/main/exports/table/create-table-format.ts";
import type { Row } from "../../src/main/exports/table/table.ts";
import { EXAM_TABLE, examRows } from "./exam-rows.ts";

const PART_ROWS = 2000;

/** As a worker makes a part of a CSV, without its guard and statistics, which the library has no word for. */
function bySatchel(): (rows: readonly Row[], first: number) => string {
  const format = createTableFormat({
    table: "csv",
    columns: EXAM_TABLE,
    byteOrderMark: false,
    formulas: "keep",
    sheet: "",
    rows: 0,
  });
  return (rows, first) => rows.map((row, index) => format.row(row, first + index)).join("");
}

const [by = "", rows = "", output = ""] = process.argv.slice(2);
const write =
  by === "satchel"
    ? bySatchel()
    : (part: readonly Row[]): string =>
        stringify(
          part.map((row) => [...row]),
          { record_delimiter: "\r\n" },
        );
const file = openSync(output, "w");
let part: Row[] = [];
let number = 0;
const endPart = (): void => {
  writeSync(file, write(part, number - part.length));
  part = [];
};
for (const row of examRows(Number(rows))) {
  part.push(row);
  number++;
  if (part.length === PART_ROWS) endPart();
}
endPart();
closeSync(file);
