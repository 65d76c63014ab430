import { createHash, randomBytes, type Hash } from "node:crypto";
import { closeSync, ftruncateSync, openSync, unlinkSync, writeSync } from "node:fs";
import { join } from "node:path";
import { SatchelError } from "../../../contract/errors.ts";
import type { InstanceBytes } from "../source.ts";
import type { BodySink } from "../http/read-body.ts";

/** Larger instances go through a file: who reads holds several at a time, and a worker's memory stays small. */
export const LARGEST_IN_MEMORY = 16 * 1024 * 1024;

export interface Download extends BodySink {
  /** After the body is whole. Hands over the bytes: `discard` does nothing afterwards. */
  finish(): { md5: string; size: number; bytes: InstanceBytes };
  /** Frees what a failed attempt holds. */
  discard(): void;
}

/**
 * Takes one body: into a buffer of exactly its length, or, where it is large or its length is not announced, into a file of `scratch`
 * that has no name any more (it vanishes with the process). MD5 is computed on the way.
 */
export function createDownload(scratch: string): Download {
  let hash: Hash = createHash("md5");
  let memory: Buffer | undefined;
  let fd: number | undefined;
  let size = 0;

  const discard = (): void => {
    if (fd !== undefined) closeSync(fd);
    fd = undefined;
    memory = undefined;
  };
  return {
    begin(length) {
      hash = createHash("md5");
      size = 0;
      if (length !== undefined && length <= LARGEST_IN_MEMORY) {
        discard();
        memory = takeBuffer(length);
      } else if (fd === undefined) {
        discard();
        fd = openNameless(scratch);
      } else ftruncateSync(fd, 0);
    },
    chunk(chunk) {
      hash.update(chunk);
      if (memory !== undefined) chunk.copy(memory, size);
      else if (fd !== undefined) writeWhole(fd, chunk, size);
      size += chunk.length;
    },
    finish() {
      const md5 = hash.digest("hex");
      let bytes: InstanceBytes;
      if (memory !== undefined) {
        let whole: Buffer | undefined = memory;
        const close = (): void => {
          // Given back twice, one buffer would hold two instances.
          if (whole !== undefined) giveBack(whole);
          whole = undefined;
        };
        bytes = { kind: "memory", bytes: memory.subarray(0, size), close };
      } else {
        const file = fd ?? openNameless(scratch);
        bytes = { kind: "file", fd: file, size, close: () => closeSync(file) };
      }
      fd = undefined;
      memory = undefined;
      return { md5, size, bytes };
    },
    discard,
  };
}

/**
 * Buffers that were given back, for the next bodies: the garbage collector does not see how much stands behind a buffer it could free,
 * and would let a process that fetches many instances grow by 100 MB.
 */
const free: Buffer[] = [];
const MOST_FREE = 8;

function takeBuffer(length: number): Buffer {
  const fitting = free.findIndex((buffer) => buffer.length >= length);
  return free.splice(fitting, fitting < 0 ? 0 : 1)[0] ?? Buffer.allocUnsafeSlow(Math.max(length, 64 * 1024));
}

function giveBack(buffer: Buffer): void {
  if (free.length >= MOST_FREE) free.shift();
  free.push(buffer);
}

function openNameless(scratch: string): number {
  const path = join(scratch, `download-${randomBytes(8).toString("hex")}`);
  try {
    const fd = openSync(path, "wx+", 0o600);
    unlinkSync(path);
    return fd;
  } catch (cause) {
    throw scratchError(cause);
  }
}

function writeWhole(fd: number, chunk: Buffer, position: number): void {
  try {
    for (let done = 0; done < chunk.length;) done += writeSync(fd, chunk, done, chunk.length - done, position + done);
  } catch (cause) {
    throw scratchError(cause);
  }
}

function scratchError(cause: unknown): SatchelError {
  const full = cause instanceof Error && "code" in cause && (cause.code === "ENOSPC" || cause.code === "EDQUOT");
  return full
    ? new SatchelError(
        "DISK_FULL",
        "The workspace has no space for a large instance on its way from the Orthanc server.",
        "Free space where the workspace lies, then resume.",
        { cause },
      )
    : new SatchelError(
        "WRITE_FAILED",
        "A temporary file for a large instance could not be written in the workspace.",
        "Check that the workspace can be written.",
        { cause },
      );
}
