import { inflateRawSync, inflateSync } from "node:zlib";
import type { Dataset, Element, Encoding, FileRange } from "./element.ts";
import { NEED_MORE, readElementHeader, tag32, vrAt, type Walk } from "./element-header.ts";
import { EXPLICIT_LITTLE_ENDIAN, IMPLICIT_LITTLE_ENDIAN } from "./encode.ts";
import { DEFAULT_LIMITS, type Limits } from "./limits.ts";
import { TRANSFER_SYNTAX_UID } from "./tag.ts";
import { encodingOf, guessEncoding, isDeflated, uidOfEncoding } from "./transfer-syntax.ts";
import { badDicom, notDicom, tooLarge } from "./walk-error.ts";
import { openScope, readElement, type Scope } from "./walk.ts";

/** Bytes [start, end) of Part10.bytes. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** A value that was left in the file: `at` this offset of Part10.bytes, these bytes of the file are missing. */
export interface Gap extends FileRange {
  readonly at: number;
}

/** A walked DICOM file (PS3.10 section 7), or a bare data set. Every offset in it is one of `bytes`. */
export interface Part10 {
  /**
   * The file; the file without its `gaps`; or, for a deflated data set, the File Meta Information as it came followed by the inflated
   * data set.
   */
  readonly bytes: Buffer;
  /** 128 bytes of anything. */
  readonly preamble?: Range;
  readonly meta?: Dataset;
  /** As File Meta Information has it, or what was concluded from the data set's first element. */
  readonly transferSyntaxUid: string;
  /** As found: it differs from what the transfer syntax says where the file does. */
  readonly encoding: Encoding;
  readonly deflated: boolean;
  readonly dataset: Dataset;
  readonly datasetStart: number;
  /** One past the last element. */
  readonly datasetEnd: number;
  /** What follows the last element and is none: must not leave in a de-identified file. Empty where start equals end. */
  readonly trailing: Range;
  readonly gaps: readonly Gap[];
  /** False where reading stopped at the pixel data: such a Part10 can be described, not edited. */
  readonly complete: boolean;
  /** The file as it came, where `bytes` are not: deflated. */
  readonly source?: Buffer;
  /** Offset in `source` of what follows the deflated stream. */
  readonly deflatedEnd?: number;
  /** Bytes of the file. */
  readonly size: number;
}

const GROUP_7FE0 = 0x7fe00000;
const PREAMBLE = 128;

/**
 * Walks a whole file in memory. Nothing is copied but a deflated data set; elements are offsets into `bytes`.
 *
 * @throws NOT_DICOM, BAD_DICOM (also where the file is cut short anywhere, pixel data included), TOO_LARGE.
 */
export function walkPart10(bytes: Buffer, limits: Limits = DEFAULT_LIMITS): Part10 {
  const walk = openWalk(bytes, bytes.length, limits);
  const head = readHead(walk, bytes.length);
  if (head.deflated) return walkDeflated(walk, head, limits);
  const scope = openScope(head.encoding, [], 0);
  const elements = readTopLevel(walk, head.datasetStart, bytes.length, scope);
  return {
    bytes,
    ...head,
    dataset: { elements, characterSet: scope.characterSet, encoding: scope.encoding },
    datasetEnd: walk.position,
    trailing: { start: walk.position, end: bytes.length },
    gaps: [],
    complete: true,
    size: bytes.length,
  };
}

/** True where `head`, the first bytes of a file (132 or more of them if there are), begins like a DICOM file or data set. */
export function looksLikeDicom(head: Buffer): boolean {
  return (
    metaStart(head, head.length) !== undefined ||
    guessEncoding(head, 0, Number.MAX_SAFE_INTEGER, undefined) !== undefined
  );
}

export function openWalk(bytes: Buffer, available: number, limits: Limits, shallow = false): Walk {
  return {
    bytes,
    available,
    whole: available === bytes.length,
    skipped: 0,
    elementsLeft: limits.elements,
    guessesLeft: limits.failedGuesses,
    depth: limits.depth,
    shallow,
    tag: 0,
    vr: "",
    encodedVr: "",
    length: 0,
    valueStart: 0,
    position: 0,
  };
}

export interface Head {
  readonly preamble?: Range;
  readonly meta?: Dataset;
  readonly transferSyntaxUid: string;
  readonly encoding: Encoding;
  readonly deflated: boolean;
  readonly datasetStart: number;
}

/**
 * Preamble and File Meta Information, which is read to where group 0002 ends: its group length is often missing or wrong. Then the
 * first element of the data set is looked at, since some files are not in the transfer syntax they name.
 */
