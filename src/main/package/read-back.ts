/** Reads a written file from the medium itself where the platform can, past what the system remembers of it. */
import { createHash } from "node:crypto";
import { constants } from "node:fs";
import { open, type FileHandle } from "node:fs/promises";
import { crc32 } from "node:zlib";
import { SatchelError } from "../../contract/errors.ts";

/** The part of the WebAssembly interface used here; TypeScript declares it only for pages. */
declare const WebAssembly: { Memory: new (pages: { initial: number }) => { readonly buffer: ArrayBuffer } };
const PAGE = 65_536;

/** Where the bytes came from. */
export type ReadBackFrom = "medium" | "cache";

/** Also the distance at which a file's checksums are kept, to say where it differs. */
export const BLOCK = 1024 * 1024;

/** What a file holds: a digest over all, and CRC-32 by blocks of `BLOCK` bytes. */
export interface FileDigest {
  bytes: number;
  sha256: string;
  blocks: number[];
}

/** Adds up a file's digest from its blocks: all but the last of `BLOCK` bytes. */
export function startDigest(): { add(block: Buffer): void; end(): FileDigest } {
  const hash = createHash("sha256");
  const blocks: number[] = [];
  let bytes = 0;
  return {
    add(block) {
      hash.update(block);
      blocks.push(crc32(block));
      bytes += block.length;
    },
    end: () => ({ bytes, sha256: hash.digest("hex"), blocks }),
  };
}

/**
 * O_DIRECT (open(2)) wants the buffer's address, its length and the position aligned to the medium's blocks. Node's own buffers stand 16
 * bytes behind a page; the memory of WebAssembly begins with one.
 */
function alignedBlock(): Buffer {
  return Buffer.from(new WebAssembly.Memory({ initial: BLOCK / PAGE }).buffer);
}

/** Opens past the cache where that is possible. A file system that refuses says EINVAL, when opening or when reading. */
async function openPast(path: string, buffer: Buffer): Promise<{ handle: FileHandle; from: ReadBackFrom }> {
  if (constants.O_DIRECT !== undefined) {
    try {
      const handle = await open(path, constants.O_RDONLY | constants.O_DIRECT);
      try {
        await handle.read(buffer, 0, BLOCK, 0);
        return { handle, from: "medium" };
      } catch {
        await handle.close();
      }
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EINVAL")) throw error;
    }
  }
  return { handle: await open(path, "r"), from: "cache" };
}

/**
 * @param onBytes told of each block.
 * @throws SatchelError CANCELLED; what the file system says
 */
export async function readBack(
  path: string,
  signal: AbortSignal,
  onBytes: (bytes: number) => void,
): Promise<{ digest: FileDigest; from: ReadBackFrom }> {
  const buffer = alignedBlock();
  const { handle, from } = await openPast(path, buffer);
  try {
    const digest = startDigest();
    for (let position = 0; ;) {
      if (signal.aborted) throw new SatchelError("CANCELLED", "The copy was cancelled.");
      const length = await readBlock(handle, buffer, position);
      if (length > 0) digest.add(buffer.subarray(0, length));
      position += length;
      onBytes(length);
      if (length < BLOCK) return { digest: digest.end(), from };
    }
  } finally {
    await handle.close();
  }
}

/** Fills the buffer as far as the file goes. A read that stops short within a file is gone on with at the next aligned place. */
async function readBlock(handle: FileHandle, buffer: Buffer, position: number): Promise<number> {
  const { bytesRead } = await handle.read(buffer, 0, BLOCK, position);
  if (bytesRead === BLOCK || bytesRead === 0) return bytesRead;
  const aligned = bytesRead - (bytesRead % 4096);
  const rest = await handle.read(buffer, aligned, BLOCK - aligned, position + aligned);
  return Math.max(bytesRead, aligned + rest.bytesRead);
}
