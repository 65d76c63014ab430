/** A finished package onto another medium: written under a partial name, flushed, read back, compared, verified, and only then named. */
import { existsSync } from "node:fs";
import { lstat, mkdir, open, readdir, rm } from "node:fs/promises";
import { basename, dirname, join, relative, sep } from "node:path";
import { SatchelError } from "../../contract/errors.ts";
import { besideSetOf, filesBeside, isTableName } from "./beside.ts";
import { copyFile } from "./copy-file.ts";
import { assertFree, assertPlace, statOf } from "./copy-place.ts";
import { MEMORY } from "./file-system.ts";
import { partialPath, publishFile, publishFolder } from "./publish.ts";
import { publishBeside } from "./publish-beside.ts";
import type { OwnNames } from "./receipt-text.ts";
import { BLOCK, readBack, type FileDigest, type ReadBackFrom } from "./read-back.ts";
import type { Finding, VerifyReport } from "./verify-report.ts";
import { toWriteError } from "./write-bytes.ts";

export type CopyStep = "copying" | "flushing" | "reading-back" | "verifying";

export interface CopyProgress {
  step: CopyStep;
  /** Of this step. */
  bytesDone: number;
  bytesTotal: number;
}

export interface CopyPorts {
  signal: AbortSignal;
  onProgress(progress: CopyProgress): void;
  /** Verifies what was written as a package. */
  verify(path: string, onBytes: (done: number, total: number) => void, names?: OwnNames): Promise<VerifyReport>;
  /** Whether a partial copy at that path is one that this workspace began and did not end. */
  isOwnLeftover(partial: string): boolean;
  /** Called before anything is written there, and after it is named or gone. */
  begin(partial: string): void;
  end(partial: string): void;
  /** Only for tests: what happens to a copy between its flush and its being read back. */
  afterFlush?(partial: string): Promise<void>;
}

export interface CopyReport {
  ok: boolean;
  path: string;
  readBack: ReadBackFrom;
  /** Name of the file system. */
  medium: string;
  files: number;
  bytes: number;
  findings: Finding[];
}

interface SourceFile {
  /** Below the package; "" for a ZIP. */
  name: string;
  bytes: number;
}

/**
 * @param source of the ZIP file or folder; that it is a package is the caller's to know.
 * @param destination a folder that is there.
 * @returns a report; where `ok` is false the copy has been removed.
 * @throws SatchelError NOT_FOUND, USAGE, ALREADY_EXISTS, DISK_FULL, TOO_LARGE, WRITE_FAILED, READ_FAILED, CANCELLED: then nothing is left.
 */
export async function copyPackage(source: string, destination: string, ports: CopyPorts): Promise<CopyReport> {
  const status = await statOf(source, "There is no package at this path.");
  const beside = status.isFile() && isTableName(source) ? besideSetOf(source) : undefined;
  // A table with files beside it is made as a folder, and its files get their names together.
  const isFolder = status.isDirectory() || beside !== undefined;
  const root = beside?.folder ?? source;
  const files =
    beside === undefined
      ? status.isDirectory()
        ? await filesOf(source)
        : [{ name: "", bytes: status.size }]
      : filesBeside(beside);
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const final = join(destination, basename(source));
  const partial = partialPath(final);
  const sizes = files.map((file) => file.bytes);
  const medium = await assertPlace(source, destination, sizes);
  await assertFree(final, (path) => ports.isOwnLeftover(path));
  for (const name of Object.values(beside?.names ?? {})) await assertFree(join(destination, name), () => false);
  ports.begin(partial);
  try {
    await makePartial(partial, isFolder);
  } catch (thrown) {
    // What lies there now is another's.
    ports.end(partial);
    throw explain(thrown, destination);
  }
  try {
    const digests = await write(root, partial, isFolder, files, bytes, ports);
    await ports.afterFlush?.(partial);
    const read = await readAllBack(partial, medium, files, digests, bytes, ports);
    const onBytes = (bytesDone: number, bytesTotal: number): void =>
      ports.onProgress({ step: "verifying", bytesDone, bytesTotal });
    const report = await ports.verify(partial, onBytes, beside?.names);
    if (ports.signal.aborted) throw new SatchelError("CANCELLED", "The copy was cancelled.");
    const findings = [...read.findings, ...report.findings];
    const ok = findings.length === 0 && report.ok;
    if (ok && beside !== undefined)
      publishBeside(
        partial,
        destination,
        files.map(({ name }) => name),
      );
    else if (ok) (isFolder ? publishFolder : publishFile)(partial, final);
    else await rm(partial, { recursive: true, force: true });
    ports.end(partial);
    return { ok, path: final, readBack: read.from, medium, files: report.entries, bytes, findings };
  } catch (thrown) {
    try {
      await rm(partial, { recursive: true, force: true });
      ports.end(partial);
    } catch {
      // The medium is gone or refuses: what is left there has a partial name, and is known for ours when it comes back.
    }
    throw explain(thrown, destination);
  }
}

