/**
 * Re-reads a package with nothing but the package: structure, CRC-32, SHA-256, manifest, receipt and its counts. What is wrong is
 * named entry by entry; memory is bounded whatever the package claims.
 */
import { createHash } from "node:crypto";
import { closeSync, fstatSync } from "node:fs";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { SatchelError } from "../../contract/errors.ts";
import type { ReceiptHead } from "../../contract/receipt.ts";
import { checkEntries, openForReading, type EntryProblem, type Layout, type ParseDicom } from "./check-entries.ts";
import { readFully } from "./check-entry.ts";
import { checkManifest } from "./check-manifest.ts";
import { checkReceipt } from "./check-receipt.ts";
import type { EntryTable, ListedEntry } from "./entry-table.ts";
import { Findings } from "./findings.ts";
import { listFolder } from "./folder-reader.ts";
import { besideSetOf, isTableName, listBeside } from "./beside.ts";
import { OWN_NAMES, type OwnNames } from "./receipt-text.ts";
import { nameDifferences } from "./name-differences.ts";
import type { ReadAt } from "./read-lines.ts";
import type { VerifyProgress, VerifyReport } from "./verify-report.ts";
import { localHeaderLength } from "./zip-format.ts";
import { listZip } from "./zip-reader.ts";

export interface VerifyOptions {
  /** Called for every entry that the receipt calls DICOM and whose bytes are unchanged. Used by the default `checkBatch` only. */
  parseDicom?: ParseDicom;
  /** Checks a batch elsewhere: a worker that calls checkEntries with these very arguments. Default: this thread. */
  checkBatch?: (path: string, layout: Layout, batch: ListedEntry[]) => Promise<EntryProblem[]>;
  /** Batches in flight; only useful with `checkBatch`. Default 1. */
  parallel?: number;
  onProgress?: (progress: VerifyProgress) => void;
  signal?: AbortSignal;
  /** Of receipt and manifest in a folder, where they do not have their own. */
  names?: OwnNames;
}

const BATCH_BYTES = 16 * 1024 * 1024;
const BATCH_ENTRIES = 250;

/** A reader over the content of a stored entry, or undefined where there is none of that name. */
function contentOf(path: string, layout: Layout, fd: number, entry: ListedEntry): { read: ReadAt; close(): void } {
  const start = layout === "zip" ? entry.offset + localHeaderLength(entry) : 0;
  const own = layout === "zip" ? fd : openForReading(join(path, entry.name));
  return {
    read: (buffer, position) =>
      readFully(own, buffer.subarray(0, Math.max(0, Math.min(buffer.length, entry.size - position))), start + position),
    close: () => {
      if (own !== fd) closeSync(own);
    },
  };
}

function sha256Of(read: ReadAt): string {
  const sha = createHash("sha256");
  const buffer = Buffer.allocUnsafe(256 * 1024);
  let position = 0;
  for (let length = read(buffer, 0); length > 0; length = read(buffer, position)) {
    sha.update(buffer.subarray(0, length));
    position += length;
  }
  return sha.digest("hex");
}

/** An open package. `fd` is the ZIP, or the folder itself. */
interface OpenPackage {
  path: string;
  layout: Layout;
  fd: number;
  table: EntryTable;
  names: OwnNames;
}

/** Lets `use` read the content of a stored entry. */
async function withContent<Result>(
  open: OpenPackage,
  entry: ListedEntry,
  use: (read: ReadAt) => Promise<Result> | Result,
): Promise<Result> {
  const content = contentOf(open.path, open.layout, open.fd, entry);
  try {
    return await use(content.read);
  } finally {
    content.close();
  }
}

/** The entry of that name, or undefined and a finding where it is not there or compressed, which we never do to these two. */
function ownFile(
  open: OpenPackage,
  name: string,
  code: "MANIFEST" | "RECEIPT",
  findings: Findings,
): ListedEntry | undefined {
  const index = open.table.find(name);
  const entry = index === undefined ? undefined : open.table.at(index);
  if (entry?.method === 0) return entry;
  findings.add(code, name, entry === undefined ? "it is not there" : "it is compressed, which Satchel never does");
  return undefined;
}

/** Manifest and receipt against the entries. */
async function checkLists(
  open: OpenPackage,
  findings: Findings,
  signal: AbortSignal | undefined,
): Promise<ReceiptHead | undefined> {
  const { table, names } = open;
  const manifest = ownFile(open, names.manifest, "MANIFEST", findings);
  const missing = new Set<string>();
  if (manifest !== undefined) {
    const difference = await withContent(open, manifest, (read) => checkManifest(read, table, findings, signal, names));
    const digests = new Map<number, string>();
    if (difference.missing.length > 0) {
      for (const index of difference.added.slice(0, 100)) {
        const entry = table.at(index);
        if (entry.method === 0) digests.set(index, await withContent(open, entry, sha256Of));
      }
    }
    nameDifferences(difference, table, digests, findings);
    for (const { name } of difference.missing) missing.add(name);
  }
  const receipt = ownFile(open, names.receipt, "RECEIPT", findings);
  if (receipt === undefined) return undefined;
  return withContent(open, receipt, (read) => checkReceipt(read, table, findings, missing, signal, names));
}

