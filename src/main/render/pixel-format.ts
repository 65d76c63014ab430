import { codeOf, elementOf, numberOf, type ImageSource } from "./attributes.ts";
import { cannotRender, MAX_FRAMES, MAX_FRAME_SAMPLES } from "./limits.ts";
import { DOUBLE_FLOAT_PIXEL_DATA, FLOAT_PIXEL_DATA, PIXEL_DATA } from "../dicom/tag.ts";
import type { Element } from "../dicom/element.ts";

/** The Image Pixel Module (PS3.3 C.7.6.3), checked: everything after it can rely on these numbers. */
export interface PixelFormat {
  readonly element: Element;
  /** Float and double: Float Pixel Data and Double Float Pixel Data, one sample per pixel. */
  readonly kind: "integer" | "float" | "double";
  readonly rows: number;
  readonly columns: number;
  readonly frames: number;
  readonly samples: 1 | 3;
  readonly photometric: Photometric;
  /** Bits per sample as stored: 1, 8, 16, 32 or, for double, 64. */
  readonly bitsAllocated: number;
  readonly bitsStored: number;
  readonly highBit: number;
  readonly signed: boolean;
  readonly planar: boolean;
}

const PHOTOMETRICS = [
  "MONOCHROME1",
  "MONOCHROME2",
  "PALETTE COLOR",
  "RGB",
  "YBR_FULL",
  "YBR_FULL_422",
  "YBR_PARTIAL_422",
  "YBR_PARTIAL_420",
  "YBR_ICT",
  "YBR_RCT",
] as const;
export type Photometric = (typeof PHOTOMETRICS)[number];

/**
 * Reads and checks how pixels are stored.
 *
 * @throws CANNOT_RENDER where there is no pixel data, or its description is missing, contradictory or beyond the limits.
 */
export function readPixelFormat(source: ImageSource): PixelFormat {
  const { bytes, dataset } = source;
  const integers = elementOf(dataset, PIXEL_DATA);
  const floats = elementOf(dataset, FLOAT_PIXEL_DATA);
  const element = integers ?? floats ?? elementOf(dataset, DOUBLE_FLOAT_PIXEL_DATA);
  if (element === undefined) throw cannotRender("the instance has none");
  const kind = integers !== undefined ? "integer" : floats !== undefined ? "float" : "double";

  const rows = numberOf(bytes, dataset, 0x00280010) ?? 0;
  const columns = numberOf(bytes, dataset, 0x00280011) ?? 0;
  if (rows < 1 || columns < 1) throw cannotRender("Rows or Columns are missing or zero");
  const samples = numberOf(bytes, dataset, 0x00280002) ?? 1;
  if (samples !== 1 && samples !== 3) throw cannotRender(`${samples} samples per pixel are not supported`);
  if (rows * columns * samples > MAX_FRAME_SAMPLES) {
    throw cannotRender(`a frame of ${columns} x ${rows} pixels is larger than Satchel renders`);
  }
  const frames = numberOf(bytes, dataset, 0x00280008) ?? 1;
  if (!Number.isInteger(frames) || frames < 0 || frames > MAX_FRAMES) {
    throw cannotRender("Number of Frames is not a count that can be rendered");
  }
  const bitsAllocated = kind === "float" ? 32 : kind === "double" ? 64 : (numberOf(bytes, dataset, 0x00280100) ?? 0);
  if (kind === "integer" && ![1, 8, 16, 32].includes(bitsAllocated)) {
    throw cannotRender(`${bitsAllocated} bits allocated per sample are not supported`);
  }
  const bitsStored = numberOf(bytes, dataset, 0x00280101) ?? bitsAllocated;
  const highBit = numberOf(bytes, dataset, 0x00280102) ?? bitsStored - 1;
  if (kind === "integer" && (bitsStored < 1 || highBit >= bitsAllocated || highBit < bitsStored - 1)) {
    throw cannotRender("Bits Allocated, Bits Stored and High Bit contradict each other");
  }
  return {
    element,
    kind,
    rows,
    columns,
    // A Number of Frames of zero stands in files whose writers meant "not a multi-frame".
    frames: Math.max(frames, 1),
    samples,
    photometric: readPhotometric(source, samples),
    bitsAllocated,
    bitsStored,
    highBit,
    signed: numberOf(bytes, dataset, 0x00280103) === 1,
    planar: samples === 3 && numberOf(bytes, dataset, 0x00280006) === 1,
  };
}

function readPhotometric(source: ImageSource, samples: 1 | 3): Photometric {
  const code = codeOf(source.bytes, source.dataset, 0x00280004).toUpperCase();
  const photometric = PHOTOMETRICS.find((known) => known === code);
  if (photometric === undefined) {
    if (code === "" && samples === 1) return "MONOCHROME2";
    throw cannotRender("its Photometric Interpretation is missing or not supported");
  }
  const single = photometric.startsWith("MONOCHROME") || photometric === "PALETTE COLOR";
  if (single !== (samples === 1)) {
    throw cannotRender(`${photometric} does not go with ${samples} samples per pixel`);
  }
  return photometric;
}

/** Bits one native frame takes (PS3.5 8.1.1, and 8.2 for chrominance shared by two pixels). */
export function nativeFrameBits(format: PixelFormat): number {
  const pixels = format.rows * format.columns;
  if (isSubsampled422(format)) return pixels * 2 * format.bitsAllocated;
  if (format.photometric === "YBR_PARTIAL_420") throw cannotRender("uncompressed YBR_PARTIAL_420 is not supported");
  return pixels * format.samples * format.bitsAllocated;
}

/** Uncompressed YBR_FULL_422 and YBR_PARTIAL_422: two pixels in four samples (PS3.3 C.7.6.3.1.2). */
export function isSubsampled422(format: PixelFormat): boolean {
  return format.photometric === "YBR_FULL_422" || format.photometric === "YBR_PARTIAL_422";
}
