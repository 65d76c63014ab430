import type { Dataset, Element, Encoding, Fragment, Item } from "./element.ts";
import { SatchelError } from "../../contract/errors.ts";
import { NEED_MORE, UNDEFINED_LENGTH, readElementHeader, tag32, uint32, type Walk } from "./element-header.ts";
import { EXPLICIT_LITTLE_ENDIAN, IMPLICIT_LITTLE_ENDIAN } from "./encode.ts";
import { ITEM, ITEM_DELIMITATION, PIXEL_DATA, SEQUENCE_DELIMITATION, SPECIFIC_CHARACTER_SET } from "./tag.ts";
import { badDicom, tooLarge, truncated } from "./walk-error.ts";

/** What the elements of one data set share while it is walked. */
export interface Scope {
  readonly encoding: Encoding;
  characterSet: readonly string[];
  readonly depth: number;
  /** Private Creators by group << 8 | block (PS3.5 7.8.1). */
  creators: Map<number, string> | undefined;
}

export function openScope(encoding: Encoding, characterSet: readonly string[], depth: number): Scope {
  return { encoding, characterSet, depth, creators: undefined };
}

/**
 * Reads the element at `at`, all that is nested in it included, and leaves `walk.position` behind it.
 *
 * @param end where the enclosing data set ends at the latest.
 * @throws BAD_DICOM, TOO_LARGE; NEED_MORE where the file is not loaded far enough.
 */
export function readElement(walk: Walk, at: number, end: number, scope: Scope): Element {
  if (--walk.elementsLeft < 0) throw tooLarge("too many elements");
  readElementHeader(walk, at, end, scope.encoding);
  const { tag, encodedVr, length, valueStart } = walk;
  // Stray delimiters occur and say nothing; a stray item means that a sequence's length is wrong.
  if (tag >>> 16 === 0xfffe && (tag === ITEM || length !== 0))
    throw badDicom("stands outside any sequence", tag, at + walk.skipped);
  let { vr } = walk;
  let valueEnd = valueStart + length;
  let items: readonly Item[] | undefined;
  let fragments: readonly Fragment[] | undefined;
  // A sequence behind a header of eight bytes was written in implicit VR, whatever stands around it.
  let encoding =
    encodedVr === "UN" || (encodedVr === "SQ" && valueStart - at === 8 && scope.encoding.explicit)
      ? IMPLICIT_LITTLE_ENDIAN
      : scope.encoding;
  let elementEnd = valueEnd;
  if (length === UNDEFINED_LENGTH) {
    if (tag === PIXEL_DATA || encodedVr === "OB" || encodedVr === "OW")
      fragments = readFragments(walk, valueStart, end, scope.encoding);
    else if (vr === "SQ" || vr === "UN" || encodedVr === "UN" || !scope.encoding.explicit) {
      // In implicit VR the VR is the dictionary's, which may be older than the file; only a sequence can be of undefined length here.
      items = readItems(walk, valueStart, end, encoding, scope, true);
      vr = "SQ";
    } else throw badDicom("has an undefined length that its VR does not allow", tag, at + walk.skipped);
    elementEnd = walk.position;
    valueEnd = elementEnd - 8;
  } else {
    if (valueEnd > end) throw truncated(tag, at + walk.skipped);
    if (valueEnd > walk.available) throw NEED_MORE;
    if (vr === "SQ" || vr === "UN") {
      if (walk.shallow) items = undefined;
      else if (encodedVr === "SQ") items = readItems(walk, valueStart, valueEnd, encoding, scope, false);
      else {
        items = guessItems(walk, valueStart, valueEnd, IMPLICIT_LITTLE_ENDIAN, scope);
        if (items === undefined) {
          items = guessItems(walk, valueStart, valueEnd, EXPLICIT_LITTLE_ENDIAN, scope);
          if (items !== undefined) encoding = EXPLICIT_LITTLE_ENDIAN;
        }
        vr = items === undefined ? "UN" : "SQ";
      }
    } else if (tag === SPECIFIC_CHARACTER_SET) scope.characterSet = readCharacterSet(walk, valueStart, valueEnd);
  }
  walk.position = elementEnd;
  return {
    tag,
    vr,
    encodedVr,
    start: at,
    valueStart,
    valueEnd,
    end: elementEnd,
    undefinedLength: length === UNDEFINED_LENGTH,
    items,
    fragments,
    privateCreator: (tag & 0x10000) === 0 ? undefined : privateCreator(walk, tag, valueStart, valueEnd, scope),
    encoding,
    outside: undefined,
  };
}

/**
 * Walks a nested data set. One of undefined length ends at its Item Delimitation Item, before which `walk.position` is left; the other
 * at `end`.
 */
function walkItem(walk: Walk, start: number, end: number, delimited: boolean, scope: Scope): Dataset {
  const elements: Element[] = [];
  let at = start;
  for (;;) {
    if (delimited) {
      if (at + 8 > walk.available && !walk.whole) throw NEED_MORE;
      if (at + 8 > end) throw truncated(ITEM, start + walk.skipped);
      if (tag32(walk.bytes, at, scope.encoding.littleEndian) === ITEM_DELIMITATION) {
        if (uint32(walk.bytes, at + 4, true) !== 0)
          throw badDicom("is a delimiter with a length", ITEM_DELIMITATION, at + walk.skipped);
        break;
      }
    } else if (at >= end) break;
    elements.push(readElement(walk, at, end, scope));
    at = walk.position;
  }
  walk.position = at;
  return { elements, characterSet: scope.characterSet, encoding: scope.encoding };
}

