import { isUtf8 } from "node:buffer";
import { open, stat, type FileHandle } from "node:fs/promises";
import { SatchelError } from "../../../contract/errors.ts";
import { readFailure } from "../folder/read-failure.ts";
import { codeOf } from "../folder/walk-tree.ts";
import type { CsvEncoding } from "./csv-config.ts";

const CHUNK_BYTES = 64 * 1024;

/** An open CSV file, read as UTF-8 without a byte order mark whatever its own encoding is. */
export interface CsvFile {
  size: number;
  /** Changes whenever the content may have changed. */
  stamp: string;
  /** From the start, at every call. @param limit bytes of the file */
  chunks(signal: AbortSignal, limit?: number): AsyncGenerator<Buffer>;
  /** Whether path and content are still those that were opened. */
  unchanged(): Promise<boolean>;
  close(): Promise<void>;
}

/** @throws READ_FAILED where it cannot be read, SOURCE_ANSWER where its encoding is another than the one said */
export async function openCsvFile(path: string, encoding: CsvEncoding): Promise<CsvFile> {
  let handle: FileHandle;
  try {
    const found = await stat(path);
    // A pipe would be waited for, and a device read without end.
    if (!found.isFile()) throw notReadable("it is no file");
    handle = await open(path, "r");
  } catch (cause) {
    throw cause instanceof SatchelError ? cause : notReadable(readFailure(codeOf(cause)), cause);
  }
  const opened = await handle.stat({ bigint: true });
  const stamp = `${opened.mtimeNs}-${opened.ino}-${opened.size}`;
  const size = Number(opened.size);
  return {
    size,
    stamp,
    chunks: (signal, limit = Infinity) => readChunks(handle, encoding, Math.min(size, limit), signal),
    async unchanged() {
      const [now, there] = await Promise.all([
        handle.stat({ bigint: true }),
        stat(path, { bigint: true }).catch(() => undefined),
      ]);
      return [now, there].every((one) => `${one?.mtimeNs}-${one?.ino}-${one?.size}` === stamp);
    },
    close: async () => await handle.close(),
  };
}

async function* readChunks(
  handle: FileHandle,
  encoding: CsvEncoding,
  until: number,
  signal: AbortSignal,
): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder(encoding, { ignoreBOM: true });
  let first = true;
  for (let at = 0; at < until;) {
    if (signal.aborted) throw new SatchelError("CANCELLED", "The reading of the CSV file was cancelled.");
    const buffer = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, until - at));
    let bytesRead: number;
    try {
      ({ bytesRead } = await handle.read(buffer, 0, buffer.length, at));
    } catch (cause) {
      throw notReadable(readFailure(codeOf(cause)), cause);
    }
    if (bytesRead === 0) throw notReadable("it became shorter while it was read");
    at += bytesRead;
    const bytes = buffer.subarray(0, bytesRead);
    const chunk = encoding === "utf-8" ? bytes : Buffer.from(decoder.decode(bytes, { stream: true }), "utf8");
    const mark = first && chunk.subarray(0, 3).equals(BYTE_ORDER_MARK) ? 3 : 0;
    if (chunk.length > 0) first = false;
    if (chunk.length > mark) yield chunk.subarray(mark);
  }
}

const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/**
 * Looks through the file before anything of it is believed: a wrong encoding does not show row by row.
 *
 * @throws SOURCE_ANSWER with the line of the first byte that is not UTF-8
 */
export async function requireEncoding(
  file: CsvFile,
  encoding: CsvEncoding,
  signal: AbortSignal,
  limit?: number,
): Promise<void> {
  // Every byte is a character of windows-1252.
  if (encoding !== "utf-8") return;
  let rest = Buffer.alloc(0);
  let line = 1;
  let start = true;
  for await (const chunk of file.chunks(signal, limit)) {
    if (start && (chunk.subarray(0, 2).equals(UTF_16_LE) || chunk.subarray(0, 2).equals(UTF_16_BE)))
      throw new SatchelError(
        "SOURCE_ANSWER",
        "The CSV file is in UTF-16, not in UTF-8.",
        "Set the encoding of the source to utf-16le, or save the file as UTF-8.",
      );
    start = false;
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const end = wholeCharacters(bytes);
    const whole = bytes.subarray(0, end);
    if (!isUtf8(whole)) throw notUtf8(line + countLines(whole, firstInvalid(whole)));
    line += countLines(whole, whole.length);
    rest = Buffer.from(bytes.subarray(end));
  }
  if (rest.length > 0 && limit === undefined) throw notUtf8(line);
}

const UTF_16_LE = Buffer.from([0xff, 0xfe]);
const UTF_16_BE = Buffer.from([0xfe, 0xff]);

/** Where the last character that may go on in the next chunk begins. */
function wholeCharacters(bytes: Buffer): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return bytes.length;
    if (byte >= 0xc0) return (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

function firstInvalid(bytes: Buffer): number {
  let [valid, invalid] = [0, bytes.length];
  while (invalid - valid > 1) {
    const middle = (valid + invalid) >>> 1;
    const end = wholeCharacters(bytes.subarray(0, middle));
    if (isUtf8(bytes.subarray(0, end))) valid = middle;
    else invalid = middle;
  }
  return valid;
}

export function countLines(bytes: Buffer, until: number): number {
  let count = 0;
  for (let at = bytes.indexOf(0x0a); at !== -1 && at < until; at = bytes.indexOf(0x0a, at + 1)) count++;
  return count;
}

function notUtf8(line: number): SatchelError {
  return new SatchelError(
    "SOURCE_ANSWER",
    `The CSV file is not UTF-8: line ${line} holds bytes that are none.`,
    "Set the encoding of the source to windows-1252 (which reads Latin-1, too) if the file comes from there, or save it as UTF-8.",
  );
}

function notReadable(reason: string, cause?: unknown): SatchelError {
  return new SatchelError(
    "READ_FAILED",
    `The CSV file cannot be read: ${reason}.`,
    "Check that it is there, that its drive is connected, and that this user may read it.",
    { cause },
  );
}
