import type { Dataset } from "../dicom/element.ts";
import { codeOf, itemsOf, numberOf, type ImageSource } from "./attributes.ts";
import { lookUp, readTable } from "./look-up-table.ts";

/** From modality value to grey, 0 to 255, neither rounded nor inverted. */
export type GreyFunction = (value: number) => number;

/** Window Center and Window Width (PS3.3 C.11.2.1.2), in modality units. */
export interface GreyWindow {
  readonly center: number;
  readonly width: number;
}

/** A VOI transformation and the window it is, or comes nearest to. */
export interface Voi {
  readonly grey: GreyFunction;
  readonly window: GreyWindow;
}

/**
 * Finds the VOI transformation of a frame (PS3.3 C.11.2): the first window of its functional groups (Frame VOI LUT, C.7.6.16.2.10), else
 * of the instance, else the first VOI LUT. Undefined where there is none, or only an impossible one.
 *
 * @param given a window that takes the place of the instance's own; the function through which it is seen stays the instance's.
 */
export function readVoi(
  source: ImageSource,
  groups: readonly Dataset[],
  signed: boolean,
  integers: boolean,
  given?: GreyWindow,
): Voi | undefined {
  const { bytes, dataset } = source;
  const places = [...groups.flatMap((group) => itemsOf(group, 0x00289132).slice(0, 1)), dataset];
  if (given !== undefined) {
    const kinds = places.map((place) => codeOf(bytes, place, 0x00281056));
    return openWindow(kinds.find((kind) => kind !== "") ?? "", given, integers && given.width >= 1);
  }
  for (const place of places) {
    const window = readWindow(bytes, place, integers);
    if (window !== undefined) return window;
    const table = readTable(bytes, itemsOf(place, 0x00283010)[0], 0x00283002, 0x00283006, signed);
    if (table !== undefined) {
      let highest = 2 ** table.bits - 1;
      for (const entry of table.entries) if (entry > highest) highest = entry;
      const width = table.entries.length;
      return {
        grey: (value) => (lookUp(table, value) * 255) / highest,
        window: { center: table.first + width / 2, width },
      };
    }
  }
  return undefined;
}

function readWindow(bytes: Buffer, dataset: Dataset, integers: boolean): Voi | undefined {
  const center = numberOf(bytes, dataset, 0x00281050);
  const width = numberOf(bytes, dataset, 0x00281051);
  if (center === undefined || width === undefined || !Number.isFinite(center) || !Number.isFinite(width))
    return undefined;
  if (width <= 0) return undefined;
  const kind = codeOf(bytes, dataset, 0x00281056);
  // C.11.2.1.2.1: LINEAR wants a width of at least 1.
  if (kind !== "SIGMOID" && kind !== "LINEAR_EXACT" && integers && width < 1) return undefined;
  return openWindow(kind, { center, width }, integers);
}

/** @param kind VOI LUT Function; anything but SIGMOID and LINEAR_EXACT is LINEAR. */
function openWindow(kind: string, window: GreyWindow, integers: boolean): Voi {
  const { center, width } = window;
  if (kind === "SIGMOID") return { grey: (value) => 255 / (1 + Math.exp((-4 * (value - center)) / width)), window };
  // The halves of LINEAR make sense for integers only; on floats such windows are meant exactly, widths below 1 included.
  const exact = kind === "LINEAR_EXACT" || !integers;
  return { grey: exact ? linearExact(center - width / 2, center + width / 2) : linear(center, width), window };
}

/** C.11.2.1.2.1, with its offsets of a half that make a window of n cover n integer values. */
function linear(center: number, width: number): GreyFunction {
  const low = center - 0.5 - (width - 1) / 2;
  const high = center - 0.5 + (width - 1) / 2;
  return (value) => {
    if (value <= low) return 0;
    if (value > high) return 255;
    return ((value - (center - 0.5)) / (width - 1) + 0.5) * 255;
  };
}

/** The window from the lowest to the highest value of a frame that names none. */
export function fullWindow(low: number, high: number): Voi {
  return { grey: linearExact(low, high), window: { center: (low + high) / 2, width: high - low } };
}

/** C.11.2.1.3.2. */
function linearExact(low: number, high: number): GreyFunction {
  return (value) => {
    if (value <= low) return 0;
    if (value > high) return 255;
    return ((value - low) * 255) / (high - low);
  };
}
