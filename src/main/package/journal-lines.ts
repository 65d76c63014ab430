/** Reading a journal: its valid prefix, line by line, in constant memory. */
import { statSync } from "node:fs";
import type { EntryRecord } from "./entry.ts";
import type { JournalHead, JournalItem } from "./journal.ts";
import { crc32Of } from "./prepare-entry.ts";
import { readLines } from "./read-lines.ts";

/** One line of the valid prefix: exactly one of head, item and synced is there. */
export interface JournalLine {
  head?: JournalHead;
  item?: JournalItem;
  synced?: number;
  /** First byte after the line. */
  end: number;
  /** The chain's value after the line. */
  crc: number;
}

const PREFIX = /^[0-9a-f]{8} $/;
/** An item with thousands of previews makes a line of some megabytes; more is no journal. */
const LONGEST_LINE = 256 * 1024 * 1024;

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function parse(json: string): Pick<JournalLine, "head" | "item" | "synced"> | undefined {
  const value: unknown = JSON.parse(json);
  if (!isObject(value)) return undefined;
  if (value.format === "satchel-journal" && value.version === 1) return { head: value as unknown as JournalHead };
  if (typeof value.synced === "number") return { synced: value.synced };
  if (typeof value.item === "number" && Array.isArray(value.entries)) return { item: value as unknown as JournalItem };
  return undefined;
}

/**
 * The lines of the longest valid prefix. A line counts when it is whole, its checksum follows from the line before, and it is
 * where it belongs: the head first and only there.
 *
 * @throws SatchelError READ_FAILED, NOT_FOUND
 */
export function* readJournal(path: string): Generator<JournalLine> {
  let crc = 0;
  let first = true;
  for (const line of readLines(path, LONGEST_LINE)) {
    const text = line.bytes;
    if (!line.terminated || text.length < 10 || !PREFIX.test(text.toString("latin1", 0, 9))) return;
    const json = text.subarray(9);
    crc = crc32Of([json], crc);
    if (Number.parseInt(text.toString("latin1", 0, 8), 16) !== crc) return;
    const parsed = parse(json.toString("utf8"));
    if (parsed === undefined || (parsed.head !== undefined) !== first) return;
    first = false;
    yield { ...parsed, end: line.end, crc };
  }
}

/** The items of a journal, in plan order. */
export function* readJournalItems(path: string): Generator<JournalItem> {
  for (const line of readJournal(path)) if (line.item !== undefined) yield line.item;
}

/** Journals up to this are kept parsed while a package is finished: some thousand instances, in about 20 MB. */
const KEPT_BYTES = 4 * 1024 * 1024;

/**
 * The items of a journal that nobody writes to, as often as they are asked for. A small journal is read once: where a job makes many
 * small packages, reading each journal eight times was a tenth of the whole time.
 */
export function journalItems(path: string): () => Iterable<JournalItem> {
  let kept: JournalItem[] | undefined;
  const small = statSync(path).size <= KEPT_BYTES;
  return () => (small ? (kept ??= [...readJournalItems(path)]) : readJournalItems(path));
}

/** The entries of items, in package order. */
export function* entriesOf(items: Iterable<JournalItem>): Generator<EntryRecord> {
  for (const item of items) yield* item.entries;
}

/** The entries of a journal, in package order: what finish.ts reads, as often as it needs. */
export function readJournalEntries(path: string): Generator<EntryRecord> {
  return entriesOf(readJournalItems(path));
}