/** In the order of their names. @throws READ_FAILED where something else than files and folders is among them */
async function filesOf(folder: string): Promise<SourceFile[]> {
  const files: SourceFile[] = [];
  for (const child of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (child.isDirectory()) continue;
    const path = join(child.parentPath, child.name);
    if (!child.isFile()) {
      throw new SatchelError("READ_FAILED", "The package holds something that is no file.", "Verify it.");
    }
    files.push({ name: relative(folder, path), bytes: (await lstat(path)).size });
  }
  return files.sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function makePartial(partial: string, isFolder: boolean): Promise<void> {
  try {
    if (isFolder) await mkdir(partial, { mode: 0o700 });
    else await (await open(partial, "wx", 0o600)).close();
  } catch (error) {
    throw toWriteError(error);
  }
}

async function write(
  source: string,
  partial: string,
  isFolder: boolean,
  files: readonly SourceFile[],
  bytesTotal: number,
  ports: CopyPorts,
): Promise<FileDigest[]> {
  const digests: FileDigest[] = [];
  let bytesDone = 0;
  const folders = new Set<string>(isFolder ? [partial] : []);
  for (const [index, { name }] of files.entries()) {
    const target = join(partial, name);
    if (isFolder) await makeFolder(dirname(target), folders);
    const digest = await copyFile(join(source, name), target, {
      isThere: !isFolder,
      signal: ports.signal,
      onBytes: (bytes) => ports.onProgress({ step: "copying", bytesDone: (bytesDone += bytes), bytesTotal }),
      onFlush: () => {
        if (index === files.length - 1) ports.onProgress({ step: "flushing", bytesDone, bytesTotal });
      },
    });
    digests.push(digest);
  }
  for (const folder of folders) await syncFolder(folder);
  return digests;
}

/** Makes a folder and those between it and one that is made. */
async function makeFolder(path: string, made: Set<string>): Promise<void> {
  if (made.has(path)) return;
  await makeFolder(dirname(path), made);
  try {
    await mkdir(path, { mode: 0o700 });
  } catch (error) {
    throw toWriteError(error);
  }
  made.add(path);
}

async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function readAllBack(
  partial: string,
  medium: string,
  files: readonly SourceFile[],
  digests: readonly FileDigest[],
  bytesTotal: number,
  ports: CopyPorts,
): Promise<{ from: ReadBackFrom; findings: Finding[] }> {
  const findings: Finding[] = [];
  // tmpfs takes O_DIRECT, and answers from the memory that it is.
  let from: ReadBackFrom = medium === MEMORY ? "cache" : "medium";
  let bytesDone = 0;
  for (const [index, { name }] of files.entries()) {
    const read = await readBack(join(partial, name), ports.signal, (bytes) =>
      ports.onProgress({ step: "reading-back", bytesDone: (bytesDone += bytes), bytesTotal }),
    );
    // What went through the cache once counts for all.
    if (read.from === "cache") from = "cache";
    const sentence = difference(digests[index]!, read.digest);
    if (sentence !== undefined) findings.push({ code: "CONTENT_CHANGED", path: name.split(sep).join("/"), sentence });
  }
  return { from, findings };
}

/** Where a file that was read back is not what was written. */
function difference(written: FileDigest, read: FileDigest): string | undefined {
  if (written.sha256 === read.sha256) return undefined;
  if (written.bytes !== read.bytes) return `the medium gives back ${read.bytes} bytes; ${written.bytes} were written`;
  const block = written.blocks.findIndex((crc, index) => crc !== read.blocks[index]);
  const start = block * BLOCK;
  const end = Math.min(start + BLOCK, written.bytes);
  return `the medium gives back other bytes than were written, first between byte ${start} and ${end}`;
}

/** A medium that was pulled out answers in many ways. */
function explain(thrown: unknown, destination: string): unknown {
  if (thrown instanceof SatchelError && thrown.code === "CANCELLED") return thrown;
  if (!existsSync(destination)) {
    return new SatchelError(
      "WRITE_FAILED",
      "The destination has gone: was the medium taken out? The copy is not finished.",
      "Put it in again and copy once more.",
      { cause: thrown },
    );
  }
  const error = toWriteError(thrown);
  // What writes packages speaks of jobs.
  if (error.code !== "DISK_FULL" && error.code !== "WRITE_FAILED") return error;
  const next =
    error.code === "DISK_FULL"
      ? "Free space there and copy once more, or choose another destination."
      : "Check that the medium is still there and may be written to, then copy once more.";
  return new SatchelError(error.code, error.message, next, { cause: thrown });
}
