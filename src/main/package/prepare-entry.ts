/** What is worked out of an entry before it has a place: checksums and, where asked for, deflated data. Runs on workers. */
import { createHash, hash } from "node:crypto";
import { crc32, deflateRawSync } from "node:zlib";
import type { EntryRecord } from "./entry.ts";

/** Above this the content is stored, whatever level the recipe asks for: deflating holds input and output in memory. */
export const DEFLATE_LIMIT = 32 * 1024 * 1024;
/** `hash.update` and `crc32` refuse more than 2 GiB at once. */
const STEP = 1 << 30;

/** An entry that lacks only its offset. */
export type UnplacedEntry = Omit<EntryRecord, "offset">;

export interface PreparedEntry {
  record: UnplacedEntry;
  /** The data as it goes into the ZIP, after the local header. In a folder package: the content. */
  pieces: readonly Uint8Array[];
}

/** CRC-32 (APPNOTE 4.4.7) over the pieces in order, going on from `value`. */
export function crc32Of(pieces: readonly Uint8Array[], value = 0): number {
  let crc = value;
  for (const piece of pieces) {
    for (let at = 0; at < piece.length; at += STEP) crc = crc32(piece.subarray(at, at + STEP), crc);
  }
  return crc;
}

/** Hex SHA-256 over the pieces in order. */
function sha256Of(pieces: readonly Uint8Array[]): string {
  const only = pieces.length === 1 ? pieces[0]! : undefined;
  if (only !== undefined && only.length <= STEP) return hash("sha256", only, "hex");
  const sha = createHash("sha256");
  for (const piece of pieces) {
    for (let at = 0; at < piece.length; at += STEP) sha.update(piece.subarray(at, at + STEP));
  }
  return sha.digest("hex");
}

/**
 * Computes CRC-32, SHA-256 and sizes of an entry, and deflates it where `level` is 1 to 9 and that makes it smaller.
 *
 * Deflated bytes repeat on one machine; another processor may deflate differently (zlib's SIMD paths). Stored bytes never differ.
 *
 * @param pieces the content, in order; not copied when stored.
 * @param level 0 stores; use 0 for PNG and other compressed content.
 */
export function prepareEntry(
  name: string,
  role: EntryRecord["role"],
  pieces: readonly Uint8Array[],
  level: number,
): PreparedEntry {
  let size = 0;
  for (const piece of pieces) size += piece.length;
  const record: UnplacedEntry = {
    name,
    role,
    method: 0,
    crc32: crc32Of(pieces),
    size,
    compressedSize: size,
    sha256: sha256Of(pieces),
  };
  if (level > 0 && size > 0 && size <= DEFLATE_LIMIT) {
    const whole = pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces);
    const deflated = deflateRawSync(whole, { level });
    if (deflated.length < size) {
      const deflatedRecord: UnplacedEntry = {
        ...record,
        method: 8,
        compressedSize: deflated.length,
        deflatedCrc32: crc32Of([deflated]),
      };
      return { record: deflatedRecord, pieces: [deflated] };
    }
  }
  return { record, pieces };
}
