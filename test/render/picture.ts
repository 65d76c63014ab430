import {
  encodeElement,
  encodeElementHeader,
  encodeFileMeta,
  encodeItemHeader,
  EXPLICIT_BIG_ENDIAN,
  EXPLICIT_LITTLE_ENDIAN,
  IMPLICIT_LITTLE_ENDIAN,
} from "../../src/main/dicom/encode.ts";
import { walkPart10 } from "../../src/main/dicom/part10.ts";
import { openImage, type ImageReader } from "../../src/main/render/image.ts";

const EXPLICIT = "1.2.840.10008.1.2.1";
export const IMPLICIT = "1.2.840.10008.1.2";
export const BIG_ENDIAN = "1.2.840.10008.1.2.2";

/** An element of a test picture: numbers become US (or SS, UL), strings what their VR says. */
export interface Attribute {
  tag: number;
  vr: string;
  values: readonly number[] | string | Buffer;
}

export interface Sequence {
  tag: number;
  items: readonly (readonly (Attribute | Sequence)[])[];
}

export interface Picture {
  rows: number;
  columns: number;
  samples?: number;
  photometric?: string;
  allocated?: number;
  stored?: number;
  high?: number;
  signed?: boolean;
  planar?: boolean;
  frames?: number | string;
  transferSyntax?: string;
  /** Native pixel data as it stands in the file. */
  pixels?: Buffer;
  pixelVr?: "OB" | "OW";
  /** Encapsulated pixel data: the Basic Offset Table, then the fragments. */
  fragments?: readonly Buffer[];
  more?: readonly (Attribute | Sequence)[];
}

/** A Part 10 file of secondary capture kind that holds nothing but what shows the picture. */
export function encodePicture(picture: Picture): Buffer {
  const transferSyntax = picture.transferSyntax ?? EXPLICIT;
  const encoding =
    transferSyntax === IMPLICIT
      ? IMPLICIT_LITTLE_ENDIAN
      : transferSyntax === BIG_ENDIAN
        ? EXPLICIT_BIG_ENDIAN
        : EXPLICIT_LITTLE_ENDIAN;
  const { samples = 1, allocated = 16, more = [] } = picture;
  const { stored = allocated } = picture;
  const attributes: (Attribute | Sequence)[] = [
    { tag: 0x00080016, vr: "UI", values: "1.2.840.10008.5.1.4.1.1.7" },
    { tag: 0x00080018, vr: "UI", values: "2.25.1" },
    { tag: 0x00280002, vr: "US", values: [samples] },
    { tag: 0x00280004, vr: "CS", values: picture.photometric ?? (samples === 1 ? "MONOCHROME2" : "RGB") },
    { tag: 0x00280010, vr: "US", values: [picture.rows] },
    { tag: 0x00280011, vr: "US", values: [picture.columns] },
    { tag: 0x00280100, vr: "US", values: [allocated] },
    { tag: 0x00280101, vr: "US", values: [stored] },
    { tag: 0x00280102, vr: "US", values: [picture.high ?? stored - 1] },
    { tag: 0x00280103, vr: "US", values: [picture.signed === true ? 1 : 0] },
  ];
  if (samples > 1) attributes.push({ tag: 0x00280006, vr: "US", values: [picture.planar === true ? 1 : 0] });
  if (picture.frames !== undefined) attributes.push({ tag: 0x00280008, vr: "IS", values: String(picture.frames) });
  const overridden = new Set(more.map(({ tag }) => tag));
  const all = [...attributes.filter(({ tag }) => !overridden.has(tag)), ...more].sort((a, b) => a.tag - b.tag);
  const parts = all.map((attribute) => encodeAttribute(attribute, encoding));
  const pixelTag = 0x7fe00010;
  if (picture.fragments !== undefined) {
    parts.push(encodeElementHeader(pixelTag, "OB", 0xffffffff, encoding));
    for (const fragment of picture.fragments) parts.push(encodeItemHeader(fragment.length, encoding), fragment);
    parts.push(Buffer.from("feffdde000000000", "hex"));
  } else if (picture.pixels !== undefined) {
    parts.push(encodeElement({ tag: pixelTag, vr: picture.pixelVr ?? "OW", value: picture.pixels }, encoding));
  }
  const meta = encodeFileMeta([
    { tag: 0x00020002, vr: "UI", value: Buffer.from("1.2.840.10008.5.1.4.1.1.7") },
    { tag: 0x00020003, vr: "UI", value: Buffer.from("2.25.1") },
    { tag: 0x00020010, vr: "UI", value: Buffer.from(transferSyntax) },
    { tag: 0x00020012, vr: "UI", value: Buffer.from("2.25.2") },
  ]);
  return Buffer.concat([meta, ...parts]);
}

type AnyEncoding = typeof EXPLICIT_LITTLE_ENDIAN;

function encodeAttribute(attribute: Attribute | Sequence, encoding: AnyEncoding): Buffer {
  if ("items" in attribute) {
    const items = attribute.items.map((item) => Buffer.concat(item.map((nested) => encodeAttribute(nested, encoding))));
    const body = Buffer.concat(items.flatMap((item) => [encodeItemHeader(item.length, encoding), item]));
    return Buffer.concat([encodeElementHeader(attribute.tag, "SQ", body.length, encoding), body]);
  }
  return encodeElement({ tag: attribute.tag, vr: attribute.vr, value: encodeValue(attribute, encoding) }, encoding);
}

function encodeValue({ vr, values }: Attribute, encoding: AnyEncoding): Buffer {
  if (typeof values === "string") return Buffer.from(values, "latin1");
  if (Buffer.isBuffer(values)) return values;
  const size = vr === "UL" ? 4 : 2;
  const bytes = Buffer.alloc(values.length * size);
  values.forEach((value, index) => {
    const unsigned = size === 2 ? value & 0xffff : value >>> 0;
    if (encoding.littleEndian) bytes.writeUIntLE(unsigned, index * size, size);
    else bytes.writeUIntBE(unsigned, index * size, size);
  });
  return bytes;
}

/** Opens a file that is in memory as a whole. */
export function openBytes(bytes: Buffer): ImageReader {
  return openImage(walkPart10(bytes), () => {
    throw new Error("nothing was left outside");
  });
}

/** The samples of one frame as plain numbers. */
export function greys(picture: Picture, index = 0): number[] {
  return [...openBytes(encodePicture(picture)).frame(index).pixels];
}

/** 16-bit samples, little endian. */
export function words(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 2);
  values.forEach((value, index) => bytes.writeUInt16LE(value & 0xffff, index * 2));
  return bytes;
}
