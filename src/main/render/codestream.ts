import { cannotRender, MAX_JPEG_2000_LAYERS, MAX_JPEG_2000_TILES } from "./limits.ts";

/** What a compressed frame says of itself. Read before any decoder sees it: the decoders trust these numbers, we do not. */
export interface Codestream {
  readonly width: number;
  readonly height: number;
  readonly components: number;
  /** Bits per sample. */
  readonly precision: number;
  readonly signed: boolean;
}

export interface JpegStream extends Codestream {
  /** Low byte of the SOFn marker: C0 baseline, C1 extended, C2 progressive, C3 lossless, F7 JPEG-LS. */
  readonly frameType: number;
  /** Any component is sampled more coarsely than another: only luminance and chrominance are ever coded so. */
  readonly subsampled: boolean;
  readonly jfif: boolean;
  /** The transform flag of an Adobe marker: 0 none, 1 YCbCr. */
  readonly adobeTransform: number | undefined;
  /** JPEG-LS: how components are interleaved, 0 plane by plane, 1 by line, 2 by sample. */
  readonly interleave: number;
}

export interface Jpeg2000Stream extends Codestream {
  /** The multiple component transformation is used: decoding yields RGB (ISO/IEC 15444-1 annex G). */
  readonly colourTransform: boolean;
}

const DAMAGED_JPEG = "its JPEG header is damaged";
const DAMAGED_JPEG_2000 = "its JPEG 2000 header is damaged";

/** Reads the marker segments of a JPEG or JPEG-LS frame up to its first scan (ISO/IEC 10918-1 annex B, 14495-1 annex C). */
export function readJpegHeader(bytes: Buffer): JpegStream {
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8) throw cannotRender(DAMAGED_JPEG);
  let stream: JpegStream | undefined;
  let jfif = false;
  let adobeTransform: number | undefined;
  let at = 2;
  while (at + 4 <= bytes.length) {
    // Fill bytes may precede a marker (B.1.1.2).
    if (bytes[at] === 0xff && bytes[at + 1] === 0xff) {
      at++;
      continue;
    }
    const marker = bytes.readUInt16BE(at);
    const length = bytes.readUInt16BE(at + 2);
    const end = at + 2 + length;
    // Everything that may stand before the first scan has a length. FF01 above all must not pass: the decoder's own search for the frame header never gets past it.
    if (marker < 0xffc0 || (marker >= 0xffd0 && marker <= 0xffd9) || length < 2 || end > bytes.length) {
      throw cannotRender(DAMAGED_JPEG);
    }
    if (marker === 0xffe0 && bytes.toString("latin1", at + 4, at + 8) === "JFIF") jfif = true;
    if (marker === 0xffee && length >= 14 && bytes.toString("latin1", at + 4, at + 9) === "Adobe") {
      adobeTransform = bytes[at + 15];
    }
    if (isFrameHeader(marker)) {
      if (stream !== undefined) throw cannotRender(DAMAGED_JPEG);
      stream = readFrameHeader(bytes, at, length);
    }
    if (marker === 0xffda) {
      if (stream === undefined) throw cannotRender(DAMAGED_JPEG);
      const interleave = stream.frameType === 0xf7 && length >= 6 ? (bytes[end - 2] as number) : 0;
      return { ...stream, jfif, adobeTransform, interleave };
    }
    at = end;
  }
  throw cannotRender(DAMAGED_JPEG);
}

function isFrameHeader(marker: number): boolean {
  if (marker === 0xfff7) return true;
  return marker >= 0xffc0 && marker <= 0xffcf && marker !== 0xffc4 && marker !== 0xffc8 && marker !== 0xffcc;
}

function readFrameHeader(bytes: Buffer, at: number, length: number): JpegStream {
  const components = bytes[at + 9] ?? 0;
  if (length < 8 + 3 * components) throw cannotRender(DAMAGED_JPEG);
  let subsampled = false;
  for (let c = 1; c < components; c++) if (bytes[at + 11 + 3 * c] !== bytes[at + 11]) subsampled = true;
  return {
    frameType: bytes[at + 1] as number,
    precision: bytes[at + 4] as number,
    height: bytes.readUInt16BE(at + 5),
    width: bytes.readUInt16BE(at + 7),
    components,
    signed: false,
    subsampled,
    jfif: false,
    adobeTransform: undefined,
    interleave: 0,
  };
}

