import type { Encoding } from "./element.ts";
import { lookup } from "./dictionary.ts";
import { LONG_FORM_VRS, SHORT_FORM_VRS } from "./value-representation.ts";
import { truncated } from "./walk-error.ts";

export const UNDEFINED_LENGTH = 0xffffffff;

/** Thrown, always this one object, when an element goes on beyond what has been loaded of a file. */
export const NEED_MORE = new (class NeedMore extends Error {})("more of the file is needed");

/**
 * What the walk knows while it goes. One object for a whole file; the header read last stands in its fields, so that reading one
 * allocates nothing.
 */
export interface Walk {
  bytes: Uint8Array;
  /** Bytes that are loaded. Less than the file's where `whole` is false. */
  available: number;
  whole: boolean;
  /** Bytes of the file that were left out before the current position: offset in the file = offset in `bytes` + skipped. */
  skipped: number;
  elementsLeft: number;
  guessesLeft: number;
  readonly depth: number;
  /** Sequences of defined length are passed over, not walked. */
  readonly shallow: boolean;

  tag: number;
  vr: string;
  encodedVr: string;
  length: number;
  valueStart: number;
  /** One past the element, item or data set walked last. */
  position: number;
}

/** Two bytes to their VR and its form, by (first - 65) * 26 + second - 65. 0 unknown, 1 short, 2 long. */
const VR_NAMES: string[] = Array.from({ length: 676 }, () => "??");
const VR_FORMS = new Uint8Array(676);
for (const [form, names] of [
  [1, SHORT_FORM_VRS],
  [2, LONG_FORM_VRS],
] as const) {
  for (const name of names) {
    const index = (name.charCodeAt(0) - 65) * 26 + name.charCodeAt(1) - 65;
    VR_NAMES[index] = name;
    VR_FORMS[index] = form;
  }
}

/** The VR of two bytes in an explicit header, or "??". */
export function vrAt(bytes: Uint8Array, at: number): string {
  const index = vrIndex(bytes[at] ?? 0, bytes[at + 1] ?? 0);
  return index < 0 ? "??" : (VR_NAMES[index] ?? "??");
}

/**
 * Reads tag, VR and length at `at` into the walk (PS3.5 7.1). Items and delimiters have neither VR nor reserved bytes in any encoding.
 *
 * @param end where the enclosing data set ends at the latest.
 */
export function readElementHeader(walk: Walk, at: number, end: number, encoding: Encoding): void {
  const bytes = walk.bytes;
  if (at + 12 > walk.available && !walk.whole) throw NEED_MORE;
  if (at + 8 > end) throw truncated(at + 4 <= end ? tag32(bytes, at, encoding.littleEndian) : 0, at + walk.skipped);
  const tag = tag32(bytes, at, encoding.littleEndian);
  walk.tag = tag;
  if (!encoding.explicit || tag >>> 16 === 0xfffe) {
    readImplicit(walk, at, tag, encoding.littleEndian);
    return;
  }
  const index = vrIndex(bytes[at + 4] as number, bytes[at + 5] as number);
  const form = index < 0 ? 0 : VR_FORMS[index];
  if (form === 1) {
    walk.vr = walk.encodedVr = VR_NAMES[index] as string;
    walk.length = uint16(bytes, at + 6, encoding.littleEndian);
    walk.valueStart = at + 8;
  } else if (form === 2) {
    if (at + 12 > end) throw truncated(tag, at + walk.skipped);
    walk.vr = walk.encodedVr = VR_NAMES[index] as string;
    walk.length = uint32(bytes, at + 8, encoding.littleEndian);
    walk.valueStart = at + 12;
    if (walk.vr === "UN") walk.vr = lookup(tag)?.vr ?? "UN";
  } else readUnknownVr(walk, at, end, index >= 0, encoding);
}

function readImplicit(walk: Walk, at: number, tag: number, littleEndian: boolean): void {
  walk.vr = walk.encodedVr = lookup(tag)?.vr ?? "UN";
  walk.length = uint32(walk.bytes, at + 4, littleEndian);
  walk.valueStart = at + 8;
}

/**
 * Two bytes that are no VR. Two capital letters are a VR of a later edition, which has a 32-bit length (PS3.5 6.2); anything else is
 * either an element written in implicit VR among explicit ones, or a VR that was left blank before a 16-bit length.
 */
function readUnknownVr(walk: Walk, at: number, end: number, letters: boolean, encoding: Encoding): void {
  const { bytes, tag } = walk;
  const le = encoding.littleEndian;
  const vr = lookup(tag)?.vr ?? "UN";
  const implicitLength = uint32(bytes, at + 4, le);
  if (!letters && (implicitLength === UNDEFINED_LENGTH || at + 8 + implicitLength <= end)) {
    walk.vr = walk.encodedVr = vr;
    walk.length = implicitLength;
    walk.valueStart = at + 8;
    return;
  }
  walk.vr = vr;
  walk.encodedVr = "??";
  if (letters && at + 12 <= end && uint16(bytes, at + 6, le) === 0) {
    walk.length = uint32(bytes, at + 8, le);
    walk.valueStart = at + 12;
    return;
  }
  walk.length = uint16(bytes, at + 6, le);
  walk.valueStart = at + 8;
}

function vrIndex(first: number, second: number): number {
  const high = first - 65;
  const low = second - 65;
  return high >= 0 && high < 26 && low >= 0 && low < 26 ? high * 26 + low : -1;
}

/** A tag is two 16-bit numbers, group first in either byte order. */
export function tag32(bytes: Uint8Array, at: number, littleEndian: boolean): number {
  return littleEndian
    ? (((bytes[at + 1] as number) << 24) |
        ((bytes[at] as number) << 16) |
        ((bytes[at + 3] as number) << 8) |
        (bytes[at + 2] as number)) >>>
        0
    : uint32(bytes, at, false);
}

function uint16(bytes: Uint8Array, at: number, littleEndian: boolean): number {
  const first = bytes[at] as number;
  const second = bytes[at + 1] as number;
  return littleEndian ? first | (second << 8) : (first << 8) | second;
}

export function uint32(bytes: Uint8Array, at: number, littleEndian: boolean): number {
  const low = uint16(bytes, littleEndian ? at : at + 2, littleEndian);
  const high = uint16(bytes, littleEndian ? at + 2 : at, littleEndian);
  return ((high << 16) | low) >>> 0;
}
