import type { Needle } from "./needles.ts";

/** Upper case to lower case in ASCII, all else as it is. */
const FOLD = Uint8Array.from({ length: 256 }, (_, byte) => (byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte));
const SHORTEST = 3;

interface Pattern {
  readonly bytes: Buffer;
  readonly needle: Needle;
}

/** Where a needle's bytes were met. It need not be a leak: the judge sees what stands around. */
export interface RawHit {
  readonly needle: Needle;
  readonly start: number;
  readonly end: number;
}

/**
 * Finds any of many byte patterns in one pass: Wu and Manber's search on pairs of bytes. A pair that is in the last bytes of no pattern is
 * jumped over, so that most bytes are never looked at, however many patterns there are; an alternation of a hundred names as a regular
 * expression takes twenty times as long. Patterns shorter than three bytes are not looked for.
 */
export class Matcher {
  /** Bytes at the end of each pattern that decide how far to jump: all patterns have at least as many. */
  readonly #width: number;
  /** How far the position may move when this pair of folded bytes ends at it. */
  readonly #jumps: Uint8Array;
  /** Patterns by the pair they end with. */
  readonly #patterns = new Map<number, Pattern[]>();

  /** @param encode the encodings in which a needle's text may stand, in buffers of its own. */
  constructor(needles: readonly Needle[], encode: (text: string) => readonly Buffer[]) {
    const patterns = needles.flatMap((needle) =>
      [...needle.spellings].flatMap((spelling) => encode(spelling).map((bytes) => ({ bytes: fold(bytes), needle }))),
    );
    this.#width = patterns.some(({ bytes }) => bytes.length === SHORTEST) ? SHORTEST : SHORTEST + 1;
    this.#jumps = new Uint8Array(0x10000).fill(this.#width - 1);
    for (const pattern of patterns) this.#add(pattern);
  }

  /**
   * Runs `use` while these ASCII needles are looked for too, beside the others: the UIDs of one instance, beside the names of its series.
   * Those of less than four bytes are passed over.
   */
  withNeedles<Result>(needles: readonly Needle[], use: () => Result): Result {
    const undo: [pair: number, jump: number][] = [];
    const pairs: number[] = [];
    for (const needle of needles) {
      const bytes = fold(Buffer.from(needle.text, "latin1"));
      if (bytes.length <= SHORTEST) continue;
      this.#add({ bytes, needle }, undo);
      pairs.push(pairAt(bytes, bytes.length - 1));
    }
    try {
      return use();
    } finally {
      for (let index = undo.length - 1; index >= 0; index--) this.#jumps[undo[index]![0]] = undo[index]![1];
      for (const pair of pairs) this.#patterns.get(pair)?.pop();
    }
  }

  /** Calls back for each pattern in the bytes; stops where the callback returns true, and then returns true. */
  scan(bytes: Uint8Array, onHit: (hit: RawHit) => boolean): boolean {
    const jumps = this.#jumps;
    const length = bytes.length;
    let index = this.#width - 1;
    while (index < length) {
      const pair = (FOLD[bytes[index - 1]!]! << 8) | FOLD[bytes[index]!]!;
      const jump = jumps[pair]!;
      if (jump > 0) index += jump;
      else {
        if (this.#check(pair, bytes, index, onHit)) return true;
        index++;
      }
    }
    return false;
  }

  #add(pattern: Pattern, undo?: [pair: number, jump: number][]): void {
    const { bytes } = pattern;
    const { length } = bytes;
    if (length < this.#width) return;
    for (let back = 0; back < this.#width - 1; back++) {
      const pair = pairAt(bytes, length - 1 - back);
      if (this.#jumps[pair]! <= back) continue;
      undo?.push([pair, this.#jumps[pair]!]);
      this.#jumps[pair] = back;
    }
    const last = pairAt(bytes, length - 1);
    const known = this.#patterns.get(last);
    if (known === undefined) this.#patterns.set(last, [pattern]);
    else known.push(pattern);
  }

  #check(pair: number, bytes: Uint8Array, index: number, onHit: (hit: RawHit) => boolean): boolean {
    for (const { bytes: pattern, needle } of this.#patterns.get(pair) ?? []) {
      const start = index + 1 - pattern.length;
      if (start >= 0 && equals(bytes, start, pattern) && onHit({ needle, start, end: index + 1 })) return true;
    }
    return false;
  }
}

function pairAt(bytes: Buffer, index: number): number {
  return (bytes[index - 1]! << 8) | bytes[index]!;
}

/** From the end, where patterns of one kind differ most: UIDs begin alike. */
function equals(bytes: Uint8Array, start: number, pattern: Buffer): boolean {
  for (let index = pattern.length - 1; index >= 0; index--) {
    if (FOLD[bytes[start + index]!] !== pattern[index]) return false;
  }
  return true;
}

function fold(bytes: Buffer): Buffer {
  for (let index = 0; index < bytes.length; index++) bytes[index] = FOLD[bytes[index]!]!;
  return bytes;
}
