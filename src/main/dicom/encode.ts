import { ITEM, tagOf } from "./tag.ts";
import type { Encoding } from "./element.ts";
import { LONG_FORM_VRS, NUL_PADDED_VRS } from "./value-representation.ts";

/** An element still to be encoded. `value` holds the value field in the byte order of the data set it goes into. */
export interface NewElement {
  tag: number;
  vr: string;
  value: Buffer;
}

export const EXPLICIT_LITTLE_ENDIAN: Encoding = { explicit: true, littleEndian: true };
export const IMPLICIT_LITTLE_ENDIAN: Encoding = { explicit: false, littleEndian: true };
export const EXPLICIT_BIG_ENDIAN: Encoding = { explicit: true, littleEndian: false };

/** The most that a 16-bit length can say of an even number of bytes. */
const MAX_SHORT_LENGTH = 0xfffe;

/** Pads a value to even length: NUL for UI and bytes, a space for text (PS3.5 6.2, 7.1.1). Returns the same buffer where it is even already. */
export function padValue(vr: string, value: Buffer): Buffer {
  if (value.length % 2 === 0) return value;
  const padded = Buffer.allocUnsafe(value.length + 1);
  value.copy(padded);
  padded[value.length] = NUL_PADDED_VRS.has(vr) ? 0 : 0x20;
  return padded;
}

/**
 * Encodes one element with a defined length (PS3.5 7.1.2, 7.1.3). The value is padded to even length. In explicit VR a value too long
 * for its VR's 16-bit length is written as UN (PS3.5 6.2.2 note 5).
 */
export function encodeElement(element: NewElement, encoding: Encoding): Buffer {
  const value = padValue(element.vr, element.value);
  const header = encodeElementHeader(element.tag, element.vr, value.length, encoding);
  return Buffer.concat([header, value], header.length + value.length);
}

/** The bytes before the value: 8 or 12 of them. `length` is written as it is; 0xFFFFFFFF for an undefined length. */
export function encodeElementHeader(tag: number, vr: string, length: number, encoding: Encoding): Buffer {
  if (!encoding.explicit) {
    const header = encodeTag(tag, 8, encoding);
    write32(header, length, 4, encoding);
    return header;
  }
  const long = LONG_FORM_VRS.has(vr) || length > MAX_SHORT_LENGTH;
  const header = encodeTag(tag, long ? 12 : 8, encoding);
  header.write(long && !LONG_FORM_VRS.has(vr) ? "UN" : vr, 4, 2, "latin1");
  if (long) {
    header.writeUInt16LE(0, 6);
    write32(header, length, 8, encoding);
  } else if (encoding.littleEndian) header.writeUInt16LE(length, 6);
  else header.writeUInt16BE(length, 6);
  return header;
}

/**
 * Encodes a sequence and its items with defined lengths (PS3.5 7.5.1).
 *
 * @param items the encoded data set of each item, in the same encoding.
 */
export function encodeSequence(tag: number, items: readonly Buffer[], encoding: Encoding): Buffer {
  const parts: Buffer[] = [];
  let length = 0;
  for (const item of items) {
    const header = encodeItemHeader(item.length, encoding);
    parts.push(header, item);
    length += header.length + item.length;
  }
  return Buffer.concat([encodeElementHeader(tag, "SQ", length, encoding), ...parts]);
}

/** The eight bytes of an item tag and its length. */
export function encodeItemHeader(length: number, encoding: Encoding): Buffer {
  const header = encodeTag(ITEM, 8, encoding);
  write32(header, length, 4, encoding);
  return header;
}

/** Encodes elements in tag order: a data set without group lengths. */
export function encodeDataset(elements: readonly NewElement[], encoding: Encoding): Buffer {
  const sorted = elements.toSorted((a, b) => a.tag - b.tag);
  return Buffer.concat(sorted.map((element) => encodeElement(element, encoding)));
}

/**
 * Preamble of 128 zero bytes, "DICM" and the File Meta Information in explicit little endian with its group length (PS3.10 7.1).
 *
 * @param elements those of group 0002 without (0002,0000), in any order. (0002,0001) is added where it is missing.
 */
export function encodeFileMeta(elements: readonly NewElement[]): Buffer {
  const version = tagOf(2, 1);
  const whole = elements.some((element) => element.tag === version)
    ? elements
    : [...elements, { tag: version, vr: "OB", value: Buffer.from([0, 1]) }];
  const body = encodeDataset(whole, EXPLICIT_LITTLE_ENDIAN);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(body.length);
  const groupLength = encodeElement({ tag: tagOf(2, 0), vr: "UL", value: length }, EXPLICIT_LITTLE_ENDIAN);
  return Buffer.concat([Buffer.alloc(128), Buffer.from("DICM"), groupLength, body]);
}

function encodeTag(tag: number, bytes: number, encoding: Encoding): Buffer {
  const header = Buffer.allocUnsafe(bytes);
  if (encoding.littleEndian) {
    header.writeUInt16LE(tag >>> 16, 0);
    header.writeUInt16LE(tag & 0xffff, 2);
  } else header.writeUInt32BE(tag, 0);
  return header;
}

function write32(buffer: Buffer, value: number, offset: number, encoding: Encoding): void {
  if (encoding.littleEndian) buffer.writeUInt32LE(value, offset);
  else buffer.writeUInt32BE(value, offset);
}
