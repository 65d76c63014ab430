import type { Element, Fragment } from "../dicom/element.ts";
import { elementOf, type ImageSource } from "./attributes.ts";
import { cannotRender, MAX_ENCODED_FRAME } from "./limits.ts";
import { nativeFrameBits, type PixelFormat } from "./pixel-format.ts";

/** Reads a range of pixel data. Ranges are in the coordinates of the pixel data's own element: see `openPixelData`. */
export type ReadRange = (start: number, length: number) => Buffer;

const EXTENDED_OFFSET_TABLE = 0x7fe00001;

/** The bytes of native frame `index` and the bit at which its first sample begins (only ever not 0 where Bits Allocated is 1). */
export function readNativeFrame(
  format: PixelFormat,
  start: number,
  length: number,
  read: ReadRange,
  index: number,
): { bytes: Buffer; firstBit: number } {
  const bits = nativeFrameBits(format);
  const from = Math.floor((index * bits) / 8);
  const to = Math.ceil(((index + 1) * bits) / 8);
  if (to > length) throw cannotRender(`the file ends before frame ${index + 1} is complete`);
  const { vr, encoding } = format.element;
  if (vr !== "OW" || encoding.littleEndian || format.bitsAllocated > 8) {
    return { bytes: read(start + from, to - from), firstBit: (index * bits) % 8 };
  }
  // Big endian OW: samples of a byte or less come in words whose first sample is the low byte, the second in the file (PS3.5 8.1.1, D.3).
  const even = from - (from % 2);
  const words = Buffer.from(read(start + even, Math.min(to + (to % 2), length - (length % 2)) - even));
  return { bytes: words.swap16().subarray(from - even, to - even), firstBit: (index * bits) % 8 };
}

/** Fragments of each frame of encapsulated pixel data (PS3.5 A.4); fewer entries than frames where the data holds fewer. */
export type FrameFragments = readonly (readonly Fragment[])[];

/**
 * Finds which fragments make which frame: by the Extended Offset Table, by the Basic Offset Table, by count, and where neither helps by
 * looking for the first bytes of a codestream at the start of each fragment.
 */
export function locateFrames(
  source: ImageSource,
  format: PixelFormat,
  read: ReadRange,
  readElement: (element: Element) => Buffer,
): FrameFragments {
  const all = format.element.fragments ?? [];
  const [table, ...fragments] = all;
  if (table === undefined || fragments.length === 0) throw cannotRender("its encapsulated pixel data is empty");
  if (format.frames === 1) return [fragments];

  const extended = elementOf(source.dataset, EXTENDED_OFFSET_TABLE);
  if (extended !== undefined) {
    const value = readElement(extended);
    const offsets = Array.from({ length: value.length >> 3 }, (_, i) => Number(value.readBigUInt64LE(8 * i)));
    const frames = groupByOffsets(fragments, offsets, format.frames);
    if (frames !== undefined) return frames;
  }
  const tableLength = table.valueEnd - table.valueStart;
  if (tableLength >= 4 * format.frames) {
    const value = read(table.valueStart, tableLength);
    const offsets = Array.from({ length: value.length >> 2 }, (_, i) => value.readUInt32LE(4 * i));
    const frames = groupByOffsets(fragments, offsets, format.frames);
    if (frames !== undefined) return frames;
  }
  if (fragments.length === format.frames) return fragments.map((fragment) => [fragment]);
  const frames = groupByCodestream(fragments, read);
  if (frames.length !== format.frames) {
    throw cannotRender(`its header announces ${format.frames} frames, ${frames.length} were found in its pixel data`);
  }
  return frames;
}

/** Undefined where the table does not fit the fragments: some writers leave tables that were true before a compression. */
function groupByOffsets(
  fragments: readonly Fragment[],
  offsets: readonly number[],
  frames: number,
): FrameFragments | undefined {
  if (offsets.length < frames) return undefined;
  const base = (fragments[0] as Fragment).start;
  const groups: Fragment[][] = [];
  for (const fragment of fragments) {
    if (groups.length < frames && fragment.start - base === offsets[groups.length]) groups.push([]);
    const group = groups.at(-1);
    if (group === undefined) return undefined;
    group.push(fragment);
  }
  return groups.length === frames ? groups : undefined;
}

/** A frame begins where a fragment begins with SOI, SOC or a JP2 signature, and the fragment before it does not run on. */
function groupByCodestream(fragments: readonly Fragment[], read: ReadRange): FrameFragments {
  const groups: Fragment[][] = [];
  for (const fragment of fragments) {
    const length = fragment.valueEnd - fragment.valueStart;
    const head = length < 4 ? 0 : read(fragment.valueStart, 4).readUInt32BE(0);
    // FFD8FF: SOI and the next marker. FF4FFF51: SOC and SIZ. 0000000C: the length of the JP2 signature box. None can occur inside entropy-coded data at a fragment's very start but by ill will.
    const begins = head >>> 8 === 0xffd8ff || head === 0xff4fff51 || head === 0x0000000c;
    if (begins || groups.length === 0) groups.push([]);
    groups.at(-1)?.push(fragment);
  }
  return groups;
}

/** The bytes of one encapsulated frame, its fragments joined. */
export function readEncapsulatedFrame(
  fragments: readonly Fragment[] | undefined,
  read: ReadRange,
  index: number,
): Buffer {
  if (fragments === undefined) throw cannotRender(`the pixel data ends before frame ${index + 1}`);
  let length = 0;
  for (const fragment of fragments) length += fragment.valueEnd - fragment.valueStart;
  if (length > MAX_ENCODED_FRAME) throw cannotRender("a compressed frame is larger than Satchel renders");
  const parts = fragments.map((fragment) => read(fragment.valueStart, fragment.valueEnd - fragment.valueStart));
  return parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts, length);
}
