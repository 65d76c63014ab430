import { lookup } from "../dicom/dictionary.ts";
import type { Element } from "../dicom/element.ts";

/** Tag and VR of the row that stands for an item of a sequence. */
export const ITEM_ROW = { tag: "(FFFE,E000)", vr: "" } as const;

/** What an element is called: by the dictionary, or by who reserved its private block. */
export function nameElement({ tag, privateCreator }: Element): string {
  const known = lookup(tag);
  if (known !== undefined) return known.name;
  if ((tag & 0x10000) === 0) return "Unknown";
  return privateCreator === undefined || privateCreator === "" ? "Private" : `Private: ${privateCreator}`;
}
