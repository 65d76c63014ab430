import type { Dataset } from "../dicom/element.ts";
import { codeOf, itemsOf, numberOf, type ImageSource } from "./attributes.ts";
import { lookUp, readTable } from "./look-up-table.ts";

/** From stored value to modality value (for example Hounsfield units). */
export interface ModalityTransform {
  /** Undefined: the stored value itself. */
  readonly apply: ((stored: number) => number) | undefined;
  /** Modality values may be negative. */
  readonly signed: boolean;
}

/** XA, XRF and the retired biplane XA: their modality transformation serves measurement, not display (PS3.3 C.8.7.1.1.2). */
const NOT_FOR_DISPLAY = new Set([
  "1.2.840.10008.5.1.4.1.1.12.1",
  "1.2.840.10008.5.1.4.1.1.12.2",
  "1.2.840.10008.5.1.4.1.1.12.3",
]);

/**
 * Finds the modality transformation of a frame: the Pixel Value Transformation of its functional groups (C.7.6.16.2.9), else the Modality
 * LUT or the rescale of the instance (C.11.1).
 *
 * @param groups functional groups of the frame, its own before the shared.
 */
export function readModality(source: ImageSource, groups: readonly Dataset[], signed: boolean): ModalityTransform {
  const { bytes, dataset } = source;
  for (const group of groups) {
    const [transformation] = itemsOf(group, 0x00289145);
    if (transformation !== undefined) return rescale(bytes, transformation, signed);
  }
  if (NOT_FOR_DISPLAY.has(codeOf(bytes, dataset, 0x00080016))) return { apply: undefined, signed };
  const table = readTable(bytes, itemsOf(dataset, 0x00283000)[0], 0x00283002, 0x00283006, signed);
  if (table !== undefined) return { apply: (stored) => lookUp(table, stored), signed: false };
  return rescale(bytes, dataset, signed);
}

function rescale(bytes: Buffer, dataset: Dataset, signed: boolean): ModalityTransform {
  const slope = numberOf(bytes, dataset, 0x00281053) ?? 1;
  const intercept = numberOf(bytes, dataset, 0x00281052) ?? 0;
  // A slope of zero would make every pixel equal; it stands in files that mean "none".
  const usable = slope !== 0 && Number.isFinite(slope) && Number.isFinite(intercept);
  if (!usable || (slope === 1 && intercept === 0)) return { apply: undefined, signed };
  return { apply: (stored) => stored * slope + intercept, signed: signed || slope < 0 || intercept < 0 };
}
