import { elementOf, wordsOf, type ImageSource } from "./attributes.ts";
import { cannotRender } from "./limits.ts";
import { readDescriptor, readEntries, type TableDescriptor } from "./look-up-table.ts";

/** Red, green and blue of each index, 8 bits each, interleaved; index 0 is the pixel value `first`. */
export interface Palette {
  readonly first: number;
  readonly colours: Uint8Array;
}

const CHANNELS = [
  { descriptor: 0x00281101, data: 0x00281201, segmented: 0x00281221 },
  { descriptor: 0x00281102, data: 0x00281202, segmented: 0x00281222 },
  { descriptor: 0x00281103, data: 0x00281203, segmented: 0x00281223 },
];

/** Reads the Palette Color Look-up Table Module (PS3.3 C.7.9), segmented (C.7.9.2) or not. */
export function readPalette(source: ImageSource, signed: boolean): Palette {
  const { bytes, dataset } = source;
  let palette: Palette | undefined;
  for (const [channel, tags] of CHANNELS.entries()) {
    const descriptor = readDescriptor(bytes, dataset, tags.descriptor, signed);
    if (descriptor === undefined) throw cannotRender("it needs a colour palette and has none");
    const segmented = elementOf(dataset, tags.segmented);
    const entries =
      segmented === undefined
        ? readEntries(bytes, dataset, tags.data, descriptor)
        : expandSegments(
            wordsOf(bytes.subarray(segmented.valueStart, segmented.valueEnd), segmented.encoding.littleEndian),
            descriptor,
          );
    palette ??= { first: descriptor.first, colours: new Uint8Array(descriptor.count * 3) };
    const count = Math.min(entries.length, palette.colours.length / 3);
    const shift = entriesUseHighByte(entries, descriptor) ? 8 : 0;
    for (let i = 0; i < count; i++) palette.colours[i * 3 + channel] = (entries[i] as number) >> shift;
  }
  if (palette === undefined) throw cannotRender("it needs a colour palette and has none");
  return palette;
}

/** 16-bit entries carry the colour in their high byte; some writers announce 16 bits and fill the low byte only. */
function entriesUseHighByte(entries: Uint16Array, descriptor: TableDescriptor): boolean {
  return descriptor.bits > 8 && entries.some((entry) => entry > 255);
}

/** Segments, repeated ones included, after which a segmented palette is given up: a table of 65536 entries needs no more. */
const MAX_SEGMENTS = 4 * 65536;

/** Expands discrete (0), linear (1) and indirect (2) segments. The descriptor bounds the work, whatever the segments say. */
function expandSegments(words: Uint16Array, descriptor: TableDescriptor): Uint16Array {
  const out = new Uint16Array(descriptor.count);
  let filled = 0;
  let segments = 0;
  const damaged = (): never => {
    throw cannotRender("its segmented colour palette is damaged");
  };
  const word = (at: number): number => words[at] ?? damaged();
  /** Expands one segment and returns where the next begins. */
  const expand = (at: number, nested: boolean): number => {
    if (++segments > MAX_SEGMENTS) return damaged();
    const length = word(at + 1);
    switch (word(at)) {
      case 0:
        for (let i = 0; i < length && filled < out.length; i++) out[filled++] = word(at + 2 + i);
        return at + 2 + length;
      case 1: {
        if (filled === 0) return damaged();
        const from = out[filled - 1] as number;
        const to = word(at + 2);
        for (let i = 1; i <= length && filled < out.length; i++) {
          out[filled++] = Math.round(from + ((to - from) * i) / length);
        }
        return at + 3;
      }
      case 2: {
        // `length` is the number of segments to repeat, which stand at a byte offset given low word first. Indirect ones may not nest.
        if (nested) return damaged();
        let copied = (word(at + 2) | (word(at + 3) << 16)) >>> 1;
        for (let i = 0; i < length && filled < out.length; i++) copied = expand(copied, true);
        return at + 4;
      }
      default:
        return damaged();
    }
  };
  for (let at = 0; filled < out.length && at < words.length;) at = expand(at, false);
  if (filled < out.length) damaged();
  return out;
}

/** Turns palette indices into interleaved RGB; indices beyond the ends take the colour at that end. */
export function applyPalette(stored: (index: number) => number, count: number, palette: Palette): Buffer {
  const out = Buffer.allocUnsafe(count * 3);
  const { first, colours } = palette;
  const last = colours.length / 3 - 1;
  for (let i = 0, to = 0; i < count; i++, to += 3) {
    const entry = Math.min(Math.max(stored(i) - first, 0), last) * 3;
    out[to] = colours[entry] as number;
    out[to + 1] = colours[entry + 1] as number;
    out[to + 2] = colours[entry + 2] as number;
  }
  return out;
}
