import type { Dataset, Element } from "../../dicom/element.ts";
import { tagOf } from "../../dicom/tag.ts";
import { findElement, readFirst, readNumbers, type Bytes } from "../../dicom/values.ts";

/** Texts of an overlay group: description, subtype and label, none of them in Table E.1-1, and the retired comments. */
const OVERLAY_TEXTS: ReadonlySet<number> = new Set([0x0022, 0x0045, 0x1500, 0x4000]);

/** What a plane needs (PS3.3 C.9.2), and the statistics of its region. */
const OVERLAY_ATTRIBUTES: ReadonlySet<number> = new Set([
  0x0010, 0x0011, 0x0012, 0x0015, 0x0040, 0x0050, 0x0051, 0x0100, 0x0102, 0x1301, 0x1302, 0x1303, 0x3000,
]);

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
  if (OVERLAY_TEXTS.has(element)) return "clean";
  return OVERLAY_ATTRIBUTES.has(element) && isPlaneFilled(bytes, dataset, group, data) ? "keep" : "remove";
}

/** One bit a pixel (PS3.3 C.9.2), and nothing behind the last that could say more. */
function isPlaneFilled(bytes: Bytes, dataset: Dataset, group: number, data: Element): boolean {
  const count = (element: number, otherwise: number): number => {
    const found = findElement(dataset, tagOf(group, element));
    return (found && readNumbers(bytes, dataset, found)[0]) ?? otherwise;
  };
  const planeBytes = Math.ceil((count(0x0010, 0) * count(0x0011, 0) * count(0x0015, 1)) / 8);
  return data.outside !== undefined || data.valueEnd - data.valueStart <= planeBytes + (planeBytes % 2);
}

/** True where a plane of graphics is part of the pixel data's unused bits (retired; PS3.3 C.9.2): it cannot be taken out of them. */
export function hasOverlayInPixelData(dataset: Dataset): boolean {
  return dataset.elements.some(
    ({ tag }) =>
      isOverlayGroup(tag >>> 16) && (tag & 0xffff) === 0x0102 && !findElement(dataset, tagOf(tag >>> 16, 0x3000)),
  );
}
