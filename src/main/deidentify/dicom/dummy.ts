import type { Encoding } from "../../dicom/element.ts";
import { encodeDataset, encodeItemHeader, type NewElement } from "../../dicom/encode.ts";

/** What stands in place of text that had to go and may not be empty. It is no date, name or number that anybody has. */
const DUMMY_TEXT = "REMOVED";

const DUMMIES: Readonly<Record<string, string>> = {
  AS: "000Y",
  DA: "19000101",
  DT: "19000101000000",
  TM: "000000",
  DS: "0",
  IS: "0",
  UR: "urn:removed",
  UI: "2.25.0",
};
const BINARY_VRS: ReadonlySet<string> = new Set(["OB", "UN", "OW", "US", "SS"]);

/** A value for action D: not empty, valid for its VR, the same for everybody (PS3.15 Table E.1-1a). Numbers are zero in either byte order. */
export function dummyValue(vr: string): Buffer {
  if (BINARY_VRS.has(vr)) return Buffer.alloc(2);
  if (["UL", "SL", "FL", "AT", "OF", "OL"].includes(vr)) return Buffer.alloc(4);
  if (["FD", "OD", "SV", "UV", "OV"].includes(vr)) return Buffer.alloc(8);
  return Buffer.from(DUMMIES[vr] ?? DUMMY_TEXT, "latin1");
}

/**
 * The value of a sequence for action D: one item with what the sequence's macro or module demands, and nothing else, so that the object
 * stays valid.
 *
 * @param graphicLayer the layer that Graphic Annotation Sequence has to refer to, as it came.
 */
export function dummySequence(tag: number, encoding: Encoding, graphicLayer: Buffer = text(DUMMY_TEXT)): Buffer {
  const item = encodeDataset(dummyItem(tag, encoding, graphicLayer), encoding);
  return Buffer.concat([encodeItemHeader(item.length, encoding), item]);
}

function dummyItem(tag: number, encoding: Encoding, graphicLayer: Buffer): NewElement[] {
  switch (tag) {
    // Operator Identification Sequence: PS3.3 Table 10-1.
    case 0x00081072:
      return [lo(0x00080080), sequence(0x00401101, codeItem("121106", "DCM", "Comment"), encoding)];
    // Verifying Observer Sequence: PS3.3 C.17.2.
    case 0x0040a073:
      return [
        lo(0x0040a027),
        { tag: 0x0040a030, vr: "DT", value: dummyValue("DT") },
        { tag: 0x0040a075, vr: "PN", value: dummyValue("PN") },
        { tag: 0x0040a088, vr: "SQ", value: Buffer.alloc(0) },
      ];
    // Content Sequence: one TEXT item (PS3.3 C.17.3).
    case 0x0040a730:
      return [
        { tag: 0x0040a010, vr: "CS", value: text("CONTAINS") },
        { tag: 0x0040a040, vr: "CS", value: text("TEXT") },
        sequence(0x0040a043, codeItem("121106", "DCM", "Comment"), encoding),
        { tag: 0x0040a160, vr: "UT", value: text(DUMMY_TEXT) },
      ];
    // Waveform Annotation Sequence: PS3.3 C.10.10.
    case 0x0040b020:
      return [
        { tag: 0x00700006, vr: "ST", value: text(DUMMY_TEXT) },
        { tag: 0x0040a0b0, vr: "US", value: shorts([1, 0], encoding) },
        { tag: 0x0040a180, vr: "US", value: shorts([1], encoding) },
      ];
    // Graphic Annotation Sequence: a point in the corner (PS3.3 C.10.5).
    case 0x00700001:
      return [
        { tag: 0x00700002, vr: "CS", value: graphicLayer },
        {
          tag: 0x00700009,
          vr: "SQ",
          value: itemOf(
            [
              { tag: 0x00700005, vr: "CS", value: text("PIXEL") },
              { tag: 0x00700020, vr: "US", value: shorts([2], encoding) },
              { tag: 0x00700021, vr: "US", value: shorts([1], encoding) },
              { tag: 0x00700022, vr: "FL", value: floats([1, 1], encoding) },
              { tag: 0x00700023, vr: "CS", value: text("POINT") },
            ],
            encoding,
          ),
        },
      ];
    // Referenced Performed Procedure Step Sequence: an SOP reference to nothing (PS3.3 Table 10-11).
    case 0x00081111:
      return [
        { tag: 0x00081150, vr: "UI", value: text("1.2.840.10008.3.1.2.3.3") },
        { tag: 0x00081155, vr: "UI", value: dummyValue("UI") },
      ];
    // Flow Identifier Sequence: PS3.3 C.34.
    case 0x00340001:
      return [
        { tag: 0x00340002, vr: "OB", value: dummyValue("OB") },
        { tag: 0x00340005, vr: "OB", value: dummyValue("OB") },
      ];
    default:
      return codeItem("121106", "DCM", "Comment");
  }
}

/** A code that says nothing: Code Sequence Macro, PS3.3 Table 8.8-1. */
function codeItem(value: string, scheme: string, meaning: string): NewElement[] {
  return [
    { tag: 0x00080100, vr: "SH", value: text(value) },
    { tag: 0x00080102, vr: "SH", value: text(scheme) },
    { tag: 0x00080104, vr: "LO", value: text(meaning) },
  ];
}

function sequence(tag: number, item: NewElement[], encoding: Encoding): NewElement {
  return { tag, vr: "SQ", value: itemOf(item, encoding) };
}

function itemOf(elements: NewElement[], encoding: Encoding): Buffer {
  const encoded = encodeDataset(elements, encoding);
  return Buffer.concat([encodeItemHeader(encoded.length, encoding), encoded]);
}

function lo(tag: number): NewElement {
  return { tag, vr: "LO", value: text(DUMMY_TEXT) };
}

function text(value: string): Buffer {
  return Buffer.from(value, "latin1");
}

function shorts(values: readonly number[], encoding: Encoding): Buffer {
  const buffer = Buffer.alloc(values.length * 2);
  for (const [index, value] of values.entries())
    if (encoding.littleEndian) buffer.writeUInt16LE(value, index * 2);
    else buffer.writeUInt16BE(value, index * 2);
  return buffer;
}

function floats(values: readonly number[], encoding: Encoding): Buffer {
  const buffer = Buffer.alloc(values.length * 4);
  for (const [index, value] of values.entries())
    if (encoding.littleEndian) buffer.writeFloatLE(value, index * 4);
    else buffer.writeFloatBE(value, index * 4);
  return buffer;
}
