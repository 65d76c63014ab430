// node make-workbook.ts ROWS OUTPUT: writes a study list and says the most memory that took, in kilobytes.
import { EXAM_TABLE, examRows } from "../../../bench/tables/exam-rows.ts";
import { writeTable } from "./write-table.ts";

const [rows, output = ""] = process.argv.slice(2);
const count = Number(rows);
writeTable(
  output,
  { table: "xlsx", columns: EXAM_TABLE, byteOrderMark: false, formulas: "guard", sheet: "Studies", rows: count },
  examRows(count),
);
console.log(process.resourceUsage().maxRSS);
