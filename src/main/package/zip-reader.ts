/**
 * Lists the entries of a ZIP and says what is wrong with its structure. Our writer is deterministic, so structure is not judged
 * but compared: every header must be the one that we write for the entry, and entries must follow one another without a gap.
 */
import { setImmediate } from "node:timers/promises";
import { SatchelError } from "../../contract/errors.ts";
import { readFully } from "./check-entry.ts";
import { EntryTable } from "./entry-table.ts";
import { type Findings, printable } from "./findings.ts";
import { isSafePath } from "./safe-name.ts";
import { readCentralDirectory, readEndOfArchive, readLocalHeader, type EndOfArchive } from "./zip-directory.ts";
import {
  CENTRAL_HEADER_SIGNATURE,
  centralHeader,
  endOfCentralDirectory,
  entryEnd,
  type CentralFields,
} from "./zip-format.ts";

export interface ListedZip {
  table: EntryTable;
  /** Entries that share bytes with another: their content is not read, a bomb could make that endless. */
  overlapping: Set<number>;
}

/** More than any package of ours; a directory that claims more is not read into memory. */
const MAX_ENTRIES = 5_000_000;
const TURN = 2_000;

async function turn(signal: AbortSignal | undefined): Promise<void> {
  await setImmediate();
  if (signal?.aborted) throw new SatchelError("CANCELLED", "The verification was cancelled.");
}

function addEntry(table: EntryTable, entry: CentralFields, findings: Findings): void {
  if (!isSafePath(entry.name)) {
    findings.add(
      "UNSAFE_NAME",
      entry.name,
      "the name could leave the folder it is unpacked into, or cannot be made on every system",
    );
  }
  const twin = table.add(entry);
  if (twin === entry.name) findings.add("DOUBLED", entry.name, "two entries bear this name");
  else if (twin !== undefined) {
    findings.add("DOUBLED", entry.name, `some systems take it for the same name as ${printable(twin)}`);
  }
}

/** The end record's bytes against what they say of themselves. @returns whether the directory can be read where it is said to be. */
function checkEnd(end: EndOfArchive, findings: Findings): boolean {
  if (end.trailing > 0) {
    findings.add("TRAILING_BYTES", "", `${end.trailing} bytes follow the end of the archive`);
  }
  const expected = endOfCentralDirectory(end);
  const fits = end.offset + end.size === end.start;
  if (!fits || !end.bytes.subarray(0, end.bytes.length - end.trailing).equals(expected)) {
    findings.add("DIRECTORY_CHANGED", "", "the end record does not say where the central directory is");
  }
  return fits && end.entries <= MAX_ENTRIES;
}

/** @returns undefined where the central directory breaks off. */
async function listByDirectory(
  fd: number,
  end: EndOfArchive,
  findings: Findings,
  signal: AbortSignal | undefined,
): Promise<EntryTable | undefined> {
  const table = new EntryTable(true);
  const own = new Map<number, string>();
  let bytes = 0;
  for (const { entry, raw } of readCentralDirectory(fd, end.offset, end.size)) {
    if (!raw.equals(centralHeader(entry))) own.set(table.length, entry.name);
    bytes += raw.length;
    if (table.length >= MAX_ENTRIES) break;
    addEntry(table, entry, findings);
    if (table.length % TURN === 0) await turn(signal);
  }
  for (const name of own.values()) {
    findings.add("HEADER_CHANGED", name, "its header in the central directory is not as it was written");
  }
  if (bytes === end.size && table.length === end.entries) return table;
  const last = table.length === 0 ? "at its first entry" : `after ${printable(table.nameAt(table.length - 1))}`;
  findings.add(
    "DIRECTORY_CHANGED",
    "",
    bytes === end.size
      ? `the central directory holds ${table.length} entries, the end record says ${end.entries}`
      : `the central directory breaks off ${last}`,
  );
  return bytes === end.size ? table : undefined;
}

/** Entries must tile the file from its first byte to the central directory. */
function checkTiling(table: EntryTable, directoryStart: number, findings: Findings): Set<number> {
  const order = new Uint32Array(table.length).map((_, index) => index);
  order.sort((a, b) => table.offsetAt(a) - table.offsetAt(b));
  const overlapping = new Set<number>();
  let position = 0;
  let before = -1;
  for (const index of order) {
    const entry = table.at(index);
    if (entry.offset > position) {
      const where = position === 0 ? "before the first entry" : "before this entry";
      findings.add("GAP", entry.name, `${entry.offset - position} bytes ${where} belong to none`);
    } else if (entry.offset < position) {
      findings.add("OVERLAP", entry.name, `it shares bytes with ${printable(before < 0 ? "" : table.nameAt(before))}`);
      overlapping.add(index);
      if (before >= 0) overlapping.add(before);
    }
    if (entryEnd(entry) > position) {
      position = entryEnd(entry);
      before = index;
    }
  }
  if (position > directoryStart) {
    findings.add("OVERLAP", before < 0 ? "" : table.nameAt(before), "it reaches into the central directory");
    overlapping.add(before);
  } else if (position < directoryStart) {
    findings.add("GAP", "", `${directoryStart - position} bytes before the central directory belong to no entry`);
  }
  return overlapping;
}

function isDirectory(fd: number, position: number): boolean {
  const signature = Buffer.alloc(4);
  return readFully(fd, signature, position) === 4 && signature.readUInt32LE(0) === CENTRAL_HEADER_SIGNATURE;
}

/** What stands in the file when its directory is gone: local headers one after the other, from the start. */
async function listByLocalHeaders(
  fd: number,
  fileSize: number,
  findings: Findings,
  signal: AbortSignal | undefined,
): Promise<EntryTable> {
  const table = new EntryTable(true);
  let position = 0;
  for (;;) {
    const entry = table.length < MAX_ENTRIES ? readLocalHeader(fd, position) : undefined;
    if (entry === undefined) {
      if (!isDirectory(fd, position)) {
        findings.add(
          "CUT",
          table.length === 0 ? "" : table.nameAt(table.length - 1),
          `it is the last that can be read, of ${table.length}`,
        );
      }
      return table;
    }
    const end = entryEnd(entry);
    if (!(end <= fileSize)) {
      findings.add("CUT", entry.name, `the file ends within this entry; ${table.length} entries stand before it`);
      return table;
    }
    addEntry(table, entry, findings);
    position = end;
    if (table.length % TURN === 0) await turn(signal);
  }
}

/**
 * @returns undefined where the file is no ZIP at all.
 * @throws SatchelError CANCELLED
 */
export async function listZip(
  fd: number,
  fileSize: number,
  findings: Findings,
  signal?: AbortSignal,
): Promise<ListedZip | undefined> {
  const end = readEndOfArchive(fd, fileSize);
  if (end === undefined && readLocalHeader(fd, 0) === undefined) return undefined;
  if (end === undefined) {
    findings.add(
      "CUT",
      "",
      "the end of the archive is missing: the file was cut, changed at its end, or never finished",
    );
  } else if (checkEnd(end, findings)) {
    const table = await listByDirectory(fd, end, findings, signal);
    if (table !== undefined) return { table, overlapping: checkTiling(table, end.offset, findings) };
  }
  return { table: await listByLocalHeaders(fd, fileSize, findings, signal), overlapping: new Set() };
}
