import { lookup } from "../../dicom/dictionary.ts";
import type { Element } from "../../dicom/element.ts";
import type { Bytes } from "../../dicom/values.ts";
import { BINARY_VALUE_BYTES, TEXT_VRS } from "../../dicom/value-representation.ts";

/**
 * Characters of a value (PS3.5 Table 6.2-1), generous as to length, spaces and case: many old files are. As a table of bytes, since
 * most elements of most files are judged by one.
 */
const CHARACTERS: Readonly<Record<string, Uint8Array>> = {
  AS: bytesOf("0123456789DWMY\\ "),
  // Printable ASCII but for what parts a name.
  CS: bytesOf(String.fromCharCode(...Array.from({ length: 95 }, (_, index) => index + 32)).replace("^", "")),
  DA: bytesOf("0123456789.:-\\ "),
  DS: bytesOf("0123456789.+-eE\\ "),
  DT: bytesOf("0123456789.:+-\\ "),
  IS: bytesOf("0123456789.+-\\ "),
  TM: bytesOf("0123456789.:-\\ "),
  // Hashes in hexadecimal stand where some programs replaced UIDs.
  UI: bytesOf("0123456789.-abcdefABCDEF\\ "),
};
const BACKSLASH = 0x5c;
const OPAQUE_VRS: ReadonlySet<string> = new Set(["OB", "OD", "OF", "OL", "OV", "OW", "UN"]);

/**
 * Whether a value that is to be kept is what its attribute is for. A rule that keeps Slice Thickness keeps a number: a text or a blob of
 * bytes under that tag, or a sequence under a VR that hides its items, could say anything and is not kept.
 *
 * @param expected the VR that the dictionary, or the table of safe private attributes, gives.
 * @param vm its value multiplicity; bounds the bytes of numbers.
 */
export function hasForm(bytes: Bytes, element: Element, expected: string, vm = "1-n"): boolean {
  if (element.items !== undefined || element.outside !== undefined) return true;
  const length = element.valueEnd - element.valueStart;
  if (length === 0) return true;
  if (expected === "SQ") return false;
  const characters = CHARACTERS[expected];
  if (characters !== undefined) return isWrittenWith(characters, bytes.bytes, element.valueStart, element.valueEnd);
  const isText = TEXT_VRS.has(element.vr);
  if (TEXT_VRS.has(expected)) return isText || element.vr === "UN";
  const width = BINARY_VALUE_BYTES[expected];
  if (width === undefined || OPAQUE_VRS.has(expected)) return !isText;
  const own = BINARY_VALUE_BYTES[element.vr] ?? width;
  return !isText && (length <= own || length <= largestCount(vm) * own);
}

/** As hasForm, by the dictionary. What it does not know has no form. */
export function hasDictionaryForm(bytes: Bytes, element: Element): boolean {
  const entry = lookup(element.tag);
  return entry === undefined || hasForm(bytes, element, entry.vr, entry.vm);
}

/** NULs may stand where values are padded: at the end and before a backslash. */
function isWrittenWith(characters: Uint8Array, bytes: Buffer, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const byte = bytes[at] as number;
    if (characters[byte] === 0 && (byte !== 0 || (at + 1 < end && bytes[at + 1] !== 0 && bytes[at + 1] !== BACKSLASH)))
      return false;
  }
  return true;
}

function bytesOf(characters: string): Uint8Array {
  const table = new Uint8Array(256);
  for (const byte of Buffer.from(characters, "latin1")) table[byte] = 1;
  return table;
}

/** "1", "1-3", "3-3n" */
function largestCount(vm: string): number {
  return vm.endsWith("n") ? Number.POSITIVE_INFINITY : Number(vm.slice(vm.indexOf("-") + 1));
}
