import { randomBytes } from "node:crypto";
import { closeSync, ftruncateSync, openSync, unlinkSync, writeSync } from "node:fs";
import { join } from "node:path";
import { SatchelError } from "../../contract/errors.ts";
import { walkPart10, type Part10 } from "../dicom/part10.ts";
import { sizeOf, type Piece } from "../dicom/piece.ts";
import { readPart10 } from "../dicom/read-part10.ts";
import { findElement } from "../dicom/values.ts";
import { PIXEL_DATA } from "../dicom/tag.ts";
import type { LoadedInstance } from "../exports/imaging/load-instance.ts";

const CHUNK_BYTES = 4 * 1024 * 1024;

/**
 * Walks what is to leave. Where parts of it are still in the source's file it is laid out in a nameless file of `scratch`: native pixel
 * data as a hole, since nobody looks at it here; compressed one as it is, since its fragments are walked.
 *
 * @throws BAD_DICOM where the output is none: that must never happen, and must not be hidden either; WRITE_FAILED
 */
export function walkOutput(pieces: readonly Piece[], loaded: LoadedInstance, scratch: string): Part10 {
  if (pieces.every((piece) => Buffer.isBuffer(piece))) return walkPart10(Buffer.concat(pieces));
  const compressed = findElement(loaded.part10.dataset, PIXEL_DATA)?.fragments !== undefined;
  const fd = openNameless(scratch);
  try {
    let at = 0;
    const write = (bytes: Buffer): void => {
      for (let done = 0; done < bytes.length;) done += writeSync(fd, bytes, done, bytes.length - done, at + done);
      at += bytes.length;
    };
    for (const piece of pieces) {
      if (Buffer.isBuffer(piece)) write(piece);
      else if (compressed) for (const chunk of chunksOf(piece, loaded)) write(chunk);
      else at += piece.length;
    }
    const size = sizeOf(pieces);
    ftruncateSync(fd, size);
    return readPart10(fd, size);
  } catch (thrown) {
    if (thrown instanceof SatchelError) throw thrown;
    throw new SatchelError(
      "WRITE_FAILED",
      "There is no room in the workspace to lay out what would leave.",
      "Free some space on the disk of the workspace.",
      { cause: thrown },
    );
  } finally {
    closeSync(fd);
  }
}

/** The bytes of a piece, some at a time. */
export function* chunksOf(piece: Piece, loaded: LoadedInstance): Generator<Buffer> {
  if (Buffer.isBuffer(piece)) {
    yield piece;
    return;
  }
  for (let done = 0; done < piece.length; done += CHUNK_BYTES)
    yield loaded.read(piece.start + done, Math.min(CHUNK_BYTES, piece.length - done));
}

/** It goes with the process, whatever happens. */
function openNameless(scratch: string): number {
  const path = join(scratch, `review-${randomBytes(8).toString("hex")}`);
  const fd = openSync(path, "wx+", 0o600);
  unlinkSync(path);
  return fd;
}
