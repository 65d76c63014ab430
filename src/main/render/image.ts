import type { Dataset, Element } from "../dicom/element.ts";
import { codeOf, elementOf, numberOf, type ImageSource } from "./attributes.ts";
import { interleave, spread422, ybrToRgb } from "./colour.ts";
import { decoderOf, type DecodedFrame } from "./decode.ts";
import { locateFrames, readEncapsulatedFrame, readNativeFrame, type FrameFragments, type ReadRange } from "./frames.ts";
import {
  buildGreyTable,
  greyFromNumbers,
  greyFromTable,
  storedValue,
  usedValues,
  type GreyPipeline,
  type GreyTable,
  type SampleLayout,
} from "./greyscale.ts";
import { cannotRender } from "./limits.ts";
import { readModality } from "./modality.ts";
import { applyPalette, readPalette, type Palette } from "./palette.ts";
import { isSubsampled422, nativeFrameBits, readPixelFormat, type PixelFormat } from "./pixel-format.ts";
import { encodePng, type RenderedFrame } from "./png.ts";
import { readContainers, readFloats } from "./samples.ts";
import { readVoi, type GreyWindow } from "./voi.ts";

/** The frames of one instance, each read and rendered when asked for. */
export interface ImageReader {
  readonly frames: number;
  readonly rows: number;
  readonly columns: number;
  /**
   * Renders one frame at its full resolution as the display pipeline of PS3.4 N.2 has it: modality, VOI and presentation for greyscale,
   * RGB for colour. Overlays, presentation states, supplemental palettes and ICC profiles are not applied.
   *
   * @param index from 0.
   * @param window takes the place of the instance's own (PS3.3 C.11.2); colour heeds none.
   * @throws CANNOT_RENDER with the reason.
   */
  frame(index: number, window?: GreyWindow): RenderedFrame;
}

interface OpenImage {
  readonly source: ImageSource;
  readonly format: PixelFormat;
  readonly read: ReadRange;
  /** Where native pixel data lies, in the coordinates of `read`. */
  readonly start: number;
  readonly length: number;
  readonly decode: ((encoded: Buffer, format: PixelFormat) => DecodedFrame) | undefined;
  fragments: FrameFragments | undefined;
  palette: Palette | undefined;
  /** The last grey table of frames that bring no transformation of their own, and the window that was asked for. */
  table: { made: GreyTable; given: GreyWindow | undefined } | undefined;
}

const NATIVE = new Set(["1.2.840.10008.1.2", "1.2.840.10008.1.2.1", "1.2.840.10008.1.2.1.99", "1.2.840.10008.1.2.2"]);
const ENCAPSULATED_UNCOMPRESSED = "1.2.840.10008.1.2.1.98";

/**
 * Opens the pixel data of an instance. Pixels are not touched yet, so that the cost is that of the header.
 *
 * @param source a walked Part 10 file.
 * @param readOutside reads a range of the file; asked only for values that were left there (`Element.outside`).
 * @throws CANNOT_RENDER where the instance has no pixel data or none that can be shown.
 */
export function openImage(source: ImageSource, readOutside: ReadRange): ImageReader {
  const format = readPixelFormat(source);
  const { element } = format;
  const inMemory: ReadRange = (start, length) => source.bytes.subarray(start, start + length);
  const native = element.fragments === undefined;
  const image: OpenImage = {
    source,
    format,
    read: element.outside === undefined ? inMemory : readOutside,
    start: element.outside?.start ?? element.valueStart,
    length: element.outside?.length ?? element.valueEnd - element.valueStart,
    decode: native ? undefined : requireDecoder(source.transferSyntaxUid),
    fragments: undefined,
    palette: undefined,
    table: undefined,
  };
  if (native && !NATIVE.has(source.transferSyntaxUid) && decoderOf(source.transferSyntaxUid) !== undefined) {
    throw cannotRender("its transfer syntax is a compressed one, its pixel data is not encapsulated");
  }
  if (!native) {
    const readElement = (table: Element): Buffer =>
      table.outside === undefined
        ? inMemory(table.valueStart, table.valueEnd - table.valueStart)
        : readOutside(table.outside.start, table.outside.length);
    image.fragments = locateFrames(source, format, image.read, readElement);
  }
  return {
    frames: format.frames,
    rows: format.rows,
    columns: format.columns,
    frame: (index, window) => renderFrame(image, index, window),
  };
}

