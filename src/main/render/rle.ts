import { cannotRender } from "./limits.ts";

/**
 * Decodes one RLE frame (PS3.5 annex G): a header of 16 little endian longs, then one PackBits segment for each byte of each sample, the
 * most significant byte first, sample by sample.
 *
 * @param planes number of segments expected: bytes per sample x samples per pixel.
 * @param size bytes of one decoded segment: rows x columns.
 * @returns one buffer per segment, each of `size` bytes.
 */
export function decodeRle(encoded: Buffer, planes: number, size: number): Buffer[] {
  if (encoded.length < 64) throw cannotRender("its RLE header is cut short");
  const count = encoded.readUInt32LE(0);
  if (count !== planes) throw cannotRender(`its RLE data has ${count} segments where ${planes} are expected`);
  const segments: Buffer[] = [];
  for (let s = 0; s < count; s++) {
    const start = encoded.readUInt32LE(4 + 4 * s);
    const end = s + 1 < count ? encoded.readUInt32LE(8 + 4 * s) : encoded.length;
    if (start < 64 || end < start || end > encoded.length) throw cannotRender("its RLE segments lie outside the frame");
    segments.push(unpackBits(encoded, start, end, size));
  }
  return segments;
}

/** PS3.5 G.3.2. A run may go past the last row of the picture only as padding: what is beyond `size` is dropped. */
function unpackBits(encoded: Buffer, start: number, end: number, size: number): Buffer {
  const out = Buffer.allocUnsafe(size);
  let from = start;
  let to = 0;
  while (to < size && from < end) {
    const control = encoded[from++] as number;
    if (control < 128) {
      const length = Math.min(control + 1, size - to, end - from);
      if (length < 16) for (let k = 0; k < length; k++) out[to + k] = encoded[from + k] as number;
      else encoded.copy(out, to, from, from + length);
      from += control + 1;
      to += length;
    } else if (control > 128) {
      if (from >= end) break;
      const value = encoded[from++] as number;
      const stop = Math.min(to + 257 - control, size);
      if (stop - to < 16) while (to < stop) out[to++] = value;
      else out.fill(value, to, stop);
      to = stop;
    }
  }
  if (to < size) throw cannotRender("its RLE data ends before the picture is complete");
  return out;
}
