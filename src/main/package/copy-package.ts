/** A finished package onto another medium: written under a partial name, flushed, read back, compared, verified, and only then named. */
import { existsSync, realpathSync } from "node:fs";
import { access, constants, lstat, mkdir, open, readdir, rm, stat } from "node:fs/promises";
import { basename, dirname, join, relative, sep } from "node:path";
import { SatchelError } from "../../contract/errors.ts";
import { copyFile } from "./copy-file.ts";
import { fileSystemAt } from "./file-system.ts";
import { journalPath, partialPath, publishFile, publishFolder } from "./publish.ts";
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
  verify(path: string, onBytes: (done: number, total: number) => void): Promise<VerifyReport>;
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
  const isFolder = (await statOf(source, "There is no package at this path.")).isDirectory();
  const files = isFolder ? await filesOf(source) : [{ name: "", bytes: (await stat(source)).size }];
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const final = join(destination, basename(source));
  const partial = partialPath(final);
  const medium = await assertPlace(source, destination, files, bytes);
  await assertFree(final, ports);
  ports.begin(partial);
  try {
    await makePartial(partial, isFolder);
  } catch (thrown) {
    // What lies there now is another's.
    ports.end(partial);
    throw explain(thrown, destination);
  }
  try {
    const digests = await write(source, partial, isFolder, files, bytes, ports);
    await ports.afterFlush?.(partial);
    const read = await readAllBack(partial, files, digests, bytes, ports);
    const report = await ports.verify(partial, (bytesDone, bytesTotal) =>
      ports.onProgress({ step: "verifying", bytesDone, bytesTotal }),
    );
    if (ports.signal.aborted) throw new SatchelError("CANCELLED", "The copy was cancelled.");
    const findings = [...read.findings, ...report.findings];
    const ok = findings.length === 0 && report.ok;
    if (ok) (isFolder ? publishFolder : publishFile)(partial, final);
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

async function statOf(path: string, missing: string): ReturnType<typeof stat> {
  try {
    return await stat(path);
  } catch (cause) {
    throw new SatchelError("NOT_FOUND", missing, "Choose another.", { cause });
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

/** @returns the name of the file system there */
async function assertPlace(
  source: string,
  destination: string,
  files: readonly SourceFile[],
  bytes: number,
): Promise<string> {
  const there = await statOf(destination, "The destination is not there: was the medium taken out?");
  if (!there.isDirectory()) throw new SatchelError("NOT_FOUND", "The destination is not a folder.", "Choose a folder.");
  const [from, to] = [realpathSync(source), realpathSync(destination)];
  if (to === dirname(from) || to === from || to.startsWith(from + sep)) {
    throw new SatchelError("USAGE", "The package lies there already.", "Choose a folder on another medium.");
  }
  try {
    await access(destination, constants.W_OK);
  } catch (cause) {
    throw new SatchelError(
      "WRITE_FAILED",
      "The destination is read-only, or you may not write to it.",
      "Take off its write protection, or choose another.",
      { cause },
    );
  }
  const { name, freeBytes, largestFile } = await fileSystemAt(destination);
  if (freeBytes < bytes) {
    throw new SatchelError(
      "DISK_FULL",
      `The destination has ${freeBytes} bytes free; the package takes ${bytes}.`,
      "Free space there, or choose another destination.",
    );
  }
  if (largestFile !== null && files.some((file) => file.bytes > largestFile)) {
    throw new SatchelError(
      "TOO_LARGE",
      `The file system of the destination (${name}) holds no file above ${largestFile} bytes, and the package has one.`,
      "Use a medium with exFAT or NTFS, or export as a folder.",
    );
  }
  return name;
}

/** Nothing of either name may be there, but for what a crashed copy of ours left: that is removed. */
async function assertFree(final: string, ports: CopyPorts): Promise<void> {
  const partial = partialPath(final);
  if (existsSync(partial) && !existsSync(journalPath(final)) && ports.isOwnLeftover(partial))
    await rm(partial, { recursive: true, force: true });
  for (const path of [final, partial]) {
    if ((await lstat(path).catch(() => undefined)) === undefined) continue;
    throw new SatchelError(
      "ALREADY_EXISTS",
      `${basename(path)} is at the destination already; nothing was overwritten.`,
      "Move it away, or choose another folder.",
    );
  }
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
  files: readonly SourceFile[],
  digests: readonly FileDigest[],
  bytesTotal: number,
  ports: CopyPorts,
): Promise<{ from: ReadBackFrom; findings: Finding[] }> {
  const findings: Finding[] = [];
  let from: ReadBackFrom = "medium";
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
  if (thrown instanceof SatchelError && thrown.code !== "WRITE_FAILED") return thrown;
  if (!existsSync(destination)) {
    return new SatchelError(
      "WRITE_FAILED",
      "The destination has gone: was the medium taken out? The copy is not finished.",
      "Put it in again and copy once more.",
      { cause: thrown },
    );
  }
  if (thrown instanceof SatchelError) return thrown;
  return toWriteError(thrown);
}
