import { lookup } from "../../dicom/dictionary.ts";
import type { Dataset, Element } from "../../dicom/element.ts";
import { formatTag } from "../../dicom/tag.ts";
import { rawValue, readText, readValues } from "../../dicom/values.ts";
import { capAge, shiftTemporal } from "../dates.ts";
import { dummySequence, dummyValue } from "./dummy.ts";
import type { ActionName, Rewrite } from "./rewrite.ts";
import type { Rule, ValueKind } from "./rules.ts";

/** Of a longer value only the beginning is looked for; none of those that identify is. */
const LONGEST_VALUE = 0x10000;

/** Takes an element away. */
export function remove(rewrite: Rewrite, element: Element, path: string, dataset: Dataset): void {
  rewrite.changes.set(element, { kind: "remove" });
  count(rewrite, dataset, element, path, "removed", "");
}

/** Action Z. What is empty already is kept as it is. */
export function empty(rewrite: Rewrite, element: Element, path: string, dataset: Dataset): void {
  if (element.valueStart === element.valueEnd && element.outside === undefined && !element.undefinedLength) {
    rewrite.counts.kept++;
    return;
  }
  const vr = element.items === undefined ? undefined : "SQ";
  rewrite.changes.set(element, { kind: "value", value: Buffer.alloc(0), vr });
  count(rewrite, dataset, element, path, "emptied", "");
}

/** Action D. */
export function replaceByDummy(rewrite: Rewrite, element: Element, path: string, dataset: Dataset): void {
  const vr = vrOf(element);
  if (vr === "SQ") {
    const layer = element.items?.[0]?.dataset.elements.find(({ tag }) => tag === 0x00700002);
    const value = dummySequence(
      element.tag,
      dataset.encoding,
      layer && /^[A-Z0-9 _]{1,16}$/.test(readText(rewrite.part10, dataset, layer))
        ? rawValue(rewrite.part10, layer)
        : undefined,
    );
    rewrite.changes.set(element, { kind: "value", value, vr: "SQ" });
    count(rewrite, dataset, element, path, "replaced", "one item without meaning");
  } else if (vr === "UI") replaceUids(rewrite, element, path, dataset, "dummy");
  else putText(rewrite, element, path, dataset, "replaced", dummyValue(vr));
}

/** The action taken where a rule's own has nothing to keep. */
export function fallBack(rewrite: Rewrite, element: Element, path: string, dataset: Dataset, rule: Rule): void {
  if (rule.fallback === "dummy") replaceByDummy(rewrite, element, path, dataset);
  else if (rule.fallback === "empty") empty(rewrite, element, path, dataset);
  else remove(rewrite, element, path, dataset);
}

/** Action U. Empty values stay; UIDs of the standard stay. */
export function replaceUids(
  rewrite: Rewrite,
  element: Element,
  path: string,
  dataset: Dataset,
  whenEmpty: "keep" | "dummy",
): void {
  const { part10, pseudonyms, collected } = rewrite;
  if (element.outside !== undefined) return remove(rewrite, element, path, dataset);
  const text = trimmed(part10.bytes.toString("latin1", element.valueStart, element.valueEnd));
  let mapped: string;
  if (text === "") {
    if (whenEmpty === "keep") {
      rewrite.counts.kept++;
      return;
    }
    mapped = "2.25.0";
  } else if (!text.includes("\\")) mapped = mapUid(text, pseudonyms.uid, collected.uids);
  else
    mapped = text
      .split("\\")
      .map((uid) => mapUid(trimmed(uid), pseudonyms.uid, collected.uids))
      .join("\\");
  if (mapped === text) {
    rewrite.counts.kept++;
    return;
  }
  putText(rewrite, element, path, dataset, "replaced", Buffer.from(mapped, "latin1"));
}

function mapUid(uid: string, map: (uid: string) => string, uids: Set<string>): string {
  if (uid === "") return uid;
  const mapped = map(uid);
  if (mapped !== uid) uids.add(uid);
  return mapped;
}

