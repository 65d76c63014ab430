/**
 * Builds hostile DICOM files byte by byte. Shares no code with what it attacks: a mistake in the product's encoder must not hide one in
 * its reader.
 */

/** A VR of two characters, or "" for an element in implicit VR. */
export interface Part {
  tag: number;
  vr: string;
  value: Buffer;
  /** FFFFFFFF in the length field; the value carries its delimiters itself. */
  undefinedLength?: boolean;
}

const LONG = new Set(["OB", "OD", "OF", "OL", "OV", "OW", "SQ", "SV", "UC", "UN", "UR", "UT", "UV"]);

export const CT = "1.2.840.10008.5.1.4.1.1.2";
const EXPLICIT = "1.2.840.10008.1.2.1";
export const IMPLICIT = "1.2.840.10008.1.2";

/** Text in Latin-1 unless bytes are given; padded to an even length unless told otherwise. */
export function part(tag: number, vr: string, value: string | Buffer, pad = true): Part {
  const bytes = typeof value === "string" ? Buffer.from(value, "latin1") : value;
  const odd = pad && bytes.length % 2 === 1;
  return { tag, vr, value: odd ? Buffer.concat([bytes, Buffer.from(vr === "UI" || vr === "OB" ? "\0" : " ")]) : bytes };
}

/** A sequence of defined length in explicit VR, or, with `implicit`, with contents in implicit VR. */
export function sequence(tag: number, items: Part[][], vr = "SQ", implicit = false): Part {
  return { tag, vr, value: Buffer.concat(items.map((item) => itemOf(item, implicit))) };
}

export function itemOf(parts: Part[], implicit = false): Buffer {
  const body = encode(parts, implicit);
  return Buffer.concat([header(0xfffee000, body.length), body]);
}

/** A sequence of undefined length with items of undefined length. */
export function openSequence(tag: number, items: Part[][], vr = "SQ", implicit = false): Part {
  const bodies = items.map((item) =>
    Buffer.concat([header(0xfffee000, 0xffffffff), encode(item, implicit), header(0xfffee00d, 0)]),
  );
  return { tag, vr, value: Buffer.concat([...bodies, header(0xfffee0dd, 0)]), undefinedLength: true };
}

export function header(tag: number, length: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt16LE(tag >>> 16, 0);
  bytes.writeUInt16LE(tag & 0xffff, 2);
  bytes.writeUInt32LE(length, 4);
  return bytes;
}

export function encode(parts: Part[], implicit = false): Buffer {
  return Buffer.concat(parts.flatMap((one) => [headerOf(one, implicit), one.value]));
}

function headerOf({ tag, vr, value, undefinedLength }: Part, implicit: boolean): Buffer {
  const length = undefinedLength === true ? 0xffffffff : value.length;
  if (implicit || vr === "") return header(tag, length);
  const start = header(tag, 0).subarray(0, 4);
  const rest = Buffer.alloc(LONG.has(vr) ? 8 : 4);
  rest.write(vr, 0, "latin1");
  if (LONG.has(vr)) rest.writeUInt32LE(length, 4);
  else rest.writeUInt16LE(length, 2);
  return Buffer.concat([start, rest]);
}

/** A small CT image of Jane Exemplar with parts added, or in place of its own; `after` comes behind everything, in whatever order. */
export interface Hostile {
  parts?: Part[];
  after?: Part[];
  transferSyntax?: string;
  meta?: Part[];
  trailing?: Buffer;
  preamble?: Buffer;
  without?: number[];
}

export function hostileFile(hostile: Hostile = {}): Buffer {
  const transferSyntax = hostile.transferSyntax ?? EXPLICIT;
  const base = [
    part(0x00080016, "UI", CT),
    part(0x00080018, "UI", "1.2.826.0.1.3680043.777.4"),
    part(0x00080020, "DA", "20200229"),
    part(0x00080030, "TM", "235959"),
    part(0x00080060, "CS", "CT"),
    part(0x00100010, "PN", "Exemplar^Jane"),
    part(0x00100020, "LO", "MRN-445566"),
    part(0x00100030, "DA", "19310203"),
    part(0x0020000d, "UI", "1.2.826.0.1.3680043.777.1"),
    part(0x0020000e, "UI", "1.2.826.0.1.3680043.777.2"),
    part(0x00280002, "US", Buffer.from([1, 0])),
    part(0x00280010, "US", Buffer.from([2, 0])),
    part(0x00280011, "US", Buffer.from([2, 0])),
    part(0x00280100, "US", Buffer.from([8, 0])),
    part(0x7fe00010, "OW", Buffer.from([1, 2, 3, 4])),
  ].filter(
    ({ tag }) => hostile.without?.includes(tag) !== true && hostile.parts?.some((own) => own.tag === tag) !== true,
  );
  const parts = [...base, ...(hostile.parts ?? [])].sort((a, b) => a.tag - b.tag);
  const metaBody = encode([
    part(0x00020002, "UI", CT),
    part(0x00020003, "UI", "1.2.826.0.1.3680043.777.4"),
    part(0x00020010, "UI", transferSyntax),
    ...(hostile.meta ?? []),
  ]);
  const groupLength = Buffer.alloc(4);
  groupLength.writeUInt32LE(metaBody.length);
  return Buffer.concat([
    hostile.preamble ?? Buffer.alloc(128),
    Buffer.from("DICM"),
    encode([{ tag: 0x00020000, vr: "UL", value: groupLength }]),
    metaBody,
    encode([...parts, ...(hostile.after ?? [])], transferSyntax === IMPLICIT),
    hostile.trailing ?? Buffer.alloc(0),
  ]);
}
