/** Reading the ends and headers of a ZIP that may hold anything: never trusts a length it has not checked against the file. */
import { readFully } from "./check-entry.ts";
import {
  CENTRAL_HEADER_FIXED,
  CENTRAL_HEADER_SIGNATURE,
  DEFLATED_CRC_FIELD,
  END_LENGTH,
  END_SIGNATURE,
  LOCAL_HEADER_FIXED,
  LOCAL_HEADER_SIGNATURE,
  VERSION_ZIP64,
  ZIP64_END_LENGTH,
  ZIP64_END_SIGNATURE,
  ZIP64_FIELD,
  ZIP64_LOCATOR_LENGTH,
  ZIP64_LOCATOR_SIGNATURE,
  type CentralDirectory,
  type CentralFields,
} from "./zip-format.ts";

const MAX_32 = 0xffffffff;
/** End record with the longest comment, and the ZIP64 records before it. */
const END_REACH = END_LENGTH + 0xffff + ZIP64_LOCATOR_LENGTH + ZIP64_END_LENGTH;
const CHUNK = 1024 * 1024;

export interface EndOfArchive extends CentralDirectory {
  /** First byte of the end records: where the central directory must end. */
  start: number;
  /** The bytes from there to the end of the file. */
  bytes: Buffer;
  /** Bytes behind the end record's fixed part: a comment, or something appended. */
  trailing: number;
}

/** A value no file has is clamped, so that arithmetic stays exact; the comparison of the header's bytes then fails. */
function readSize(buffer: Buffer, at: number): number {
  return Math.min(Number(buffer.readBigUInt64LE(at)), Number.MAX_SAFE_INTEGER);
}

/** Bytes that are no UTF-8 become a short name that cannot be the one written, and never too long for a header of ours. */
function readName(bytes: Buffer): string {
  const name = bytes.toString("utf8");
  return Buffer.byteLength(name) === bytes.length ? name : name.slice(0, 1_000);
}

/** Finds the end record from the end of the file backwards. @returns undefined where there is none within reach. */
export function readEndOfArchive(fd: number, fileSize: number): EndOfArchive | undefined {
  const tail = Buffer.alloc(Math.min(fileSize, END_REACH));
  const base = fileSize - tail.length;
  if (readFully(fd, tail, base) < tail.length) return undefined;
  let at = tail.length - END_LENGTH;
  while (at >= 0 && tail.readUInt32LE(at) !== END_SIGNATURE) at--;
  if (at < 0) return undefined;
  const end: CentralDirectory = {
    entries: tail.readUInt16LE(at + 10),
    size: tail.readUInt32LE(at + 12),
    offset: tail.readUInt32LE(at + 16),
  };
  const trailing = tail.length - at - END_LENGTH;
  const locator = at - ZIP64_LOCATOR_LENGTH;
  const record = locator - ZIP64_END_LENGTH;
  const isZip64 =
    record >= 0 &&
    tail.readUInt32LE(locator) === ZIP64_LOCATOR_SIGNATURE &&
    tail.readUInt32LE(record) === ZIP64_END_SIGNATURE;
  if (!isZip64) return { ...end, start: base + at, bytes: tail.subarray(at), trailing };
  return {
    entries: readSize(tail, record + 32),
    size: readSize(tail, record + 40),
    offset: readSize(tail, record + 48),
    start: base + record,
    bytes: tail.subarray(record),
    trailing,
  };
}

export interface CentralRecord {
  entry: CentralFields;
  /** The header as it stands. Valid until the next is asked for. */
  raw: Buffer;
}

/** The data of one extra field, or undefined where it does not stand there. */
function findField(extra: Buffer, id: number): Buffer | undefined {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) === id) return extra.subarray(at + 4, at + 4 + extra.readUInt16LE(at + 2));
  }
  return undefined;
}

/** Replaces values that did not fit by those of the ZIP64 field, in the order of APPNOTE 4.5.3. */
function widen(extra: Buffer, values: number[]): number[] {
  const field = findField(extra, ZIP64_FIELD);
  if (field === undefined) return values;
  let at = 0;
  return values.map((value) => {
    if (value !== MAX_32 || at + 8 > field.length) return value;
    at += 8;
    return readSize(field, at - 8);
  });
}

