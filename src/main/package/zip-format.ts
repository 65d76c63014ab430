/**
 * The bytes of a ZIP archive around its entries, after PKWARE APPNOTE 6.3.10: pure functions, no files.
 *
 * Deterministic on purpose: every entry bears 1980-01-01 00:00, mode 0644 and "made on Unix", sizes and CRC stand in the local
 * header (no data descriptors), ZIP64 fields stand exactly where a value does not fit (APPNOTE 4.5.3), and bit 11 (UTF-8 names,
 * APPENDIX D) is set exactly where a name is not ASCII: readers that know no bit 11 then still read the plain names.
 * So a header follows from the record alone, and verify compares headers byte for byte.
 */
import type { EntryRecord } from "./entry.ts";

export const LOCAL_HEADER_SIGNATURE = 0x04034b50;
export const CENTRAL_HEADER_SIGNATURE = 0x02014b50;
export const END_SIGNATURE = 0x06054b50;
export const ZIP64_END_SIGNATURE = 0x06064b50;
export const ZIP64_LOCATOR_SIGNATURE = 0x07064b50;

export const LOCAL_HEADER_FIXED = 30;
export const CENTRAL_HEADER_FIXED = 46;
export const END_LENGTH = 22;
export const ZIP64_END_LENGTH = 56;
export const ZIP64_LOCATOR_LENGTH = 20;

const MAX_16 = 0xffff;
const MAX_32 = 0xffffffff;
const VERSION_PLAIN = 20;
export const VERSION_ZIP64 = 45;
/** Upper byte 3: Unix attributes. Lower byte: the version of the specification, 4.5. */
const MADE_BY = (3 << 8) | VERSION_ZIP64;
/** 1980-01-01, the earliest date that the format holds (MS-DOS date, APPNOTE 4.4.6). */
const DOS_DATE = 0x0021;
const DOS_TIME = 0;
/** A regular file with mode 0644, in the upper half (Unix). */
const EXTERNAL_ATTRIBUTES = (0o100644 << 16) >>> 0;
const FLAG_UTF8 = 1 << 11;
export const ZIP64_FIELD = 0x0001;
/** Our own extra field ("SD"), in central directory headers of deflated entries: CRC-32 of the deflated bytes. Readers skip it. */
export const DEFLATED_CRC_FIELD = 0x4453;

/** What a local header needs to know of an entry. */
export type LocalFields = Pick<EntryRecord, "name" | "method" | "crc32" | "size" | "compressedSize" | "reserved">;
/** What a central directory header needs to know of an entry. */
export type CentralFields = LocalFields & Pick<EntryRecord, "offset" | "deflatedCrc32">;

function isAscii(name: string): boolean {
  for (let i = 0; i < name.length; i++) if (name.charCodeAt(i) > 0x7f) return false;
  return true;
}

function needsZip64(entry: Pick<EntryRecord, "size" | "compressedSize" | "reserved">): boolean {
  return entry.reserved === true || entry.size >= MAX_32 || entry.compressedSize >= MAX_32;
}

/** Length in bytes of the local header (with name and ZIP64 field): known before the content's CRC is. */
export function localHeaderLength(entry: Pick<EntryRecord, "name" | "size" | "compressedSize" | "reserved">): number {
  return LOCAL_HEADER_FIXED + Buffer.byteLength(entry.name) + (needsZip64(entry) ? 20 : 0);
}

/** First byte after the entry's data: where the next entry begins. */
export function entryEnd(entry: Pick<EntryRecord, "name" | "size" | "compressedSize" | "offset" | "reserved">): number {
  return entry.offset + localHeaderLength(entry) + entry.compressedSize;
}

/** Local file header with its name and, at 4 GiB and above or where reserved, the ZIP64 field (APPNOTE 4.3.7, 4.5.3: both sizes). */
export function localHeader(entry: LocalFields): Buffer {
  const zip64 = needsZip64(entry);
  const header = Buffer.allocUnsafe(localHeaderLength(entry));
  const nameLength = header.length - LOCAL_HEADER_FIXED - (zip64 ? 20 : 0);
  header.writeUInt32LE(LOCAL_HEADER_SIGNATURE, 0);
  header.writeUInt16LE(zip64 ? VERSION_ZIP64 : VERSION_PLAIN, 4);
  header.writeUInt16LE(nameLength === entry.name.length && isAscii(entry.name) ? 0 : FLAG_UTF8, 6);
  header.writeUInt16LE(entry.method, 8);
  header.writeUInt16LE(DOS_TIME, 10);
  header.writeUInt16LE(DOS_DATE, 12);
  header.writeUInt32LE(entry.crc32, 14);
  header.writeUInt32LE(zip64 ? MAX_32 : entry.compressedSize, 18);
  header.writeUInt32LE(zip64 ? MAX_32 : entry.size, 22);
  header.writeUInt16LE(nameLength, 26);
  header.writeUInt16LE(zip64 ? 20 : 0, 28);
  header.write(entry.name, LOCAL_HEADER_FIXED, "utf8");
  if (zip64) {
    const extra = LOCAL_HEADER_FIXED + nameLength;
    header.writeUInt16LE(ZIP64_FIELD, extra);
    header.writeUInt16LE(16, extra + 2);
    header.writeBigUInt64LE(BigInt(entry.size), extra + 4);
    header.writeBigUInt64LE(BigInt(entry.compressedSize), extra + 12);
  }
  return header;
}

