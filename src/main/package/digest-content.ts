/** Content too large to be held, read once in its order: for the SHA-256 of a table, and to verify one. */
import { createHash } from "node:crypto";
import type { Writable } from "node:stream";
import { createInflateRaw } from "node:zlib";
import { setImmediate } from "node:timers/promises";
import { readFully } from "./check-entry.ts";
import { crc32Of } from "./prepare-entry.ts";

/** Where content stands in a file. */
export interface ContentPlace {
  start: number;
  /** Bytes in the file. */
  length: number;
  inflate: boolean;
  /** More content than this is not read: what inflates without end is not followed. */
  most: number;
}

export interface ContentDigest {
  /** Of the content, inflated. More than `most` where there is more; what follows was not looked at. */
  size: number;
  crc32: number;
  /** Hex. */
  sha256: string;
  /** CRC-32 of the bytes in the file. */
  writtenCrc32: number;
  /** Bytes that were read from the file: fewer where the file ends, or the deflated data does. */
  read: number;
  /** Deflated data that cannot be inflated, or does not end where it should. */
  broken: boolean;
}

const CHUNK = 1024 * 1024;
/** Between two chunks others have their turn so often. */
const TURN = 32;

/** Constant memory. @throws READ_FAILED */
export async function digestContent(fd: number, place: ContentPlace): Promise<ContentDigest> {
  return place.inflate ? digestDeflated(fd, place) : digestStored(fd, place);
}

async function digestStored(fd: number, { start, length, most }: ContentPlace): Promise<ContentDigest> {
  const sha = createHash("sha256");
  const buffer = Buffer.allocUnsafe(CHUNK);
  let crc32 = 0;
  let read = 0;
  const end = Math.min(length, most);
  for (let turn = 1; read < end; turn++) {
    const chunk = buffer.subarray(0, readFully(fd, buffer.subarray(0, Math.min(CHUNK, end - read)), start + read));
    if (chunk.length === 0) break;
    crc32 = crc32Of([chunk], crc32);
    sha.update(chunk);
    read += chunk.length;
    if (turn % TURN === 0) await setImmediate();
  }
  return { size: read, crc32, sha256: sha.digest("hex"), writtenCrc32: crc32, read, broken: false };
}

async function digestDeflated(fd: number, { start, length, most }: ContentPlace): Promise<ContentDigest> {
  const sha = createHash("sha256");
  let size = 0;
  let crc32 = 0;
  let writtenCrc32 = 0;
  let read = 0;
  const chunks = function* (): Generator<Buffer> {
    while (read < length) {
      // A new one each time: the stream keeps what it is given until it has inflated it.
      const buffer = Buffer.allocUnsafe(Math.min(CHUNK, length - read));
      const chunk = buffer.subarray(0, readFully(fd, buffer, start + read));
      if (chunk.length === 0) return;
      writtenCrc32 = crc32Of([chunk], writtenCrc32);
      read += chunk.length;
      yield chunk;
    }
  };
  const inflating = createInflateRaw({ chunkSize: CHUNK });
  const feed = async (): Promise<void> => {
    for (const chunk of chunks()) {
      if (inflating.destroyed) return;
      if (!inflating.write(chunk)) await drained(inflating);
    }
    inflating.end();
  };
  const fed = feed();
  let broken = false;
  try {
    for await (const piece of inflating as AsyncIterable<Buffer>) {
      size += piece.length;
      if (size > most) break;
      crc32 = crc32Of([piece], crc32);
      sha.update(piece);
    }
    // What stands behind the end of the deflated data belongs to nothing.
    if (size <= most && inflating.bytesWritten !== length) broken = true;
  } catch (error) {
    if (!(error instanceof Error && "code" in error && String(error.code).startsWith("Z_"))) throw error;
    broken = true;
  } finally {
    inflating.destroy();
    await fed;
  }
  return { size, crc32, sha256: sha.digest("hex"), writtenCrc32, read, broken };
}

/** Or closed. Leaves no listener behind: there is one wait for every megabyte. */
function drained(stream: Writable): Promise<void> {
  return new Promise((resolve) => {
    const goOn = (): void => {
      stream.off("drain", goOn);
      stream.off("close", goOn);
      resolve();
    };
    stream.on("drain", goOn);
    stream.on("close", goOn);
  });
}
