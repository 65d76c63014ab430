import { closeSync, constants, existsSync, fstatSync, ftruncateSync, openSync } from "node:fs";
import { join } from "node:path";
import type { TableRecipe } from "../../contract/table-recipe.ts";
import { readFully } from "../package/check-entry.ts";
import { createJournal, resumeJournal, type Journal, type JournalItem } from "../package/journal.ts";
import { readJournal } from "../package/journal-lines.ts";
import { createPartialFolder, createPartialZip, pruneFolder } from "../package/partial-package.ts";
import { crc32Of } from "../package/prepare-entry.ts";
import { discardPartial, journalPath, partialPath, removeJournal } from "../package/publish.ts";
import { recallBeside, type BesideFile } from "../package/publish-beside.ts";
import { toWriteError, writeFully } from "../package/write-bytes.ts";
import { flush, ownerOf, taken, type TargetIdentity } from "./package-target.ts";

/** What is written down of a table that is whole, before it gets its name. */
export interface ClosedTable {
  /** All files of the package but a ZIP's, with what they are; the table last. */
  files: BesideFile[];
  bytes: number;
  entries: number;
  rows: number;
}

/** The file of a table that is being made, and its journal. */
export interface TableTarget {
  /** Partial file, or partial folder with the table in it. */
  readonly partial: string;
  /** The file that the table is written into. */
  readonly path: string;
  readonly fd: number;
  readonly journal: Journal;
  /** Where the next chunk begins. */
  end: number;
  append(item: JournalItem): void;
  /** Makes what was written durable and says so in the journal. */
  sync(): Promise<void>;
  close(): void;
}

/** Whether the partial package is a folder. */
function isFolder(format: TableRecipe["format"]): boolean {
  return format === "folder" || format === "beside";
}

/**
 * Begins the file of a table, or takes up what an interrupted run left of it.
 *
 * @param prefix what stands before the first chunk: the same at every run.
 * @param resume the job ran before: what lies there of this job is gone on with.
 * @param onItem called for each chunk that is there already.
 * @throws ALREADY_EXISTS where something lies there that this job may not touch; DISK_FULL, WRITE_FAILED.
 */
export function openTableTarget(
  final: string,
  { format, table }: { format: TableRecipe["format"]; table: string },
  identity: TargetIdentity,
  prefix: Buffer,
  resume: boolean,
  onItem: (item: JournalItem) => void,
): TableTarget {
  const partial = partialPath(final);
  const path = isFolder(format) ? join(partial, table) : partial;
  if (resume) recallNames(final, identity.job);
  if (existsSync(final)) throw taken("A package of this name is there already; nothing was overwritten.");
  let journal: Journal | undefined;
  let end = prefix.length;
  if (existsSync(journalPath(final))) {
    if (!resume) throw taken("An unfinished package of this name is there already.");
    const resumed = takeUp(final, path, identity, prefix.length, onItem);
    if (resumed !== undefined) ({ journal, end } = resumed);
  } else if (existsSync(partial)) {
    throw taken("Something unfinished of this name, which no job of this workspace wrote, is there already.");
  }
  if (journal === undefined) {
    journal = createJournal(journalPath(final), { ...identity, layout: isFolder(format) ? "folder" : "file" });
    try {
      if (isFolder(format)) createPartialFolder(final);
      else closeSync(createPartialZip(final));
    } catch (thrown) {
      journal.close();
      removeJournal(final);
      throw thrown;
    }
  } else if (isFolder(format)) pruneFolder(partial, [table]);
  const fd = openTable(path, journal);
  try {
    ftruncateSync(fd, end);
    writeFully(fd, [prefix], 0);
  } catch (error) {
    journal.close();
    closeSync(fd);
    throw toWriteError(error);
  }
  return createTarget(partial, path, fd, journal, end);
}

function openTable(path: string, journal: Journal): number {
  try {
    return openSync(path, constants.O_RDWR | constants.O_CREAT | (constants.O_NOFOLLOW ?? 0), 0o600);
  } catch (error) {
    journal.close();
    throw toWriteError(error);
  }
}

function takeUp(
  final: string,
  path: string,
  identity: TargetIdentity,
  dataStart: number,
  onItem: (item: JournalItem) => void,
): { journal: Journal; end: number } | undefined {
  const owner = ownerOf(final);
  if (owner !== identity.job && (owner !== "nobody" || existsSync(partialPath(final)))) {
    throw taken("An unfinished package of another job is there already.");
  }
  // A crash between the journal's making and the partial file's: nothing was written yet.
  if (!existsSync(partialPath(final))) {
    removeJournal(final);
    return undefined;
  }
  const fd = existsSync(path) ? openSync(path, "r") : undefined;
  try {
    const resumed = resumeJournal(journalPath(final), {
      dataStart,
      dataSize: fd === undefined ? 0 : fstatSync(fd).size,
      check: (item) => fd !== undefined && isWholePart(fd, item),
      onItem,
    });
    if (resumed === undefined) {
      discardPartial(final);
      return undefined;
    }
    if (resumed.head.plan !== identity.plan || resumed.head.job !== identity.job) {
      resumed.journal.close();
      throw taken("An unfinished package of another job is there already.");
    }
    return { journal: resumed.journal, end: resumed.dataEnd };
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
}

const CHUNK = 1024 * 1024;

/** What no mark covers is read again. The line of a whole table is no chunk: what follows the chunks is made anew. */
export function isWholePart(fd: number, { part }: JournalItem): boolean {
  if (part === undefined) return false;
  const buffer = Buffer.allocUnsafe(Math.min(CHUNK, part.length));
  let crc = 0;
  for (let done = 0; done < part.length;) {
    const chunk = buffer.subarray(0, Math.min(buffer.length, part.length - done));
    if (readFully(fd, chunk, part.offset + done) < chunk.length) return false;
    crc = crc32Of([chunk], crc);
    done += chunk.length;
  }
  return crc === part.crc32;
}

function createTarget(partial: string, path: string, fd: number, journal: Journal, end: number): TableTarget {
  const target: TableTarget = {
    partial,
    path,
    fd,
    journal,
    end,
    append(item) {
      journal.append(item);
      target.end += item.part?.length ?? 0;
    },
    sync: () => journal.markSynced(() => flush(fd)),
    close() {
      journal.close();
      closeSync(fd);
    },
  };
  return target;
}

/** What the journal beside a package says of a table that is whole; undefined where it is not, or is another job's. */
export function closedTable(final: string, job: string): ClosedTable | undefined {
  if (ownerOf(final) !== job) return undefined;
  let closed: ClosedTable | undefined;
  for (const { item } of readJournal(journalPath(final))) {
    if (item?.part === undefined && item?.data !== undefined && Object.hasOwn(item.data as object, "files"))
      closed = item.data as ClosedTable;
  }
  return closed;
}

/** Where a crash left files beside a table that has not got its name, they lose theirs again. */
export function recallNames(final: string, job: string): void {
  const closed = closedTable(final, job);
  if (closed !== undefined && existsSync(partialPath(final)) && !existsSync(final)) {
    recallBeside(partialPath(final), closed.files.slice(0, -1));
  }
}

/** Removes what a job of a table left unfinished at a place; what another job left there stays. */
export function discardOwnTable(final: string, job: string): void {
  recallNames(final, job);
  const owner = ownerOf(final);
  if (owner === job) discardPartial(final);
  else if (owner === "nobody" && !existsSync(partialPath(final))) removeJournal(final);
}
