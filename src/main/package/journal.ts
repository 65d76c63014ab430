/**
 * `NAME.partial.journal`: what of a package is finished, so that a job goes on after a crash where it stood.
 *
 * One line each: eight hex digits, a space, a JSON value. The digits are the CRC-32 of the JSON, begun from the digits of the line
 * before: a torn, foreign, repeated or reordered line ends the valid prefix. The first line is the head; then one line per
 * finished item of the plan, in plan order, with all entries it left (none, one, or a file and its previews); and now and then
 * {"synced": n}: the data of the first n items is on the disk.
 *
 * The order that a power cut must find: an item's data is written, then its line. For a mark: fdatasync of the data, then the
 * mark's line, then fdatasync of the journal. So after kill -9 every line can be trusted (the page cache survives), and after a
 * power cut every item up to the last mark; items after it are read again and compared (resumeJournal).
 */
import { closeSync, fdatasync, fdatasyncSync, fsyncSync, ftruncateSync, openSync } from "node:fs";
import { dirname } from "node:path";
import { promisify } from "node:util";
import type { EntryRecord } from "./entry.ts";
import { readJournal } from "./journal-lines.ts";
import { crc32Of } from "./prepare-entry.ts";
import { syncFolder } from "./publish.ts";
import { toWriteError, writeFully } from "./write-bytes.ts";
import { entryEnd } from "./zip-format.ts";

export interface JournalHead {
  format: "satchel-journal";
  version: 1;
  job: string;
  /** Digest of the plan: a journal goes on only with the plan it was begun with. */
  plan: string;
  /** `file`: what is made is a single file without a container. */
  layout: "zip" | "folder" | "file";
  /** What the job wants to find again unchanged (time of start, user, key fingerprint). Any JSON. */
  data?: unknown;
}

/** Where a part of an entry was written. */
export interface JournalPart {
  offset: number;
  length: number;
  /** Of these bytes as they were written. */
  crc32: number;
}

/** One finished item of the plan. */
export interface JournalItem {
  /** Index in the plan. */
  item: number;
  /** In package order. Empty where the item left nothing (held back, failed). */
  entries: EntryRecord[];
  /** Bytes of an entry that is made of many items: they follow one another in its file without a gap. */
  part?: JournalPart;
  /** What the job wants to find again (outcome, reason, fields of the metadata document). Any JSON. */
  data?: unknown;
}

/** An open journal. Not safe for two writers: the partial file, made exclusively, is the lock. */
export class Journal {
  readonly path: string;
  readonly #fd: number;
  #end: number;
  #crc: number;
  #items: number;
  #synced: number;

  constructor(path: string, fd: number, state: { end: number; crc: number; items: number; synced: number }) {
    this.path = path;
    this.#fd = fd;
    this.#end = state.end;
    this.#crc = state.crc;
    this.#items = state.items;
    this.#synced = state.synced;
  }

  /** Items in the journal. */
  get items(): number {
    return this.#items;
  }

  /** Items up to the last mark. */
  get synced(): number {
    return this.#synced;
  }

  #write(value: JournalHead | JournalItem | { synced: number }): void {
    const json = Buffer.from(JSON.stringify(value));
    const crc = crc32Of([json], this.#crc);
    const line = Buffer.concat([Buffer.from(`${crc.toString(16).padStart(8, "0")} `), json, Buffer.from("\n")]);
    this.#end = writeFully(this.#fd, [line], this.#end);
    this.#crc = crc;
  }

  /** @throws SatchelError DISK_FULL, WRITE_FAILED; the journal then stands as before and the call may be repeated. */
  append(item: JournalItem): void {
    this.#write(item);
    this.#items++;
  }

