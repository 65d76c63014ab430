import { TextDecoder } from "node:util";

/**
 * The byte forms a text can take in a DICOM file: what a search for leftovers has to look for. Node.js decodes these encodings but does
 * not encode them, so the tables are turned around, each when it is first needed.
 */

interface ReverseTable {
  /** Character (one code point) to its bytes. */
  readonly bytes: ReadonlyMap<string, Buffer>;
}

type Label = (typeof SINGLE_BYTE)[number] | (typeof DOUBLE_BYTE)[number]["label"];

/** ISO_IR 101, 109, 110, 126, 127, 138, 144, 148, 166, 203; 100 is Latin-1, which Node.js encodes. */
const SINGLE_BYTE = [
  "iso-8859-2",
  "iso-8859-3",
  "iso-8859-4",
  "iso-8859-5",
  "iso-8859-6",
  "iso-8859-7",
  "iso-8859-8",
  "iso-8859-15",
  "windows-1254",
  "windows-874",
  "windows-1252",
] as const;

/** Lead bytes and trail bytes, first and last. */
const DOUBLE_BYTE = [
  { label: "euc-kr", lead: [0xa1, 0xfe], trail: [0xa1, 0xfe] },
  { label: "gbk", lead: [0x81, 0xfe], trail: [0x40, 0xfe] },
  { label: "euc-jp", lead: [0xa1, 0xfe], trail: [0xa1, 0xfe] },
  { label: "shift_jis", lead: [0x81, 0xfc], trail: [0x40, 0xfc] },
] as const;

const tables = new Map<Label, ReverseTable>();

/**
 * All byte forms of a text, each once: UTF-8, Latin-1 and the other single-byte repertoires, EUC-KR, GBK, GB18030, EUC-JP, Shift_JIS,
 * half-width katakana, and the bare JIS X 0208 bytes that stand between escape sequences in ISO-2022-JP. Forms in which a
 * character cannot be represented are left out. ASCII text has one form. The first call with other text takes some 50 ms.
 */
export function encodeInAll(text: string): Buffer[] {
  const utf8 = Buffer.from(text, "utf8");
  if (utf8.length === text.length) return [utf8];
  const forms: Buffer[] = [utf8];
  for (const label of SINGLE_BYTE) forms.push(...encodeBy(text, label));
  for (const { label } of DOUBLE_BYTE) forms.push(...encodeBy(text, label));
  forms.push(...encodeGb18030(text), ...encodeJis(text), ...encodeKatakana(text));
  if (isLatin1(text)) forms.push(Buffer.from(text, "latin1"));
  const seen = new Set<string>();
  return forms.filter((form) => {
    const key = form.toString("latin1");
    if (form.length === 0 || seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function isLatin1(text: string): boolean {
  for (let index = 0; index < text.length; index++) if (text.charCodeAt(index) > 0xff) return false;
  return true;
}

function encodeBy(text: string, label: Label): Buffer[] {
  const { bytes } = tableOf(label);
  const parts: Buffer[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) as number;
    const part = code < 0x80 ? Buffer.of(code) : bytes.get(character);
    if (part === undefined) return [];
    parts.push(part);
  }
  return [Buffer.concat(parts)];
}

/** GBK, and four bytes for what it lacks: a linear numbering of the rest of the Basic Multilingual Plane, then of the other planes. */
function encodeGb18030(text: string): Buffer[] {
  const { bytes } = tableOf("gbk");
  const parts: Buffer[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) as number;
    if (code < 0x80) parts.push(Buffer.of(code));
    else {
      const part = bytes.get(character) ?? fourBytes(character, code);
      if (part === undefined) return [];
      parts.push(part);
    }
  }
  return [Buffer.concat(parts)];
}

const PLANES_START = 189_000;
let fourByteIndex: Map<string, number> | undefined;

function fourBytes(character: string, code: number): Buffer | undefined {
  const index = code >= 0x10000 ? PLANES_START + code - 0x10000 : basicPlane().get(character);
  return index === undefined ? undefined : fromLinear(index);
}

function fromLinear(index: number): Buffer {
  return Buffer.of(
    0x81 + Math.floor(index / 12_600),
    0x30 + (Math.floor(index / 1260) % 10),
    0x81 + (Math.floor(index / 10) % 126),
    0x30 + (index % 10),
  );
}

function basicPlane(): Map<string, number> {
  if (fourByteIndex === undefined) {
    fourByteIndex = new Map();
    const decoder = new TextDecoder("gb18030");
    const all = Buffer.concat(Array.from({ length: 39_420 }, (_, index) => fromLinear(index)));
    let index = 0;
    for (const character of decoder.decode(all)) fourByteIndex.set(character, index++);
  }
  return fourByteIndex;
}

/** JIS X 0208 in seven bits, as ESC $ B introduces it: only text that is of it alone. */
function encodeJis(text: string): Buffer[] {
  const [euc] = encodeBy(text, "euc-jp");
  return euc === undefined || euc.some((byte) => byte < 0x80) ? [] : [Buffer.from(euc.map((byte) => byte & 0x7f))];
}

/** JIS X 0201: U+FF61 to U+FF9F at A1 to DF. */
function encodeKatakana(text: string): Buffer[] {
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) as number;
    if (code < 0x80) bytes.push(code);
    else if (code >= 0xff61 && code <= 0xff9f) bytes.push(code - 0xff61 + 0xa1);
    else return [];
  }
  return [Buffer.from(bytes)];
}

function tableOf(label: Label): ReverseTable {
  let table = tables.get(label);
  if (table === undefined) {
    table = { bytes: turnAround(label) };
    tables.set(label, table);
  }
  return table;
}

function turnAround(label: Label): Map<string, Buffer> {
  const decoder = new TextDecoder(label);
  const bytes = new Map<string, Buffer>();
  const add = (form: Buffer): void => {
    const text = decoder.decode(form);
    // Two code points or a replacement: not a character of this encoding. The first form of a character is its usual one.
    if (
      text.length > 0 &&
      text.length === String.fromCodePoint(text.codePointAt(0) as number).length &&
      text !== "\uFFFD"
    ) {
      if (!bytes.has(text)) bytes.set(text, form);
    }
  };
  const double = DOUBLE_BYTE.find((encoding) => encoding.label === label);
  if (double === undefined) for (let byte = 0x80; byte <= 0xff; byte++) add(Buffer.of(byte));
  else {
    for (let lead: number = double.lead[0]; lead <= double.lead[1]; lead++) {
      for (let trail: number = double.trail[0]; trail <= double.trail[1]; trail++) add(Buffer.of(lead, trail));
    }
  }
  return bytes;
}
