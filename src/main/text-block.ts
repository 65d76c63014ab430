/**
 * A text as UTF-8 among others that lie one after the other, as they came from a file or are to go into one. What is looked for is looked
 * for in the bytes, so that none becomes a string.
 */
export class BlockText {
  readonly block: Buffer;
  readonly start: number;
  readonly end: number;
  /** UTF-16 units. */
  readonly length: number;

  constructor(block: Buffer, start: number, end: number, length: number) {
    this.block = block;
    this.start = start;
    this.end = end;
    this.length = length;
  }

  toString(): string {
    return this.block.toString("utf8", this.start, this.end);
  }
}
