import type { Dataset } from "../../dicom/element.ts";
import { tagOf } from "../../dicom/tag.ts";
import { findElement, readFirst, type Bytes } from "../../dicom/values.ts";

/** Texts of an overlay group: description, subtype and label, none of them in Table E.1-1, and the retired comments. */
const OVERLAY_TEXTS: ReadonlySet<number> = new Set([0x0022, 0x0045, 0x1500, 0x4000]);

export type OverlayAction = "keep" | "clean" | "remove";

/** True of groups 6000 to 60FE. Only 6000 to 601E are overlays (PS3.5 7.6); whatever stands in the others is treated alike. */
export function isOverlayGroup(group: number): boolean {
  return group >>> 8 === 0x60 && (group & 1) === 0;
}

/**
 * What happens to an element of an overlay group. The Basic Profile takes the whole group: a plane without its data would be invalid.
 * Clean Graphics keeps the planes that mark regions of interest (Overlay Type R) and takes those of graphics (G), in which text is
 * drawn; labels are text and are cleaned as such.
 *
 * @param keepRegions Clean Graphics is on.
 */
export function overlayAction(bytes: Bytes, dataset: Dataset, tag: number, keepRegions: boolean): OverlayAction {
  const group = tag >>> 16;
  if (!keepRegions || group > 0x601e) return "remove";
  const data = findElement(dataset, tagOf(group, 0x3000));
  const type = readFirst(bytes, dataset, findElement(dataset, tagOf(group, 0x0040)));
  if (data === undefined || type !== "R") return "remove";
  const element = tag & 0xffff;
  if (element === 0) return "remove";
  return OVERLAY_TEXTS.has(element) ? "clean" : "keep";
}

/** True where a plane of graphics is part of the pixel data's unused bits (retired; PS3.3 C.9.2): it cannot be taken out of them. */
export function hasOverlayInPixelData(dataset: Dataset): boolean {
  return dataset.elements.some(
    ({ tag }) =>
      isOverlayGroup(tag >>> 16) && (tag & 0xffff) === 0x0102 && !findElement(dataset, tagOf(tag >>> 16, 0x3000)),
  );
}
