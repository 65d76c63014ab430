import type { FileRange } from "./element.ts";

/** A run of an output: bytes in memory, or a range of the file that was read and is not in memory. */
export type Piece = Buffer | FileRange;

/** Bytes of all pieces together. */
export function sizeOf(pieces: readonly Piece[]): number {
  let size = 0;
  for (const piece of pieces) size += piece.length;
  return size;
}

/** Untouched runs of at least this size are handed on as they stand; shorter ones are copied together. */
const ZERO_COPY_BYTES = 16 * 1024;
const FIRST_CHUNK_BYTES = 16 * 1024;
const CHUNK_BYTES = 64 * 1024;

/** Where a length was written that is only known later. */
export interface Slot {
  readonly chunk: Buffer;
  readonly at: number;
  readonly length: number;
}

/**
 * Collects an output out of runs of one source and new bytes. Runs that touch become one; pixel data is never copied. Chunks never
 * move once written to, so that lengths can be filled in afterwards.
 */
export class PieceWriter {
  readonly pieces: Piece[] = [];
  /** Bytes written so far. */
  written = 0;
  readonly #source: Buffer;
  #chunk: Buffer | undefined;
  #chunkStart = 0;
  #used = 0;
  #keepStart = 0;
  #keepEnd = 0;

  constructor(source: Buffer) {
    this.#source = source;
  }

  /** Bytes [start, end) of the source, unchanged. */
  keep(start: number, end: number): void {
    if (start >= end) return;
    this.written += end - start;
    if (start !== this.#keepEnd || this.#keepStart === this.#keepEnd) {
      this.#settle();
      this.#keepStart = start;
    }
    this.#keepEnd = end;
  }

  write(bytes: Buffer): void {
    this.#settle();
    this.written += bytes.length;
    if (bytes.length >= ZERO_COPY_BYTES) {
      this.#flush();
      this.pieces.push(bytes);
    } else this.#copy(bytes, 0, bytes.length);
  }

  /** Copies bytes [start, end) of the source, fewer than 16 KiB, and says where they went. */
  writeSlot(start: number, end: number): Slot {
    this.#settle();
    this.written += end - start;
    this.#copy(this.#source, start, end);
    return { chunk: this.#chunk as Buffer, at: this.#used - (end - start), length: end - start };
  }

  /** A range of the file. */
  leave(range: FileRange): void {
    this.#settle();
    this.#flush();
    this.written += range.length;
    this.pieces.push({ start: range.start, length: range.length });
  }

  finish(): Piece[] {
    this.#settle();
    this.#flush();
    return this.pieces;
  }

  #settle(): void {
    const start = this.#keepStart;
    const end = this.#keepEnd;
    this.#keepStart = this.#keepEnd = 0;
    if (start === end) return;
    if (end - start < ZERO_COPY_BYTES) this.#copy(this.#source, start, end);
    else {
      this.#flush();
      this.pieces.push(this.#source.subarray(start, end));
    }
  }

  #copy(from: Buffer, start: number, end: number): void {
    if (this.#chunk === undefined || this.#chunk.length - this.#used < end - start) {
      this.#flush();
      this.#chunk = Buffer.allocUnsafeSlow(this.#chunk === undefined ? FIRST_CHUNK_BYTES : CHUNK_BYTES);
      this.#chunkStart = this.#used = 0;
    }
    from.copy(this.#chunk, this.#used, start, end);
    this.#used += end - start;
  }

  #flush(): void {
    if (this.#chunk === undefined || this.#used === this.#chunkStart) return;
    this.pieces.push(this.#chunk.subarray(this.#chunkStart, this.#used));
    this.#chunkStart = this.#used;
  }
}