/** One frame as the bytes of a PNG file. Equal pixels give equal bytes. */
export function renderPreview(image: ImageReader, index: number): Buffer {
  return encodePng(image.frame(index));
}

function requireDecoder(transferSyntaxUid: string): (encoded: Buffer, format: PixelFormat) => DecodedFrame {
  const decoder = decoderOf(transferSyntaxUid);
  if (decoder !== undefined) return decoder;
  if (NATIVE.has(transferSyntaxUid) || transferSyntaxUid === ENCAPSULATED_UNCOMPRESSED) {
    return (encoded, format) => {
      if (encoded.length * 8 < nativeFrameBits(format)) throw cannotRender("a frame is cut short");
      return {
        width: format.columns,
        height: format.rows,
        samples: encoded,
        container: format.bitsAllocated,
        planar: format.planar,
        rgb: false,
      };
    };
  }
  const name = /^[0-9.]{1,64}$/.test(transferSyntaxUid) ? transferSyntaxUid : "that it names";
  throw cannotRender(`pictures of the transfer syntax ${name} cannot be decoded`);
}

function renderFrame(image: OpenImage, index: number, given: GreyWindow | undefined): RenderedFrame {
  const { format } = image;
  if (!Number.isInteger(index) || index < 0 || index >= format.frames) {
    throw cannotRender(`there is no frame ${index + 1} among ${format.frames}`);
  }
  const { decoded, firstBit, littleEndian } = readFrame(image, index);
  const size = { width: decoded.width, height: decoded.height };
  if (format.samples === 3) return { ...size, channels: 3, pixels: renderColour(format, decoded, littleEndian) };

  const pixels = decoded.width * decoded.height;
  if (format.kind !== "integer") {
    const values = readFloats(decoded.samples, format.bitsAllocated, pixels, littleEndian);
    const pipeline = readPipeline(image, functionalGroups(image, index), given);
    return { ...size, channels: 1, ...greyFromNumbers(values, pipeline) };
  }
  const containers = readContainers(decoded.samples, decoded.container, pixels, littleEndian, firstBit);
  const layout = layoutOf(format, decoded);
  if (format.photometric === "PALETTE COLOR") {
    image.palette ??= readPalette(image.source, format.signed);
    const stored = (at: number): number => storedValue(containers[at] as number, layout);
    return { ...size, channels: 3, pixels: applyPalette(stored, pixels, image.palette) };
  }
  const groups = functionalGroups(image, index);
  const paint = ({ greys, window }: GreyTable): RenderedFrame => ({
    ...size,
    channels: 1,
    pixels: greyFromTable(containers, layout, greys),
    window,
  });
  // One table serves all frames where neither attributes of the frame's own nor its pixels decide on the window.
  if (groups.length === 0 && image.table !== undefined && isSameWindow(image.table.given, given))
    return paint(image.table.made);
  const pipeline = readPipeline(image, groups, given);
  if (layout.bitsStored > 16) {
    const values = Float64Array.from(containers, (container) => storedValue(container, layout));
    return { ...size, channels: 1, ...greyFromNumbers(values, pipeline) };
  }
  const made = buildGreyTable(layout, pipeline, () => usedValues(containers, layout));
  if (groups.length === 0 && pipeline.voi !== undefined) image.table = { made, given };
  return paint(made);
}

function isSameWindow(one: GreyWindow | undefined, other: GreyWindow | undefined): boolean {
  return one?.center === other?.center && one?.width === other?.width;
}

