/**
 * Reads the content of one entry and compares it with what is said of it. Synchronous and free of state, so that verify may
 * share the entries of a package out to worker threads: hashing is the cost.
 */
import { createHash } from "node:crypto";
import { readSync } from "node:fs";
import { constants, inflateRawSync } from "node:zlib";
import { SatchelError } from "../../contract/errors.ts";
import type { FindingCode } from "../../contract/finding.ts";
import type { EntryRecord } from "./entry.ts";
import { digestContent } from "./digest-content.ts";
import { crc32Of, DEFLATE_LIMIT } from "./prepare-entry.ts";

/** What is said of an entry's content, by the ZIP's headers and by the manifest. `sha256` "" where nothing is said of it. */
export type ContentFields = Pick<EntryRecord, "method" | "size" | "compressedSize" | "sha256"> & {
  /** undefined in a folder, which says nothing of it. */
  crc32: number | undefined;
  deflatedCrc32?: number | undefined;
};

/** Random access to an entry's content, for whoever parses it. */
export interface ContentReader {
  size: number;
  /** Content bytes from `position` on; fewer than `length` only at the end. Valid until the next call. */
  read(position: number, length: number): Buffer;
  /** The whole content where it is at hand in memory. */
  whole?: Buffer;
  /** Where the content stands untouched in a file (a stored entry, a file of a folder). */
  stored?: { fd: number; start: number };
}

export interface ContentProblem {
  code: FindingCode;
  /** Ends the sentence "path: ..." */
  sentence: string;
}

const CHUNK = 1024 * 1024;
/** Content up to this is read whole, which lets a parser see it without reading again. */
const HOLD_LIMIT = 16 * 1024 * 1024;
/** Deflate cannot shrink by more (RFC 1951: 258 bytes in 2 bits); whatever claims more is a bomb or a lie. */
const MAX_RATIO = 1032;

let reused: Buffer | undefined;

/** One buffer a thread, grown to what the largest entry held needs. */
function bufferOf(size: number): Buffer {
  if (reused === undefined || reused.length < size) reused = Buffer.allocUnsafe(Math.max(size, CHUNK));
  return reused.subarray(0, size);
}

/** Reads exactly `buffer.length` bytes where the file holds them. @returns the bytes read. */
export function readFully(fd: number, buffer: Buffer, position: number): number {
  let done = 0;
  while (done < buffer.length) {
    const length = readOnce(fd, buffer, done, position + done);
    if (length === 0) break;
    done += length;
  }
  return done;
}

/** A worn-out or pulled medium is no defect of Satchel. */
function readOnce(fd: number, buffer: Buffer, from: number, position: number): number {
  try {
    return readSync(fd, buffer, from, buffer.length - from, position);
  } catch (cause) {
    throw new SatchelError(
      "READ_FAILED",
      "The package could not be read to its end.",
      "Check that its medium is still there; if it is, copy the package anew to another one.",
      { cause },
    );
  }
}

const CUT: ContentProblem = { code: "CUT", sentence: "the data ends before the entry does" };
const BOMB: ContentProblem = { code: "BOMB", sentence: "the data inflates to more than the entry says" };
const BROKEN: ContentProblem = { code: "CONTENT_CHANGED", sentence: "the compressed data is broken" };
const NOT_AS_WRITTEN: ContentProblem = {
  code: "CONTENT_CHANGED",
  sentence: "the compressed data is not what was written",
};

function compare(fields: ContentFields, crc: number, sha256: string): ContentProblem | undefined {
  if (fields.sha256 !== "" && fields.sha256 !== sha256) {
    return { code: "CONTENT_CHANGED", sentence: "the content is not what the manifest says (SHA-256 differs)" };
  }
  if (fields.crc32 !== undefined && crc !== fields.crc32)
    return { code: "CONTENT_CHANGED", sentence: "the CRC-32 does not fit the content" };
  return undefined;
}

function checkLarge(fd: number, start: number, fields: ContentFields): ContentProblem | undefined {
  const buffer = bufferOf(CHUNK);
  const sha = createHash("sha256");
  let crc = 0;
  for (let at = 0; at < fields.size;) {
    const length = readOnce(fd, buffer.subarray(0, Math.min(CHUNK, fields.size - at)), 0, start + at);
    if (length === 0) return CUT;
    const chunk = buffer.subarray(0, length);
    crc = crc32Of([chunk], crc);
    sha.update(chunk);
    at += length;
  }
  return compare(fields, crc, sha.digest("hex"));
}