/**
 * Central directory header (APPNOTE 4.3.12). The ZIP64 field holds only the values that do not fit, in the order of 4.5.3;
 * behind it stands our own field where the entry is deflated. An entry whose local header has a ZIP64 field that its sizes would not need
 * says so by the version alone, as Python's zipfile does: readers go by the sizes here.
 */
export function centralHeader(entry: CentralFields): Buffer {
  const wide = [entry.size, entry.compressedSize, entry.offset].filter((value) => value >= MAX_32);
  const wideLength = wide.length === 0 ? 0 : 4 + 8 * wide.length;
  const extraLength = wideLength + (entry.deflatedCrc32 === undefined ? 0 : 8);
  const nameLength = Buffer.byteLength(entry.name);
  const header = Buffer.alloc(CENTRAL_HEADER_FIXED + nameLength + extraLength);
  header.writeUInt32LE(CENTRAL_HEADER_SIGNATURE, 0);
  header.writeUInt16LE(MADE_BY, 4);
  header.writeUInt16LE(wide.length === 0 && entry.reserved !== true ? VERSION_PLAIN : VERSION_ZIP64, 6);
  header.writeUInt16LE(isAscii(entry.name) ? 0 : FLAG_UTF8, 8);
  header.writeUInt16LE(entry.method, 10);
  header.writeUInt16LE(DOS_TIME, 12);
  header.writeUInt16LE(DOS_DATE, 14);
  header.writeUInt32LE(entry.crc32, 16);
  header.writeUInt32LE(Math.min(entry.compressedSize, MAX_32), 20);
  header.writeUInt32LE(Math.min(entry.size, MAX_32), 24);
  header.writeUInt16LE(nameLength, 28);
  header.writeUInt16LE(extraLength, 30);
  header.writeUInt32LE(EXTERNAL_ATTRIBUTES, 38);
  header.writeUInt32LE(Math.min(entry.offset, MAX_32), 42);
  header.write(entry.name, CENTRAL_HEADER_FIXED, "utf8");
  const extra = CENTRAL_HEADER_FIXED + nameLength;
  if (wideLength > 0) {
    header.writeUInt16LE(ZIP64_FIELD, extra);
    header.writeUInt16LE(8 * wide.length, extra + 2);
    for (const [index, value] of wide.entries()) header.writeBigUInt64LE(BigInt(value), extra + 4 + 8 * index);
  }
  if (entry.deflatedCrc32 !== undefined) {
    header.writeUInt16LE(DEFLATED_CRC_FIELD, extra + wideLength);
    header.writeUInt16LE(4, extra + wideLength + 2);
    header.writeUInt32LE(entry.deflatedCrc32, extra + wideLength + 4);
  }
  return header;
}

/** Where the central directory stands. */
export interface CentralDirectory {
  entries: number;
  offset: number;
  /** Bytes. */
  size: number;
}

/** Everything after the central directory: ZIP64 end record and locator where needed (APPNOTE 4.3.14, 4.3.15), end record. */
export function endOfCentralDirectory(directory: CentralDirectory): Buffer {
  const { entries, offset, size } = directory;
  const zip64 = entries >= MAX_16 || offset >= MAX_32 || size >= MAX_32;
  const end = Buffer.alloc((zip64 ? ZIP64_END_LENGTH + ZIP64_LOCATOR_LENGTH : 0) + END_LENGTH);
  let at = 0;
  if (zip64) {
    end.writeUInt32LE(ZIP64_END_SIGNATURE, 0);
    end.writeBigUInt64LE(BigInt(ZIP64_END_LENGTH - 12), 4);
    end.writeUInt16LE(MADE_BY, 12);
    end.writeUInt16LE(VERSION_ZIP64, 14);
    end.writeBigUInt64LE(BigInt(entries), 24);
    end.writeBigUInt64LE(BigInt(entries), 32);
    end.writeBigUInt64LE(BigInt(size), 40);
    end.writeBigUInt64LE(BigInt(offset), 48);
    end.writeUInt32LE(ZIP64_LOCATOR_SIGNATURE, ZIP64_END_LENGTH);
    end.writeBigUInt64LE(BigInt(offset + size), ZIP64_END_LENGTH + 8);
    end.writeUInt32LE(1, ZIP64_END_LENGTH + 16);
    at = ZIP64_END_LENGTH + ZIP64_LOCATOR_LENGTH;
  }
  end.writeUInt32LE(END_SIGNATURE, at);
  end.writeUInt16LE(Math.min(entries, MAX_16), at + 8);
  end.writeUInt16LE(Math.min(entries, MAX_16), at + 10);
  end.writeUInt32LE(Math.min(size, MAX_32), at + 12);
  end.writeUInt32LE(Math.min(offset, MAX_32), at + 16);
  return end;
}