function readFrame(
  image: OpenImage,
  index: number,
): { decoded: DecodedFrame; firstBit: number; littleEndian: boolean } {
  const { format, decode } = image;
  const { littleEndian } = format.element.encoding;
  if (decode === undefined) {
    const { bytes, firstBit } = readNativeFrame(format, image.start, image.length, image.read, index);
    const size = { width: format.columns, height: format.rows };
    const decoded = { ...size, samples: bytes, container: format.bitsAllocated, planar: format.planar, rgb: false };
    return { decoded, firstBit, littleEndian };
  }
  const encoded = readEncapsulatedFrame(image.fragments?.[index], image.read, index);
  return { decoded: decode(encoded, format), firstBit: 0, littleEndian: true };
}

/** Decoders deliver right-aligned samples; native ones lie where High Bit says. */
function layoutOf(format: PixelFormat, decoded: DecodedFrame): SampleLayout {
  const bitsStored = Math.min(format.bitsStored, decoded.container);
  const aligned = decoded.container === format.bitsAllocated;
  return { bitsStored, shift: aligned ? format.highBit + 1 - bitsStored : 0, signed: format.signed };
}

function renderColour(format: PixelFormat, decoded: DecodedFrame, littleEndian: boolean): Buffer {
  const pixels = decoded.width * decoded.height;
  const layout = layoutOf(format, decoded);
  if (isSubsampled422(format) && decoded.samples.length * 8 < pixels * 3 * decoded.container) {
    const containers = readContainers(decoded.samples, decoded.container, pixels * 2, littleEndian);
    return ybrToRgb(spread422(containers, pixels), format.photometric);
  }
  const containers = readContainers(decoded.samples, decoded.container, pixels * 3, littleEndian);
  const interleaved = interleave(containers, pixels, decoded.planar, layout.bitsStored, layout.shift);
  const rgb =
    decoded.rgb || format.photometric === "RGB" || format.photometric === "YBR_ICT" || format.photometric === "YBR_RCT";
  return rgb ? interleaved : ybrToRgb(interleaved, format.photometric);
}

/** Functional groups of a frame, its own before the shared ones (PS3.3 C.7.6.16); none for an instance without. */
function functionalGroups(image: OpenImage, index: number): Dataset[] {
  const { dataset } = image.source;
  const own = elementOf(dataset, 0x52009230)?.items?.[index]?.dataset;
  const shared = elementOf(dataset, 0x52009229)?.items?.[0]?.dataset;
  return [own, shared].filter((group) => group !== undefined);
}

function readPipeline(image: OpenImage, groups: readonly Dataset[], given: GreyWindow | undefined): GreyPipeline {
  const { source, format } = image;
  const { bytes, dataset } = source;
  const modality = readModality(source, groups, format.signed);
  return {
    modality,
    voi: readVoi(source, groups, modality.signed, format.kind === "integer", given),
    // Both say the same of a MONOCHROME1 image (PS3.3 C.8.11.3.1.2): it is inverted once.
    invert: format.photometric === "MONOCHROME1" || codeOf(bytes, dataset, 0x20500020) === "INVERSE",
    padding: readPadding(source, format),
  };
}

function readPadding(source: ImageSource, format: PixelFormat): GreyPipeline["padding"] {
  const value = numberOf(source.bytes, source.dataset, 0x00280120);
  if (value === undefined || format.kind !== "integer") return undefined;
  const limit = numberOf(source.bytes, source.dataset, 0x00280121) ?? value;
  // US or SS: which of them, Pixel Representation decides (PS3.5 annex A); implicit VR does not say.
  const plain = { bitsStored: Math.min(format.bitsAllocated, 16), shift: 0, signed: format.signed };
  const ends = [storedValue(value, plain), storedValue(limit, plain)] as const;
  return { low: Math.min(...ends), high: Math.max(...ends) };
}
