import type { Dataset } from "../dicom/element.ts";
import { codeOf, itemsOf, numberOf, type ImageSource } from "./attributes.ts";
import { lookUp, readTable } from "./look-up-table.ts";

/** From modality value to grey, 0 to 255, neither rounded nor inverted. */
export type GreyFunction = (value: number) => number;

/**
 * Finds the VOI transformation of a frame (PS3.3 C.11.2): the first window of its functional groups (Frame VOI LUT, C.7.6.16.2.10), else
 * of the instance, else the first VOI LUT. Undefined where there is none, or only an impossible one.
 */
export function readVoi(
  source: ImageSource,
  groups: readonly Dataset[],
  signed: boolean,
  integers: boolean,
): GreyFunction | undefined {
  const { bytes, dataset } = source;
  const places = [...groups.flatMap((group) => itemsOf(group, 0x00289132).slice(0, 1)), dataset];
  for (const place of places) {
    const window = readWindow(bytes, place, integers);
    if (window !== undefined) return window;
    const table = readTable(bytes, itemsOf(place, 0x00283010)[0], 0x00283002, 0x00283006, signed);
    if (table !== undefined) {
      let highest = 2 ** table.bits - 1;
      for (const entry of table.entries) if (entry > highest) highest = entry;
      return (value) => (lookUp(table, value) * 255) / highest;
    }
  }
  return undefined;
}

function readWindow(bytes: Buffer, dataset: Dataset, integers: boolean): GreyFunction | undefined {
  const centre = numberOf(bytes, dataset, 0x00281050);
  const width = numberOf(bytes, dataset, 0x00281051);
  if (centre === undefined || width === undefined || !Number.isFinite(centre) || !Number.isFinite(width))
    return undefined;
  if (width <= 0) return undefined;
  switch (codeOf(bytes, dataset, 0x00281056)) {
    case "SIGMOID":
      return (value) => 255 / (1 + Math.exp((-4 * (value - centre)) / width));
    case "LINEAR_EXACT":
      return linearExact(centre - width / 2, centre + width / 2);
    default:
      // The halves of LINEAR make sense for integers only; on floats such windows are meant exactly, widths below 1 included.
      if (!integers) return linearExact(centre - width / 2, centre + width / 2);
      // C.11.2.1.2.1: LINEAR wants a width of at least 1.
      return width < 1 ? undefined : linear(centre, width);
  }
}

/** C.11.2.1.2.1, with its offsets of a half that make a window of n cover n integer values. */
function linear(centre: number, width: number): GreyFunction {
  const low = centre - 0.5 - (width - 1) / 2;
  const high = centre - 0.5 + (width - 1) / 2;
  return (value) => {
    if (value <= low) return 0;
    if (value > high) return 255;
    return ((value - (centre - 0.5)) / (width - 1) + 0.5) * 255;
  };
}

/** C.11.2.1.3.2; also the window from the lowest to the highest value of a frame that names none. */
export function linearExact(low: number, high: number): GreyFunction {
  return (value) => {
    if (value <= low) return 0;
    if (value > high) return 255;
    return ((value - low) * 255) / (high - low);
  };
}
