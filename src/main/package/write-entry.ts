/**
 * Writes entries into a package that is being made: into a ZIP at a reserved offset (several threads may write into one file,
 * each at its own), or as a file of a folder package. Synchronous: it runs on workers, and synchronous reads and writes are
 * several times faster than promised ones.
 */
import { createHash } from "node:crypto";
import { closeSync, constants, fsyncSync, mkdirSync, openSync, readSync } from "node:fs";
import { dirname, join } from "node:path";
import { SatchelError } from "../../contract/errors.ts";
import type { EntryRecord } from "./entry.ts";
import { crc32Of, type UnplacedEntry } from "./prepare-entry.ts";
import { isSafePath } from "./safe-name.ts";
import { toWriteError, writeFully } from "./write-bytes.ts";
import { localHeader, localHeaderLength } from "./zip-format.ts";

/** Bytes of an open file, to be copied without holding them. */
export interface FileRange {
  fd: number;
  start: number;
  length: number;
}

export type Piece = Uint8Array | FileRange;

/** @throws SatchelError WRITE_FAILED: a name that would leave the package is a defect of the caller, and is stopped here. */
function assertSafeName(name: string): void {
  if (isSafePath(name)) return;
  throw new SatchelError(
    "WRITE_FAILED",
    "An entry's name is not safe on every system.",
    "Report this: names are made safe before they come here.",
  );
}

/**
 * Writes local header and data at `offset`.
 *
 * @param pieces from prepareEntry: `record.compressedSize` bytes altogether.
 * @returns the finished record; the next entry begins at entryEnd(record).
 * @throws SatchelError DISK_FULL, WRITE_FAILED
 */
export function writeZipEntry(
  fd: number,
  offset: number,
  record: UnplacedEntry,
  pieces: readonly Uint8Array[],
): EntryRecord {
  assertSafeName(record.name);
  writeFully(fd, [localHeader(record), ...pieces], offset);
  return { ...record, offset };
}

/**
 * Copies `length` bytes from one open file to another through one reused buffer.
 *
 * @param buffer 256 KiB to 4 MiB serve best.
 * @param onChunk sees each chunk before it is written; the bytes are only valid during the call.
 * @throws SatchelError READ_FAILED where the source ends early, DISK_FULL, WRITE_FAILED
 */
export function copyRange(
  source: FileRange,
  targetFd: number,
  targetOffset: number,
  buffer: Buffer,
  onChunk: (chunk: Buffer) => void,
): void {
  let done = 0;
  while (done < source.length) {
    const length = readSync(source.fd, buffer, 0, Math.min(buffer.length, source.length - done), source.start + done);
    if (length === 0) {
      throw new SatchelError(
        "READ_FAILED",
        "A source file became shorter while it was read.",
        "Sync the source again, then repeat the export.",
      );
    }
    const chunk = buffer.subarray(0, length);
    onChunk(chunk);
    writeFully(targetFd, [chunk], targetOffset + done);
    done += length;
  }
}

type Checksums = Pick<EntryRecord, "crc32" | "sha256">;

function lengthOf(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, piece) => sum + piece.length, 0);
}

function copyPieces(fd: number, offset: number, pieces: readonly Piece[], buffer: Buffer): Checksums {
  const sha = createHash("sha256");
  let crc = 0;
  let at = offset;
  const take = (chunk: Uint8Array): void => {
    crc = crc32Of([chunk], crc);
    sha.update(chunk);
  };
  for (const piece of pieces) {
    if (piece instanceof Uint8Array) {
      take(piece);
      writeFully(fd, [piece], at);
    } else {
      copyRange(piece, fd, at, buffer, take);
    }
    at += piece.length;
  }
  return { crc32: crc, sha256: sha.digest("hex") };
}

/**
 * The streaming variant for content too large to hold: stores memory and ranges of open files, one after the other, computing
 * the checksums on the way. The header is written last: its length is known before the checksums are.
 *
 * @param pieces buffers of at most 2 GiB each, ranges of any length.
 * @throws SatchelError READ_FAILED, DISK_FULL, WRITE_FAILED
 */
export function writeLargeZipEntry(
  fd: number,
  offset: number,
  entry: Pick<EntryRecord, "name" | "role">,
  pieces: readonly Piece[],
  buffer: Buffer,
): EntryRecord {
  assertSafeName(entry.name);
  const size = lengthOf(pieces);
  const sizes = { name: entry.name, size, compressedSize: size };
  const sums = copyPieces(fd, offset + localHeaderLength(sizes), pieces, buffer);
  const record: EntryRecord = { ...sizes, role: entry.role, offset, method: 0, ...sums };
  writeFully(fd, [localHeader(record)], offset);
  return record;
}

/** Opens a new file below the package's folder, which only its owner may read; makes the folders above it on the way. */
export function createInFolder(folder: string, name: string): number {
  assertSafeName(name);
  const path = join(folder, ...name.split("/"));
  const open = (): number =>
    openSync(path, constants.O_RDWR | constants.O_CREAT | constants.O_EXCL | (constants.O_NOFOLLOW ?? 0), 0o600);
  try {
    return open();
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw toWriteError(error);
  }
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    return open();
  } catch (error) {
    throw toWriteError(error);
  }
}

/**
 * Writes one file of a folder package. The folder bears its ".partial" name until the package is whole and the journal says
 * which files are; a file cut by a crash is in no journal line and is removed on resume. So no second name is needed inside.
 *
 * @param folder the package's partial folder; must exist.
 * @param sync fsync the file before returning (the journal's marks do this in batches otherwise, see syncFolderEntries).
 * @throws SatchelError ALREADY_EXISTS, DISK_FULL, WRITE_FAILED
 */
export function writeFolderEntry(
  folder: string,
  record: UnplacedEntry,
  pieces: readonly Uint8Array[],
  sync = false,
): EntryRecord {
  const fd = createInFolder(folder, record.name);
  try {
    writeFully(fd, pieces, 0);
    if (sync) fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
  return { ...record, method: 0, compressedSize: record.size, offset: 0 };
}

/** As writeLargeZipEntry, into a file of a folder package. */
export function writeLargeFolderEntry(
  folder: string,
  entry: Pick<EntryRecord, "name" | "role">,
  pieces: readonly Piece[],
  buffer: Buffer,
): EntryRecord {
  const fd = createInFolder(folder, entry.name);
  try {
    const size = lengthOf(pieces);
    const sums = copyPieces(fd, 0, pieces, buffer);
    return { name: entry.name, role: entry.role, offset: 0, method: 0, size, compressedSize: size, ...sums };
  } finally {
    closeSync(fd);
  }
}
