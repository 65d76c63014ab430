import type { Dataset, Element } from "../../dicom/element.ts";
import { repertoireOf } from "../../dicom/character-set.ts";
import { lookup } from "../../dicom/dictionary.ts";
import { formatTag } from "../../dicom/tag.ts";
import { findElement, readText } from "../../dicom/values.ts";
import {
  collect,
  empty,
  fallBack,
  keepAge,
  putText,
  remove,
  replaceByDummy,
  replaceUids,
  shift,
} from "./apply-rule.ts";
import { isWellKnownUid } from "../pseudonym.ts";
import { VENDOR_TAGS } from "./vendor-tags.ts";
import { isOverlayGroup, overlayAction } from "./overlays.ts";
import type { Rewrite } from "./rewrite.ts";
import { MARKER, childOf, ruleOf, type RuleNode } from "./rule-tree.ts";
import type { Rule, RuleKind } from "./rules.ts";
import { isPrivateCreator, isSafeCreator, keptBlocks, privateBlock, findSafePrivate } from "./safe-private.ts";
import { replaceUidsInText } from "./uids-in-text.ts";
import { hasDictionaryForm, hasForm } from "./value-form.ts";

const CLEAN: Rule = { kind: "clean", fallback: "remove", value: "none" };
const CLEAN_OR_DUMMY: Rule = { kind: "clean", fallback: "dummy", value: "none" };
const TEMPORAL: Rule = { kind: "shift", fallback: "remove", value: "date" };
/** Rules under which a sequence stays and its items are dealt with one by one. */
const DESCENDED: ReadonlySet<RuleKind> = new Set(["keep", "keep-own", "clean", "uid", "meaning", "age"]);
/** VRs that betray something where the dictionary expects another: then the VR decides. */
const TELLING_VRS: ReadonlySet<string> = new Set(["PN", "DA", "DT"]);
const SPECIFIC_CHARACTER_SET = 0x00080005;
/** VRs in which UIDs stand within other text. */
const PROSE_VRS: ReadonlySet<string> = new Set(["LO", "SH", "ST", "LT", "UT", "UC"]);
/** Values this large are left in the file; of these kinds they are arrays of numbers, of others they could be anything. */
const BULK_VRS: ReadonlySet<string> = new Set(["OB", "OW", "OF", "OD", "OL", "OV"]);

/**
 * Applies the rules to a data set and all it holds (PS3.15 E.1.1: at every depth).
 *
 * @param path of the enclosing item, "" at the top level.
 */
export function rewriteDataset(rewrite: Rewrite, dataset: Dataset, node: RuleNode, path: string): void {
  let blocks: Set<number> | undefined;
  for (const element of dataset.elements) {
    const { tag } = element;
    const group = tag >>> 16;
    if ((group & 1) !== 0) {
      blocks ??= rewrite.options.has("retain-safe-private")
        ? keptBlocks(dataset, (candidate) => staysPrivate(rewrite, candidate))
        : new Set();
      rewritePrivate(rewrite, dataset, element, node, path, blocks);
    } else if (isOverlayGroup(group) && node.prefix === "") {
      rewriteOverlay(rewrite, dataset, element, path);
    } else {
      const rule = ruleOf(node, tag);
      if (rule === MARKER) remove(rewrite, element, path, dataset);
      else rewriteElement(rewrite, dataset, element, rule, node, path);
    }
  }
}

function rewriteElement(
  rewrite: Rewrite,
  dataset: Dataset,
  element: Element,
  rule: Rule,
  node: RuleNode,
  path: string,
): void {
  if (element.items !== undefined) return rewriteSequence(rewrite, dataset, element, rule, node, path);
  switch (rule.kind) {
    case "keep-own":
      return keepOwn(rewrite, dataset, element, path);
    case "keep":
      return keep(rewrite, dataset, element, path);
    case "age":
      return keepAge(rewrite, element, path, dataset);
    case "uid":
      return replaceUids(rewrite, element, path, dataset, "keep");
    case "clean":
    case "meaning":
      rewrite.deferred.push({ dataset, element, rule, path });
      return;
    default:
  }
  collect(rewrite, rule.value, dataset, element);
  switch (rule.kind) {
    case "remove":
      return remove(rewrite, element, path, dataset);
    case "empty":
      return empty(rewrite, element, path, dataset);
    case "dummy":
      return replaceByDummy(rewrite, element, path, dataset);
    case "shift":
      return shift(rewrite, element, path, dataset, rule);
    case "patient-id":
      return putText(rewrite, element, path, dataset, "replaced", patientCode(rewrite, dataset, element, path));
    case "patient-name":
      if (path !== "") return empty(rewrite, element, path, dataset);
      return putText(rewrite, element, path, dataset, "replaced", patientCode(rewrite, dataset, element, path));
    case "accession":
    case "study-id": {
      const text = readText(rewrite.part10, dataset, element).trim();
      if (text === "") return empty(rewrite, element, path, dataset);
      const code = Buffer.from(rewrite.pseudonyms.shortCode(rule.kind, text), "latin1");
      return putText(rewrite, element, path, dataset, "replaced", code);
    }
    default:
      throw new Error(`no such rule: ${String(rule.kind satisfies never)}`);
  }
}

