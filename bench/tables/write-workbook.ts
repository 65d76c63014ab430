// node bench/tables/write-workbook.ts satchel|hucre|write-excel-file ROWS OUTPUT
import { createWriteStream, writeSync, openSync, closeSync } from "node:fs";
import { Writable } from "node:stream";
import { writeXlsxStream } from "hucre/xlsx";
import writeExcelFile from "write-excel-file/node";
import { createTableFormat } from "../../src/main/exports/table/create-table-format.ts";
import { ColumnStatistics } from "../../src/main/exports/table/column-statistics.ts";
import { encodeBytes, joinStretches, PartWriter } from "../../src/main/jobs/part-writer.ts";
import { EXAM_TABLE, examRows, withDates } from "./exam-rows.ts";

const PART_ROWS = 2000;
/** As `deflateRaw` does where nobody says otherwise, and the libraries with it. */
const LEVEL = 6;

/** As a worker of a job makes a sheet, on one thread. */
function bySatchel(rows: number, output: string): void {
  const format = createTableFormat({
    table: "xlsx",
    columns: EXAM_TABLE,
    byteOrderMark: false,
    formulas: "guard",
    sheet: "Studies",
    rows,
  });
  const file = openSync(output, "w");
  writeSync(file, format.before);
  const head = encodeBytes(Buffer.from(format.head()), LEVEL, false);
  writeSync(file, head.written);
  let stream = head.stretch;
  const statistics = new ColumnStatistics(EXAM_TABLE);
  let part: PartWriter | undefined;
  let number = 0;
  const endPart = (): void => {
    const end = part?.end();
    if (end === undefined) return;
    for (const piece of end.held) writeSync(file, piece);
    stream = joinStretches(stream, end.stretch);
    part = undefined;
  };
  for (const row of examRows(rows)) {
    part ??= new PartWriter(LEVEL, () => undefined);
    statistics.add(row);
    part.add(format.row(row, number++));
    if (number % PART_ROWS === 0) endPart();
  }
  endPart();
  const foot = encodeBytes(Buffer.from(format.foot(rows)), LEVEL, true);
  writeSync(file, foot.written);
  writeSync(file, format.after(joinStretches(stream, foot.stretch)));
  closeSync(file);
}

async function byHucre(rows: number, output: string): Promise<void> {
  function* values(): Generator<(string | number | Date | null)[]> {
    for (const row of examRows(rows)) yield withDates(row);
  }
  const columns = EXAM_TABLE.map(({ name, type }) => ({
    header: name,
    width: 24,
    ...(type === "datetime" ? { numFmt: "yyyy-mm-dd hh:mm:ss" } : type === "date" ? { numFmt: "yyyy-mm-dd" } : {}),
  }));
  const stream = writeXlsxStream(values(), { name: "Studies", columns, freezePane: { rows: 1 } });
  await stream.pipeTo(Writable.toWeb(createWriteStream(output)));
}

async function byWriteExcelFile(rows: number, output: string): Promise<void> {
  const header = EXAM_TABLE.map(({ name }) => ({ value: name, fontWeight: "bold" as const }));
  const data = [
    header,
    ...Array.from(examRows(rows), (row) =>
      withDates(row).map((value) =>
        value instanceof Date ? { value, type: Date, format: "yyyy-mm-dd hh:mm:ss" } : value,
      ),
    ),
  ];
  await writeExcelFile(data, { sheet: "Studies", stickyRowsCount: 1 }).toFile(output);
}

const [by = "", rows = "", output = ""] = process.argv.slice(2);
if (by === "satchel") bySatchel(Number(rows), output);
else if (by === "hucre") await byHucre(Number(rows), output);
else if (by === "write-excel-file") await byWriteExcelFile(Number(rows), output);
else throw new Error(`No writer is called ${JSON.stringify(by)}.`);
