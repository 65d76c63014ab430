/** A text file of a package that is written piece by piece, whatever its length: the metadata document, MISSING.txt. */
import { closeSync, openSync } from "node:fs";
import { join } from "node:path";
import type { EntryRecord } from "./entry.ts";
import { TextSink } from "./text-sink.ts";
import { toWriteError, writeFully } from "./write-bytes.ts";
import { localHeader, localHeaderLength } from "./zip-format.ts";

/** Stored, never deflated: its length is known only at its end. Below 4 GiB, as receipt and manifest are. */
export function writeZipText(
  fd: number,
  offset: number,
  entry: Pick<EntryRecord, "name" | "role">,
  lines: Iterable<string>,
): EntryRecord {
  const sink = new TextSink(fd, offset + localHeaderLength({ name: entry.name, size: 0, compressedSize: 0 }));
  for (const line of lines) sink.write(line);
  const sums = sink.end();
  const record: EntryRecord = { ...entry, offset, method: 0, compressedSize: sums.size, ...sums };
  writeFully(fd, [localHeader(record)], offset);
  return record;
}

/** As writeZipText, into a folder package; replaces what an interrupted run left of it. */
export function writeFolderText(
  folder: string,
  entry: Pick<EntryRecord, "name" | "role">,
  lines: Iterable<string>,
): EntryRecord {
  let fd: number;
  try {
    fd = openSync(join(folder, entry.name), "w", 0o600);
  } catch (error) {
    throw toWriteError(error);
  }
  try {
    const sink = new TextSink(fd, 0);
    for (const line of lines) sink.write(line);
    const sums = sink.end();
    return { ...entry, offset: 0, method: 0, compressedSize: sums.size, ...sums };
  } finally {
    closeSync(fd);
  }
}
