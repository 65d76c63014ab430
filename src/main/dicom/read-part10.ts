import type { Element, Fragment } from "./element.ts";
import { NEED_MORE, UNDEFINED_LENGTH, readElementHeader, tag32, uint32, type Walk } from "./element-header.ts";
import { leaveOut, loadMore, readFully, type FileWindow } from "./file-window.ts";
import { DEFAULT_LIMITS, OUTSIDE_BYTES, type Limits } from "./limits.ts";
import { endsDataset, openWalk, readHead, walkPart10, type Head, type Part10 } from "./part10.ts";
import { DOUBLE_FLOAT_PIXEL_DATA, FLOAT_PIXEL_DATA, ITEM, PIXEL_DATA, SEQUENCE_DELIMITATION } from "./tag.ts";
import { badDicom, tooLarge, truncated } from "./walk-error.ts";
import { creatorOf, openScope, readElement, type Scope } from "./walk.ts";

export interface ReadOptions {
  /** False: stop at the pixel data. Default true. */
  readonly tail?: boolean;
  readonly limits?: Limits;
  /** Where in `fd` the DICOM file begins, where it is stored in an archive. All other offsets are the file's own. Default 0. */
  readonly origin?: number;
}

/** A buffer that readHeader may use again and again. Starts small and is replaced by a larger one when a header needs it. */
export interface Scratch {
  buffer: Buffer;
}

const CHUNK_BYTES = 64 * 1024;
const HEADER_CHUNK_BYTES = 32 * 1024;
/** In a header that is only described, values of this size and more are passed over. */
const HEADER_OUTSIDE_BYTES = 4096;

export function createScratch(): Scratch {
  return { buffer: Buffer.allocUnsafeSlow(HEADER_CHUNK_BYTES) };
}

/**
 * Walks a file of any size by position. Pixel data, and any other top-level value of 1 MiB or more, stays in the file
 * (Element.outside, Part10.gaps); the rest is held in memory, 64 MiB at most. Encapsulated pixel data is walked fragment by fragment.
 * A deflated file is read whole.
 *
 * @throws what walkPart10 throws; READ_FAILED.
 */
export function readPart10(fd: number, size: number, options: ReadOptions = {}): Part10 {
  const limits = options.limits ?? DEFAULT_LIMITS;
  const buffer = Buffer.allocUnsafeSlow(Math.min(size, CHUNK_BYTES));
  return readByPosition(
    { fd, size, origin: options.origin ?? 0 },
    buffer,
    limits,
    options.tail === false ? "upToPixelData" : "whole",
  );
}

/**
 * Reads what describeInstance needs and no more: up to the pixel data, sequences of defined length and large values passed over (an SQ
 * then has no `items`). About 10 us a file beside the system calls. The result shares the scratch buffer: it holds until the next call.
 *
 * @throws what readPart10 throws: also BAD_DICOM where pixel data of defined length is cut short.
 */
export function readHeader(fd: number, size: number, scratch: Scratch = createScratch()): Part10 {
  const part10 = readByPosition({ fd, size, origin: 0 }, scratch.buffer, DEFAULT_LIMITS, "described");
  if (!part10.deflated && part10.bytes.buffer.byteLength > scratch.buffer.length)
    scratch.buffer = Buffer.from(part10.bytes.buffer);
  return part10;
}

type Extent = "whole" | "upToPixelData" | "described";

type StoredFile = Pick<FileWindow, "fd" | "origin" | "size">;

function readByPosition(file: StoredFile, buffer: Buffer, limits: Limits, extent: Extent): Part10 {
  const { size } = file;
  const walk = openWalk(buffer, 0, limits, extent === "described");
  const window: FileWindow = { ...file, next: 0, maxBytes: limits.headerBytes, gaps: [] };
  loadMore(window, walk, buffer.length);
  const head = readHeadByPosition(window, walk);
  if (head.deflated) return readDeflated(file, limits);
  const scope = openScope(head.encoding, [], 0);
  const elements = readTopLevelByPosition(window, walk, head.datasetStart, scope, extent);
  const datasetEnd = walk.position;
  const complete = extent === "whole";
  if (complete && !walk.whole) loadMore(window, walk, size);
  return {
    bytes: (walk.bytes as Buffer).subarray(0, walk.available),
    ...head,
    dataset: { elements, characterSet: scope.characterSet, encoding: scope.encoding },
    datasetEnd,
    trailing: { start: datasetEnd, end: complete ? walk.available : datasetEnd },
    gaps: window.gaps,
    complete,
    size,
  };
}

function readHeadByPosition(window: FileWindow, walk: Walk): Head {
  for (;;) {
    try {
      return readHead(walk, window.size);
    } catch (thrown) {
      if (thrown !== NEED_MORE) throw thrown;
      loadMore(window, walk, CHUNK_BYTES);
    }
  }
}

function readTopLevelByPosition(
  window: FileWindow,
  walk: Walk,
  start: number,
  scope: Scope,
  extent: Extent,
): Element[] {
  const elements: Element[] = [];
  let at = start;
  let last = 0;
  for (;;) {
    const end = window.size - walk.skipped;
    if (at >= end) break;
    const { elementsLeft } = walk;
    try {
      if (endsDataset(walk, at, end, last, scope.encoding)) break;
      const element = nextElement(window, walk, at, end, scope, extent);
      elements.push(element);
      if (element.tag < ITEM) last = element.tag;
      at = element.end;
      if (extent !== "whole" && isPixelData(last)) break;
    } catch (thrown) {
      if (thrown !== NEED_MORE) throw thrown;
      walk.elementsLeft = elementsLeft;
      // Doubling what is there keeps the cost of walking a long sequence again within that of walking it once.
      const missing = walk.length === UNDEFINED_LENGTH ? 0 : walk.valueStart + walk.length - walk.available;
      loadMore(window, walk, Math.max(CHUNK_BYTES, walk.available, Math.min(missing, window.maxBytes)));
    }
  }
  walk.position = at;
  return elements;
}

