import {
  encodeElement,
  encodeElementHeader,
  encodeFileMeta,
  EXPLICIT_LITTLE_ENDIAN,
} from "../../src/main/dicom/encode.ts";

export interface InstanceFile {
  patientId: string;
  issuer?: string;
  name?: string;
  birthDate?: string;
  study: string;
  series?: string;
  instance: string;
  number?: number;
  modality?: string;
  description?: string;
  frames?: number;
  rows?: number;
  columns?: number;
}

const EXPLICIT_VR_LITTLE_ENDIAN = "1.2.840.10008.1.2.1";
export const JPEG_BASELINE = "1.2.840.10008.1.2.4.50";

function text(tag: number, vr: string, value: string): Buffer {
  return encodeElement({ tag, vr, value: Buffer.from(value, "utf8") }, EXPLICIT_LITTLE_ENDIAN);
}

function number(tag: number, value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return encodeElement({ tag, vr: "US", value: bytes }, EXPLICIT_LITTLE_ENDIAN);
}

/** Everything of a CT file up to its pixel data: for content that is written after it. */
export function instanceHeader(file: InstanceFile, transferSyntax = EXPLICIT_VR_LITTLE_ENDIAN): Buffer {
  const ct = "1.2.840.10008.5.1.4.1.1.2";
  return Buffer.concat([
    encodeFileMeta([
      { tag: 0x00020002, vr: "UI", value: Buffer.from(ct) },
      { tag: 0x00020003, vr: "UI", value: Buffer.from(file.instance) },
      { tag: 0x00020010, vr: "UI", value: Buffer.from(transferSyntax) },
    ]),
    text(0x00080005, "CS", "ISO_IR 192"),
    text(0x00080008, "CS", "ORIGINAL\\PRIMARY\\AXIAL"),
    text(0x00080016, "UI", ct),
    text(0x00080018, "UI", file.instance),
    text(0x00080020, "DA", "20260102"),
    text(0x00080030, "TM", "101112"),
    text(0x00080050, "SH", "ACC4711"),
    text(0x00080060, "CS", file.modality ?? "CT"),
    text(0x00081030, "LO", file.description ?? "Thorax"),
    text(0x00100010, "PN", file.name ?? "Example^Ann"),
    text(0x00100020, "LO", file.patientId),
    ...(file.issuer === undefined ? [] : [text(0x00100021, "LO", file.issuer)]),
    text(0x00100030, "DA", file.birthDate ?? "19700304"),
    text(0x00100040, "CS", "F"),
    text(0x0020000d, "UI", file.study),
    text(0x0020000e, "UI", file.series ?? `${file.study}.1`),
    text(0x00200013, "IS", String(file.number ?? 1)),
    number(0x00280002, 1),
    text(0x00280004, "CS", "MONOCHROME2"),
    ...(file.frames === undefined ? [] : [text(0x00280008, "IS", String(file.frames))]),
    number(0x00280010, file.rows ?? 8),
    number(0x00280011, file.columns ?? 8),
    number(0x00280100, 8),
    number(0x00280101, 8),
    number(0x00280102, 7),
    number(0x00280103, 0),
    text(0x00280301, "CS", "NO"),
  ]);
}

/** A whole small file with a ramp as its picture. */
export function instanceFile(file: InstanceFile): Buffer {
  const size = (file.rows ?? 8) * (file.columns ?? 8) * (file.frames ?? 1);
  const pixels = Buffer.from(Array.from({ length: size + (size % 2) }, (_, index) => index % 251));
  return Buffer.concat([
    instanceHeader(file),
    encodeElement({ tag: 0x7fe00010, vr: "OB", value: pixels }, EXPLICIT_LITTLE_ENDIAN),
  ]);
}

/** The header of pixel data of `length` bytes that are written after it. */
export function pixelDataHeader(length: number): Buffer {
  return encodeElementHeader(0x7fe00010, "OB", length, EXPLICIT_LITTLE_ENDIAN);
}

/** A private element that may stand after the pixel data. */
export function trailingElement(value: string): Buffer {
  return text(0xfffcfffc, "OB", value);
}
