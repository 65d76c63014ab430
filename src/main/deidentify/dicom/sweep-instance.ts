import { lookup } from "../../dicom/dictionary.ts";
import type { Dataset, Element } from "../../dicom/element.ts";
import { walkPart10, type Part10 } from "../../dicom/part10.ts";
import type { Piece } from "../../dicom/piece.ts";
import { applyEdits, type Edits } from "../../dicom/splice.ts";
import { DOUBLE_FLOAT_PIXEL_DATA, FLOAT_PIXEL_DATA, PIXEL_DATA, formatTag } from "../../dicom/tag.ts";
import { readText } from "../../dicom/values.ts";
import type { RawHit } from "../sweep/matcher.ts";
import { findInText, isBounded, type Needle } from "../sweep/needles.ts";
import type { SweepHit } from "../sweep/sweep-text.ts";
import type { CompiledValues } from "./collected-values.ts";
import { VENDOR_TAGS } from "./vendor-tags.ts";
import { childOf, ruleOf, type RuleNode } from "./rule-tree.ts";

const PIXEL_TAGS: ReadonlySet<number> = new Set([PIXEL_DATA, FLOAT_PIXEL_DATA, DOUBLE_FLOAT_PIXEL_DATA]);
/** Text of people: every needle counts. */
const PROSE_VRS: ReadonlySet<string> = new Set(["LO", "SH", "ST", "LT", "UT", "UC", "PN", "AE", "CS", "UR"]);
/** Of these a part can go and something valid is left. */
const CLEANABLE_VRS: ReadonlySet<string> = new Set(["LO", "SH", "ST", "LT", "UT", "UC", "IS", "DS"]);
/** Text of numbers and codes: digits of an identifier mean nothing in it. */
const NUMERIC_TEXT_VRS: ReadonlySet<string> = new Set(["DS", "IS", "AS", "TM", "DA", "DT"]);
/** Arrays of numbers: four bytes of a name come about by chance. */
const CHANCE_FREE_LENGTH = 6;

/** A hit, and for text the source element's path, so that it can be cleaned. */
export interface InstanceHit extends SweepHit {
  readonly tag: number;
  readonly cleanable: boolean;
}

/** What one sweep needs of the instance. */
export interface InstanceSweep {
  readonly part10: Part10;
  readonly edits: Edits;
  readonly pieces: readonly Piece[];
  readonly compiled: CompiledValues;
  readonly uids: ReadonlySet<string>;
  readonly root: RuleNode;
  /** Pseudonyms of this instance: values that are ours. */
  readonly own: ReadonlySet<string>;
}

/**
 * Searches an output, outside its pixel data, for the identifying values of its source, in every encoding and as raw bytes
 * (checks 23 to 27 and 33 of the checklist). The first pass only looks for bytes, over the very pieces that will be written; only where it
 * meets some is the output parsed, to judge what stands there.
 */
export function sweepInstance(sweep: InstanceSweep): InstanceHit[] {
  const { matcher } = sweep.compiled;
  return matcher.withNeedles(uidNeedles(sweep.uids), () => {
    const suspicious =
      sweep.part10.deflated ||
      headerParts(sweep).some((bytes) =>
        matcher.scan(bytes, ({ needle, start, end }) => isBoundedRaw(bytes, needle, start, end)),
      );
    return suspicious ? judge(sweep) : [];
  });
}

/** UIDs are ASCII wherever they stand. */
function uidNeedles(uids: ReadonlySet<string>): Needle[] {
  const needles: Needle[] = [];
  for (const text of uids) {
    if (text.length >= 8) needles.push({ text, kind: "uid", boundary: "digits", proseOnly: false, spellings: [text] });
  }
  return needles;
}

/** The pieces in memory without the pixel data: it is one run of the source, never copied. */
function headerParts({ part10, pieces }: InstanceSweep): Buffer[] {
  const source = part10.bytes;
  const pixels = part10.dataset.elements.find(({ tag }) => PIXEL_TAGS.has(tag));
  const parts: Buffer[] = [];
  for (const piece of pieces) {
    if (!Buffer.isBuffer(piece)) continue;
    const at = piece.byteOffset - source.byteOffset;
    if (
      pixels === undefined ||
      piece.buffer !== source.buffer ||
      at > pixels.valueEnd ||
      at + piece.length < pixels.valueStart
    ) {
      parts.push(piece);
      continue;
    }
    if (at < pixels.valueStart) parts.push(piece.subarray(0, pixels.valueStart - at));
    if (at + piece.length > pixels.valueEnd) parts.push(piece.subarray(pixels.valueEnd - at));
  }
  return parts;
}

/** Parses the output without its pixel data and values left in the file, finds every hit again and asks what it means there. */
function judge(sweep: InstanceSweep): InstanceHit[] {
  const changes = new Map(sweep.edits.changes);
  for (const element of sweep.part10.dataset.elements)
    if (PIXEL_TAGS.has(element.tag) || element.outside !== undefined) changes.set(element, { kind: "remove" });
  const output = walkPart10(Buffer.concat(applyEdits(sweep.part10, { ...sweep.edits, changes }) as Buffer[]));
  const found = new Map<string, InstanceHit>();
  sweep.compiled.matcher.scan(output.bytes, (hit) => {
    const judged = judgeHit(sweep, output, hit);
    if (judged !== undefined) found.set(`${judged.where} ${judged.kind}`, judged);
    return false;
  });
  return [...found.values()];
}

