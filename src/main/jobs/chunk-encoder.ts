import type { DatasetPart } from "../exports/dataset/dataset.ts";
import type { PartFormat } from "../exports/dataset/part-format.ts";
import { encodeRowGroup, type RowGroup } from "../exports/dataset/parquet/row-group.ts";
import type { Stretch } from "../exports/table/table-format.ts";
import type { Row, TableColumn } from "../exports/table/table.ts";
import type { EntryRecord } from "../package/entry.ts";
import { writeFully } from "../package/write-bytes.ts";
import { encodeBytes, joinStretches, NOTHING, PartWriter, type PieceStore } from "./part-writer.ts";
import type { TurnTaker } from "./turn.ts";

/** Where a chunk's bytes were written. */
export interface WrittenChunk {
  offset: number;
  stretch: Stretch;
  group?: RowGroup;
  entries: EntryRecord[];
}

/**
 * One chunk of a part: lines or rows in, bytes at their place in the file out. A place is taken when all bytes are there, or when they become
 * too many to be held: then the chunk goes on in its turn, which it keeps.
 */
export interface ChunkEncoder {
  /** @returns false where the run was stopped */
  line(json: string, id: string): boolean;
  row(row: Row): boolean;
  /** Lines, entries or rows so far. */
  readonly written: number;
  /** Takes its turn, writes what is left and passes on. @returns undefined where the run was stopped */
  end(): WrittenChunk | undefined;
}

/** Where a chunk goes. */
export interface ChunkPlace {
  fd: number;
  index: number;
  turn: TurnTaker;
}

/** Of a part that is text: its lines or rows as they come. */
export class TextChunk implements ChunkEncoder {
  written = 0;
  readonly #place: ChunkPlace;
  readonly #format: PartFormat;
  readonly #level: number;
  readonly #part: PartWriter;
  #offset: number | undefined;
  #before = NOTHING;

  constructor(place: ChunkPlace, format: PartFormat, level: number, store: PieceStore) {
    this.#place = place;
    this.#format = format;
    this.#level = level;
    this.#part = new PartWriter(level, () => this.#streamOn(), store);
  }

  line(json: string, id: string): boolean {
    return this.#part.add(this.#format.text?.line(json, id, this.written++ === 0) ?? "");
  }

  row(row: Row): boolean {
    this.written++;
    return this.#part.add(this.#format.text?.row(row) ?? "");
  }

  end(): WrittenChunk | undefined {
    const { turn, index, fd } = this.#place;
    const ended = this.#part.end();
    if (ended === undefined) return undefined;
    const { held, stretch, streamed } = ended;
    let pieces = held;
    if (!streamed) {
      if (!turn.waitHere(index)) return undefined;
      const separator = this.written === 0 ? undefined : this.#separate();
      if (separator !== undefined) pieces = [separator, ...held];
      this.#offset = turn.claim(this.#before.writtenSize + stretch.writtenSize);
    }
    turn.pass(index);
    // Places are all that needs an order: the others write at the same time.
    if (!streamed) writeFully(fd, pieces, this.#offset ?? 0);
    this.#part.release();
    return { offset: this.#offset ?? 0, stretch: joinStretches(this.#before, stretch), entries: [] };
  }

  #streamOn(): ((piece: Buffer) => void) | undefined {
    const { turn, index, fd } = this.#place;
    if (!turn.waitHere(index)) return undefined;
    const write = (piece: Buffer): void => {
      const at = turn.claim(piece.length);
      this.#offset ??= at;
      writeFully(fd, [piece], at);
    };
    const separator = this.#separate();
    if (separator !== undefined) write(separator);
    return write;
  }

  /** What stands before this chunk, which only its turn tells. */
  #separate(): Buffer | undefined {
    const text = this.#place.turn.open() ? this.#format.between : this.#format.opening;
    if (text === "") return undefined;
    const { written, stretch } = encodeBytes(Buffer.from(text), this.#level, false);
    this.#before = stretch;
    return written;
  }
}

/** Of a part that is made of row groups: all rows of a chunk are one. */
export class RowGroupChunk implements ChunkEncoder {
  readonly #place: ChunkPlace;
  readonly #columns: readonly TableColumn[];
  readonly #rows: Row[] = [];

  constructor(place: ChunkPlace, columns: readonly TableColumn[]) {
    this.#place = place;
    this.#columns = columns;
  }

  get written(): number {
    return this.#rows.length;
  }

  line(): boolean {
    return true;
  }

  row(row: Row): boolean {
    this.#rows.push(row);
    return true;
  }

  end(): WrittenChunk | undefined {
    const { turn, index, fd } = this.#place;
    const made = this.#rows.length === 0 ? undefined : encodeRowGroup(this.#columns, this.#rows);
    const bytes = made?.bytes ?? Buffer.alloc(0);
    if (!turn.waitHere(index)) return undefined;
    const offset = turn.claim(bytes.length);
    turn.pass(index);
    writeFully(fd, [bytes], offset);
    const { stretch } = encodeBytes(bytes, 0, false);
    return { offset, stretch, entries: [], ...(made === undefined ? {} : { group: made.group }) };
  }
}

/** The columns of a part that is a table; undefined of FHIR. */
export function columnsOf({ encoding }: DatasetPart): readonly TableColumn[] | undefined {
  return encoding.kind === "table" ? encoding.settings.columns : undefined;
}
