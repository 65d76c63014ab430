import { inflateRawSync } from "node:zlib";
import { runDecoder, type DecoderName } from "./codec-module.ts";
import { readJpeg2000Header, readJpegHeader, type Codestream } from "./codestream.ts";
import { readJpegXlHeader } from "./jpeg-xl.ts";
import { cannotRender, MAX_JPEG_SCANS } from "./limits.ts";
import type { PixelFormat } from "./pixel-format.ts";
import { decodeRle } from "./rle.ts";

/** A frame out of its compression: samples in 8- or 16-bit little endian containers (or 32-bit and bits, where RLE and deflate hold them). */
export interface DecodedFrame {
  readonly samples: Buffer;
  /** Of the codestream where there is one: tiles at the edge of a whole-slide image are often smaller than Rows and Columns say. */
  readonly width: number;
  readonly height: number;
  /** 1, 8, 16 or 32. */
  readonly container: number;
  /** Each component stands in a plane of its own. */
  readonly planar: boolean;
  /** The decoder has produced RGB, whatever the Photometric Interpretation says. */
  readonly rgb: boolean;
}

type Decode = (encoded: Buffer, format: PixelFormat) => DecodedFrame;

/** Baseline, extended, progressive, lossless. Which of them it is the frame says itself; files whose transfer syntax says another are common. */
const JPEG_FRAME_TYPES = [0xc0, 0xc1, 0xc2, 0xc3];

const decoders = new Map<string, Decode>([
  ["1.2.840.10008.1.2.5", decodeRleFrame],
  ["1.2.840.10008.1.2.8.1", decodeDeflatedFrame],
  ["1.2.840.10008.1.2.4.50", decodeJpeg],
  ["1.2.840.10008.1.2.4.51", decodeJpeg],
  // Retired, yet in archives: spectral selection (processes 6 and 8) and full progression (10 and 12).
  ["1.2.840.10008.1.2.4.53", decodeJpeg],
  ["1.2.840.10008.1.2.4.55", decodeJpeg],
  ["1.2.840.10008.1.2.4.57", decodeJpeg],
  ["1.2.840.10008.1.2.4.70", decodeJpeg],
  ["1.2.840.10008.1.2.4.80", decodeJpegLs],
  ["1.2.840.10008.1.2.4.81", decodeJpegLs],
  ["1.2.840.10008.1.2.4.90", jpeg2000Decoder("DecodeJpeg2000")],
  ["1.2.840.10008.1.2.4.91", jpeg2000Decoder("DecodeJpeg2000")],
  ["1.2.840.10008.1.2.4.110", decodeJpegXl],
  ["1.2.840.10008.1.2.4.111", decodeJpegXl],
  ["1.2.840.10008.1.2.4.112", decodeJpegXl],
  ["1.2.840.10008.1.2.4.201", jpeg2000Decoder("DecodeHtJpeg2000")],
  ["1.2.840.10008.1.2.4.202", jpeg2000Decoder("DecodeHtJpeg2000")],
  ["1.2.840.10008.1.2.4.203", jpeg2000Decoder("DecodeHtJpeg2000")],
]);

/** The decoder of an encapsulated transfer syntax; undefined where there is none. */
export function decoderOf(transferSyntaxUid: string): Decode | undefined {
  return decoders.get(transferSyntaxUid);
}

/** The decoders take size and components from the codestream and write that much: no more than the header announces, which is bounded. */
function requireBounds(stream: Codestream, format: PixelFormat, kind: string): void {
  const { width, height, components, precision } = stream;
  if (width < 1 || height < 1 || width > format.columns || height > format.rows) {
    throw cannotRender(
      `its ${kind} data is ${width} x ${height} pixels, its header says ${format.columns} x ${format.rows}`,
    );
  }
  if (components !== format.samples) {
    throw cannotRender(`its ${kind} data has ${components} components, its header says ${format.samples}`);
  }
  if (precision < 2 || precision > 16) throw cannotRender(`its ${kind} data has ${precision} bits per sample`);
}

function decodeJpeg(encoded: Buffer, format: PixelFormat): DecodedFrame {
  const stream = readJpegHeader(encoded);
  requireBounds(stream, format, "JPEG");
  if (!JPEG_FRAME_TYPES.includes(stream.frameType)) throw cannotRender("its JPEG process is not supported");
  if (stream.frameType === 0xc2 && countScans(encoded) > MAX_JPEG_SCANS)
    throw cannotRender("its JPEG data has too many scans");
  const container = stream.precision <= 8 ? 8 : 16;
  // Photometric Interpretation RGB means samples as they are (PS3.5 8.2.1), yet many writers say RGB and code YCbCr: a JFIF or Adobe
  // marker or coarser chrominance gives them away. Lossless JPEG codes no colour space: there the header alone counts.
  const claimsRgb = format.photometric === "RGB" && !stream.jfif && stream.adobeTransform !== 1 && !stream.subsampled;
  const convertToRgb = stream.components === 3 && stream.frameType !== 0xc3 && !claimsRgb;
  const samples = runDecoder({ decoder: "DecodeJpeg", encoded, ...stream, container, convertToRgb });
  requireBytes(samples, stream, container);
  return { ...sizeOf(stream), samples, container, planar: false, rgb: convertToRgb };
}

function sizeOf(picture: Codestream | PixelFormat): { width: number; height: number } {
  return "columns" in picture
    ? { width: picture.columns, height: picture.rows }
    : { width: picture.width, height: picture.height };
}

function countScans(encoded: Buffer): number {
  let scans = 0;
  for (let at = encoded.indexOf("ffda", 0, "hex"); at >= 0; at = encoded.indexOf("ffda", at + 2, "hex")) scans++;
  return scans;
}

