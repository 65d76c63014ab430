import resource from "../../../../resources/deidentification-rules.json" with { type: "json" };
import type { Dataset, Element } from "../../dicom/element.ts";
import type { Bytes } from "../../dicom/values.ts";

/** What the table says of a safe private attribute; of five it does not give the VR. */
interface SafePrivate {
  readonly vr: string;
  readonly vm: string;
}

/** The safe private attributes (PS3.15 Table E.3.10-1) by group, low byte and creator: blocks move between files. */
const safe = new Map<string, SafePrivate>();
for (const [group = "", element = "", creator = "", vr = "", vm = ""] of resource.safePrivate)
  safe.set(`${group} ${element} ${creator}`, { vr, vm });
const safeCreators = new Set(resource.safePrivate.map(([, , creator = ""]) => creator));

/**
 * What the table says of a private data element, where it is listed as safe. Without a creator nothing is: an odd tag alone says
 * nothing (PS3.5 7.8.1).
 */
export function findSafePrivate(element: Element): SafePrivate | undefined {
  if (element.privateCreator === undefined || element.privateCreator === "") return undefined;
  const group = (element.tag >>> 16).toString(16).padStart(4, "0");
  const low = (element.tag & 0xff).toString(16).padStart(2, "0");
  return safe.get(`${group} ${low} ${element.privateCreator}`);
}

/** Group and block of a private data element, or of the creator that reserves the block. */
export function privateBlock(tag: number): number {
  const element = tag & 0xffff;
  return ((tag >>> 16) << 8) | (element <= 0xff ? element : element >>> 8);
}

export function isPrivateCreator(tag: number): boolean {
  const element = tag & 0xffff;
  return element >= 0x10 && element <= 0xff;
}

/** A creator of the table from its first byte to its last: what is appended to one, or reserves the same block again, is somebody's text. */
export function isSafeCreator(element: Element, { bytes }: Bytes): boolean {
  if (element.items !== undefined || element.outside !== undefined) return false;
  return safeCreators.has(bytes.toString("latin1", element.valueStart, element.valueEnd).replace(/^ +|[\0 ]+$/g, ""));
}

/** Blocks of a data set in which at least one element stays: their creators stay with them (PS3.15 E.3.10). */
export function keptBlocks(dataset: Dataset, stays: (element: Element) => boolean): Set<number> {
  const blocks = new Set<number>();
  for (const element of dataset.elements) {
    if ((element.tag & 0x10000) !== 0 && !isPrivateCreator(element.tag) && stays(element))
      blocks.add(privateBlock(element.tag));
  }
  return blocks;
}
