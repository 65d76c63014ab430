import { encodeElement, encodeFileMeta, EXPLICIT_LITTLE_ENDIAN } from "../../src/main/dicom/encode.ts";

export interface SmallFile {
  study?: string;
  series?: string;
  instance?: string;
  patientId?: string;
  description?: string;
  /** Bytes of pixel data. Default 128. */
  pixels?: number;
}

/** A CT instance of about 1 kB that Orthanc accepts. */
export function dicomFile(file: SmallFile = {}): Buffer {
  const study = file.study ?? "1.2.826.0.1.3680043.10.1";
  const series = file.series ?? `${study}.1`;
  const instance = file.instance ?? `${series}.1`;
  const text = (tag: number, vr: string, value: string): Buffer =>
    encodeElement({ tag, vr, value: Buffer.from(value, "utf8") }, EXPLICIT_LITTLE_ENDIAN);
  const number = (tag: number, value: number): Buffer => {
    const bytes = Buffer.alloc(2);
    bytes.writeUInt16LE(value);
    return encodeElement({ tag, vr: "US", value: bytes }, EXPLICIT_LITTLE_ENDIAN);
  };
  const ct = "1.2.840.10008.5.1.4.1.1.2";
  return Buffer.concat([
    encodeFileMeta([
      { tag: 0x00020002, vr: "UI", value: Buffer.from(ct) },
      { tag: 0x00020003, vr: "UI", value: Buffer.from(instance) },
      { tag: 0x00020010, vr: "UI", value: Buffer.from("1.2.840.10008.1.2.1") },
    ]),
    text(0x00080005, "CS", "ISO_IR 192"),
    text(0x00080016, "UI", ct),
    text(0x00080018, "UI", instance),
    text(0x00080020, "DA", "20260102"),
    text(0x00080060, "CS", "CT"),
    text(0x00081030, "LO", file.description ?? "Thorax"),
    text(0x00100010, "PN", "Müller^Änne"),
    text(0x00100020, "LO", file.patientId ?? "P1"),
    text(0x0020000d, "UI", study),
    text(0x0020000e, "UI", series),
    text(0x00200013, "IS", "1"),
    number(0x00280010, 8),
    number(0x00280011, 8),
    encodeElement({ tag: 0x7fe00010, vr: "OW", value: Buffer.alloc(file.pixels ?? 128, 7) }, EXPLICIT_LITTLE_ENDIAN),
  ]);
}
