import { closeSync, openSync, writeSync } from "node:fs";
import { constants, crc32, deflateRawSync } from "node:zlib";
import { createTableFormat } from "../../../src/main/exports/table/create-table-format.ts";
import type { Stretch, TableFormatSettings } from "../../../src/main/exports/table/table-format.ts";
import type { Row } from "../../../src/main/exports/table/table.ts";
import { combineCrc32 } from "../../../src/main/package/crc32-combine.ts";

const PART_ROWS = 2000;

/** Writes a table as the engine does: in parts that know nothing of each other, put together by their lengths and CRCs. */
export function writeTable(path: string, settings: TableFormatSettings, rows: Iterable<Row>): void {
  const format = createTableFormat(settings);
  const file = openSync(path, "w");
  const stream: Stretch = { size: 0, crc32: 0, writtenSize: 0, writtenCrc32: 0 };
  const put = (text: string, last: boolean): void => {
    const bytes = Buffer.from(text);
    const finishFlush = last ? constants.Z_FINISH : constants.Z_SYNC_FLUSH;
    const written = format.deflates ? deflateRawSync(bytes, { level: 6, finishFlush }) : bytes;
    stream.crc32 = combineCrc32(stream.crc32, crc32(bytes), bytes.length);
    stream.size += bytes.length;
    stream.writtenSize += written.length;
    writeSync(file, written);
  };
  writeSync(file, format.before);
  put(format.head(), false);
  let part = "";
  let number = 0;
  for (const row of rows) {
    part += format.row(row, number++);
    if (number % PART_ROWS !== 0) continue;
    put(part, false);
    part = "";
  }
  put(part + format.foot(number), true);
  writeSync(file, format.after(stream));
  closeSync(file);
}
