import { constants, deflateRawSync } from "node:zlib";
import type { RowSink, Stretch } from "../exports/table/table-format.ts";
import { crc32Of } from "../package/prepare-entry.ts";
import { combineCrc32 } from "../package/crc32-combine.ts";

/** Text is turned into bytes in pieces of this size. */
const PIECE = 1024 * 1024;
/** What is held until its turn; what is larger streams on in its turn. */
const MOST_HELD = 8 * 1024 * 1024;
/** UTF-8 takes at most three bytes for one UTF-16 unit. */
const MOST_A_UNIT = 3;

export const NOTHING: Stretch = { size: 0, crc32: 0, writtenSize: 0, writtenCrc32: 0 };

/** Two stretches, one after the other. */
export function joinStretches(first: Stretch, second: Stretch): Stretch {
  return {
    size: first.size + second.size,
    crc32: combineCrc32(first.crc32, second.crc32, second.size),
    writtenSize: first.writtenSize + second.writtenSize,
    writtenCrc32: combineCrc32(first.writtenCrc32, second.writtenCrc32, second.writtenSize),
  };
}

/**
 * Bytes as they are written: deflated up to a sync flush (RFC 1951 3.2.4: an empty stored block), so that parts made apart make one stream
 * one after the other.
 *
 * @param last ends the stream
 */
export function encodeBytes(bytes: Buffer, level: number, last: boolean): { written: Buffer; stretch: Stretch } {
  const finishFlush = last ? constants.Z_FINISH : constants.Z_SYNC_FLUSH;
  const written = level === 0 ? bytes : deflateRawSync(bytes, { level, finishFlush });
  const crc32 = crc32Of([bytes]);
  const writtenCrc32 = level === 0 ? crc32 : crc32Of([written]);
  return { written, stretch: { size: bytes.length, crc32, writtenSize: written.length, writtenCrc32 } };
}

/**
 * Buffers for pieces, used again and again: the collector takes its time with those that are let go, and a hundred megabytes of them came
 * together beside a heap that is small.
 */
export class PieceStore {
  readonly #free: Buffer[] = [];

  /** Bytes that are kept for the next part. */
  get size(): number {
    return this.#free.length * PIECE;
  }

  take(): Buffer {
    return this.#free.pop() ?? Buffer.allocUnsafeSlow(PIECE);
  }

  /** Nobody may look at them any more. */
  giveBack(pieces: readonly Buffer[]): void {
    this.#free.push(...pieces);
  }
}

/**
 * One part of a table: rows as text in, bytes out. Holds at most some megabytes: beyond, it asks for its turn and writes as it goes. Where
 * a piece ends depends on the rows alone, so that the bytes do not depend on who makes them, and when.
 */
export class PartWriter implements RowSink {
  readonly #level: number;
  readonly #streamOn: () => ((piece: Buffer) => void) | undefined;
  readonly #store: PieceStore;
  #write: ((piece: Buffer) => void) | undefined;
  #piece: Buffer;
  /** Whole buffers of which a stretch is held. */
  #used: Buffer[] = [];
  #length = 0;
  #held: Buffer[] = [];
  #heldLength = 0;
  #stretch = NOTHING;

  /**
   * @param streamOn called once, when too much is held: waits for the turn; undefined where the run was stopped meanwhile
   * @param store of which nobody else takes before `release`
   */
  constructor(level: number, streamOn: () => ((piece: Buffer) => void) | undefined, store = new PieceStore()) {
    this.#level = level;
    this.#streamOn = streamOn;
    this.#store = store;
    this.#piece = store.take();
  }

  /** @returns false where the run was stopped */
  add(text: string): boolean {
    if (text.length * MOST_A_UNIT <= PIECE - this.#length) {
      this.#length += this.#piece.write(text, this.#length, "utf8");
      return true;
    }
    if (!this.#flush()) return false;
    if (text.length * MOST_A_UNIT > PIECE) return this.#take(Buffer.from(text));
    this.#length = this.#piece.write(text, 0, "utf8");
    return true;
  }

  /** The same for what is UTF-8 already. @returns false where the run was stopped */
  addBytes(bytes: Buffer, start: number, end: number): boolean {
    if (end - start > PIECE - this.#length) {
      if (!this.#flush()) return false;
      // A copy: what was given is not the part's to hold.
      if (end - start > PIECE) return this.#take(Buffer.from(bytes.subarray(start, end)));
    }
    this.#length += bytes.copy(this.#piece, this.#length, start, end);
    return true;
  }

  /** What is left to write, unless it was written already; undefined where the run was stopped. */
  end(): { held: readonly Buffer[]; stretch: Stretch; streamed: boolean } | undefined {
    if (!this.#flush()) return undefined;
    return { held: this.#held, stretch: this.#stretch, streamed: this.#write !== undefined };
  }

  /** What `end` gave has been written: its buffers serve the next part. */
  release(): void {
    this.#store.giveBack([...this.#used, this.#piece]);
    this.#used = [];
    this.#held = [];
  }

  #flush(): boolean {
    if (this.#length === 0) return true;
    const taken = this.#take(this.#piece.subarray(0, this.#length));
    this.#length = 0;
    return taken;
  }

  #take(bytes: Buffer): boolean {
    const { written, stretch } = encodeBytes(bytes, this.#level, false);
    this.#stretch = joinStretches(this.#stretch, stretch);
    if (this.#write !== undefined) {
      this.#write(written);
      return true;
    }
    this.#held.push(written);
    if (written.buffer === this.#piece.buffer) {
      this.#used.push(this.#piece);
      this.#piece = this.#store.take();
    }
    this.#heldLength += written.length;
    if (this.#heldLength <= MOST_HELD) return true;
    this.#write = this.#streamOn();
    if (this.#write === undefined) return false;
    for (const one of this.#held) this.#write(one);
    this.#store.giveBack(this.#used);
    this.#used = [];
    this.#held = [];
    return true;
  }
}