/**
 * The pseudonym that takes the place of Patient ID and Patient Name. A Patient ID further down may be another one: it gets its own, as a
 * patient of the same issuer.
 */
function patientCode(rewrite: Rewrite, dataset: Dataset, element: Element, path: string): Buffer {
  const { identity, pseudonyms, part10 } = rewrite;
  const id = path === "" ? identity.id : readText(part10, dataset, element).trim();
  const patient = id === identity.id ? identity : { issuer: identity.issuer, id };
  return Buffer.from(pseudonyms.patient(patient).display, "latin1");
}

/** A sequence is descended into where it is kept, or taken whole: then what it held is noted for the sweep. */
function rewriteSequence(
  rewrite: Rewrite,
  dataset: Dataset,
  element: Element,
  rule: Rule,
  node: RuleNode,
  path: string,
): void {
  const child = childOf(node, element.tag);
  if (DESCENDED.has(rule.kind) || isReferenceInUse(dataset, element, rule)) {
    rewrite.counts.kept++;
    descend(rewrite, element, child, path);
    return;
  }
  collectWithin(rewrite, element, child);
  if (rule.kind === "remove") remove(rewrite, element, path, dataset);
  else if (rule.kind === "empty") empty(rewrite, element, path, dataset);
  else if (rule.kind === "dummy") replaceByDummy(rewrite, element, path, dataset);
  else fallBack(rewrite, element, path, dataset, rule);
}

/**
 * Referenced and Source Image Sequence of Type 3 go (X/Z/U*), but not from an object whose Common Instance Reference Module lists what
 * they refer to: without them that list would be invalid (PS3.3 C.12.2).
 */
function isReferenceInUse(dataset: Dataset, element: Element, rule: Rule): boolean {
  return (
    rule.kind === "remove" &&
    (element.tag === 0x00081140 || element.tag === 0x00082112) &&
    findElement(dataset, 0x00081115) !== undefined
  );
}

function descend(rewrite: Rewrite, element: Element, child: RuleNode, path: string): void {
  for (const [index, item] of element.items!.entries())
    rewriteDataset(rewrite, item.dataset, child, itemPath(rewrite, path, element.tag, index));
}

/** Paths cost time and are told only where changes are recorded; otherwise it suffices that they are not empty. */
function itemPath(rewrite: Rewrite, path: string, tag: number, index: number): string {
  return rewrite.records === undefined ? "…" : `${path}${formatTag(tag)}[${index}]`;
}

/** Notes the values of a sequence that goes as a whole, by the rules its elements would have had. */
function collectWithin(rewrite: Rewrite, element: Element, child: RuleNode): void {
  for (const { dataset } of element.items ?? []) {
    for (const inner of dataset.elements) {
      if (inner.items !== undefined) collectWithin(rewrite, inner, childOf(child, inner.tag));
      else if (inner.vr === "PN") collect(rewrite, "name", dataset, inner);
      else if ((inner.tag & 0x10000) === 0) collect(rewrite, ruleOf(child, inner.tag).value, dataset, inner);
    }
  }
}

/** Kept because a rule says so. Values that could not be read cannot be judged, and go. */
function keep(rewrite: Rewrite, dataset: Dataset, element: Element, path: string): void {
  if (element.vr === "UN" || (element.outside !== undefined && !BULK_VRS.has(element.vr)))
    return remove(rewrite, element, path, dataset);
  if (element.tag === SPECIFIC_CHARACTER_SET) return keepCharacterSet(rewrite, dataset, element, path);
  if (!hasDictionaryForm(rewrite.part10, element) || hidesBehindDicomRoot(rewrite, element)) {
    // A UID may be demanded, and referred to from elsewhere: what stands in its place is at least the same everywhere.
    if (lookup(element.tag)?.vr === "UI") return replaceUids(rewrite, element, path, dataset, "keep");
    return remove(rewrite, element, path, dataset);
  }
  if (VENDOR_TAGS.has(element.tag))
    rewrite.collected.vendorTexts.push(rewrite.part10.bytes.toString("latin1", element.valueStart, element.valueEnd));
  if (PROSE_VRS.has(element.vr) && holdsMailAddress(rewrite, element))
    return void rewrite.deferred.push({ dataset, element, rule: CLEAN_OR_DUMMY, path });
  if (
    PROSE_VRS.has(element.vr) &&
    !rewrite.options.has("retain-uids") &&
    replaceUidsInText(rewrite, dataset, element, path)
  )
    return;
  rewrite.counts.kept++;
}