/** Reads the items of a sequence (PS3.5 7.5) and leaves `walk.position` behind it, its delimiter included. */
function readItems(
  walk: Walk,
  start: number,
  end: number,
  encoding: Encoding,
  parent: Scope,
  delimited: boolean,
): Item[] {
  if (parent.depth >= walk.depth) throw tooLarge(`sequences nest more than ${walk.depth} deep`);
  const items: Item[] = [];
  let at = start;
  for (;;) {
    if (!delimited && at >= end) break;
    const tag = readItemHeader(walk, at, end, encoding);
    const { length } = walk;
    const valueStart = at + 8;
    if (tag === SEQUENCE_DELIMITATION && (delimited || valueStart === end)) {
      at = valueStart;
      break;
    }
    if (tag !== ITEM) throw badDicom("stands where an item of a sequence should", tag, at + walk.skipped);
    const scope = openScope(encoding, parent.characterSet, parent.depth + 1);
    const undefinedLength = length === UNDEFINED_LENGTH;
    if (!undefinedLength && valueStart + length > end) throw truncated(tag, at + walk.skipped);
    const dataset = walkItem(walk, valueStart, undefinedLength ? end : valueStart + length, undefinedLength, scope);
    const valueEnd = walk.position;
    const itemEnd = undefinedLength ? valueEnd + 8 : valueEnd;
    items.push({ start: at, valueStart, valueEnd, end: itemEnd, undefinedLength, dataset });
    at = itemEnd;
  }
  walk.position = at;
  return items;
}

/** A value that may be a sequence: items where it is one from end to end, undefined where it is not. */
function guessItems(walk: Walk, start: number, end: number, encoding: Encoding, scope: Scope): Item[] | undefined {
  if (start === end) return walk.vr === "SQ" ? [] : undefined;
  if (end - start < 8 || tag32(walk.bytes, start, true) !== ITEM) return undefined;
  try {
    return readItems(walk, start, end, encoding, scope, false);
  } catch (error) {
    if (!(error instanceof SatchelError) || error.code !== "BAD_DICOM") throw error;
    if (--walk.guessesLeft < 0) throw tooLarge("too many values that only look like sequences");
    return undefined;
  }
}

/** Reads the fragments of encapsulated pixel data (PS3.5 A.4) and leaves `walk.position` behind the delimiter. */
function readFragments(walk: Walk, start: number, end: number, encoding: Encoding): Fragment[] {
  const fragments: Fragment[] = [];
  let at = start;
  for (;;) {
    const tag = readItemHeader(walk, at, end, encoding);
    const valueStart = at + 8;
    const valueEnd = valueStart + walk.length;
    if (tag === SEQUENCE_DELIMITATION) {
      walk.position = valueStart;
      return fragments;
    }
    if (tag !== ITEM || walk.length === UNDEFINED_LENGTH) {
      throw badDicom("stands where a fragment of the pixel data should", tag, at + walk.skipped);
    }
    if (valueEnd > end) throw truncated(PIXEL_DATA, at + walk.skipped);
    if (valueEnd > walk.available) throw NEED_MORE;
    fragments.push({ start: at, valueStart, valueEnd });
    at = valueEnd;
  }
}

/** Reads the tag, which is returned, and the length of an item or delimiter. A delimiter's length is 0 (PS3.5 7.5.2). */
function readItemHeader(walk: Walk, at: number, end: number, encoding: Encoding): number {
  if (at + 8 > walk.available && !walk.whole) throw NEED_MORE;
  if (at + 8 > end) throw truncated(SEQUENCE_DELIMITATION, at + walk.skipped);
  if (--walk.elementsLeft < 0) throw tooLarge("too many items");
  const tag = tag32(walk.bytes, at, encoding.littleEndian);
  walk.length = uint32(walk.bytes, at + 4, encoding.littleEndian);
  if (tag === SEQUENCE_DELIMITATION && walk.length !== 0)
    throw badDicom("is a delimiter with a length", tag, at + walk.skipped);
  return tag;
}

/** The values of (0008,0005) as they stand, trimmed. Names are of the default repertoire (PS3.5 6.1.2.1). */
function readCharacterSet(walk: Walk, start: number, end: number): readonly string[] {
  if (start === end) return [];
  return asciiAt(walk.bytes, start, Math.min(end, start + 1024))
    .split("\\")
    .map((value) => value.trim());
}

/** The creator of an element's block; for a creator itself, undefined. */
function privateCreator(walk: Walk, tag: number, start: number, end: number, scope: Scope): string | undefined {
  const group = tag >>> 16;
  const element = tag & 0xffff;
  if (element === 0) return undefined;
  if (element >= 0x10 && element <= 0xff) {
    scope.creators ??= new Map();
    scope.creators.set((group << 8) | element, asciiAt(walk.bytes, start, Math.min(end, start + 64)).trim());
    return undefined;
  }
  return creatorOf(tag, scope);
}

/** The Private Creator that reserved the block of a private element, or "". */
export function creatorOf(tag: number, scope: Scope): string {
  return scope.creators?.get(((tag >>> 16) << 8) | ((tag & 0xffff) >>> 8)) ?? "";
}

/** Latin-1 without NUL. */
function asciiAt(bytes: Uint8Array, start: number, end: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start)
    .toString("latin1")
    .replaceAll("\0", "");
}
