import { decodeText, type DecodedText } from "./charset.ts";
import type { Dataset, Element } from "./element.ts";
import { BINARY_VALUE_BYTES, SINGLE_TEXT_VRS, TEXT_VRS } from "./value-representation.ts";

/** What holds the bytes that elements point into: a Part10. */
export interface Bytes {
  readonly bytes: Buffer;
}

/** The element of a tag: binary search, and a look through all where the data set is out of order (PS3.5 7.1 forbids it; it occurs). */
export function findElement(dataset: Dataset, tag: number): Element | undefined {
  const { elements } = dataset;
  let low = 0;
  let high = elements.length - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const element = elements[middle] as Element;
    if (element.tag === tag) return element;
    if (element.tag < tag) low = middle + 1;
    else high = middle - 1;
  }
  return isOrdered(elements) ? undefined : elements.find((element) => element.tag === tag);
}

const ordered = new WeakMap<readonly Element[], boolean>();

function isOrdered(elements: readonly Element[]): boolean {
  let known = ordered.get(elements);
  if (known === undefined) {
    known = elements.every((element, index) => index === 0 || (elements[index - 1] as Element).tag < element.tag);
    ordered.set(elements, known);
  }
  return known;
}

/**
 * The whole value of a text element, decoded by the data set's Specific Character Set where its VR asks for it, padding trimmed from
 * its end. Values stay joined by backslashes. "" where the value was left in the file.
 */
export function readText(part10: Bytes, dataset: Dataset, element: Element): string {
  return readTextChecked(part10, dataset, element).text;
}

/** As readText, and whether bytes were met that the character set does not allow. */
export function readTextChecked(part10: Bytes, dataset: Dataset, element: Element): DecodedText {
  const { bytes } = part10;
  let end = element.valueEnd;
  while (end > element.valueStart && isPadding(bytes[end - 1] as number)) end--;
  // Text in UN is of unknown VR: it may be in any repertoire. So may be text where text of the default one should be.
  return decodeText(bytes, element.valueStart, end, dataset.characterSet, element.vr === "PN");
}

/**
 * The values as text: text split at backslashes where the VR allows several, each trimmed of trailing padding (PN, and all with
 * insignificant spaces, of leading spaces too); numbers in decimal; AT as "(gggg,eeee)". [] for an empty value, and for sequences,
 * bytes and unknown VRs.
 */
export function readValues(part10: Bytes, dataset: Dataset, element: Element): string[] {
  const { vr } = element;
  if (TEXT_VRS.has(vr)) {
    const text = readText(part10, dataset, element);
    if (text === "") return [];
    if (SINGLE_TEXT_VRS.has(vr)) return [text];
    return text.split("\\").map(vr === "UC" ? trimEnd : trimBoth);
  }
  return readNumbers(part10, dataset, element).map((value) =>
    vr === "AT" ? `(${hex(value >>> 16)},${hex(value & 0xffff)})` : String(value),
  );
}

/** The first value, or "". */
export function readFirst(part10: Bytes, dataset: Dataset, element: Element | undefined): string {
  return element === undefined ? "" : (readValues(part10, dataset, element)[0] ?? "");
}

/** The values of a binary VR of fixed size, or of IS and DS. 64-bit integers beyond 2^53 lose precision. [] for other VRs. */
export function readNumbers(part10: Bytes, dataset: Dataset, element: Element): number[] {
  const { vr, valueStart, valueEnd } = element;
  if (vr === "IS" || vr === "DS") {
    const text = readText(part10, dataset, element);
    return text === "" ? [] : text.split("\\").map((value) => (value.trim() === "" ? Number.NaN : Number(value)));
  }
  const width = BINARY_VALUE_BYTES[vr];
  const read = width === undefined ? undefined : READERS[vr];
  if (width === undefined || read === undefined) return [];
  const view = new DataView(part10.bytes.buffer, part10.bytes.byteOffset + valueStart, valueEnd - valueStart);
  const values: number[] = [];
  for (let at = 0; at + width <= view.byteLength; at += width)
    values.push(read(view, at, element.encoding.littleEndian));
  return values;
}

/** Raw bytes of a value, not copied. Empty where it was left in the file. */
export function rawValue(part10: Bytes, element: Element): Buffer {
  return part10.bytes.subarray(element.valueStart, element.valueEnd);
}

const READERS: Readonly<Record<string, (view: DataView, at: number, littleEndian: boolean) => number>> = {
  AT: (view, at, le) => ((view.getUint16(at, le) << 16) | view.getUint16(at + 2, le)) >>> 0,
  FD: (view, at, le) => view.getFloat64(at, le),
  FL: (view, at, le) => view.getFloat32(at, le),
  OD: (view, at, le) => view.getFloat64(at, le),
  OF: (view, at, le) => view.getFloat32(at, le),
  OL: (view, at, le) => view.getUint32(at, le),
  OV: (view, at, le) => Number(view.getBigUint64(at, le)),
  SL: (view, at, le) => view.getInt32(at, le),
  SS: (view, at, le) => view.getInt16(at, le),
  SV: (view, at, le) => Number(view.getBigInt64(at, le)),
  UL: (view, at, le) => view.getUint32(at, le),
  US: (view, at, le) => view.getUint16(at, le),
  UV: (view, at, le) => Number(view.getBigUint64(at, le)),
};

function isPadding(byte: number): boolean {
  return byte === 0x20 || byte === 0;
}

function trimEnd(value: string): string {
  return value.replace(/[\0 ]+$/, "");
}

function trimBoth(value: string): string {
  return value.replace(/^ +|[\0 ]+$/g, "");
}

function hex(value: number): string {
  return value.toString(16).toUpperCase().padStart(4, "0");
}
