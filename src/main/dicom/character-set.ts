import { TextDecoder } from "node:util";

/**
 * The repertoires of Specific Character Set, PS3.3 C.12.1.1.2 (Tables C.12-2 to C.12-5), by the number in their defined terms.
 */

/** A coded character set designated to the lower (G0) or upper (G1) half of the byte range. */
export interface CodedSet {
  readonly bytesPerCharacter: 1 | 2;
  /** Decodes the bytes of one run, whose high bits are as they stand in the value. */
  decode(bytes: Buffer): string;
}

/** What a defined term stands for: its initial designations, or a whole encoding without code extensions. */
export interface Repertoire {
  readonly g0: CodedSet;
  readonly g1: CodedSet | undefined;
  /** UTF-8, GB18030, GBK: no escape sequences, decoded as a whole. */
  readonly whole?: TextDecoder;
}

const latin1: CodedSet = { bytesPerCharacter: 1, decode: (bytes) => bytes.toString("latin1") };

export const ascii: CodedSet = { bytesPerCharacter: 1, decode: (bytes) => bytes.toString("latin1") };

function byDecoder(label: string, bytesPerCharacter: 1 | 2): CodedSet {
  const decoder = new TextDecoder(label, { ignoreBOM: true });
  return { bytesPerCharacter, decode: (bytes) => decoder.decode(bytes) };
}

/** JIS X 0208 and 0212 are designated to G0; EUC-JP holds both with the high bits set, 0212 behind 8F. */
function japanese(prefix: readonly number[]): CodedSet {
  const decoder = new TextDecoder("euc-jp");
  return {
    bytesPerCharacter: 2,
    decode(bytes) {
      const euc: number[] = [];
      for (let index = 0; index < bytes.length; index++) {
        if (index % 2 === 0) euc.push(...prefix);
        euc.push((bytes[index] as number) | 0x80);
      }
      return decoder.decode(Uint8Array.from(euc));
    },
  };
}

/** A double-byte set for either half. */
function chineseOrKorean(label: string): CodedSet {
  const decoder = new TextDecoder(label);
  return { bytesPerCharacter: 2, decode: (bytes) => decoder.decode(bytes.map((byte) => byte | 0x80)) };
}

/** JIS X 0201 katakana A1 to DF are U+FF61 to U+FF9F; its Roman half has an overline at 7E. 5C, a yen sign there, delimits values here. */
const katakana: CodedSet = {
  bytesPerCharacter: 1,
  decode: (bytes) =>
    Array.from(bytes, (byte) =>
      (byte | 0x80) >= 0xa1 && (byte | 0x80) <= 0xdf ? String.fromCharCode(0xff61 + (byte | 0x80) - 0xa1) : "\uFFFD",
    ).join(""),
};
const romaji: CodedSet = {
  bytesPerCharacter: 1,
  decode: (bytes) => bytes.toString("latin1").replaceAll("~", "\u203E"),
};

const SETS: Readonly<Record<string, () => CodedSet>> = {
  "100": () => latin1,
  "101": () => byDecoder("iso-8859-2", 1),
  "109": () => byDecoder("iso-8859-3", 1),
  "110": () => byDecoder("iso-8859-4", 1),
  "126": () => byDecoder("iso-8859-7", 1),
  "127": () => byDecoder("iso-8859-6", 1),
  "138": () => byDecoder("iso-8859-8", 1),
  "144": () => byDecoder("iso-8859-5", 1),
  "148": () => byDecoder("iso-8859-9", 1),
  "166": () => byDecoder("windows-874", 1),
  "203": () => byDecoder("iso-8859-15", 1),
  "13": () => katakana,
  "14": () => romaji,
  "6": () => ascii,
  "87": () => japanese([]),
  "159": () => japanese([0x8f]),
  "149": () => chineseOrKorean("euc-kr"),
  "58": () => chineseOrKorean("gb18030"),
};
const made = new Map<string, CodedSet>();

/** A coded character set by its ISO registration number; decoders are made when first used. */
function codedSet(registration: string): CodedSet {
  let set = made.get(registration);
  if (set === undefined) {
    set = (SETS[registration] ?? (() => ascii))();
    made.set(registration, set);
  }
  return set;
}

/** Final bytes of the escape sequences that PS3.3 Tables C.12-3 and C.12-4 give, and of two older ones that occur. */
const ESCAPES: readonly (readonly [sequence: string, half: "g0" | "g1", registration: string])[] = [
  ["(B", "g0", "6"],
  ["(J", "g0", "14"],
  [")I", "g1", "13"],
  ["-A", "g1", "100"],
  ["-B", "g1", "101"],
  ["-C", "g1", "109"],
  ["-D", "g1", "110"],
  ["-F", "g1", "126"],
  ["-G", "g1", "127"],
  ["-H", "g1", "138"],
  ["-L", "g1", "144"],
  ["-M", "g1", "148"],
  ["-T", "g1", "166"],
  ["-b", "g1", "203"],
  ["$B", "g0", "87"],
  ["$@", "g0", "87"],
  ["$(D", "g0", "159"],
  ["$(C", "g0", "149"],
  ["$(A", "g0", "58"],
  ["$)C", "g1", "149"],
  ["$)A", "g1", "58"],
];

export interface Designation {
  /** Bytes of the sequence, ESC included. */
  readonly length: number;
  readonly half: "g0" | "g1";
  readonly set: CodedSet;
}

/** The designation that the escape sequence at `at` makes. Undefined where it is none of the standard's. */
export function designationAt(bytes: Buffer, at: number): Designation | undefined {
  for (const [sequence, half, registration] of ESCAPES) {
    if (bytes.toString("latin1", at + 1, at + 1 + sequence.length) === sequence) {
      return { length: sequence.length + 1, half, set: codedSet(registration) };
    }
  }
  return undefined;
}

const repertoires = new Map<string, Repertoire | undefined>();

/**
 * The repertoire of a defined term: "ISO_IR 100", "ISO 2022 IR 87", "ISO_IR 192", "GB18030", "GBK", "" (default). Spellings that occur,
 * such as "ISO-IR 100", are understood. Undefined where the term is unknown.
 */
export function repertoireOf(term: string): Repertoire | undefined {
  if (!repertoires.has(term)) {
    // Terms come from files: the cache must not grow with hostile ones.
    if (repertoires.size > 200) repertoires.clear();
    repertoires.set(term, makeRepertoire(term.trim().toUpperCase()));
  }
  return repertoires.get(term);
}

function makeRepertoire(term: string): Repertoire | undefined {
  if (term === "") return { g0: ascii, g1: undefined };
  if (term === "GB18030" || term === "GBK") return { g0: ascii, g1: undefined, whole: new TextDecoder("gb18030") };
  const registration = /^ISO[ _-]?(?:2022[ _-]?)?IR[ _-]?(\d+)$/.exec(term)?.[1];
  if (registration === "192" || /^UTF[ _-]?8$/.test(term)) {
    return { g0: ascii, g1: undefined, whole: new TextDecoder("utf-8", { ignoreBOM: true }) };
  }
  if (registration === undefined || SETS[registration] === undefined) return undefined;
  if (registration === "6") return { g0: ascii, g1: undefined };
  if (registration === "13" || registration === "14") return { g0: codedSet("14"), g1: katakana };
  if (registration === "87" || registration === "159") return { g0: ascii, g1: undefined };
  return { g0: ascii, g1: codedSet(registration) };
}
