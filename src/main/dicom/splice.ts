import { deflateRawSync } from "node:zlib";
import { SatchelError } from "../../contract/errors.ts";
import type { Dataset, Element, Encoding } from "./element.ts";
import { encodeElement, padValue, type NewElement } from "./encode.ts";
import { PieceWriter, type Piece, type Slot } from "./piece.ts";
import type { Part10 } from "./part10.ts";

/** What happens to one element. */
export type Change =
  | { readonly kind: "remove" }
  /** A new value in the byte order of its data set, padded as needed; `vr` where it changes. */
  | { readonly kind: "value"; readonly value: Buffer; readonly vr?: string }
  /** A whole encoded element, or several, in place of this one. */
  | { readonly kind: "replace"; readonly bytes: Buffer };

export interface Edits {
  /** By identity, at any depth; elements of File Meta Information too. An element within a changed one is not looked at. */
  readonly changes: ReadonlyMap<Element, Change>;
  /** By identity of the data set they go into, in any order. A tag that stands there already is replaced. */
  readonly inserts: ReadonlyMap<Dataset, readonly NewElement[]>;
  /** Cuts off what follows the last element. */
  readonly dropTrailing: boolean;
  /** Preamble, "DICM" and File Meta Information in place of whatever came before the data set. */
  readonly newMeta?: Buffer;
}

interface Splice {
  readonly part10: Part10;
  readonly edits: Edits;
  readonly writer: PieceWriter;
  /** Sequences with an edit somewhere inside. */
  readonly touched: ReadonlySet<Element>;
  /** Index of the next gap of the Part10 to be written. */
  gap: number;
}

/** A group length that was written and holds until its group ends. */
interface OpenGroup {
  readonly group: number;
  readonly slot: Slot;
  /** Bytes written when the group's first other element began. */
  readonly begin: number;
  edited: boolean;
}

/**
 * Applies edits. Whatever they do not touch comes out bit for bit; the lengths of enclosing sequences and items, and of groups that
 * hold an edit, are corrected. Large untouched runs are not copied. A deflated data set with edits is deflated again.
 *
 * @returns pieces, whose order is the output. Without edits, its bytes are those of the file.
 * @throws INTERNAL where the Part10 was read only up to its pixel data.
 */
export function applyEdits(part10: Part10, edits: Edits): Piece[] {
  if (!part10.complete) throw new SatchelError("INTERNAL", "An instance that was read only in part cannot be edited.");
  const touched = new Set<Element>();
  if (edits.changes.size > 0 || edits.inserts.size > 0) findTouched(part10.dataset, edits, touched);
  const splice: Splice = { part10, edits, writer: new PieceWriter(part10.bytes), touched, gap: 0 };
  if (part10.deflated) return editDeflated(splice);
  spliceHead(splice);
  spliceDataset(splice, part10.dataset, part10.datasetStart, part10.datasetEnd);
  if (!edits.dropTrailing) keep(splice, part10.trailing.start, part10.trailing.end);
  return splice.writer.finish();
}

function spliceHead(splice: Splice): void {
  const { part10, edits } = splice;
  if (edits.newMeta !== undefined) splice.writer.write(edits.newMeta);
  else {
    const start = part10.meta?.elements[0]?.start ?? part10.datasetStart;
    keep(splice, 0, start);
    if (part10.meta !== undefined) spliceDataset(splice, part10.meta, start, part10.datasetStart);
  }
}

/** The data set is deflated again only where it changed: the bytes of the first writer are its own. */
function editDeflated(splice: Splice): Piece[] {
  const { part10, edits } = splice;
  const source = part10.source as Buffer;
  const streamEnd = part10.deflatedEnd as number;
  spliceHead(splice);
  const pieces = splice.writer.finish();
  const body: Splice = { ...splice, writer: new PieceWriter(part10.bytes) };
  const edited = spliceDataset(body, part10.dataset, part10.datasetStart, part10.datasetEnd);
  let stream = source.subarray(part10.datasetStart, streamEnd);
  if (edited || (edits.dropTrailing && part10.trailing.start < part10.trailing.end)) {
    if (!edits.dropTrailing) keep(body, part10.trailing.start, part10.trailing.end);
    stream = deflateRawSync(Buffer.concat(body.writer.finish() as Buffer[]));
  }
  pieces.push(stream);
  // PS3.5 A.5: a stream of odd length is followed by one NUL.
  if (!edits.dropTrailing && streamEnd < source.length) pieces.push(source.subarray(streamEnd));
  else if (edits.dropTrailing && stream.length % 2 === 1) pieces.push(Buffer.alloc(1));
  return pieces;
}

