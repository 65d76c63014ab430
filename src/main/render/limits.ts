import { SatchelError } from "../../contract/errors.ts";

/**
 * Samples (pixels x samples per pixel) one frame may have. 40 Mi is twice a 4096 x 5120 mammogram and keeps a frame, decoded by
 * the most wasteful codec (JPEG 2000: four bytes a sample, twice), within the memory a worker may use.
 */
export const MAX_FRAME_SAMPLES = 40 * 1024 * 1024;

/** Frames one instance may announce. The largest whole-slide levels have some 200,000. */
export const MAX_FRAMES = 1_000_000;

/** Bytes one compressed frame may have; a lossless frame is hardly larger than its 16-bit samples. */
export const MAX_ENCODED_FRAME = 2 * MAX_FRAME_SAMPLES;

/** Scans a JPEG may have: a scan of ten bytes makes the decoder pass over the whole picture. */
export const MAX_JPEG_SCANS = 100;

/** Quality layers a JPEG 2000 frame may have; each adds a packet for every precinct of every resolution. */
export const MAX_JPEG_2000_LAYERS = 256;

/** Tiles a JPEG 2000 frame may have; OpenJPEG keeps several kilobytes for each, used or not. */
export const MAX_JPEG_2000_TILES = 4096;

/** Entries of a look-up table: what the 16-bit descriptor can announce (PS3.3 C.11.1.1.1: 0 means 65536). */
export const MAX_TABLE_ENTRIES = 65536;

/**
 * The one error of this room. `reason` completes "The pixel data cannot be shown: ..." and never holds a value of the header
 * beyond numbers and registered names.
 */
export function cannotRender(reason: string, cause?: unknown): SatchelError {
  return new SatchelError(
    "CANNOT_RENDER",
    `The pixel data cannot be shown as a picture: ${reason}.`,
    "Open the DICOM file itself in a viewer; it is not affected.",
    cause === undefined ? undefined : { cause },
  );
}