/**
 * The headers of the central directory, in constant memory. Ends early, without an error, at bytes that are no header: the caller
 * compares what came with what was promised.
 */
export function* readCentralDirectory(fd: number, offset: number, size: number): Generator<CentralRecord> {
  let buffer = Buffer.alloc(0);
  let at = 0;
  let readTo = offset;
  const end = offset + size;
  const have = (length: number): boolean => {
    while (buffer.length - at < length) {
      const more = Buffer.allocUnsafe(Math.min(CHUNK, end - readTo));
      const got = more.length === 0 ? 0 : readFully(fd, more, readTo);
      if (got === 0) return false;
      readTo += got;
      buffer = Buffer.concat([buffer.subarray(at), more.subarray(0, got)]);
      at = 0;
    }
    return true;
  };
  while (have(CENTRAL_HEADER_FIXED)) {
    if (buffer.readUInt32LE(at) !== CENTRAL_HEADER_SIGNATURE) return;
    const nameLength = buffer.readUInt16LE(at + 28);
    const extraLength = buffer.readUInt16LE(at + 30);
    const length = CENTRAL_HEADER_FIXED + nameLength + extraLength + buffer.readUInt16LE(at + 32);
    if (!have(length)) return;
    const raw = buffer.subarray(at, at + length);
    const nameEnd = CENTRAL_HEADER_FIXED + nameLength;
    const extra = raw.subarray(nameEnd, nameEnd + extraLength);
    const deflatedCrc = findField(extra, DEFLATED_CRC_FIELD);
    const [entrySize, compressedSize, localOffset] = widen(extra, [
      raw.readUInt32LE(24),
      raw.readUInt32LE(20),
      raw.readUInt32LE(42),
    ]);
    yield {
      entry: {
        name: readName(raw.subarray(CENTRAL_HEADER_FIXED, nameEnd)),
        // Anything but 0 and 8 is not what we write: the comparison of the header's bytes says so.
        method: raw.readUInt16LE(10) === 8 ? 8 : 0,
        crc32: raw.readUInt32LE(16),
        size: entrySize!,
        compressedSize: compressedSize!,
        offset: localOffset!,
        ...(isReserved(raw.readUInt16LE(6), entrySize!, compressedSize!, localOffset!)
          ? { reserved: true as const }
          : {}),
        ...(deflatedCrc?.length === 4 ? { deflatedCrc32: deflatedCrc.readUInt32LE(0) } : {}),
      },
      raw,
    };
    at += length;
  }
}

/** The version of ZIP64 where nothing is that large: the local header was made before the sizes were known. */
function isReserved(version: number, ...values: number[]): boolean {
  return version === VERSION_ZIP64 && values.every((value) => value < MAX_32);
}

/** One local header, or undefined where there is none at `offset`. For archives whose central directory is gone. */
export function readLocalHeader(fd: number, offset: number): CentralFields | undefined {
  const fixed = Buffer.alloc(LOCAL_HEADER_FIXED);
  if (readFully(fd, fixed, offset) < fixed.length || fixed.readUInt32LE(0) !== LOCAL_HEADER_SIGNATURE) return undefined;
  const nameLength = fixed.readUInt16LE(26);
  const rest = Buffer.alloc(nameLength + fixed.readUInt16LE(28));
  if (readFully(fd, rest, offset + fixed.length) < rest.length) return undefined;
  const [size, compressedSize] = widen(rest.subarray(nameLength), [fixed.readUInt32LE(22), fixed.readUInt32LE(18)]);
  const reserved = isReserved(fixed.readUInt16LE(4), size!, compressedSize!, 0);
  return {
    ...(reserved ? { reserved: true as const } : {}),
    name: readName(rest.subarray(0, nameLength)),
    method: fixed.readUInt16LE(8) === 8 ? 8 : 0,
    crc32: fixed.readUInt32LE(14),
    size: size!,
    compressedSize: compressedSize!,
    offset,
  };
}