/**
 * Reads the SIZ and COD segments of a JPEG 2000 or HTJ2K frame (ISO/IEC 15444-1 annex A.5.1, A.6.1). A JP2 file around the codestream,
 * which DICOM does not allow yet some write, is looked through.
 */
export function readJpeg2000Header(bytes: Buffer): Jpeg2000Stream {
  const start = bytes.length >= 12 && bytes.readUInt32BE(4) === 0x6a502020 ? findCodestream(bytes) : 0;
  if (bytes.length < start + 49 || bytes.readUInt32BE(start) !== 0xff4fff51) throw cannotRender(DAMAGED_JPEG_2000);
  const siz = start + 4;
  const components = bytes.readUInt16BE(siz + 36);
  if (components < 1 || components > 4 || bytes.length < siz + 38 + 3 * components) {
    throw cannotRender("its JPEG 2000 data has an unsuitable number of components");
  }
  const depth = bytes[siz + 38] as number;
  for (let c = 0; c < components; c++) {
    const at = siz + 38 + 3 * c;
    if (bytes[at] !== depth || bytes[at + 1] !== 1 || bytes[at + 2] !== 1) {
      throw cannotRender("the components of its JPEG 2000 data differ in depth or sampling");
    }
  }
  requireTiles(bytes, siz);
  const cod = findCodingStyle(bytes, siz);
  return {
    width: bytes.readUInt32BE(siz + 4) - bytes.readUInt32BE(siz + 12),
    height: bytes.readUInt32BE(siz + 8) - bytes.readUInt32BE(siz + 16),
    components,
    precision: (depth & 0x7f) + 1,
    signed: (depth & 0x80) !== 0,
    colourTransform: components >= 3 && bytes[cod + 8] === 1,
  };
}

/** The tile grid must cover the picture from its first pixel, by A.5.1: decoders count on without end otherwise. */
function requireTiles(bytes: Buffer, siz: number): void {
  let tiles = 1;
  for (const axis of [0, 4]) {
    const [end, offset, tile, tileOffset] = [4, 12, 20, 28].map((field) => bytes.readUInt32BE(siz + field + axis)) as [
      number,
      number,
      number,
      number,
    ];
    if (tileOffset > offset || tileOffset + tile <= offset || end <= offset) throw cannotRender(DAMAGED_JPEG_2000);
    tiles *= Math.ceil((end - tileOffset) / tile);
  }
  if (tiles > MAX_JPEG_2000_TILES) throw cannotRender("its JPEG 2000 data has too many tiles");
}

/** Offset of the COD segment, found and held to what A.6.1 and the decoders' patience allow. */
function findCodingStyle(bytes: Buffer, siz: number): number {
  let at = siz + bytes.readUInt16BE(siz);
  while (at + 14 <= bytes.length) {
    const marker = bytes.readUInt16BE(at);
    if (marker === 0xff90 || marker < 0xff00) break;
    if (marker === 0xff52) {
      const layers = bytes.readUInt16BE(at + 6);
      const levels = bytes[at + 9] as number;
      if (layers < 1 || layers > MAX_JPEG_2000_LAYERS || levels > 32) throw cannotRender(DAMAGED_JPEG_2000);
      const precincts = ((bytes[at + 4] as number) & 1) === 0 ? [] : bytes.subarray(at + 14, at + 15 + levels);
      // Precincts of less than 16 x 16 pixels are of no use to anyone but who wants to exhaust memory with their number.
      if (precincts.some((size) => (size & 15) < 4 || size >> 4 < 4)) throw cannotRender(DAMAGED_JPEG_2000);
      return at;
    }
    at += 2 + bytes.readUInt16BE(at + 2);
  }
  throw cannotRender(DAMAGED_JPEG_2000);
}

/** Walks the boxes of a JP2 file (ISO/IEC 15444-1 annex I.4) to its contiguous codestream. */
function findCodestream(bytes: Buffer): number {
  let at = 0;
  while (at + 16 <= bytes.length) {
    const length = bytes.readUInt32BE(at);
    const long = length === 1;
    if (bytes.readUInt32BE(at + 4) === 0x6a703263) return at + (long ? 16 : 8);
    const size = long ? Number(bytes.readBigUInt64BE(at + 8)) : length;
    if (size < 8) break;
    at += size;
  }
  throw cannotRender(DAMAGED_JPEG_2000);
}
