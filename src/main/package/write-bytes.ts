/** Positional writing that does not stop short, and what its failures mean to a person. */
import { writevSync } from "node:fs";
import { SatchelError } from "../../contract/errors.ts";

function errnoOf(thrown: unknown): string {
  return thrown instanceof Error && "code" in thrown ? String(thrown.code) : "";
}

/**
 * Turns an error of the file system into the one a person reads. Names no entry and no path: both may hold an id.
 *
 * @param wanted bytes that were still to be written, where known.
 */
export function toWriteError(thrown: unknown, wanted?: number): SatchelError {
  if (thrown instanceof SatchelError) return thrown;
  const options = { cause: thrown };
  const amount = wanted === undefined ? "more space" : `at least ${wanted} more bytes`;
  switch (errnoOf(thrown)) {
    case "ENOSPC":
    case "EDQUOT":
      return new SatchelError(
        "DISK_FULL",
        `The destination is full: the package wants ${amount}.`,
        "Free space at the destination and resume the job.",
        options,
      );
    case "EFBIG":
      return new SatchelError(
        "WRITE_FAILED",
        "The destination cannot hold a file as large as this package.",
        "Choose a destination with another file system (exFAT, NTFS, ext4), or export fewer patients at once.",
        options,
      );
    case "EEXIST":
      return new SatchelError(
        "ALREADY_EXISTS",
        "A file of the package is there already; nothing was overwritten.",
        "Choose another destination, or move away what is there.",
        options,
      );
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return new SatchelError(
        "WRITE_FAILED",
        "The destination may not be written to.",
        "Ask for write access to the destination, or choose another.",
        options,
      );
    default:
      return new SatchelError(
        "WRITE_FAILED",
        `The package could not be written (${errnoOf(thrown) || "unknown cause"}).`,
        "Check that the destination is still there, then resume the job.",
        options,
      );
  }
}

/**
 * Most bytes a call is given: Node holds the answer of writev in 32 bits, so that one of 2 GiB reads as an error; and smaller
 * writes gain nothing above some megabytes.
 */
const MOST_AT_ONCE = 1 << 30;

/** The first pieces, as far as one call may take them. */
function nextCall(pieces: readonly Uint8Array[]): Uint8Array[] {
  let room = MOST_AT_ONCE;
  const taken: Uint8Array[] = [];
  for (const piece of pieces) {
    if (room === 0 || taken.length === 1_024) break;
    taken.push(piece.length <= room ? piece : piece.subarray(0, room));
    room -= Math.min(room, piece.length);
  }
  return taken;
}

/**
 * Writes all pieces one after the other at `position` of `fd`, whatever the kernel takes at a time (less than it was given on a
 * disk that fills up).
 *
 * @returns the position after the last byte.
 * @throws SatchelError DISK_FULL, WRITE_FAILED
 */
export function writeFully(fd: number, pieces: readonly Uint8Array[], position: number): number {
  let rest = pieces.filter((piece) => piece.length > 0);
  let at = position;
  while (rest.length > 0) {
    let written: number;
    try {
      written = writevSync(fd, nextCall(rest), at);
    } catch (error) {
      throw toWriteError(
        error,
        rest.reduce((sum, piece) => sum + piece.length, 0),
      );
    }
    at += written;
    let index = 0;
    while (index < rest.length && written >= rest[index]!.length) written -= rest[index++]!.length;
    rest = rest.slice(index);
    if (written > 0) rest[0] = rest[0]!.subarray(written);
  }
  return at;
}