function decodeJpegLs(encoded: Buffer, format: PixelFormat): DecodedFrame {
  const stream = readJpegHeader(encoded);
  if (stream.frameType !== 0xf7) throw cannotRender("its data is not JPEG-LS");
  requireBounds(stream, format, "JPEG-LS");
  const container = stream.precision <= 8 ? 8 : 16;
  const samples = runDecoder({ decoder: "DecodeJpegLs", encoded, ...stream, container, convertToRgb: false });
  requireBytes(samples, stream, container);
  return {
    ...sizeOf(stream),
    samples,
    container,
    planar: stream.interleave === 0 && stream.components > 1,
    rgb: false,
  };
}

function jpeg2000Decoder(decoder: DecoderName): Decode {
  return (encoded, format) => {
    const stream = readJpeg2000Header(encoded);
    requireBounds(stream, format, "JPEG 2000");
    if (decoder === "DecodeJpeg2000" && stream.components > 1 && stream.precision > 8) {
      throw cannotRender("colour of more than 8 bits per sample in JPEG 2000 is not supported");
    }
    // OpenJPH clamps signed samples to 0..255 in 8-bit containers, not in 16-bit ones.
    const wide = stream.precision > 8 || (decoder === "DecodeHtJpeg2000" && stream.signed);
    const container = wide ? 16 : 8;
    const samples = runDecoder({ decoder, encoded, ...stream, container, convertToRgb: false });
    requireBytes(samples, stream, container);
    // Without a colour transformation OpenJPH delivers component after component, while the module counts its lines as interleaved.
    const scrambled = decoder === "DecodeHtJpeg2000" && stream.components > 1 && !stream.colourTransform;
    const rgb = stream.colourTransform;
    return scrambled
      ? { ...sizeOf(stream), samples: unscramble(samples, stream, container), container, planar: true, rgb }
      : { ...sizeOf(stream), samples, container, planar: false, rgb };
  };
}

/** Line n as delivered was written as component n mod c of row n div c; it is row n mod height of component n div height. */
function unscramble(samples: Buffer, stream: Codestream, container: number): Buffer {
  const { width, height, components } = stream;
  const size = container / 8;
  const out = Buffer.allocUnsafe(samples.length);
  for (let line = 0; line < height * components; line++) {
    let from = (Math.floor(line / components) * width * components + (line % components)) * size;
    let to = line * width * size;
    for (let x = 0; x < width; x++) {
      for (let b = 0; b < size; b++) out[to++] = samples[from + b] as number;
      from += components * size;
    }
  }
  return out;
}

function decodeJpegXl(encoded: Buffer, format: PixelFormat): DecodedFrame {
  const stream = readJpegXlHeader(encoded, format.samples);
  requireBounds(stream, format, "JPEG XL");
  const container = stream.precision <= 8 ? 8 : 16;
  const samples = runDecoder({ decoder: "DecodeJpegXl", encoded, ...stream, container, convertToRgb: false });
  const count = stream.width * stream.height * stream.components;
  if (samples.length !== count * (container / 8)) {
    throw cannotRender("its JPEG XL data has other components than its header says");
  }
  // libjxl stretches samples to the full range of their container.
  if (container === 16 && stream.precision < 16) {
    const scale = (2 ** stream.precision - 1) / 65535;
    for (let i = 0; i < count; i++) samples.writeUInt16LE(Math.round(samples.readUInt16LE(2 * i) * scale), 2 * i);
  }
  // Colour leaves the decoder as sRGB, whatever it was inside.
  return { ...sizeOf(stream), samples, container, planar: false, rgb: stream.components === 3 };
}

function requireBytes(samples: Buffer, stream: Codestream, container: number): void {
  if (samples.length < stream.width * stream.height * stream.components * (container / 8)) {
    throw cannotRender("its compressed data yields fewer pixels than its header announces");
  }
}

function decodeRleFrame(encoded: Buffer, format: PixelFormat): DecodedFrame {
  const { samples: count, bitsAllocated } = format;
  if (bitsAllocated % 8 !== 0) throw cannotRender(`RLE with ${bitsAllocated} bits allocated is not supported`);
  const size = bitsAllocated / 8;
  const pixels = format.rows * format.columns;
  const segments = decodeRle(encoded, size * count, pixels);
  if (size === 1) {
    const samples = count === 1 ? (segments[0] as Buffer) : Buffer.concat(segments);
    return { ...sizeOf(format), samples, container: 8, planar: count > 1, rgb: false };
  }
  const samples = Buffer.allocUnsafe(pixels * size * count);
  for (let s = 0; s < segments.length; s++) {
    const segment = segments[s] as Buffer;
    // Segments run from the most significant byte, containers from the least.
    let to = Math.floor(s / size) * pixels * size + (size - 1 - (s % size));
    for (let p = 0; p < pixels; p++, to += size) samples[to] = segment[p] as number;
  }
  return { ...sizeOf(format), samples, container: bitsAllocated, planar: count > 1, rgb: false };
}

/** Deflated Image Frame Compression (PS3.5 A.4.13): a raw deflate stream of what a native frame holds. */
function decodeDeflatedFrame(encoded: Buffer, format: PixelFormat): DecodedFrame {
  const bits = format.rows * format.columns * format.samples * format.bitsAllocated;
  const size = Math.ceil(bits / 8);
  try {
    const samples = inflateRawSync(encoded, { maxOutputLength: size + 1 });
    if (samples.length < size) throw cannotRender("its deflated data ends before the picture is complete");
    return { ...sizeOf(format), samples, container: format.bitsAllocated, planar: format.planar, rgb: false };
  } catch (error) {
    if (error instanceof Error && error.name === "SatchelError") throw error;
    throw cannotRender("its deflated data is damaged", error);
  }
}
