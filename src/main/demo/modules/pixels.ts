import type { Header } from "../header.ts";

/** Pixels of one instance as the phantoms make them: frame after frame, row after row, colour by pixel. */
export interface Picture {
  rows: number;
  columns: number;
  frames: number;
  samples: 1 | 3;
  bits: 8 | 16;
  /** Two's complement. */
  signed?: boolean;
  /** Little endian. */
  bytes: Buffer;
}

/** Image Pixel C.7.6.3 without the pixels. `stored` bits of a 16-bit cell; all of an 8-bit one. */
export function imagePixelModule(picture: Picture, stored: number): Header {
  return {
    SamplesPerPixel: picture.samples,
    PhotometricInterpretation: picture.samples === 3 ? "RGB" : "MONOCHROME2",
    PlanarConfiguration: picture.samples === 3 ? 0 : undefined,
    Rows: picture.rows,
    Columns: picture.columns,
    BitsAllocated: picture.bits,
    BitsStored: stored,
    HighBit: stored - 1,
    PixelRepresentation: picture.signed === true ? 1 : 0,
  };
}

/** The bytes of 16-bit pixels, whatever the byte order of this machine. */
export function toLittleEndian(pixels: Uint16Array | Int16Array): Buffer {
  const bytes = Buffer.from(pixels.buffer, pixels.byteOffset, pixels.byteLength);
  return new Uint8Array(Uint16Array.of(1).buffer)[0] === 1 ? bytes : bytes.swap16();
}
