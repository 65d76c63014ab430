/**
 * Writes text in the character sets that the demo hospital's patients need (PS3.3 C.12.1.1.2, PS3.5 6.1). Node decodes these sets
 * but encodes only UTF-8 and Latin-1, so the way back is read off the decoders, once for each set.
 */
export type CharacterSet =
  | ""
  | "ISO_IR 100"
  | "ISO_IR 101"
  | "ISO_IR 144"
  | "ISO_IR 192"
  | "\\ISO 2022 IR 87"
  | "\\ISO 2022 IR 149";

const LABELS: Record<string, string> = {
  "ISO_IR 100": "latin1",
  "ISO_IR 101": "iso-8859-2",
  "ISO_IR 144": "iso-8859-5",
};

const reverseTables = new Map<string, Map<string, Buffer>>();

function reverseSingleByte(label: string): Map<string, Buffer> {
  const decoder = new TextDecoder(label);
  const table = new Map<string, Buffer>();
  for (let byte = 0xa0; byte <= 0xff; byte++) {
    table.set(decoder.decode(Uint8Array.of(byte)), Buffer.from([byte]));
  }
  return table;
}

/** The 94 × 94 sets JIS X 0208 and KS X 1001, both as they stand in their EUC form (two bytes of A1 to FE). */
function reverseDoubleByte(label: string): Map<string, Buffer> {
  const decoder = new TextDecoder(label);
  const table = new Map<string, Buffer>();
  for (let lead = 0xa1; lead <= 0xfe; lead++) {
    for (let trail = 0xa1; trail <= 0xfe; trail++) {
      const text = decoder.decode(Uint8Array.of(lead, trail));
      if (text.length === 1 && text !== "\ufffd" && !table.has(text)) table.set(text, Buffer.from([lead, trail]));
    }
  }
  return table;
}

function reverseTable(label: string, build: (label: string) => Map<string, Buffer>): Map<string, Buffer> {
  let table = reverseTables.get(label);
  if (table === undefined) {
    table = build(label);
    reverseTables.set(label, table);
  }
  return table;
}

function lookUp(table: Map<string, Buffer>, character: string, set: string): Buffer {
  const bytes = table.get(character);
  if (bytes === undefined) throw new RangeError(`${set || "the default repertoire"} cannot write ${character}`);
  return bytes;
}

const TO_ASCII = Buffer.from("\x1b(B", "latin1");
const TO_JIS_X_0208 = Buffer.from("\x1b$B", "latin1");
const TO_KS_X_1001 = Buffer.from("\x1b$)C", "latin1");

/** JIS X 0208 in G0: escape in, seven-bit pairs, and back to ASCII before any delimiter (PS3.5 6.1.2.5.3). */
function encodeJapanese(text: string): Buffer {
  const table = reverseTable("euc-jp", reverseDoubleByte);
  const parts: Buffer[] = [];
  let inKanji = false;
  for (const character of text) {
    const ascii = character < "\x80";
    if (ascii === inKanji) parts.push(ascii ? TO_ASCII : TO_JIS_X_0208);
    inKanji = !ascii;
    parts.push(
      ascii
        ? Buffer.from(character, "latin1")
        : Buffer.from(lookUp(table, character, "ISO 2022 IR 87").map((byte) => byte & 0x7f)),
    );
  }
  if (inKanji) parts.push(TO_ASCII);
  return Buffer.concat(parts);
}

/** KS X 1001 in G1: designated anew after each delimiter that resets it (PS3.5 6.1.2.5.3: CR, LF, FF, and in PN ^ and =). */
function encodeKorean(text: string, delimiters: string): Buffer {
  const table = reverseTable("euc-kr", reverseDoubleByte);
  const parts: Buffer[] = [];
  let designated = false;
  for (const character of text) {
    if (character < "\x80") {
      if (delimiters.includes(character)) designated = false;
      parts.push(Buffer.from(character, "latin1"));
      continue;
    }
    if (!designated) parts.push(TO_KS_X_1001);
    designated = true;
    parts.push(lookUp(table, character, "ISO 2022 IR 149"));
  }
  return Buffer.concat(parts);
}

/**
 * Bytes of a text value, without padding.
 *
 * @param vr decides which delimiters reset an ISO 2022 designation.
 * @throws RangeError where the set has no such character: a mistake in the demo's own data.
 */
export function encodeText(text: string, set: CharacterSet, vr: string): Buffer {
  if (set === "ISO_IR 192") return Buffer.from(text, "utf8");
  if (set === "\\ISO 2022 IR 87") return encodeJapanese(text);
  if (set === "\\ISO 2022 IR 149") return encodeKorean(text, vr === "PN" ? "\\\r\n\f^=" : "\\\r\n\f");
  const label = LABELS[set];
  const table = label === undefined ? new Map<string, Buffer>() : reverseTable(label, reverseSingleByte);
  return Buffer.concat(
    Array.from(text, (character) =>
      character < "\x80" ? Buffer.from(character, "latin1") : lookUp(table, character, set),
    ),
  );
}
