import type { Row, TableColumn, WrittenRow } from "./table.ts";

/** Sizes and CRC-32 (PKWARE APPNOTE 4.4.7) of a stretch of bytes, as they are and as they were written. */
export interface Stretch {
  /** Before deflating. */
  size: number;
  crc32: number;
  /** As written: the same where nothing deflates. */
  writtenSize: number;
  writtenCrc32: number;
}

/** Takes the bytes of rows. Both answer false where nothing more is wanted. */
export interface RowSink {
  add(text: string): boolean;
  addBytes(bytes: Buffer, start: number, end: number): boolean;
}

/**
 * How a table becomes bytes. A file is `before`, a stream, `after`; the stream is `head`, the rows, `foot`, deflated or not. Rows are made
 * in parts by several threads, which is why nothing of a row may depend on the rows before it, but its number.
 */
export interface TableFormat {
  readonly extension: "csv" | "xlsx";
  readonly mediaType: string;
  /** The stream is deflated whatever the package wants (the sheet within an XLSX); its parts are made with a sync flush between them. */
  readonly deflates: boolean;
  /** Bytes that frame the stream and are not part of it: the other parts of an XLSX, which is a ZIP itself. */
  readonly before: Buffer;
  after(stream: Stretch): Buffer;
  head(): string;
  /**
   * @param number of the row in the table, from 0
   * @throws TOO_LARGE where the format cannot hold it: it names the row and the column, never the value
   */
  row(row: Row, number: number): string;
  /** Where texts may come as bytes: the same as `row`, into a sink. */
  readonly writeRow?: (row: WrittenRow, sink: RowSink) => boolean;
  foot(rows: number): string;
}

/** What a format is made of. Plain values: workers make their own. */
export interface TableFormatSettings {
  table: "csv" | "xlsx";
  columns: TableColumn[];
  /** CSV: begins with a byte order mark, for spreadsheets. */
  byteOrderMark: boolean;
  formulas: "guard" | "keep";
  /** XLSX: name of the sheet. */
  sheet: string;
  /** Rows of the whole table: the dimension of a sheet. Null where that is only known at its end; then rows are not numbered. */
  rows: number | null;
}
