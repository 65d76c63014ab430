import { endianness } from "node:os";

/** Samples in their containers, unsigned, in the machine's own byte order. */
export type Containers = Uint8Array | Uint16Array | Uint32Array;

const HOST_IS_LITTLE_ENDIAN = endianness() === "LE";

/**
 * Views, or where that is impossible copies, `count` containers.
 *
 * @param container 1, 8, 16 or 32 bits. Bits come lowest first (PS3.5 8.1.1) and become bytes of 0 or 1.
 * @param firstBit the bit of the first byte at which the first sample begins; only for single bits.
 */
export function readContainers(
  bytes: Buffer,
  container: number,
  count: number,
  littleEndian: boolean,
  firstBit = 0,
): Containers {
  if (container === 8) return bytes.subarray(0, count);
  if (container === 1) return unpackBits(bytes, firstBit, count);
  const size = container / 8;
  const inPlace = littleEndian === HOST_IS_LITTLE_ENDIAN;
  const aligned =
    inPlace && bytes.byteOffset % size === 0
      ? bytes
      : Buffer.from(new Uint8Array(bytes.subarray(0, count * size)).buffer);
  if (!inPlace) {
    if (size === 2) aligned.swap16();
    else aligned.swap32();
  }
  return size === 2
    ? new Uint16Array(aligned.buffer, aligned.byteOffset, count)
    : new Uint32Array(aligned.buffer, aligned.byteOffset, count);
}

function unpackBits(bytes: Buffer, firstBit: number, count: number): Uint8Array {
  const out = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    const bit = firstBit + i;
    out[i] = ((bytes[bit >> 3] as number) >> (bit & 7)) & 1;
  }
  return out;
}

/** Float (32) or double (64) samples. */
export function readFloats(bytes: Buffer, bits: number, count: number, littleEndian: boolean): Float64Array {
  const out = new Float64Array(count);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let i = 0; i < count; i++) {
    out[i] = bits === 32 ? view.getFloat32(4 * i, littleEndian) : view.getFloat64(8 * i, littleEndian);
  }
  return out;
}
