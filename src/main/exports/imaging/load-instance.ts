import { readSync } from "node:fs";
import { SatchelError } from "../../../contract/errors.ts";
import { walkPart10, type Part10 } from "../../dicom/part10.ts";
import { readPart10 } from "../../dicom/read-part10.ts";
import type { InstanceLocator } from "../../sources/source.ts";
import type { Readers } from "./readers.ts";

/** An instance at hand: walked, with its bytes in memory or, beyond a limit, its pixel data still in the file. */
export interface LoadedInstance {
  part10: Part10;
  /** The open file, or -1 where the bytes came from memory. */
  fd: number;
  /** Bytes of the file. */
  read(start: number, length: number): Buffer;
  close(): void;
}

/** A file up to this is read whole into one reused buffer. */
const WHOLE_BYTES = 16 * 1024 * 1024;
/** Deflating needs the content at once. */
const WHOLE_BYTES_TO_DEFLATE = 64 * 1024 * 1024;
/** Tries for one instance before it counts as failed. */
const ATTEMPTS = 3;
const WAIT_MS = 100;

/** Buffers of instances that were let go, for the next ones: fresh ones would cost more than reading does. */
const free: Buffer[] = [];

/**
 * Fetches and walks an instance; a failure to read is tried again.
 *
 * @throws what the source's reader throws; NOT_DICOM, BAD_DICOM, TOO_LARGE.
 */
export async function loadInstance(
  readers: Readers,
  source: number,
  locator: InstanceLocator,
  compress: number,
  signal: AbortSignal,
): Promise<LoadedInstance> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await load(readers, source, locator, compress, signal);
    } catch (thrown) {
      // A reader tries a wrong checksum again itself, where that can help.
      const again = thrown instanceof SatchelError && thrown.code === "READ_FAILED";
      if (!again || attempt === ATTEMPTS || signal.aborted) throw thrown;
      await new Promise((resolve) => setTimeout(resolve, WAIT_MS * attempt));
    }
  }
}

async function load(
  readers: Readers,
  source: number,
  locator: InstanceLocator,
  compress: number,
  signal: AbortSignal,
): Promise<LoadedInstance> {
  const bytes = await readers.of(source).read(locator, signal);
  if (bytes.kind === "memory") {
    return {
      part10: walkPart10(bytes.bytes),
      fd: -1,
      read: (start, length) => bytes.bytes.subarray(start, start + length),
      close: () => bytes.close(),
    };
  }
  try {
    const { fd, size } = bytes;
    const whole = size <= (compress > 0 ? WHOLE_BYTES_TO_DEFLATE : WHOLE_BYTES);
    if (!whole) {
      return {
        part10: readPart10(fd, size),
        fd,
        read: (start, length) => readRange(fd, start, length),
        close: () => bytes.close(),
      };
    }
    const buffer = takeBuffer(size);
    const content = readInto(fd, buffer.subarray(0, size), 0);
    return {
      part10: walkPart10(content),
      fd,
      read: (start, length) => content.subarray(start, start + length),
      close() {
        free.push(buffer);
        bytes.close();
      },
    };
  } catch (thrown) {
    bytes.close();
    throw thrown;
  }
}

function takeBuffer(size: number): Buffer {
  const taken = free.pop();
  return taken !== undefined && taken.length >= size ? taken : Buffer.allocUnsafeSlow(Math.max(size, 1024 * 1024));
}

function readRange(fd: number, start: number, length: number): Buffer {
  return readInto(fd, Buffer.allocUnsafe(length), start);
}

function readInto(fd: number, buffer: Buffer, start: number): Buffer {
  let done = 0;
  while (done < buffer.length) {
    let count: number;
    try {
      count = readSync(fd, buffer, done, buffer.length - done, start + done);
    } catch (cause) {
      throw new SatchelError(
        "READ_FAILED",
        "A file of the source could not be read.",
        "Check the disk, then export again.",
        { cause },
      );
    }
    if (count === 0) {
      throw new SatchelError("READ_FAILED", "A file of the source ends early.", "Sync the source, then export again.");
    }
    done += count;
  }
  return buffer;
}