/** Whole days for DA and DT; times and offsets from UTC stay, so that every interval does. */
export function shift(rewrite: Rewrite, element: Element, path: string, dataset: Dataset, rule: Rule): void {
  const { vr } = element;
  if (element.outside !== undefined || element.items !== undefined)
    return fallBack(rewrite, element, path, dataset, rule);
  const text = trimmed(rewrite.part10.bytes.toString("latin1", element.valueStart, element.valueEnd));
  if (text === "") return void rewrite.counts.kept++;
  if (vr === "TM" || element.tag === 0x00080201) {
    const valid = vr === "TM" ? /^[\d:.\\ -]+$/ : /^[+-]\d{4}$/;
    if (!valid.test(text)) return fallBack(rewrite, element, path, dataset, rule);
    rewrite.counts.kept++;
    return;
  }
  if (vr !== "DA" && vr !== "DT") return fallBack(rewrite, element, path, dataset, rule);
  const values = text.split("\\").map((value) => (value.trim() === "" ? "" : shiftTemporal(vr, value, rewrite.days)));
  if (values.includes(undefined)) fallBack(rewrite, element, path, dataset, rule);
  else putText(rewrite, element, path, dataset, "shifted", Buffer.from(values.join("\\"), "latin1"));
}

/** Keeps an age, 90 years and more as 90; what is no age goes. */
export function keepAge(rewrite: Rewrite, element: Element, path: string, dataset: Dataset): void {
  const text = trimmed(rewrite.part10.bytes.toString("latin1", element.valueStart, element.valueEnd));
  const capped = text === "" ? text : capAge(text);
  if (capped === text) rewrite.counts.kept++;
  else if (capped === undefined) remove(rewrite, element, path, dataset);
  else putText(rewrite, element, path, dataset, "cleaned", Buffer.from(capped, "latin1"));
}

/** Puts new ASCII text: it reads the same in every repertoire, so that Specific Character Set stays as it is. */
export function putText(
  rewrite: Rewrite,
  element: Element,
  path: string,
  dataset: Dataset,
  action: ActionName,
  value: Buffer,
): void {
  rewrite.changes.set(element, { kind: "value", value });
  count(rewrite, dataset, element, path, action, value.toString("latin1"));
}

/** Counts, and writes the record of a change where one is kept. */
function count(
  rewrite: Rewrite,
  dataset: Dataset,
  element: Element,
  path: string,
  action: ActionName,
  after: string,
): void {
  rewrite.counts[action]++;
  rewrite.records?.push({
    tag: element.tag,
    path: path + formatTag(element.tag),
    keyword: lookup(element.tag)?.keyword ?? "",
    action,
    before: showValue(rewrite, dataset, element),
    after: after.replaceAll("\u0000", ""),
  });
}

function showValue(rewrite: Rewrite, dataset: Dataset, element: Element): string {
  if (element.items !== undefined) return `${element.items.length} items`;
  const length = element.outside?.length ?? element.valueEnd - element.valueStart;
  const values = length > 4096 ? [] : readValues(rewrite.part10, dataset, element);
  return values.length === 0 && length > 0 ? `${length} bytes` : values.join("\\");
}

/** Notes a value that goes, for the sweep. */
export function collect(rewrite: Rewrite, kind: ValueKind, dataset: Dataset, element: Element): void {
  if (kind === "none" || element.valueStart === element.valueEnd || element.items !== undefined) return;
  const { collected, part10 } = rewrite;
  const raw = part10.bytes.toString(
    "latin1",
    element.valueStart,
    Math.min(element.valueEnd, element.valueStart + LONGEST_VALUE),
  );
  if (kind === "uid") {
    for (const uid of raw.split("\\")) {
      const text = trimmed(uid);
      if (text !== "" && rewrite.pseudonyms.uid(text) !== text) collected.uids.add(text);
    }
    return;
  }
  const local = dataset.characterSet === part10.dataset.characterSet ? "" : dataset.characterSet.join("\\");
  collected.key += `\n${kind} ${local} ${raw}`;
  collected.values.push({ kind, dataset, element });
}

/** The element's VR, or the dictionary's where the file does not know it. */
function vrOf(element: Element): string {
  if (element.items !== undefined) return "SQ";
  return element.vr === "UN" ? (lookup(element.tag)?.vr ?? "UN") : element.vr;
}

function trimmed(text: string): string {
  return text.replace(/^ +|[\0 ]+$/g, "");
}
