import { SatchelError } from "../../../../contract/errors.ts";
import { crc32Of } from "../../../package/prepare-entry.ts";
import { centralHeader, endOfCentralDirectory, localHeader, type CentralFields } from "../../../package/zip-format.ts";
import type { Stretch, TableFormat, TableFormatSettings } from "../table-format.ts";
import { SHEET_PART, workbookParts } from "./parts.ts";
import { MAX_ROWS, rowWriter, sheetFoot, sheetHead, tooManyRows, unplacedRowWriter } from "./sheet.ts";

const MAX_32 = 0xffffffff;
const FLAGS_OFFSET = { local: 6, central: 8 };
/** Bit 3 (APPNOTE 4.4.4): sizes and CRC follow the data. */
const FLAG_DESCRIPTOR = 1 << 3;
const DESCRIPTOR_SIGNATURE = 0x08074b50;
const DEFLATED = 8;

/**
 * An Excel workbook (ECMA-376) whose first sheet is written as a stream: the small parts stand before it in the ZIP, its own sizes in a
 * data descriptor behind it (APPNOTE 4.3.9). Cells are inline strings, so that no table of strings has to be held until the end. Nothing
 * in it tells when or by whom it was made: the same rows give the same bytes.
 *
 * Dates and times are real ones and show the wall time of their text; the offset, which a sheet cannot hold, is told in the description of
 * the column, on a second sheet. Dates before March 1900 are text, since spreadsheets do not agree on them.
 *
 * @throws TOO_LARGE where a sheet cannot hold that many rows
 */
export function createXlsxFormat(settings: TableFormatSettings): TableFormat {
  const { columns, rows } = settings;
  if (rows !== null && rows > MAX_ROWS) throw tooManyRows(rows);
  const { before, entries } = framing(settings);
  return {
    extension: "xlsx",
    mediaType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    deflates: true,
    before,
    after: (stream) => after(before.length, entries, stream),
    head: () => sheetHead(columns, rows),
    row: rows === null ? unplacedRowWriter(columns) : rowWriter(columns),
    foot: (written) => {
      if (written > MAX_ROWS) throw tooManyRows(written);
      return sheetFoot(columns.length, written);
    },
  };
}

/** The small parts, stored, and the local header of the sheet. */
function framing(settings: TableFormatSettings): { before: Buffer; entries: CentralFields[] } {
  const pieces: Buffer[] = [];
  const entries: CentralFields[] = [];
  let offset = 0;
  for (const { name, text } of workbookParts(settings)) {
    const content = Buffer.from(text);
    const size = content.length;
    const entry: CentralFields = { name, method: 0, crc32: crc32Of([content]), size, compressedSize: size, offset };
    const header = localHeader(entry);
    entries.push(entry);
    pieces.push(header, content);
    offset += header.length + content.length;
  }
  const sheet: CentralFields = { name: SHEET_PART, method: DEFLATED, crc32: 0, size: 0, compressedSize: 0, offset };
  entries.push(sheet);
  pieces.push(withDescriptor(localHeader(sheet), FLAGS_OFFSET.local));
  return { before: Buffer.concat(pieces), entries };
}

function after(beforeLength: number, entries: readonly CentralFields[], stream: Stretch): Buffer {
  const { size, crc32, writtenSize } = stream;
  // Beyond, the descriptor would need a ZIP64 header that stood there from the beginning, and no spreadsheet opens such a sheet.
  if (size >= MAX_32 || beforeLength + writtenSize >= MAX_32) {
    throw new SatchelError("TOO_LARGE", "The sheet has more than 4 GiB; no workbook holds that.", "Export as CSV.");
  }
  const descriptor = Buffer.alloc(16);
  descriptor.writeUInt32LE(DESCRIPTOR_SIGNATURE, 0);
  descriptor.writeUInt32LE(crc32, 4);
  descriptor.writeUInt32LE(writtenSize, 8);
  descriptor.writeUInt32LE(size, 12);
  const headers = entries.map((entry) =>
    entry.name === SHEET_PART
      ? withDescriptor(centralHeader({ ...entry, crc32, size, compressedSize: writtenSize }), FLAGS_OFFSET.central)
      : centralHeader(entry),
  );
  const directory = Buffer.concat(headers);
  const offset = beforeLength + writtenSize + descriptor.length;
  const end = endOfCentralDirectory({ entries: entries.length, offset, size: directory.length });
  return Buffer.concat([descriptor, directory, end]);
}

function withDescriptor(header: Buffer, at: number): Buffer {
  header.writeUInt16LE(header.readUInt16LE(at) | FLAG_DESCRIPTOR, at);
  return header;
}
