/**
 * The end of a package: receipt, manifest and, in a ZIP, the central directory, from entries that can be read as often as needed
 * (the journal). Constant memory for any number of entries. Afterwards everything is on the disk and still bears its partial
 * name: verify, then publish.
 *
 * Repeatable: what is written after the last entry follows from the entries and the receipt's head alone, so a finish cut by a
 * crash is done again after the partial file was cut at the last journaled entry.
 */
import { closeSync, fdatasyncSync, fsyncSync, ftruncateSync, openSync } from "node:fs";
import { dirname, join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { SatchelError } from "../../contract/errors.ts";
import type { ReceiptFile, ReceiptHead, ReceiptMissing } from "../../contract/receipt.ts";
import type { EntryRecord } from "./entry.ts";
import { manifestLine, OWN_NAMES, type OwnNames, receiptText, toReceiptFile } from "./receipt-text.ts";
import { syncFolder } from "./publish.ts";
import { TextSink } from "./text-sink.ts";
import { toWriteError, writeFully } from "./write-bytes.ts";
import { centralHeader, endOfCentralDirectory, entryEnd, localHeader, localHeaderLength } from "./zip-format.ts";

export interface FinishInput {
  /** The entries of the journal, in package order; asked for several times. */
  entries: () => Iterable<EntryRecord>;
  receipt: ReceiptHead;
  missing: () => Iterable<ReceiptMissing>;
  signal?: AbortSignal;
  /** Of receipt and manifest, where they do not have their own. */
  names?: OwnNames;
  /** A ZIP is left to the caller to make durable before it is published: beside the verification, which reads the page cache. */
  unsynced?: boolean;
}

export interface FinishedPackage {
  /** Entries in all, receipt and manifest included. */
  entries: number;
  /** Bytes of the ZIP, or of all files of the folder. */
  bytes: number;
  receipt: EntryRecord;
  manifest: EntryRecord;
}

/** How many lines pass before other work and cancelling get their turn. */
const TURN = 2_000;

async function writeAll(lines: Iterable<string>, sink: TextSink, signal: AbortSignal | undefined): Promise<void> {
  let count = 0;
  for (const line of lines) {
    sink.write(line);
    if (++count % TURN === 0) await turn(signal);
  }
}

async function turn(signal: AbortSignal | undefined): Promise<void> {
  await setImmediate();
  if (signal?.aborted) throw new SatchelError("CANCELLED", "The export was cancelled.");
}

function* receiptFiles(entries: Iterable<EntryRecord>): Generator<ReceiptFile> {
  for (const entry of entries) {
    const file = toReceiptFile(entry);
    if (file !== undefined) yield file;
  }
}

function* manifestLines(entries: Iterable<EntryRecord>, receipt: EntryRecord): Generator<string> {
  for (const entry of entries) yield manifestLine(entry);
  yield manifestLine(receipt);
}

/** Writes one text entry; the header, whose length is known before, comes last. */
type WriteText = (name: string, role: "receipt" | "manifest", lines: Iterable<string>) => Promise<EntryRecord>;

async function writeReceiptAndManifest(
  input: FinishInput,
  write: WriteText,
): Promise<{ receipt: EntryRecord; manifest: EntryRecord }> {
  const lines = receiptText(input.receipt, receiptFiles(input.entries()), input.missing());
  const names = input.names ?? OWN_NAMES;
  const receipt = await write(names.receipt, "receipt", lines);
  const manifest = await write(names.manifest, "manifest", manifestLines(input.entries(), receipt));
  return { receipt, manifest };
}

/**
 * @param fd the partial file, open for writing.
 * @param end first byte after the last entry.
 * @throws SatchelError DISK_FULL, WRITE_FAILED, CANCELLED; TOO_LARGE where receipt or manifest reach 4 GiB (some 20 million files)
 */
export async function finishZip(fd: number, end: number, input: FinishInput): Promise<FinishedPackage> {
  let position = end;
  const { receipt, manifest } = await writeReceiptAndManifest(input, async (name, role, lines) => {
    const start = position + localHeaderLength({ name, size: 0, compressedSize: 0 });
    const sink = new TextSink(fd, start);
    await writeAll(lines, sink, input.signal);
    const sums = sink.end();
    if (sums.size >= 0xffffffff) {
      throw new SatchelError(
        "TOO_LARGE",
        "The package holds too many files for one receipt.",
        "Export fewer patients at once.",
      );
    }
    const record: EntryRecord = { name, role, offset: position, method: 0, compressedSize: sums.size, ...sums };
    writeFully(fd, [localHeader(record)], position);
    position = entryEnd(record);
    return record;
  });

  const directory = { entries: 0, offset: position, size: 0 };
  let batch: Buffer[] = [];
  const flush = (): void => {
    position = writeFully(fd, batch, position);
    batch = [];
  };
  const add = (entry: EntryRecord): void => {
    const header = centralHeader(entry);
    batch.push(header);
    directory.entries++;
    directory.size += header.length;
  };
  for (const entry of input.entries()) {
    add(entry);
    if (batch.length === TURN) {
      flush();
      await turn(input.signal);
    }
  }
  add(receipt);
  add(manifest);
  batch.push(endOfCentralDirectory(directory));
  flush();
  try {
    ftruncateSync(fd, position);
    if (input.unsynced !== true) fsyncSync(fd);
  } catch (error) {
    throw toWriteError(error);
  }
  return { entries: directory.entries, bytes: position, receipt, manifest };
}

/**
 * Makes files of a folder package durable, with the folders that name them.
 *
 * @param names of entries, "/" between parts.
 * @throws SatchelError DISK_FULL, WRITE_FAILED
 */
export async function syncFolderEntries(folder: string, names: Iterable<string>, signal?: AbortSignal): Promise<void> {
  const folders = new Set<string>([folder]);
  let count = 0;
  for (const name of names) {
    const path = join(folder, ...name.split("/"));
    try {
      const fd = openSync(path, "r+");
      try {
        fdatasyncSync(fd);
      } finally {
        closeSync(fd);
      }
    } catch (error) {
      throw toWriteError(error);
    }
    for (let above = dirname(path); !folders.has(above); above = dirname(above)) folders.add(above);
    if (++count % 50 === 0) await turn(signal);
  }
  for (const one of folders) syncFolder(one);
}

function* namesOf(entries: Iterable<EntryRecord>): Generator<string> {
  for (const entry of entries) yield entry.name;
}

/**
 * As finishZip, for a folder package (formats "folder" and "json"). Replaces receipt and manifest of a finish that was cut.
 *
 * @param folder the partial folder.
 */
export async function finishFolder(folder: string, input: FinishInput): Promise<FinishedPackage> {
  const { receipt, manifest } = await writeReceiptAndManifest(input, async (name, role, lines) => {
    let fd: number;
    try {
      fd = openSync(join(folder, name), "w", 0o600);
    } catch (error) {
      throw toWriteError(error);
    }
    try {
      const sink = new TextSink(fd, 0);
      await writeAll(lines, sink, input.signal);
      const sums = sink.end();
      return { name, role, offset: 0, method: 0, compressedSize: sums.size, ...sums };
    } finally {
      closeSync(fd);
    }
  });
  let entries = 2;
  let bytes = receipt.size + manifest.size;
  for (const entry of input.entries()) {
    entries++;
    bytes += entry.size;
  }
  await syncFolderEntries(folder, [receipt.name, manifest.name], input.signal);
  await syncFolderEntries(folder, namesOf(input.entries()), input.signal);
  return { entries, bytes, receipt, manifest };
}
