import { ascii, designationAt, repertoireOf, type CodedSet, type Repertoire } from "./character-set.ts";

export interface DecodedText {
  readonly text: string;
  /** Bytes were met that the character set does not allow; they stand as U+FFFD, or were guessed where no character set is given. */
  readonly invalid: boolean;
}

const ESC = 0x1b;
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * Decodes bytes [start, end) by the values of Specific Character Set (PS3.5 6.1.2). Never throws.
 *
 * @param name the value is a PN, in which "^" and "=" also return to the initial character set (PS3.5 6.1.2.5.3).
 */
export function decodeText(
  bytes: Buffer,
  start: number,
  end: number,
  characterSet: readonly string[],
  name = false,
): DecodedText {
  if (isAscii(bytes, start, end)) return { text: bytes.toString("latin1", start, end), invalid: false };
  const first = repertoireOf(characterSet[0] ?? "");
  if (first?.whole !== undefined) {
    const text = first.whole.decode(bytes.subarray(start, end));
    return { text, invalid: text.includes("\uFFFD") };
  }
  if (first === undefined || characterSet.join("") === "") return guessText(bytes, start, end, name);
  return decodeRuns(bytes, start, end, { g0: first.g0, g1: first.g1 ?? fallback(characterSet) }, name);
}

/** True where every byte is printable ASCII or a plain control, so that every repertoire but ISO_IR 13's "~" reads it alike. */
function isAscii(bytes: Buffer, start: number, end: number): boolean {
  for (let index = start; index < end; index++) {
    const byte = bytes[index] as number;
    if (byte >= 0x7e || byte === ESC) return false;
  }
  return true;
}

/**
 * High bytes where no character set, or an unknown one, is given: outside the standard, but names stand there, and whoever looks for a
 * name has to see it. ISO 2022 where there are escape sequences, UTF-8 where it is valid, else Latin-1.
 */
function guessText(bytes: Buffer, start: number, end: number, name: boolean): DecodedText {
  if (bytes.subarray(start, end).includes(ESC)) {
    return { text: decodeRuns(bytes, start, end, { g0: ascii, g1: undefined }, name).text, invalid: true };
  }
  const invalid = bytes.subarray(start, end).some((byte) => byte >= 0x80);
  try {
    return { text: utf8.decode(bytes.subarray(start, end)), invalid };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return { text: bytes.toString("latin1", start, end), invalid };
  }
}

/** Writers often leave out the escape sequence of the only upper half they declare. */
function fallback(characterSet: readonly string[]): CodedSet | undefined {
  for (const term of characterSet) {
    const g1 = repertoireOf(term)?.g1;
    if (g1 !== undefined) return g1;
  }
  return undefined;
}

/** ISO 2022: runs of bytes of one half and one designation. */
function decodeRuns(bytes: Buffer, start: number, end: number, initial: Repertoire, name: boolean): DecodedText {
  let { g0, g1 } = initial;
  let text = "";
  let at = start;
  let invalid = false;
  while (at < end) {
    const byte = bytes[at] as number;
    if (byte === ESC) {
      const designation = designationAt(bytes, at);
      if (designation === undefined || at + designation.length > end) {
        text += "\uFFFD";
        invalid = true;
        at++;
        continue;
      }
      if (designation.half === "g0") g0 = designation.set;
      else g1 = designation.set;
      at += designation.length;
      continue;
    }
    if (byte <= 0x20 || (g0.bytesPerCharacter === 1 && isDelimiter(byte, name))) {
      if (byte !== 0x20) ({ g0, g1 } = initial);
      text += String.fromCharCode(byte);
      at++;
      continue;
    }
    const high = byte >= 0x80;
    const set = high ? g1 : g0;
    const runEnd = endOfRun(bytes, at, end, high, set, name);
    const decoded = set === undefined ? "\uFFFD".repeat(runEnd - at) : set.decode(bytes.subarray(at, runEnd));
    invalid ||= decoded.includes("\uFFFD");
    text += decoded;
    at = runEnd;
  }
  return { text, invalid };
}

/** A run ends at a byte of the other half, a control character or space, or, in single-byte sets, a delimiter. */
function endOfRun(
  bytes: Buffer,
  at: number,
  end: number,
  high: boolean,
  set: CodedSet | undefined,
  name: boolean,
): number {
  const double = set?.bytesPerCharacter === 2;
  let index = at;
  while (index < end) {
    const byte = bytes[index] as number;
    if (byte <= 0x20 || byte >= 0x80 !== high) break;
    if (!double && !high && isDelimiter(byte, name)) break;
    if (double && (bytes[index + 1] ?? 0) <= 0x20) return index + 1;
    index += double ? 2 : 1;
  }
  return Math.min(index, end);
}

/** PS3.5 6.1.2.5.3: backslash between values, "^" and "=" in names. */
function isDelimiter(byte: number, name: boolean): boolean {
  return byte === 0x5c || (name && (byte === 0x5e || byte === 0x3d));
}
