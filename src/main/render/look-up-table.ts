import type { Dataset } from "../dicom/element.ts";
import { elementOf, numbersOf, wordsOf } from "./attributes.ts";
import { cannotRender, MAX_TABLE_ENTRIES } from "./limits.ts";

/** A look-up table of PS3.3 C.11: entry 0 is for the value `first`; values beyond the ends take the entry at that end. */
export interface LookUpTable {
  readonly first: number;
  readonly entries: Uint16Array;
  /** Bits an entry has, by its descriptor. */
  readonly bits: number;
}

/** The three values of a descriptor (PS3.3 C.7.6.3.1.5, C.11.1.1.1). */
export interface TableDescriptor {
  readonly count: number;
  readonly first: number;
  readonly bits: number;
}

/** @param signed whether the first value mapped is to be read as signed where the VR leaves that open. */
export function readDescriptor(
  bytes: Buffer,
  dataset: Dataset,
  tag: number,
  signed: boolean,
): TableDescriptor | undefined {
  const [count, first, bits] = numbersOf(bytes, dataset, tag);
  if (count === undefined || first === undefined || bits === undefined) return undefined;
  const unsignedCount = count & 0xffff;
  return {
    count: unsignedCount === 0 ? MAX_TABLE_ENTRIES : unsignedCount,
    first: signed ? (first << 16) >> 16 : first,
    bits: bits < 1 || bits > 16 ? 16 : bits,
  };
}

/** Reads a table of the Modality or VOI LUT Sequence's first item; undefined where there is none. */
export function readTable(
  bytes: Buffer,
  dataset: Dataset | undefined,
  descriptorTag: number,
  dataTag: number,
  signed: boolean,
): LookUpTable | undefined {
  if (dataset === undefined) return undefined;
  const descriptor = readDescriptor(bytes, dataset, descriptorTag, signed);
  if (descriptor === undefined) return undefined;
  const entries = readEntries(bytes, dataset, dataTag, descriptor);
  return { first: descriptor.first, bits: descriptor.bits, entries };
}

/** The entries of a table: one to a word, or two where the length leaves no other reading (PS3.3 C.7.6.3.1.6). */
export function readEntries(bytes: Buffer, dataset: Dataset, tag: number, descriptor: TableDescriptor): Uint16Array {
  const element = elementOf(dataset, tag);
  if (element === undefined) throw cannotRender("a look-up table has no data");
  const value = bytes.subarray(element.valueStart, element.valueEnd);
  const { littleEndian } = element.encoding;
  const packed = value.length < 2 * descriptor.count;
  const words = wordsOf(value, littleEndian);
  const entries = packed ? unpackWords(words) : words;
  if (entries.length < descriptor.count) throw cannotRender("a look-up table is shorter than its descriptor says");
  return entries.subarray(0, descriptor.count);
}

/** Two 8-bit entries to a word, the first in its low byte. */
function unpackWords(words: Uint16Array): Uint16Array {
  const out = new Uint16Array(words.length * 2);
  for (let i = 0; i < words.length; i++) {
    const word = words[i] as number;
    out[2 * i] = word & 0xff;
    out[2 * i + 1] = word >> 8;
  }
  return out;
}

/** The entry for a value. */
export function lookUp(table: LookUpTable, value: number): number {
  const index = Math.min(Math.max(Math.round(value) - table.first, 0), table.entries.length - 1);
  return table.entries[index] as number;
}