/** Shares the entries out in batches of bounded bytes and gathers what is wrong with them, in package order. */
async function checkContents(
  open: OpenPackage,
  skip: Set<number>,
  options: VerifyOptions,
  findings: Findings,
): Promise<Pick<VerifyReport, "entries" | "bytes" | "dicom">> {
  const { table, path, layout } = open;
  const done = { entries: 0, bytes: 0, dicom: 0 };
  let bytesTotal = 0;
  for (let index = 0; index < table.length; index++) bytesTotal += table.sizeAt(index);
  const checkBatch =
    options.checkBatch ??
    (async (path, layout, batch): Promise<EntryProblem[]> => {
      await setImmediate();
      return checkEntries(path, layout, batch, options.parseDicom);
    });
  const problems: EntryProblem[] = [];
  let next = 0;
  const takeBatch = (): ListedEntry[] => {
    const batch: ListedEntry[] = [];
    for (let bytes = 0; next < table.length && bytes < BATCH_BYTES && batch.length < BATCH_ENTRIES; next++) {
      if (skip.has(next)) continue;
      const entry = table.at(next);
      batch.push(entry);
      bytes += entry.size;
    }
    return batch;
  };
  const run = async (): Promise<void> => {
    for (let batch = takeBatch(); batch.length > 0; batch = takeBatch()) {
      if (options.signal?.aborted) throw new SatchelError("CANCELLED", "The verification was cancelled.");
      problems.push(...(await checkBatch(path, layout, batch)));
      for (const entry of batch) {
        done.entries++;
        done.bytes += entry.size;
        if (entry.role === "dicom") done.dicom++;
      }
      options.onProgress?.({
        entries: done.entries,
        entriesTotal: table.length,
        bytes: done.bytes,
        bytesTotal,
      });
    }
  };
  await Promise.all(Array.from({ length: options.parallel ?? 1 }, run));
  problems.sort((a, b) => a.index - b.index);
  for (const { index, code, sentence } of problems) findings.add(code, table.nameAt(index), sentence);
  return done;
}

/** What there is at a path, and how it is laid out. */
async function listPackage(
  path: string,
  fd: number,
  options: VerifyOptions,
  findings: Findings,
): Promise<(Omit<OpenPackage, "fd"> & { overlapping: Set<number>; is: VerifyReport["layout"] }) | string> {
  const status = fstatSync(fd);
  const overlapping = new Set<number>();
  const names = options.names ?? OWN_NAMES;
  if (status.isDirectory()) {
    const table = await listFolder(path, findings, options.signal);
    return { path, layout: "folder", is: "folder", table, names, overlapping };
  }
  // What is no file (a pipe, a device) cannot be read at a place.
  if (!status.isFile()) return NO_ARCHIVE;
  const beside = isTableName(path) ? besideSetOf(path) : undefined;
  if (beside !== undefined) {
    const table = listBeside(beside);
    return { path: beside.folder, layout: "folder", is: "beside", table, names: beside.names, overlapping };
  }
  if (isTableName(path)) return "it is a table alone: no manifest lies beside it, so there is nothing to verify it by";
  const listed = await listZip(fd, status.size, findings, options.signal);
  return listed === undefined ? NO_ARCHIVE : { path, layout: "zip", is: "zip", names, ...listed };
}

const NO_ARCHIVE = "the file is not a ZIP archive, or its beginning and its end are missing";

/**
 * Verifies a ZIP or folder package, or a table by what lies beside it; a package that is still partial may be verified too.
 *
 * @param path of the ZIP file, the folder or the table.
 * @returns a report whose `ok` is true exactly when nothing was found; damage is a finding, never an exception.
 * @throws SatchelError NOT_FOUND, READ_FAILED, CANCELLED
 */
export async function verifyPackage(path: string, options: VerifyOptions = {}): Promise<VerifyReport> {
  const findings = new Findings();
  const fd = openForReading(path);
  try {
    const listed = await listPackage(path, fd, options, findings);
    const report = (
      layout: VerifyReport["layout"],
      receipt?: ReceiptHead,
      done = { entries: 0, bytes: 0, dicom: 0 },
    ): VerifyReport => ({
      layout,
      ok: findings.list.length === 0,
      ...done,
      findings: findings.list,
      findingsLeftOut: findings.leftOut,
      receipt,
    });
    if (typeof listed === "string") {
      findings.add("NOT_A_PACKAGE", "", listed);
      return report("zip");
    }
    const open: OpenPackage = { ...listed, fd };
    const receipt = await checkLists(open, findings, options.signal);
    const done = await checkContents(open, listed.overlapping, options, findings);
    return report(listed.is, receipt, done);
  } finally {
    closeSync(fd);
  }
}
