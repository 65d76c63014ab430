import { createHash, type Hash } from "node:crypto";
import { closeSync } from "node:fs";
import { SatchelError } from "../../contract/errors.ts";
import type { PartFormat } from "../exports/dataset/part-format.ts";
import type { Row } from "../exports/table/table.ts";
import type { EntryRecord } from "../package/entry.ts";
import { crc32Of, DEFLATE_LIMIT, prepareEntry } from "../package/prepare-entry.ts";
import { writeFully } from "../package/write-bytes.ts";
import { createInFolder, writeFolderEntry, writeZipEntry } from "../package/write-entry.ts";
import { localHeader, localHeaderLength } from "../package/zip-format.ts";
import type { ChunkEncoder, ChunkPlace, WrittenChunk } from "./chunk-encoder.ts";
import { NOTHING } from "./part-writer.ts";

/** Text is turned into bytes in pieces of about this size. */
const PIECE = 1024 * 1024;
const MAX_32 = 0xffffffff;

/** What a whole part needs beside its place. */
export interface WholePartInput {
  /** Partial folder; undefined where it goes into a ZIP. */
  folder: string | undefined;
  name: string;
  role: EntryRecord["role"];
  level: number;
}

/** A file of a package that is a chunk of its own: of one patient. Held until it is whole; what is too large for that is stored as it comes. */
export class WholePart implements ChunkEncoder {
  written = 0;
  readonly #place: ChunkPlace;
  readonly #format: PartFormat;
  readonly #input: WholePartInput;
  #texts: string[] = [];
  #length = 0;
  #pieces: Buffer[] = [];
  #size = 0;
  #stream: StreamedEntry | undefined;

  constructor(place: ChunkPlace, format: PartFormat, input: WholePartInput) {
    this.#place = place;
    this.#format = format;
    this.#input = input;
  }

  line(json: string, id: string): boolean {
    const first = this.written++ === 0;
    if (first) this.#texts.push(this.#format.head(), this.#format.opening);
    return this.#add(this.#format.text?.line(json, id, first) ?? "");
  }

  row(row: Row): boolean {
    return this.#add(this.#format.text?.row(row) ?? "");
  }

  end(): WrittenChunk | undefined {
    const { turn, index } = this.#place;
    if (this.written > 0 && !this.#add(this.#format.foot(this.written))) return undefined;
    if (!this.#flush()) return undefined;
    if (this.#stream !== undefined) {
      const record = this.#stream.end();
      turn.pass(index);
      return told(record);
    }
    if (this.written === 0) {
      if (!turn.waitHere(index)) return undefined;
      turn.pass(index);
      return { offset: 0, stretch: NOTHING, entries: [] };
    }
    return this.#writeHeld();
  }

  #writeHeld(): WrittenChunk | undefined {
    const { turn, index, fd } = this.#place;
    const { name, role, level, folder } = this.#input;
    const { record, pieces } = prepareEntry(name, role, this.#pieces, folder === undefined ? level : 0);
    if (!turn.waitHere(index)) return undefined;
    const offset = folder === undefined ? turn.claim(localHeaderLength(record) + record.compressedSize) : 0;
    turn.pass(index);
    return told(
      folder === undefined ? writeZipEntry(fd, offset, record, pieces) : writeFolderEntry(folder, record, pieces),
    );
  }

  #add(text: string): boolean {
    this.#texts.push(text);
    this.#length += text.length;
    return this.#length < PIECE || this.#flush();
  }

  #flush(): boolean {
    const bytes = Buffer.from(this.#texts.join(""));
    this.#texts = [];
    this.#length = 0;
    if (this.#stream !== undefined) {
      this.#stream.write(bytes);
      return true;
    }
    this.#pieces.push(bytes);
    this.#size += bytes.length;
    if (this.#size <= DEFLATE_LIMIT) return true;
    if (!this.#place.turn.waitHere(this.#place.index)) return false;
    this.#stream = new StreamedEntry(this.#place, this.#input);
    for (const piece of this.#pieces) this.#stream.write(piece);
    this.#pieces = [];
    return true;
  }
}

function told(record: EntryRecord): WrittenChunk {
  const { size, crc32, compressedSize, offset } = record;
  const stretch = { size, crc32, writtenSize: compressedSize, writtenCrc32: record.deflatedCrc32 ?? crc32 };
  return { offset, stretch, entries: [record] };
}

/** Stored piece by piece by the holder of the turn. Its header, whose length is known before, comes last. */
class StreamedEntry {
  readonly #place: ChunkPlace;
  readonly #input: WholePartInput;
  readonly #sha: Hash = createHash("sha256");
  readonly #fd: number;
  readonly #offset: number;
  #crc32 = 0;
  #size = 0;

  constructor(place: ChunkPlace, input: WholePartInput) {
    this.#place = place;
    this.#input = input;
    const { folder, name } = input;
    this.#fd = folder === undefined ? place.fd : createInFolder(folder, name);
    this.#offset = folder === undefined ? place.turn.claim(localHeaderLength({ name, size: 0, compressedSize: 0 })) : 0;
  }

  write(bytes: Buffer): void {
    const inZip = this.#input.folder === undefined;
    writeFully(this.#fd, [bytes], inZip ? this.#place.turn.claim(bytes.length) : this.#size);
    this.#sha.update(bytes);
    this.#crc32 = crc32Of([bytes], this.#crc32);
    this.#size += bytes.length;
    if (inZip && this.#size >= MAX_32)
      throw new SatchelError(
        "TOO_LARGE",
        "One patient's file has more than 4 GiB.",
        "Export by type, as NDJSON, which knows no limit.",
      );
  }

  end(): EntryRecord {
    const { folder, name, role } = this.#input;
    const record: EntryRecord = {
      name,
      role,
      offset: this.#offset,
      method: 0,
      crc32: this.#crc32,
      size: this.#size,
      compressedSize: this.#size,
      sha256: this.#sha.digest("hex"),
    };
    if (folder === undefined) writeFully(this.#fd, [localHeader(record)], this.#offset);
    else closeSync(this.#fd);
    return record;
  }
}
