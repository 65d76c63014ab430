import { lookup, tagByKeyword } from "../dicom/dictionary.ts";
import type { Encoding } from "../dicom/element.ts";
import { encodeElement, encodeSequence } from "../dicom/encode.ts";
import { encodeText, type CharacterSet } from "./character-set.ts";

/** One value, several, the items of a sequence, raw bytes, or null for an empty element. */
export type HeaderValue = string | number | null | Buffer | readonly string[] | readonly number[] | readonly Header[];

/**
 * A data set as the modules write it: by keyword, or by "GGGGEEEE VR" where the dictionary has no one answer (private elements,
 * US or SS). An undefined value leaves the element out.
 */
export interface Header {
  [keywordOrTag: string]: HeaderValue | undefined;
}

const EXPLICIT_KEY = /^([0-9A-F]{8}) ([A-Z]{2})$/;

interface Slot {
  tag: number;
  vr: string;
}

const slots = new Map<string, Slot>();

function slotOf(key: string): Slot {
  let slot = slots.get(key);
  if (slot !== undefined) return slot;
  const explicit = EXPLICIT_KEY.exec(key);
  if (explicit?.[1] !== undefined && explicit[2] !== undefined) {
    slot = { tag: Number.parseInt(explicit[1], 16), vr: explicit[2] };
  } else {
    const tag = tagByKeyword(key);
    const entry = tag === undefined ? undefined : lookup(tag);
    if (tag === undefined || entry === undefined) throw new RangeError(`no DICOM attribute is called ${key}`);
    slot = { tag, vr: entry.vr };
  }
  slots.set(key, slot);
  return slot;
}

const NUMBER_BYTES: Record<string, number> = { US: 2, SS: 2, UL: 4, SL: 4, FL: 4, FD: 8, AT: 4 };

function encodeNumbers(vr: string, numbers: readonly number[], encoding: Encoding): Buffer {
  const size = NUMBER_BYTES[vr] ?? 0;
  const bytes = new Uint8Array(size * numbers.length);
  const view = new DataView(bytes.buffer);
  const little = encoding.littleEndian;
  numbers.forEach((number, index) => {
    const at = index * size;
    if (vr === "US") view.setUint16(at, number, little);
    else if (vr === "SS") view.setInt16(at, number, little);
    else if (vr === "UL") view.setUint32(at, number, little);
    else if (vr === "SL") view.setInt32(at, number, little);
    else if (vr === "FL") view.setFloat32(at, number, little);
    else if (vr === "FD") view.setFloat64(at, number, little);
    else {
      // AT: group, then element, each in the byte order of the data set.
      view.setUint16(at, number >>> 16, little);
      view.setUint16(at + 2, number & 0xffff, little);
    }
  });
  return Buffer.from(bytes.buffer);
}

/** A decimal string of at most 16 bytes (PS3.5 6.2). */
function formatDecimal(number: number): string {
  return String(Number(number.toPrecision(9)));
}

const LOCALISED_VRS = new Set(["PN", "LO", "SH", "ST", "LT", "UC", "UT"]);

function isHeaderList(value: HeaderValue): value is readonly Header[] {
  return Array.isArray(value) && !Buffer.isBuffer(value) && (value.length === 0 || typeof value[0] === "object");
}

function encodeValue(vr: string, value: Exclude<HeaderValue, null>, set: CharacterSet, encoding: Encoding): Buffer {
  if (Buffer.isBuffer(value)) return value;
  const values = (Array.isArray(value) ? value : [value]) as readonly (string | number)[];
  if (vr in NUMBER_BYTES) return encodeNumbers(vr, values.map(Number), encoding);
  const text = values.map((one) => (typeof one === "number" ? formatDecimal(one) : one)).join("\\");
  return LOCALISED_VRS.has(vr) ? encodeText(text, set, vr) : Buffer.from(text, "latin1");
}

/** The text of an element that must be there and have one value. */
export function textOf(header: Header, keyword: string): string {
  const value = header[keyword];
  if (typeof value !== "string") throw new RangeError(`${keyword} is not one text`);
  return value;
}

/** Encodes a header in tag order; sequences have defined lengths. */
export function encodeHeader(header: Header, set: CharacterSet, encoding: Encoding): Buffer {
  const elements: { tag: number; bytes: Buffer }[] = [];
  for (const [key, value] of Object.entries(header)) {
    if (value === undefined) continue;
    const { tag, vr } = slotOf(key);
    if (vr === "SQ" && (value === null || isHeaderList(value))) {
      const items = (value ?? []).map((item) => encodeHeader(item, set, encoding));
      elements.push({ tag, bytes: encodeSequence(tag, items, encoding) });
    } else {
      const bytes = value === null ? Buffer.alloc(0) : encodeValue(vr, value, set, encoding);
      elements.push({ tag, bytes: encodeElement({ tag, vr, value: bytes }, encoding) });
    }
  }
  return Buffer.concat(elements.sort((a, b) => a.tag - b.tag).map((element) => element.bytes));
}
