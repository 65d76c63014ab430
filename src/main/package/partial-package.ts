/** A package while it is being made: beginning it, and taking up what a crash left. */
import { createHash } from "node:crypto";
import {
  closeSync,
  fstatSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  rmdirSync,
  unlinkSync,
} from "node:fs";
import { join } from "node:path";
import { checkContent } from "./check-entry.ts";
import type { EntryRecord } from "./entry.ts";
import type { JournalItem } from "./journal.ts";
import { partialPath } from "./publish.ts";
import { toWriteError } from "./write-bytes.ts";
import { localHeader } from "./zip-format.ts";

/**
 * Creates the partial ZIP, exclusively: two jobs never write one package. Only its owner may read it.
 *
 * @returns a descriptor for reading and writing; worker threads of this process may use it too.
 * @throws SatchelError ALREADY_EXISTS, DISK_FULL, WRITE_FAILED
 */
export function createPartialZip(final: string): number {
  try {
    return openSync(partialPath(final), "wx+", 0o600);
  } catch (error) {
    throw toWriteError(error);
  }
}

/** Opens the partial ZIP that a crash left. `size` is what resumeJournal wants to know. */
export function openPartialZip(final: string): { fd: number; size: number } {
  try {
    const fd = openSync(partialPath(final), "r+");
    return { fd, size: fstatSync(fd).size };
  } catch (error) {
    throw toWriteError(error);
  }
}

/** Cuts the partial ZIP after the last entry that the journal vouches for (ResumedJournal.dataEnd). */
export function cutPartialZip(fd: number, dataEnd: number): void {
  try {
    ftruncateSync(fd, dataEnd);
  } catch (error) {
    throw toWriteError(error);
  }
}

/** @throws SatchelError ALREADY_EXISTS, DISK_FULL, WRITE_FAILED */
export function createPartialFolder(final: string): string {
  try {
    mkdirSync(partialPath(final), { mode: 0o700 });
  } catch (error) {
    throw toWriteError(error);
  }
  return partialPath(final);
}

/** For resumeJournal: whether all entries of an item stand in the ZIP as its journal line says. Header, CRC-32 and SHA-256. */
export function zipItemChecker(fd: number): (item: JournalItem) => boolean {
  const isWhole = (entry: EntryRecord): boolean => {
    const expected = localHeader(entry);
    const header = Buffer.alloc(expected.length);
    if (readSync(fd, header, 0, header.length, entry.offset) !== header.length || !header.equals(expected))
      return false;
    return checkContent(fd, entry.offset + header.length, entry) === undefined;
  };
  return (item) => item.entries.every(isWhole);
}

/** For resumeJournal: whether all files of an item stand in the folder as its journal line says. */
export function folderItemChecker(folder: string): (item: JournalItem) => boolean {
  const isWhole = (entry: EntryRecord): boolean => {
    let fd: number;
    try {
      fd = openSync(join(folder, ...entry.name.split("/")), "r");
    } catch {
      return false;
    }
    try {
      return fstatSync(fd).size === entry.size && checkContent(fd, 0, entry) === undefined;
    } finally {
      closeSync(fd);
    }
  };
  return (item) => item.entries.every(isWhole);
}

/**
 * Removes from a partial folder what no journal line vouches for: files that a crash cut, and folders left empty by that.
 *
 * @param keep names of the entries to keep.
 */
export function pruneFolder(folder: string, keep: Iterable<string>): void {
  // Digests instead of names: a set of a million long paths would be most of the memory that a job may take.
  const kept = new Set<string>();
  const keyOf = (name: string): string => createHash("md5").update(name).digest("base64");
  for (const name of keep) kept.add(keyOf(name));
  const prune = (relative: string): boolean => {
    let left = false;
    for (const child of readdirSync(join(folder, relative), { withFileTypes: true })) {
      const name = relative === "" ? child.name : `${relative}/${child.name}`;
      if (child.isDirectory() && prune(name)) left = true;
      else if (child.isDirectory()) rmdirSync(join(folder, name));
      else if (kept.has(keyOf(name))) left = true;
      else unlinkSync(join(folder, name));
    }
    return left;
  };
  try {
    prune("");
  } catch (error) {
    throw toWriteError(error);
  }
}
