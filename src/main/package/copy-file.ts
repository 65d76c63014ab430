import { open } from "node:fs/promises";
import { SatchelError } from "../../contract/errors.ts";
import { BLOCK, startDigest, type FileDigest } from "./read-back.ts";
import { toWriteError } from "./write-bytes.ts";

/** Written between two calls to the medium: so that progress is what is there, and cancelling is answered. */
const FLUSH_BYTES = 32 * BLOCK;

export interface CopyFileOptions {
  /** The target was made, empty, before; otherwise it must not be there. */
  isThere: boolean;
  signal: AbortSignal;
  /** Told of the bytes of each block. */
  onBytes(bytes: number): void;
  /** Before the last flush. */
  onFlush(): void;
}

/**
 * Copies a file and makes the copy durable.
 *
 * @returns what the source held while it was read.
 * @throws SatchelError READ_FAILED, ALREADY_EXISTS, DISK_FULL, WRITE_FAILED, CANCELLED
 */
export async function copyFile(source: string, target: string, options: CopyFileOptions): Promise<FileDigest> {
  const from = await open(source, "r").catch((error: unknown) => {
    throw unreadable(error);
  });
  try {
    const to = await open(target, options.isThere ? "r+" : "wx", 0o600).catch((error: unknown) => {
      throw toWriteError(error);
    });
    try {
      const digest = startDigest();
      const buffer = Buffer.allocUnsafe(BLOCK);
      let unflushed = 0;
      for (let position = 0; ;) {
        if (options.signal.aborted) throw new SatchelError("CANCELLED", "The copy was cancelled.");
        const length = await fill(from, buffer, position);
        if (length === 0) break;
        const block = buffer.subarray(0, length);
        digest.add(block);
        await writing(() => to.writeFile(block));
        position += length;
        unflushed += length;
        options.onBytes(length);
        if (unflushed < FLUSH_BYTES) continue;
        await writing(() => to.datasync());
        unflushed = 0;
      }
      options.onFlush();
      await writing(() => to.sync());
      return digest.end();
    } finally {
      await to.close();
    }
  } finally {
    await from.close();
  }
}

type Reader = Awaited<ReturnType<typeof open>>;

async function fill(from: Reader, buffer: Buffer, position: number): Promise<number> {
  let done = 0;
  try {
    while (done < buffer.length) {
      const { bytesRead } = await from.read(buffer, done, buffer.length - done, position + done);
      if (bytesRead === 0) break;
      done += bytesRead;
    }
  } catch (error) {
    throw unreadable(error);
  }
  return done;
}

async function writing(write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    throw toWriteError(error);
  }
}

function unreadable(cause: unknown): SatchelError {
  return new SatchelError("READ_FAILED", "The package could not be read.", "Check that it is still there.", { cause });
}
