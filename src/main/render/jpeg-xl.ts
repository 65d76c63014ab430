import { cannotRender } from "./limits.ts";
import type { Codestream } from "./codestream.ts";

const DAMAGED = "its JPEG XL header is damaged";
const RATIOS = [0, 1, 12 / 10, 4 / 3, 3 / 2, 16 / 9, 5 / 4, 2];

/** Reads bits, lowest first, as JPEG XL packs them (ISO/IEC 18181-1 B.2). */
function openBits(bytes: Buffer, start: number): (count: number) => number {
  let at = start * 8;
  return (count) => {
    if (at + count > bytes.length * 8) throw cannotRender(DAMAGED);
    let value = 0;
    for (let bit = 0; bit < count; bit++, at++) value += (((bytes[at >> 3] as number) >> (at & 7)) & 1) * 2 ** bit;
    return value;
  };
}

/**
 * Reads size and depth of a JPEG XL frame, bare or in its container. The number of components is not read: it shows in what the decoder
 * delivers, and is given back as it was expected.
 */
export function readJpegXlHeader(bytes: Buffer, components: number): Codestream {
  const start = bytes.length >= 12 && bytes.readUInt32BE(4) === 0x4a584c20 ? findCodestream(bytes) : 0;
  if (bytes.length < start + 4 || bytes.readUInt16BE(start) !== 0xff0a) throw cannotRender(DAMAGED);
  const read = openBits(bytes, start + 2);
  const small = read(1) === 1;
  const side = (): number => (small ? (read(5) + 1) * 8 : read([9, 13, 18, 30][read(2)] as number) + 1);
  const height = side();
  const ratio = read(3);
  const width = ratio === 0 ? side() : Math.floor(height * (RATIOS[ratio] as number));
  return { width, height, components, precision: readPrecision(read), signed: false };
}

function readPrecision(read: (count: number) => number): number {
  if (read(1) === 1) return 8;
  if (read(1) === 1) {
    read(3);
    if (read(3) !== 0) throw cannotRender("JPEG XL with a preview, an animation or a size of its own is not supported");
  }
  if (read(1) === 1) throw cannotRender("JPEG XL of floating point samples is not supported");
  const selector = read(2);
  return selector === 3 ? read(6) + 1 : ([8, 10, 12][selector] as number);
}

/** Walks the boxes of the container (ISO/IEC 18181-2) to its codestream, or to the first part of it. */
function findCodestream(bytes: Buffer): number {
  let at = 0;
  while (at + 16 <= bytes.length) {
    const size = bytes.readUInt32BE(at);
    const type = bytes.toString("latin1", at + 4, at + 8);
    if (type === "jxlc") return at + 8;
    if (type === "jxlp") return at + 12;
    if (size < 8) break;
    at += size;
  }
  throw cannotRender(DAMAGED);
}