function inflate(fields: ContentFields, data: Buffer): { whole: Buffer } | { problem: ContentProblem } {
  try {
    const { buffer, engine } = inflateRawSync(data, {
      maxOutputLength: Math.max(1, fields.size),
      finishFlush: constants.Z_FINISH,
      info: true,
    }) as unknown as { buffer: Buffer; engine: { bytesWritten: number } };
    if (buffer.length === fields.size && engine.bytesWritten === data.length) return { whole: buffer };
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    if (error.code === "ERR_BUFFER_TOO_LARGE") {
      return { problem: BOMB };
    }
  }
  return { problem: BROKEN };
}

/**
 * Checks size, CRC-32 and SHA-256 of one entry's content, then lets `parse` see it.
 *
 * Memory: 16 MiB for stored content, twice 32 MiB for deflated content, whatever the entry claims.
 *
 * @param start first byte of the data in the file.
 * @param parse throws where the content is not what it should be. Called only for content that is unchanged.
 * @returns the first thing wrong, or undefined.
 */
export function checkContent(
  fd: number,
  start: number,
  fields: ContentFields,
  parse?: (content: ContentReader) => ContentProblem | undefined,
): ContentProblem | undefined {
  if (fields.method === 0) {
    if (fields.size !== fields.compressedSize) {
      return { code: "HEADER_CHANGED", sentence: "a stored entry states two sizes" };
    }
    if (fields.size > HOLD_LIMIT) {
      return checkLarge(fd, start, fields) ?? parse?.(storedContent(fd, start, fields.size));
    }
    const whole = bufferOf(fields.size);
    if (readFully(fd, whole, start) < whole.length) return CUT;
    return compareWhole(fields, whole) ?? parse?.({ ...storedContent(fd, start, fields.size), whole });
  }
  if (fields.size > DEFLATE_LIMIT || fields.size > fields.compressedSize * MAX_RATIO) {
    return { code: "BOMB", sentence: "the entry claims to inflate to more than Satchel ever deflates" };
  }
  const data = bufferOf(fields.compressedSize);
  if (readFully(fd, data, start) < data.length) return CUT;
  if (fields.deflatedCrc32 !== undefined && fields.deflatedCrc32 !== crc32Of([data])) {
    return NOT_AS_WRITTEN;
  }
  const inflated = inflate(fields, data);
  if ("problem" in inflated) return inflated.problem;
  const { whole } = inflated;
  const content: ContentReader = {
    size: whole.length,
    read: (position, length) => whole.subarray(position, position + length),
    whole,
  };
  return compareWhole(fields, whole) ?? parse?.(content);
}

/** Whether content is deflated and too large to be held: only what is made in parts is. */
export function isLargeDeflated(fields: ContentFields & { role: string }): boolean {
  return (fields.role === "table" || fields.role === "fhir") && fields.method === 8 && fields.size > DEFLATE_LIMIT;
}

/** As checkContent, for a deflated table of any size: inflated in passing, in constant memory. */
export async function checkLargeDeflated(
  fd: number,
  start: number,
  fields: ContentFields,
): Promise<ContentProblem | undefined> {
  const place = { start, length: fields.compressedSize, inflate: true, most: fields.size };
  const found = await digestContent(fd, place);
  if (found.size > fields.size) return BOMB;
  if (found.read < fields.compressedSize && !found.broken) return CUT;
  if (fields.deflatedCrc32 !== undefined && fields.deflatedCrc32 !== found.writtenCrc32) return NOT_AS_WRITTEN;
  if (found.broken || found.size !== fields.size) return BROKEN;
  return compare(fields, found.crc32, found.sha256);
}

function compareWhole(fields: ContentFields, whole: Buffer): ContentProblem | undefined {
  const sha256 = fields.sha256 === "" ? "" : createHash("sha256").update(whole).digest("hex");
  return compare(fields, crc32Of([whole]), sha256);
}

function storedContent(fd: number, start: number, size: number): ContentReader {
  return {
    size,
    stored: { fd, start },
    read(position, length) {
      const buffer = Buffer.allocUnsafe(Math.max(0, Math.min(length, size - position)));
      return buffer.subarray(0, readFully(fd, buffer, start + position));
    },
  };
}