/** Writes a data set that stands at [start, end) of the source. True where anything in it was edited. */
function spliceDataset(splice: Splice, dataset: Dataset, start: number, end: number): boolean {
  const { edits, writer } = splice;
  if (edits.changes.size === 0 && edits.inserts.size === 0) {
    keep(splice, start, end);
    return false;
  }
  const inserts = edits.inserts.get(dataset)?.toSorted((a, b) => a.tag - b.tag) ?? [];
  let edited = false;
  let open: OpenGroup | undefined;
  let insert = 0;
  let kept = start;
  for (const element of dataset.elements) {
    let change = edits.changes.get(element);
    for (; insert < inserts.length; insert++) {
      const next = inserts[insert] as NewElement;
      if (next.tag > element.tag) break;
      keep(splice, kept, element.start);
      kept = element.start;
      if (open !== undefined && open.group !== next.tag >>> 16) open = closeGroup(open, writer, dataset.encoding);
      writer.write(encodeElement(next, dataset.encoding));
      if (open !== undefined) open.edited = true;
      if (next.tag === element.tag) change = { kind: "remove" };
      edited = true;
    }
    if (open !== undefined && open.group !== element.tag >>> 16) {
      keep(splice, kept, element.start);
      kept = element.start;
      open = closeGroup(open, writer, dataset.encoding);
    }
    if (change === undefined && !splice.touched.has(element)) {
      if ((element.tag & 0xffff) === 0 && element.valueEnd - element.valueStart === 4) {
        keep(splice, kept, element.start);
        kept = element.end;
        const slot = writer.writeSlot(element.start, element.end);
        open = { group: element.tag >>> 16, slot, begin: writer.written, edited: false };
      }
      continue;
    }
    keep(splice, kept, element.start);
    kept = element.end;
    if (change === undefined) spliceSequence(splice, element, dataset.encoding);
    else writeChange(splice, element, change, dataset.encoding);
    if (open !== undefined) open.edited = true;
    edited = true;
  }
  keep(splice, kept, end);
  for (; insert < inserts.length; insert++) {
    const next = inserts[insert] as NewElement;
    if (open !== undefined && open.group !== next.tag >>> 16) open = closeGroup(open, writer, dataset.encoding);
    writer.write(encodeElement(next, dataset.encoding));
    if (open !== undefined) open.edited = true;
    edited = true;
  }
  if (open !== undefined) closeGroup(open, writer, dataset.encoding);
  return edited;
}

function writeChange(splice: Splice, element: Element, change: Change, encoding: Encoding): void {
  while ((splice.part10.gaps[splice.gap]?.at ?? Number.POSITIVE_INFINITY) <= element.end) splice.gap++;
  if (change.kind === "replace") splice.writer.write(change.bytes);
  else if (change.kind === "value") {
    const written = encoding.explicit && element.encodedVr !== "??" ? element.encodedVr : element.vr;
    const value = padValue(change.vr ?? element.vr, change.value);
    splice.writer.write(encodeElement({ tag: element.tag, vr: change.vr ?? written, value }, encoding));
  }
}

/** A sequence with an edit inside: its own length and those of its edited items are filled in when they are known. */
function spliceSequence(splice: Splice, element: Element, encoding: Encoding): void {
  const { writer, edits, touched } = splice;
  const slot = element.undefinedLength ? undefined : writer.writeSlot(element.start, element.valueStart);
  let kept = element.undefinedLength ? element.start : element.valueStart;
  const begin = writer.written;
  for (const item of element.items ?? []) {
    if (!isTouched(item.dataset, edits, touched)) continue;
    keep(splice, kept, item.start);
    kept = item.valueEnd;
    let itemSlot: Slot | undefined;
    if (item.undefinedLength) keep(splice, item.start, item.valueStart);
    else itemSlot = writer.writeSlot(item.start, item.valueStart);
    const itemBegin = writer.written;
    spliceDataset(splice, item.dataset, item.valueStart, item.valueEnd);
    if (itemSlot !== undefined) fillLength(itemSlot, 4, writer.written - itemBegin, element.encoding);
  }
  keep(splice, kept, element.valueEnd);
  if (slot !== undefined) fillLength(slot, element.valueStart - element.start - 4, writer.written - begin, encoding);
  keep(splice, element.valueEnd, element.end);
}

/** Source bytes [start, end) and the values of the file that belong between them. */
function keep(splice: Splice, start: number, end: number): void {
  const { gaps } = splice.part10;
  let from = start;
  for (let gap = gaps[splice.gap]; gap !== undefined && gap.at <= end; gap = gaps[++splice.gap]) {
    splice.writer.keep(from, gap.at);
    splice.writer.leave(gap);
    from = gap.at;
  }
  splice.writer.keep(from, end);
}

function findTouched(dataset: Dataset, edits: Edits, touched: Set<Element>): boolean {
  let any = edits.inserts.has(dataset);
  for (const element of dataset.elements) {
    if (edits.changes.has(element)) any = true;
    else if (element.items !== undefined) {
      let inside = false;
      for (const item of element.items) if (findTouched(item.dataset, edits, touched)) inside = true;
      if (inside) touched.add(element);
      any ||= inside;
    }
  }
  return any;
}

function isTouched(dataset: Dataset, edits: Edits, touched: ReadonlySet<Element>): boolean {
  if (edits.inserts.has(dataset)) return true;
  for (const element of dataset.elements) if (edits.changes.has(element) || touched.has(element)) return true;
  return false;
}

function closeGroup(open: OpenGroup, writer: PieceWriter, encoding: Encoding): undefined {
  if (open.edited) fillLength(open.slot, open.slot.length - 4, writer.written - open.begin, encoding);
}

function fillLength(slot: Slot, offset: number, length: number, encoding: Encoding): void {
  if (encoding.littleEndian) slot.chunk.writeUInt32LE(length, slot.at + offset);
  else slot.chunk.writeUInt32BE(length, slot.at + offset);
}