/** Somebody's, or the hospital's; looked for only where there is an "@". */
function holdsMailAddress({ part10 }: Rewrite, { valueStart, valueEnd }: Element): boolean {
  const value = part10.bytes.subarray(valueStart, valueEnd);
  return value.includes(0x40) && /[\w.+-]@[\w-]+\.[A-Za-z]{2}/.test(value.toString("latin1"));
}

/** DICOM's root with a number behind it that DICOM gave to nothing. */
function hidesBehindDicomRoot({ part10 }: Rewrite, { vr, valueStart, valueEnd }: Element): boolean {
  if (vr !== "UI") return false;
  const uids = part10.bytes.toString("latin1", valueStart, valueEnd).split("\\");
  return uids.some((uid) => uid.startsWith("1.2.840.10008.") && !isWellKnownUid(uid.replace(/[\0 ]+$/, "")));
}

/** Terms that DICOM does not know decode nothing and could say anything. */
function keepCharacterSet(rewrite: Rewrite, dataset: Dataset, element: Element, path: string): void {
  const terms = readText(rewrite.part10, dataset, element).split("\\");
  const known = terms.map((term) => (repertoireOf(term) === undefined ? "" : term));
  if (terms.every((term, index) => term === known[index])) rewrite.counts.kept++;
  else putText(rewrite, element, path, dataset, "cleaned", Buffer.from(known.join("\\"), "latin1"));
}

/** Kept because no rule names it; where the file gives it a VR that tells of a person or a day, that decides. */
function keepOwn(rewrite: Rewrite, dataset: Dataset, element: Element, path: string): void {
  if (!TELLING_VRS.has(element.vr) || lookup(element.tag)?.vr === element.vr)
    return keep(rewrite, dataset, element, path);
  if (element.vr === "PN") {
    collect(rewrite, "name", dataset, element);
    replaceByDummy(rewrite, element, path, dataset);
  } else keepTemporal(rewrite, dataset, element, path);
}

/** Dates in places no rule knows: removed, kept or moved like all others. */
function keepTemporal(rewrite: Rewrite, dataset: Dataset, element: Element, path: string): void {
  if (rewrite.options.has("full-dates") && hasForm(rewrite.part10, element, element.vr))
    return void rewrite.counts.kept++;
  collect(rewrite, "date", dataset, element);
  if (rewrite.options.has("modified-dates")) shift(rewrite, element, path, dataset, TEMPORAL);
  else remove(rewrite, element, path, dataset);
}

function rewriteOverlay(rewrite: Rewrite, dataset: Dataset, element: Element, path: string): void {
  const action = overlayAction(rewrite.part10, dataset, element.tag, rewrite.options.has("clean-graphics"));
  if (action === "remove" || element.items !== undefined) remove(rewrite, element, path, dataset);
  else if (action === "keep") keep(rewrite, dataset, element, path);
  else if (rewrite.options.has("clean-descriptors")) rewrite.deferred.push({ dataset, element, rule: CLEAN, path });
  else remove(rewrite, element, path, dataset);
}

/** Private elements go, but for those that Table E.3.10-1 lists, under Retain Safe Private, and the creators of their blocks. */
function rewritePrivate(
  rewrite: Rewrite,
  dataset: Dataset,
  element: Element,
  node: RuleNode,
  path: string,
  blocks: ReadonlySet<number>,
): void {
  if (isPrivateCreator(element.tag)) {
    if (blocks.has(privateBlock(element.tag)) && isSafeCreator(element, rewrite.part10)) rewrite.counts.kept++;
    else remove(rewrite, element, path, dataset);
    return;
  }
  const listed = blocks.size === 0 || !staysPrivate(rewrite, element) ? undefined : findSafePrivate(element);
  if (listed === undefined) {
    if (element.items !== undefined) collectWithin(rewrite, element, childOf(node, element.tag));
    else if (element.vr === "PN") collect(rewrite, "name", dataset, element);
    return remove(rewrite, element, path, dataset);
  }
  if (element.items !== undefined) {
    rewrite.counts.kept++;
    descend(rewrite, element, childOf(node, element.tag), path);
  } else if (listed.vr === "UI" || element.vr === "UI") {
    if (rewrite.options.has("retain-uids")) rewrite.counts.kept++;
    else replaceUids(rewrite, element, path, dataset, "keep");
  } else if (element.vr === "DA" || element.vr === "DT") keepTemporal(rewrite, dataset, element, path);
  else if (!PROSE_VRS.has(element.vr) || rewrite.options.has("retain-uids")) rewrite.counts.kept++;
  else if (!replaceUidsInText(rewrite, dataset, element, path)) rewrite.counts.kept++;
}

/** Listed, in memory, not a name, and of the form that the table gives: what it lists as a number must not come as text. */
function staysPrivate(rewrite: Rewrite, element: Element): boolean {
  if (element.outside !== undefined || element.vr === "PN") return false;
  const listed = findSafePrivate(element);
  return listed !== undefined && hasForm(rewrite.part10, element, listed.vr || element.vr, listed.vm);
}
