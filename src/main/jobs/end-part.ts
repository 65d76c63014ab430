import { SatchelError } from "../../contract/errors.ts";
import { combineCrc32 } from "../package/crc32-combine.ts";
import type { EntryRecord } from "../package/entry.ts";
import { crc32Of } from "../package/prepare-entry.ts";
import { writeFully } from "../package/write-bytes.ts";
import { localHeader } from "../package/zip-format.ts";
import type { DatasetContext, PartLayout } from "./dataset-context.ts";
import type { DatasetTarget } from "./dataset-target.ts";
import { digestOnWorker } from "./digest-on-worker.ts";
import { flush } from "./package-target.ts";
import { encodeBytes, joinStretches } from "./part-writer.ts";

/**
 * Writes what follows the last chunk of a part, and reads it back, once, in its order: its SHA-256 cannot be put together from those of its
 * chunks.
 *
 * @throws PACKAGE_DAMAGED where the file does not give back what was written; DISK_FULL, WRITE_FAILED, CANCELLED, WORKER_DIED, TOO_LARGE
 */
export async function endPart(
  { pool, signal }: DatasetContext,
  { part, format, level, deflatedEntry, base, start, sums }: PartLayout,
  target: DatasetTarget,
): Promise<EntryRecord> {
  const foot = encodeBytes(Buffer.from(format.foot(sums.written)), level, true);
  const stream = joinStretches(sums.stretch, foot.stretch);
  const after = format.after({ stretch: stream, written: sums.written, groups: sums.groups });
  writeFully(target.fd, [foot.written, after], target.partEnd);
  const framed = frame(format.before, stream, after);
  const { size, crc32 } = deflatedEntry ? stream : framed;
  const { writtenSize, writtenCrc32 } = deflatedEntry ? stream : framed;
  const place = { start, length: writtenSize, inflate: deflatedEntry, most: size };
  // The disk takes in beside it what has to be durable. Neither may be left running.
  const flushed = flush(target.fd);
  const [read] = await Promise.allSettled([digestOnWorker(pool, target.path, place, signal), flushed]);
  await flushed;
  if (read.status === "rejected") throw read.reason;
  const found = read.value;
  if (found.size !== size || found.crc32 !== crc32 || found.writtenCrc32 !== writtenCrc32 || found.broken)
    throw new SatchelError(
      "PACKAGE_DAMAGED",
      `A file did not read back as it was written: ${part.path}.`,
      "Check the disk of the destination, remove what is left there, and export again.",
    );
  const inZip = target.container === "zip";
  const record: EntryRecord = {
    name: part.path,
    role: part.role,
    offset: base,
    method: deflatedEntry ? 8 : 0,
    crc32,
    size,
    compressedSize: writtenSize,
    ...(deflatedEntry ? { deflatedCrc32: writtenCrc32 } : {}),
    sha256: found.sha256,
    ...(inZip ? { reserved: true } : {}),
  };
  if (inZip) writeFully(target.fd, [localHeader(record)], base);
  return record;
}

type Stretch = Parameters<typeof joinStretches>[0];

/** The stream with what stands before and after it, as one stretch of bytes that are written as they are. */
function frame(before: Buffer, { writtenSize, writtenCrc32 }: Stretch, after: Buffer): Stretch {
  const behind = combineCrc32(crc32Of([before]), writtenCrc32, writtenSize);
  const crc32 = combineCrc32(behind, crc32Of([after]), after.length);
  const size = before.length + writtenSize + after.length;
  return { size, crc32, writtenSize: size, writtenCrc32: crc32 };
}