function nextElement(window: FileWindow, walk: Walk, at: number, end: number, scope: Scope, extent: Extent): Element {
  readElementHeader(walk, at, end, scope.encoding);
  const { tag, length, valueStart } = walk;
  const pixels = isPixelData(tag);
  if (length === UNDEFINED_LENGTH) {
    if (!pixels) return readElement(walk, at, end, scope);
    return extent === "whole"
      ? readEncapsulated(window, walk, at, end, scope)
      : outsideElement(window, walk, at, window.size - walk.skipped - valueStart, scope);
  }
  if (valueStart + length <= walk.available) return readElement(walk, at, end, scope);
  if (valueStart + length > end) throw truncated(tag, at + walk.skipped);
  if (!pixels && !mayStayOutside(walk, extent)) throw NEED_MORE;
  if (--walk.elementsLeft < 0) throw tooLarge("too many elements");
  return outsideElement(window, walk, at, length, scope);
}

/** Bytes, but not text, which has to be judged, and not what may hold a data set. */
function mayStayOutside(walk: Walk, extent: Extent): boolean {
  const { vr, length, valueStart } = walk;
  if (extent === "described" && (vr === "SQ" || vr === "UN")) return length >= HEADER_OUTSIDE_BYTES;
  if (length < (extent === "described" ? HEADER_OUTSIDE_BYTES : OUTSIDE_BYTES)) return false;
  if (vr === "UN") {
    if (valueStart + 4 > walk.available) throw NEED_MORE;
    return tag32(walk.bytes, valueStart, true) !== ITEM;
  }
  return vr.charCodeAt(0) === 0x4f;
}

/** An element whose value is left in the file. `walk` holds its header. */
function outsideElement(window: FileWindow, walk: Walk, at: number, length: number, scope: Scope): Element {
  const { tag, vr, encodedVr, valueStart } = walk;
  const undefinedLength = walk.length === UNDEFINED_LENGTH;
  const { start } = leaveOut(window, walk, valueStart, length);
  return {
    tag,
    vr,
    encodedVr,
    start: at,
    valueStart,
    valueEnd: valueStart,
    end: valueStart,
    undefinedLength,
    items: undefined,
    fragments: undefined,
    privateCreator: (tag & 0x10000) === 0 ? undefined : creatorOf(tag, scope),
    encoding: scope.encoding,
    outside: { start, length },
  };
}

/** In memory where all of it is loaded, else fragment by fragment in the file. */
function readEncapsulated(window: FileWindow, walk: Walk, at: number, end: number, scope: Scope): Element {
  try {
    return readElement(walk, at, end, scope);
  } catch (thrown) {
    if (thrown !== NEED_MORE) throw thrown;
  }
  readElementHeader(walk, at, end, scope.encoding);
  const valueStart = walk.valueStart;
  const fragments = readFragmentsInFile(window, walk, valueStart + walk.skipped, scope);
  const delimiter = walk.position;
  walk.length = UNDEFINED_LENGTH;
  const element = outsideElement(window, walk, at, delimiter - valueStart - walk.skipped, scope);
  while (walk.available < valueStart + 8) loadMore(window, walk, CHUNK_BYTES);
  return { ...element, end: valueStart + 8, fragments };
}

/** Positions are the file's. Leaves `walk.position` at the delimiter. */
function readFragmentsInFile(window: FileWindow, walk: Walk, start: number, scope: Scope): Fragment[] {
  const { littleEndian } = scope.encoding;
  const near = Buffer.allocUnsafe(4096);
  let nearStart = 0;
  let nearEnd = 0;
  const fragments: Fragment[] = [];
  let at = start;
  for (;;) {
    if (at + 8 > window.size) throw truncated(PIXEL_DATA, start);
    if (--walk.elementsLeft < 0) throw tooLarge("too many fragments");
    if (at < nearStart || at + 8 > nearEnd) {
      nearStart = at;
      nearEnd = Math.min(at + near.length, window.size);
      readFully(window.fd, near, 0, nearEnd - nearStart, window.origin + nearStart);
    }
    const tag = tag32(near, at - nearStart, littleEndian);
    const length = uint32(near, at - nearStart + 4, littleEndian);
    if (tag === SEQUENCE_DELIMITATION && length === 0) break;
    if (tag !== ITEM || length === UNDEFINED_LENGTH)
      throw badDicom("stands where a fragment of the pixel data should", tag, at);
    if (at + 8 + length > window.size) throw truncated(PIXEL_DATA, at);
    fragments.push({ start: at, valueStart: at + 8, valueEnd: at + 8 + length });
    at += 8 + length;
  }
  walk.position = at;
  return fragments;
}

function readDeflated({ fd, size, origin }: StoredFile, limits: Limits): Part10 {
  if (size > limits.headerBytes) throw tooLarge("a deflated file of more than 64 MiB");
  const bytes = Buffer.allocUnsafeSlow(size);
  readFully(fd, bytes, 0, size, origin);
  return walkPart10(bytes, limits);
}

function isPixelData(tag: number): boolean {
  return tag === PIXEL_DATA || tag === FLOAT_PIXEL_DATA || tag === DOUBLE_FLOAT_PIXEL_DATA;
}