interface Place {
  readonly element: Element;
  readonly dataset: Dataset;
  readonly path: string;
  readonly node: RuleNode;
}

function judgeHit(sweep: InstanceSweep, output: Part10, hit: RawHit): InstanceHit | undefined {
  const place =
    findPlace(output.dataset, hit.end - 1, "", sweep.root) ??
    (output.meta && findPlace(output.meta, hit.end - 1, "", sweep.root));
  const { needle } = hit;
  if (place === undefined || hit.start < place.element.valueStart - 1) {
    // Bytes of a header, a preamble, or of two elements that meet: only something long is no accident.
    return hit.end - hit.start >= 8
      ? { where: "between elements", kind: needle.kind, tag: 0, cleanable: false }
      : undefined;
  }
  const { element, path } = place;
  if (isRetained(place) || !means(sweep, output, place, hit)) return undefined;
  const kind = lookup(element.tag)?.vr;
  const cleanable = CLEANABLE_VRS.has(element.vr) && kind !== "PN";
  return { where: path, kind: needle.kind, tag: element.tag, cleanable };
}

/** What an option of the policy keeps by name is no leak, whatever it says. */
function isRetained({ element, node }: Place): boolean {
  if ((element.tag & 0x10000) !== 0) return false;
  const { kind } = ruleOf(node, element.tag);
  return (kind === "keep" && element.tag >>> 16 !== 0x60) || kind === "age";
}

function means(sweep: InstanceSweep, output: Part10, place: Place, { needle, start, end }: RawHit): boolean {
  const { element, dataset, node } = place;
  const { vr } = element;
  if (element.tag === 0x00080005) return false;
  if (PROSE_VRS.has(vr)) {
    if (VENDOR_TAGS.has(element.tag) && needle.kind !== "uid" && needle.kind !== "date" && !isPersonal(sweep, needle))
      return false;
    const text = readText(output, dataset, element);
    if (sweep.own.has(text.trim())) return false;
    return findInText([needle], text).length > 0 || isOtherwiseEncoded(output.bytes, start, end);
  }
  if (needle.proseOnly) return false;
  if (vr === "UI" && needle.kind === "uid") return isBoundedRaw(output.bytes, needle, start, end);
  if (vr === "UI") return false;
  // Six digits of the patient's are no accident where they are all that stands there; of a Study ID they may be.
  if (
    (vr === "IS" || vr === "DS") &&
    /^\d{6,}$/.test(needle.text) &&
    (needle.kind === "date" || isPersonal(sweep, needle))
  ) {
    const values = readText(output, dataset, element).split("\\");
    return values.some((value) => value.trim() === needle.text);
  }
  if (NUMERIC_TEXT_VRS.has(vr)) {
    if (needle.kind === "date") return (vr === "DA" || vr === "DT") && ruleOf(node, element.tag).kind !== "shift";
    return /\p{L}{3}/u.test(needle.text) && needle.kind !== "uid" && isBoundedRaw(output.bytes, needle, start, end);
  }
  if (vr === "UN" || vr === "OB") return isBoundedRaw(output.bytes, needle, start, end);
  return (
    end - start >= CHANCE_FREE_LENGTH && !/^\d+$/.test(needle.text) && isBoundedRaw(output.bytes, needle, start, end)
  );
}

/** Text in another encoding than its data set declares: decoding has garbled it, and its bytes tell. */
function isOtherwiseEncoded(bytes: Buffer, start: number, end: number): boolean {
  return end - start >= 5 && bytes.subarray(start, end).some((byte) => byte >= 0x80 || byte === 0);
}

/** Patient's own numbers and whole names do not stand in what a manufacturer wrote. */
function isPersonal({ compiled }: InstanceSweep, { text }: Needle): boolean {
  return compiled.personal.has(text);
}

/** Boundaries in raw bytes, as far as they are ASCII: a byte beyond belongs to another alphabet and bounds. */
function isBoundedRaw(bytes: Buffer, needle: Needle, start: number, end: number): boolean {
  if (needle.boundary === "none" || end - start !== needle.text.length) return true;
  const from = Math.max(0, start - 2);
  const text = bytes.toString("ascii", from, end + 2).toLowerCase();
  const high = (index: number): boolean => (bytes[index] ?? 0) >= 0x80;
  if (high(start - 1) || high(end)) {
    const before = high(start - 1) ? " " : text.charAt(start - from - 1);
    const after = high(end) ? " " : text.slice(end - from);
    return isBounded(before + needle.text + after, before.length, before.length + needle.text.length, needle.boundary);
  }
  return isBounded(text, start - from, end - from, needle.boundary);
}

/** The innermost element whose value holds the position. */
function findPlace(dataset: Dataset, position: number, path: string, node: RuleNode): Place | undefined {
  for (const element of dataset.elements) {
    if (position < element.valueStart || position >= element.valueEnd) continue;
    const here = path + formatTag(element.tag);
    if (element.items === undefined) return { element, dataset, path: here, node };
    for (const [index, item] of element.items.entries()) {
      if (position >= item.valueStart && position < item.valueEnd)
        return findPlace(item.dataset, position, `${here}[${index}]`, childOf(node, element.tag));
    }
    return undefined;
  }
  return undefined;
}
