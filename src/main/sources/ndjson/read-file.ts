import { closeSync, fstatSync, read } from "node:fs";
import { promisify } from "node:util";
import { SatchelError } from "../../../contract/errors.ts";
import { openFile, stampOf } from "../folder/open-file.ts";
import { asReadError } from "../folder/read-failure.ts";
import { codeOf } from "../folder/walk-tree.ts";
import { plainBytes } from "./plain-bytes.ts";

const CHUNK_BYTES = 128 * 1024;
const readAt = promisify(read);

/** A file that ends before it is whole, is damaged, or was written to while it was read. What came before that was handed out. */
export class CutFile extends Error {
  override readonly name = "CutFile";
}

/**
 * The bytes of a file in pieces, without a byte order mark; of a gzip file (told by its first bytes, not by its name) those within.
 *
 * @throws CutFile, whose message is a clause; READ_FAILED, CANCELLED
 */
export async function* readFile(path: string | Buffer, signal: AbortSignal): AsyncGenerator<Buffer> {
  try {
    yield* plainBytes(rawBytes(path, signal));
  } catch (thrown) {
    const code = codeOf(thrown);
    if (code === "Z_BUF_ERROR") throw new CutFile("it ends before it is whole", { cause: thrown });
    if (code.startsWith("Z_")) throw new CutFile("its compression is damaged", { cause: thrown });
    throw asReadError(thrown);
  }
}

async function* rawBytes(path: string | Buffer, signal: AbortSignal): AsyncGenerator<Buffer> {
  const { fd, stat, size } = openFile(path);
  try {
    for (let at = 0; ;) {
      if (signal.aborted) throw new SatchelError("CANCELLED", "The reading of the files was cancelled.");
      const { bytesRead, buffer } = await readAt(fd, Buffer.allocUnsafe(CHUNK_BYTES), 0, CHUNK_BYTES, at);
      if (bytesRead === 0) break;
      at += bytesRead;
      yield buffer.subarray(0, bytesRead);
    }
    const now = fstatSync(fd, { bigint: true });
    if (stampOf(now) !== stampOf(stat) || Number(now.size) !== size)
      throw new CutFile("it was written to while it was read");
  } finally {
    closeSync(fd);
  }
}
