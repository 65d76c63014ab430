import type { Dataset, Element } from "../dicom/element.ts";

/** What this room reads of a walked Part 10 file; `Part10` of dicom/ is one. Offsets of the elements refer to `bytes`. */
export interface ImageSource {
  readonly bytes: Buffer;
  readonly transferSyntaxUid: string;
  readonly dataset: Dataset;
}

/** The element of a tag, or undefined. Elements stand in tag order, yet hostile ones need not: hence no binary search. */
export function elementOf(dataset: Dataset, tag: number): Element | undefined {
  for (const element of dataset.elements) if (element.tag === tag) return element;
  return undefined;
}

/** Data sets of the items of a sequence; none where it is absent or no sequence. */
export function itemsOf(dataset: Dataset, tag: number): readonly Dataset[] {
  return elementOf(dataset, tag)?.items?.map((item) => item.dataset) ?? [];
}

/** Numeric values of a binary (US, SS, UL, SL, OW) or textual (DS, IS) attribute; an unreadable value becomes NaN. */
export function numbersOf(bytes: Buffer, dataset: Dataset, tag: number): number[] {
  const element = elementOf(dataset, tag);
  if (element === undefined || element.valueEnd <= element.valueStart) return [];
  const value = bytes.subarray(element.valueStart, element.valueEnd);
  switch (element.vr) {
    case "DS":
    case "IS":
      return value.length > 4096 ? [] : textOf(value).split("\\").map(parseDecimal);
    case "SS":
      return Array.from(wordsOf(value, element.encoding.littleEndian), (word) => (word << 16) >> 16);
    case "UL":
    case "SL":
      return longsOf(value, element);
    default:
      return Array.from(wordsOf(value, element.encoding.littleEndian));
  }
}

/** The first value of a numeric attribute, undefined where it is absent or unreadable. */
export function numberOf(bytes: Buffer, dataset: Dataset, tag: number): number | undefined {
  const first = numbersOf(bytes, dataset, tag)[0];
  return first === undefined || Number.isNaN(first) ? undefined : first;
}

/** The first value of a code string or UID, "" where it is absent. */
export function codeOf(bytes: Buffer, dataset: Dataset, tag: number): string {
  const element = elementOf(dataset, tag);
  if (element === undefined) return "";
  const value = bytes.subarray(element.valueStart, Math.min(element.valueEnd, element.valueStart + 256));
  return textOf(value).split("\\")[0]?.trim() ?? "";
}

/** The 16-bit words of a value. */
export function wordsOf(value: Buffer, littleEndian: boolean): Uint16Array {
  const words = new Uint16Array(value.length >> 1);
  for (let i = 0; i < words.length; i++)
    words[i] = littleEndian ? value.readUInt16LE(2 * i) : value.readUInt16BE(2 * i);
  return words;
}

function longsOf(value: Buffer, element: Element): number[] {
  const longs: number[] = [];
  for (let at = 0; at + 4 <= value.length; at += 4) {
    const long = element.encoding.littleEndian ? value.readUInt32LE(at) : value.readUInt32BE(at);
    longs.push(element.vr === "SL" ? long | 0 : long);
  }
  return longs;
}

function textOf(value: Buffer): string {
  return value.toString("latin1").replaceAll("\0", " ");
}

function parseDecimal(text: string): number {
  const trimmed = text.trim();
  return trimmed === "" ? Number.NaN : Number(trimmed);
}
