import {
  EXPLICIT_LITTLE_ENDIAN,
  IMPLICIT_LITTLE_ENDIAN,
  encodeElementHeader,
  encodeFileMeta,
} from "../dicom/encode.ts";
import { PIXEL_DATA } from "../dicom/tag.ts";
import type { CharacterSet } from "./character-set.ts";
import { encodeHeader, textOf, type Header } from "./header.ts";
import type { Picture } from "./modules/pixels.ts";
import type { DemoEncoding } from "./plan.ts";
import { encapsulateFrames, encodeRleFrame } from "./rle.ts";

const TRANSFER_SYNTAXES: Record<DemoEncoding, string> = {
  implicit: "1.2.840.10008.1.2",
  explicit: "1.2.840.10008.1.2.1",
  rle: "1.2.840.10008.1.2.5",
};

const IMPLEMENTATION_CLASS_UID = "2.25.286193517324460142817719374063725914023";

function uidElement(tag: number, value: string): { tag: number; vr: string; value: Buffer } {
  return { tag, vr: "UI", value: Buffer.from(value, "latin1") };
}

function encodePixelData(picture: Picture, encoding: DemoEncoding): Buffer[] {
  if (encoding !== "rle") {
    const vr = picture.bits === 16 || encoding === "implicit" ? "OW" : "OB";
    const dataEncoding = encoding === "implicit" ? IMPLICIT_LITTLE_ENDIAN : EXPLICIT_LITTLE_ENDIAN;
    const odd = picture.bytes.length % 2;
    return [
      encodeElementHeader(PIXEL_DATA, vr, picture.bytes.length + odd, dataEncoding),
      picture.bytes,
      Buffer.alloc(odd),
    ];
  }
  const { rows, columns, samples, frames } = picture;
  const size = picture.bytes.length / frames;
  const encoded = Array.from({ length: frames }, (_, frame) =>
    encodeRleFrame(
      picture.bytes.subarray(frame * size, (frame + 1) * size),
      rows,
      columns,
      samples,
      picture.bits === 16 ? 2 : 1,
    ),
  );
  return [encodeElementHeader(PIXEL_DATA, "OB", 0xffffffff, EXPLICIT_LITTLE_ENDIAN), encapsulateFrames(encoded)];
}

/**
 * A whole Part 10 file.
 *
 * @param header must hold SOPClassUID, SOPInstanceUID and StationName, from which the file meta information is made.
 * @param picture the pixels, or undefined for a document.
 */
export function encodeInstance(
  header: Header,
  set: CharacterSet,
  encoding: DemoEncoding,
  picture: Picture | undefined,
): Buffer {
  const meta = encodeFileMeta([
    uidElement(0x00020002, textOf(header, "SOPClassUID")),
    uidElement(0x00020003, textOf(header, "SOPInstanceUID")),
    uidElement(0x00020010, TRANSFER_SYNTAXES[encoding]),
    uidElement(0x00020012, IMPLEMENTATION_CLASS_UID),
    { tag: 0x00020013, vr: "SH", value: Buffer.from("SATCHEL_DEMO") },
    { tag: 0x00020016, vr: "AE", value: Buffer.from(textOf(header, "StationName")) },
  ]);
  const dataEncoding = encoding === "implicit" ? IMPLICIT_LITTLE_ENDIAN : EXPLICIT_LITTLE_ENDIAN;
  const pixels = picture === undefined ? [] : encodePixelData(picture, encoding);
  return Buffer.concat([meta, encodeHeader(header, set, dataEncoding), ...pixels]);
}
