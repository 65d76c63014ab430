/** An element of a list, or that it was larger than what can be held. */
export type SplitElement = { bytes: Buffer } | { tooLarge: true };

const [QUOTE, BACKSLASH, COMMA, COLON] = [0x22, 0x5c, 0x2c, 0x3a];
const [OPEN_OBJECT, CLOSE_OBJECT, OPEN_LIST, CLOSE_LIST] = [0x7b, 0x7d, 0x5b, 0x5d];
/** Bytes of a name or a text of the document itself that are looked at. */
const LONGEST_TEXT = 300;

/**
 * Cuts a JSON document that comes in pieces: the elements of its list, or, of an object, those of its member `entry` (a Bundle). Holds one
 * element at a time, whatever the size of the document. It does not judge whether the rest is JSON: that is done element by element.
 */
export class JsonSplitter {
  readonly #limit: number;
  /** Names of the members of a document that is an object, with their values where those are short texts. */
  readonly members = new Map<string, string>();
  root: "object" | "list" | "none" = "none";
  /** Something stands behind the end of the document: more documents, mostly. */
  trailing = false;
  #depth = 0;
  #inText = false;
  #escaped = false;
  #afterColon = false;
  #text: number[] | undefined;
  #name = "";
  /** Depth within the list whose elements are cut; 0 while there is none. */
  #level = 0;
  #pieces: Buffer[] = [];
  #size = 0;
  #capturing = false;

  /** @param limit bytes of an element */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** The document has come to its end. */
  get closed(): boolean {
    return this.root !== "none" && this.#depth === 0;
  }

  /** Takes the next piece. @returns the elements that end in it */
  push(chunk: Buffer): SplitElement[] {
    const elements: SplitElement[] = [];
    let start = 0;
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at] ?? 0;
      if (this.#inText) {
        this.#readText(byte);
        continue;
      }
      if (byte <= 0x20 || byte >= 0x80) continue;
      if (this.closed) {
        this.trailing = true;
        continue;
      }
      if (!this.#capturing && byte === OPEN_OBJECT && this.#level > 0 && this.#depth === this.#level) {
        this.#capturing = true;
        start = at;
      }
      this.#read(byte);
      if (this.#capturing && this.#depth === this.#level) {
        this.#keep(chunk.subarray(start, at + 1));
        elements.push(this.#take());
      }
    }
    if (this.#capturing) this.#keep(chunk.subarray(start));
    return elements;
  }

  #read(byte: number): void {
    switch (byte) {
      case QUOTE:
        this.#inText = true;
        if (this.#depth === 1 && this.root === "object") this.#text = [];
        break;
      case OPEN_OBJECT:
      case OPEN_LIST:
        if (this.#depth === 0) {
          this.root = byte === OPEN_LIST ? "list" : "object";
          if (byte === OPEN_LIST) this.#level = 1;
        } else if (this.#depth === 1 && this.root === "object") {
          this.members.set(this.#name, "");
          if (byte === OPEN_LIST && this.#name === "entry" && this.#afterColon) this.#level = 2;
        }
        this.#depth += 1;
        break;
      case CLOSE_OBJECT:
      case CLOSE_LIST:
        this.#depth -= 1;
        if (this.#depth === 1 && this.#level === 2) this.#level = 0;
        break;
      case COLON:
        if (this.#depth === 1) this.#afterColon = true;
        break;
      case COMMA:
        if (this.#depth === 1) this.#afterColon = false;
        break;
    }
  }

  #readText(byte: number): void {
    if (!this.#escaped && byte === QUOTE) {
      this.#inText = false;
      this.#endText();
      return;
    }
    this.#escaped = !this.#escaped && byte === BACKSLASH;
    if (this.#text !== undefined && this.#text.length < LONGEST_TEXT) this.#text.push(byte);
  }

  #endText(): void {
    if (this.#text === undefined) return;
    const text = Buffer.from(this.#text).toString();
    this.#text = undefined;
    if (this.#afterColon) this.members.set(this.#name, text);
    else {
      this.#name = text;
      this.members.set(text, "");
    }
  }

  #keep(piece: Buffer): void {
    this.#size += piece.length;
    if (this.#size <= this.#limit) this.#pieces.push(Buffer.from(piece));
    else this.#pieces = [];
  }

  #take(): SplitElement {
    const element: SplitElement =
      this.#size > this.#limit ? { tooLarge: true } : { bytes: Buffer.concat(this.#pieces, this.#size) };
    this.#pieces = [];
    this.#size = 0;
    this.#capturing = false;
    return element;
  }
}
