import { classAt, DIGIT, INVISIBLE, LETTER } from "./letters.ts";
import { endOfTag } from "./tags.ts";

export const WORD = 0;
export const NUMBER = 1;
/** A tag of an earlier pass: what stands before and behind it has nothing to do with each other. */
export const TAG = 2;

const OPENING_BRACKET = 0x5b;

/** The words, numbers and tags of a text, in order. What is between them (signs, spaces, line breaks) is told by the places alone. */
export interface Tokens<Word> {
  readonly text: string;
  readonly count: number;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly kinds: Uint8Array;
  /** What is known of a word; undefined for numbers and tags. */
  readonly words: (Word | undefined)[];
}

/** Reads texts into tokens, in arrays that are kept from one text to the next: what it returns is good until the next call. */
export class Tokenizer<Word> {
  readonly #read: (written: string) => Word;
  #starts = new Int32Array(1024);
  #ends = new Int32Array(1024);
  #kinds = new Uint8Array(1024);
  #words: (Word | undefined)[] = [];

  constructor(read: (written: string) => Word) {
    this.#read = read;
  }

  tokenize(text: string): Tokens<Word> {
    this.#words = [];
    let index = 0;
    while (index < text.length) {
      const kind = classAt(text, index);
      let end = index + 1;
      if (kind === LETTER) {
        for (let next = classAt(text, end); next === LETTER || next === INVISIBLE; next = classAt(text, end)) end++;
        this.#add(index, end, WORD, this.#read(text.slice(index, end)));
      } else if (kind === DIGIT) {
        while (classAt(text, end) === DIGIT) end++;
        this.#add(index, end, NUMBER, undefined);
      } else if (text.charCodeAt(index) === OPENING_BRACKET) {
        const tagEnd = endOfTag(text, index);
        if (tagEnd > index) this.#add(index, (end = tagEnd), TAG, undefined);
      }
      index = end;
    }
    return {
      text,
      count: this.#words.length,
      starts: this.#starts,
      ends: this.#ends,
      kinds: this.#kinds,
      words: this.#words,
    };
  }

  #add(start: number, end: number, kind: number, word: Word | undefined): void {
    const at = this.#words.push(word) - 1;
    if (at === this.#starts.length) this.#grow();
    this.#starts[at] = start;
    this.#ends[at] = end;
    this.#kinds[at] = kind;
  }

  #grow(): void {
    const size = this.#starts.length * 2;
    const starts = new Int32Array(size);
    const ends = new Int32Array(size);
    const kinds = new Uint8Array(size);
    starts.set(this.#starts);
    ends.set(this.#ends);
    kinds.set(this.#kinds);
    [this.#starts, this.#ends, this.#kinds] = [starts, ends, kinds];
  }
}