export function readHead(walk: Walk, end: number): Head {
  const { bytes } = walk;
  if (end < 8) throw notDicom();
  const start = metaStart(bytes, Math.min(end, walk.available));
  const elements: Element[] = [];
  let at = start ?? 0;
  const metaEncoding = vrAt(bytes, at + 4) === "??" ? IMPLICIT_LITTLE_ENDIAN : EXPLICIT_LITTLE_ENDIAN;
  const scope = openScope(metaEncoding, [], 0);
  let uid = "";
  for (;;) {
    if (start === undefined || at + 8 > end) break;
    if (at + 8 > walk.available) throw NEED_MORE;
    if (tag32(bytes, at, true) >>> 16 !== 2) break;
    const element = readElement(walk, at, end, scope);
    if (element.tag === TRANSFER_SYNTAX_UID)
      uid = latin1(bytes, element.valueStart, element.valueEnd).replace(/[\0 ]+$/, "");
    elements.push(element);
    at = walk.position;
  }
  const head = {
    preamble: start === PREAMBLE + 4 ? { start: 0, end: PREAMBLE } : undefined,
    meta: start === undefined ? undefined : { elements, characterSet: [], encoding: metaEncoding },
    datasetStart: at,
  };
  if (isDeflated(uid)) return { ...head, transferSyntaxUid: uid, encoding: EXPLICIT_LITTLE_ENDIAN, deflated: true };
  if (at + 12 > walk.available && !walk.whole) throw NEED_MORE;
  const declared = uid === "" ? undefined : encodingOf(uid);
  const encoding = guessEncoding(bytes, at, end, declared) ?? declared;
  if (encoding === undefined) {
    if (start === undefined) throw notDicom();
    throw badDicom("begins a data set of unknown transfer syntax", at + 4 <= end ? tag32(bytes, at, true) : 0, at);
  }
  return { ...head, transferSyntaxUid: uid === "" ? uidOfEncoding(encoding) : uid, encoding, deflated: false };
}

/** Elements to the end of the data set, where `walk.position` is left. */
function readTopLevel(walk: Walk, start: number, end: number, scope: Scope): Element[] {
  const elements: Element[] = [];
  let at = start;
  let last = 0;
  while (at < end) {
    if (endsDataset(walk, at, end, last, scope.encoding)) break;
    const element = readElement(walk, at, end, scope);
    elements.push(element);
    if (element.tag < 0xfffe0000) last = element.tag;
    at = walk.position;
  }
  walk.position = at;
  return elements;
}

/**
 * Whether what stands at `at` is no element but something that was appended to the file. Behind the pixel data that is whatever is out
 * of tag order or cannot be read; before them, only zero bytes and what is neither in order nor has a VR: anything else there is a
 * damaged file, and cutting it would lose the image silently.
 */
export function endsDataset(walk: Walk, at: number, end: number, last: number, encoding: Encoding): boolean {
  const { bytes } = walk;
  if (at + 8 <= end) {
    if (at + 12 > walk.available && !walk.whole) throw NEED_MORE;
    const tag = tag32(bytes, at, encoding.littleEndian);
    if (tag > last && tag !== 0) {
      if (last < GROUP_7FE0 || !encoding.explicit || tag >>> 16 === 0xfffe) return false;
      return vrAt(bytes, at + 4) === "??";
    }
    if (last >= GROUP_7FE0) return true;
    if (tag !== 0 && !(encoding.explicit && vrAt(bytes, at + 4) === "??")) return false;
    if (tag !== 0) {
      readElementHeader(walk, at, end, encoding);
      return walk.encodedVr === "??" && walk.vr === "UN";
    }
  } else if (last >= GROUP_7FE0) return true;
  const loaded = Math.min(end, walk.available);
  for (let index = at; index < loaded; index++) {
    // Once looked through, zero bytes must not become elements that are looked through again.
    if (bytes[index] !== 0)
      throw badDicom("is followed by bytes that are neither elements nor padding", last, at + walk.skipped);
  }
  if (loaded < end && !walk.whole) throw NEED_MORE;
  return true;
}

function walkDeflated(walk: Walk, head: Head, limits: Limits): Part10 {
  const source = walk.bytes as Buffer;
  const { inflated, consumed } = inflate(source.subarray(head.datasetStart), limits);
  const bytes = Buffer.concat([source.subarray(0, head.datasetStart), inflated]);
  walk.bytes = bytes;
  walk.available = bytes.length;
  const encoding = guessEncoding(bytes, head.datasetStart, bytes.length, head.encoding) ?? head.encoding;
  const scope = openScope(encoding, [], 0);
  const elements = readTopLevel(walk, head.datasetStart, bytes.length, scope);
  return {
    bytes,
    ...head,
    encoding,
    dataset: { elements, characterSet: scope.characterSet, encoding },
    datasetEnd: walk.position,
    trailing: { start: walk.position, end: bytes.length },
    gaps: [],
    complete: true,
    source,
    deflatedEnd: head.datasetStart + consumed,
    size: source.length,
  };
}

/** Raw deflate is what PS3.5 A.5 asks for; some writers add a zlib header. */
function inflate(deflated: Buffer, limits: Limits): { inflated: Buffer; consumed: number } {
  const options = { maxOutputLength: limits.inflatedBytes, info: true };
  for (const read of [inflateRawSync, inflateSync]) {
    try {
      const { buffer, engine } = read(deflated, options) as unknown as {
        buffer: Buffer;
        engine: { bytesWritten: number };
      };
      return { inflated: buffer, consumed: engine.bytesWritten };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE")
        throw tooLarge("the deflated data set inflates without end");
    }
  }
  throw badDicom("begins a deflated data set that does not inflate", 0, 0);
}

/** Where File Meta Information begins: behind "DICM", or at once where preamble and prefix are missing. */
function metaStart(bytes: Uint8Array, end: number): number | undefined {
  for (const at of [PREAMBLE, 0]) {
    if (
      at + 4 <= end &&
      bytes[at] === 0x44 &&
      bytes[at + 1] === 0x49 &&
      bytes[at + 2] === 0x43 &&
      bytes[at + 3] === 0x4d
    )
      return at + 4;
  }
  return end >= 8 && tag32(bytes, 0, true) >>> 16 === 2 && vrAt(bytes, 4) !== "??" ? 0 : undefined;
}

function latin1(bytes: Uint8Array, start: number, end: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString("latin1");
}
