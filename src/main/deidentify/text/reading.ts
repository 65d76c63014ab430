import type { ScrubSpan } from "./spans.ts";
import { TAG, WORD, type Tokens } from "./tokens.ts";
import type { Word } from "./word-book.ts";

/** What stands between two tokens. */
export const GAP = {
  /** Nothing, or space with at most one line break. */
  space: 0,
  /** One sign that joins: hyphen, apostrophe, underscore, slash, caret. */
  joint: 1,
  /** A hyphen at the end of a line. */
  brokenWord: 2,
  /** A full stop, with or without space. */
  stop: 3,
  /** Other signs on one line: comma, colon, bracket. */
  mark: 4,
  /** More than that: another paragraph, another thought. */
  far: 5,
} as const;

const FULL_STOP = 0x2e;
const COMMA = 0x2c;
const COLON = 0x3a;
const LONGEST_GAP = 8;
const BROKEN_WORD = /^[-\u2010\u2011\u00ac][ \t]*\r?\n[ \t]*$/;
const SPACE = /^[^\S\n]*(?:\n[^\S\n]*)?$/;
const JOINT = /^[-\u2010\u2011_^'\u2019\u00b4`/]$/;

/** A text on its way through one pass: its tokens, and what was found in it so far. */
export class Reading {
  readonly tokens: Tokens<Word>;
  readonly text: string;
  readonly count: number;
  readonly spans: ScrubSpan[] = [];
  /** Tokens that belong to something found. */
  readonly covered: Uint8Array;

  constructor(tokens: Tokens<Word>) {
    this.tokens = tokens;
    this.text = tokens.text;
    this.count = tokens.count;
    this.covered = new Uint8Array(tokens.count);
  }

  /** The word at a place; undefined for numbers, tags and places that are none. */
  word(at: number): Word | undefined {
    return this.tokens.kinds[at] === WORD ? this.tokens.words[at] : undefined;
  }

  start(at: number): number {
    return this.tokens.starts[at]!;
  }

  end(at: number): number {
    return this.tokens.ends[at]!;
  }

  /** What stands between a token and the next, as one of GAP. */
  gap(at: number): number {
    if (at < 0 || at + 1 >= this.count) return GAP.far;
    if (this.tokens.kinds[at] === TAG || this.tokens.kinds[at + 1] === TAG) return GAP.far;
    const from = this.end(at);
    const to = this.start(at + 1);
    if (to === from || (to === from + 1 && this.text.charCodeAt(from) === 0x20)) return GAP.space;
    if (to - from > LONGEST_GAP) return GAP.far;
    // Most gaps are one sign, or one and a space: told without a slice of the text.
    if (to === from + 1 || (to === from + 2 && this.text.charCodeAt(from + 1) === 0x20)) {
      const sign = this.text.charCodeAt(from);
      if (sign === FULL_STOP) return GAP.stop;
      if (sign === COMMA || sign === COLON) return GAP.mark;
    }
    const between = this.text.slice(from, to);
    if (SPACE.test(between)) return GAP.space;
    if (JOINT.test(between)) return GAP.joint;
    if (BROKEN_WORD.test(between)) return GAP.brokenWord;
    if (between.includes("\n")) return GAP.far;
    return /^\.\s*$/.test(between) ? GAP.stop : GAP.mark;
  }

  /** Whether two tokens may be parts of one name. */
  isLinked(at: number): boolean {
    return this.gap(at) <= GAP.brokenWord;
  }

  /** Whether a sentence, line or item begins with this token, so that its capital says nothing. */
  beginsSentence(at: number): boolean {
    if (at === 0) return true;
    const between = this.text.slice(Math.max(this.end(at - 1), this.start(at) - LONGEST_GAP), this.start(at));
    return /[.!?:;\n*•>\-–]/.test(between);
  }

  /** Adds a span, and covers the tokens it touches. `at`: a token at or before its first. */
  add(span: ScrubSpan, at: number): void {
    this.spans.push(span);
    for (let index = at; index < this.count && this.start(index) < span.end; index++)
      if (this.end(index) > span.start) this.covered[index] = 1;
  }
}