  /** Writes the head and makes journal and name durable. Called once, by createJournal. */
  begin(head: JournalHead): void {
    this.#write(head);
    fsyncSync(this.#fd);
    syncFolder(dirname(this.path));
  }

  /**
   * Marks all items appended before the call as durable.
   *
   * @param flush makes their data durable: fdatasync of the ZIP, or syncFolderEntries. Items appended meanwhile are not marked.
   * @throws SatchelError DISK_FULL, WRITE_FAILED
   */
  async markSynced(flush: () => Promise<void> | void): Promise<void> {
    const items = this.#items;
    if (items <= this.#synced) return;
    await flush();
    if (items <= this.#synced) return;
    try {
      this.#write({ synced: items });
      this.#synced = items;
      await promisify(fdatasync)(this.#fd);
    } catch (error) {
      throw toWriteError(error);
    }
  }

  /** Appends an item and makes it durable: what it says is relied on by what is done next. */
  seal(item: JournalItem): void {
    this.append(item);
    try {
      fdatasyncSync(this.#fd);
    } catch (error) {
      throw toWriteError(error);
    }
  }

  close(): void {
    closeSync(this.#fd);
  }
}

/**
 * Begins a journal. @throws SatchelError ALREADY_EXISTS, DISK_FULL, WRITE_FAILED
 */
export function createJournal(path: string, head: Omit<JournalHead, "format" | "version">): Journal {
  let fd: number;
  try {
    fd = openSync(path, "wx+", 0o600);
  } catch (error) {
    throw toWriteError(error);
  }
  const journal = new Journal(path, fd, { end: 0, crc: 0, items: 0, synced: 0 });
  journal.begin({ format: "satchel-journal", version: 1, ...head });
  return journal;
}

export interface ResumeOptions {
  /** Where the first part begins, for a journal of parts. Default 0. */
  dataStart?: number;
  /**
   * Where an item ends, given where the one before it did; undefined where it cannot follow on that. For packages whose entries are made of
   * parts; by default parts, or entries, stand without a gap.
   */
  endOf?: (item: JournalItem, start: number) => number | undefined;
  /** Bytes of the ZIP's partial file; entries beyond it are gone, whatever the journal says. Omit for folders. */
  dataSize?: number;
  /**
   * Re-reads the entries of an item that no mark covers; false where they are not what the line says. For every item, also
   * before the mark, see `trustMarks`.
   */
  check: (item: JournalItem) => boolean;
  /** Default true. False re-reads everything (after "disk errors", on media that lie about fsync). */
  trustMarks?: boolean;
  /** Called for each item kept, in order: where the job rebuilds what it holds in memory. */
  onItem?: (item: JournalItem) => void;
}

export interface ResumedJournal {
  journal: Journal;
  head: JournalHead;
  /** ZIP: where the next entry begins. The caller truncates the partial file to this. Folder: 0. */
  dataEnd: number;
}

/** Where an item's entries end, or undefined where they do not follow on `start` without a gap. */
function endOf(item: JournalItem, start: number): number | undefined {
  let end = start;
  if (item.part !== undefined) return item.part.offset === start ? start + item.part.length : undefined;
  for (const entry of item.entries) {
    if (entry.offset !== end) return undefined;
    end = entryEnd(entry);
  }
  return end;
}

/**
 * Finds the longest prefix that can be trusted, cuts the journal there and opens it for more. Constant memory.
 *
 * @returns undefined where not even the head is whole: the job begins anew.
 * @throws SatchelError READ_FAILED, WRITE_FAILED
 */
export function resumeJournal(path: string, options: ResumeOptions): ResumedJournal | undefined {
  let marked = 0;
  let head: JournalHead | undefined;
  for (const line of readJournal(path)) {
    if (line.head !== undefined) head = line.head;
    if (line.synced !== undefined) marked = line.synced;
  }
  if (head === undefined) return undefined;
  const trusted = options.trustMarks === false ? 0 : marked;

  const state = { end: 0, crc: 0, items: 0, synced: 0 };
  let dataEnd = options.dataStart ?? 0;
  for (const line of readJournal(path)) {
    if (line.item !== undefined) {
      const follows = options.endOf ?? (head.layout === "zip" || line.item.part !== undefined ? endOf : () => dataEnd);
      const after = follows(line.item, dataEnd);
      if (after === undefined || after > (options.dataSize ?? Infinity)) break;
      if (state.items >= trusted && !options.check(line.item)) break;
      options.onItem?.(line.item);
      dataEnd = after;
      state.items++;
    }
    if (line.synced !== undefined) state.synced = line.synced;
    state.end = line.end;
    state.crc = line.crc;
  }

  try {
    const fd = openSync(path, "r+");
    ftruncateSync(fd, state.end);
    fdatasyncSync(fd);
    return { journal: new Journal(path, fd, state), head, dataEnd };
  } catch (error) {
    throw toWriteError(error);
  }
}
