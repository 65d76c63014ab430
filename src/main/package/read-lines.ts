/** Lines of a file or of a stretch of it, in constant memory. */
import { closeSync, openSync, readSync } from "node:fs";
import { SatchelError } from "../../contract/errors.ts";

export interface Line {
  /** Without the line feed. Valid only until the next line is asked for. */
  bytes: Buffer;
  /** Position after the line feed, counted from the start of the stretch. */
  end: number;
  /** False for a last line that no line feed ends. */
  terminated: boolean;
}

/** Fills `buffer` from `position` on, and returns the bytes read: fewer than asked for only at the end of the source. */
export type ReadAt = (buffer: Buffer, position: number) => number;

const CHUNK = 256 * 1024;

/**
 * @param longest bytes; a longer line ends the reading with an error.
 * @throws SatchelError TOO_LARGE
 */
export function* linesOf(read: ReadAt, longest: number): Generator<Line> {
  let buffer = Buffer.allocUnsafe(CHUNK);
  let filled = 0;
  let position = 0;
  let lineStart = 0;
  for (;;) {
    const length = read(buffer.subarray(filled), position);
    position += length;
    const known = filled;
    filled += length;
    let from = 0;
    let feed = buffer.subarray(0, filled).indexOf(10, known);
    while (feed >= 0) {
      lineStart += feed + 1 - from;
      yield { bytes: buffer.subarray(from, feed), end: lineStart, terminated: true };
      from = feed + 1;
      feed = buffer.subarray(0, filled).indexOf(10, from);
    }
    if (length === 0) {
      if (filled > from) yield { bytes: buffer.subarray(from, filled), end: position, terminated: false };
      return;
    }
    buffer.copyWithin(0, from, filled);
    filled -= from;
    if (filled === buffer.length) {
      if (filled >= longest) {
        throw new SatchelError(
          "TOO_LARGE",
          `A line is longer than ${longest} bytes.`,
          "Check that the file is what it is named.",
        );
      }
      const larger = Buffer.allocUnsafe(Math.min(2 * filled, longest));
      buffer.copy(larger, 0, 0, filled);
      buffer = larger;
    }
  }
}

/** @throws SatchelError NOT_FOUND, READ_FAILED, TOO_LARGE */
export function* readLines(path: string, longest: number): Generator<Line> {
  let fd: number;
  try {
    fd = openSync(path, "r");
  } catch (error) {
    const missing = error instanceof Error && "code" in error && error.code === "ENOENT";
    throw new SatchelError(
      missing ? "NOT_FOUND" : "READ_FAILED",
      missing ? "A file of the package is not there." : "A file of the package could not be read.",
      "Check that the destination is still there.",
      { cause: error },
    );
  }
  try {
    yield* linesOf((buffer, position) => readSync(fd, buffer, 0, buffer.length, position), longest);
  } finally {
    closeSync(fd);
  }
}
