import { closeSync, constants, existsSync, ftruncateSync, openSync } from "node:fs";
import { join } from "node:path";
import type { DatasetRecipe } from "../../contract/fhir-recipe.ts";
import type { EntryRecord } from "../package/entry.ts";
import { syncFolderEntries } from "../package/finish.ts";
import { createJournal, resumeJournal, type Journal, type JournalItem } from "../package/journal.ts";
import { createPartialFolder, createPartialZip, pruneFolder } from "../package/partial-package.ts";
import { discardPartial, journalPath, partialPath, removeJournal, syncFolder } from "../package/publish.ts";
import { toWriteError, writeFully } from "../package/write-bytes.ts";
import { entryEnd } from "../package/zip-format.ts";
import type { PartLayout } from "./dataset-context.ts";
import { endOfItem, openChecker, type Container, type Recollection } from "./dataset-journal.ts";
import { flush, ownerOf, taken, type TargetIdentity } from "./package-target.ts";
import { recallNames } from "./table-target.ts";

export function containerOf({ format }: Pick<DatasetRecipe, "format">): Container {
  return format === "beside" ? "folder" : format;
}

/** A package of several files that is being made, and its journal. */
export class DatasetTarget {
  /** Partial file, or partial folder. */
  readonly partial: string;
  readonly container: Container;
  readonly journal: Journal;
  /** Of a ZIP: where the next entry begins. */
  end = 0;
  #fd = -1;
  #path = "";
  /** Of the part that is open: where its next chunk begins. */
  #partEnd = 0;
  /** Files that workers wrote as a whole and that no mark covers yet. */
  #unsynced: string[] = [];

  constructor(partial: string, container: Container, journal: Journal) {
    this.partial = partial;
    this.container = container;
    this.journal = journal;
    if (container === "zip") this.#open(partial);
  }

  /** Of the file that is open: of the ZIP, or of the part. */
  get fd(): number {
    return this.#fd;
  }

  get path(): string {
    return this.#path;
  }

  get partEnd(): number {
    return this.#partEnd;
  }

  /** Opens the file of a part behind its last chunk. What stands before the first one is written again. */
  openPart({ part, base, prefix, streamStart, sums }: PartLayout): void {
    if (this.container !== "zip") {
      this.#open(this.container === "folder" ? join(this.partial, part.path) : this.partial);
      if (this.container === "folder") syncFolder(this.partial);
    }
    this.#partEnd = streamStart + sums.stretch.writtenSize;
    try {
      ftruncateSync(this.#fd, this.#partEnd);
      writeFully(this.#fd, [prefix], base);
    } catch (error) {
      throw toWriteError(error);
    }
  }

  appendChunk(item: JournalItem): void {
    this.journal.append(item);
    this.#partEnd += item.part?.length ?? 0;
    for (const entry of item.entries) {
      this.#passed(entry);
      if (this.container === "folder") this.#unsynced.push(entry.name);
    }
  }

  /** A file that is whole. */
  appendEntry(entry: EntryRecord): JournalItem {
    const item = { item: this.journal.items, entries: [entry] };
    this.journal.append(item);
    this.#passed(entry);
    if (this.container === "folder") this.#close();
    return item;
  }

  /** Makes what was written durable and says so in the journal. */
  async sync(): Promise<void> {
    const names = this.#unsynced;
    this.#unsynced = [];
    await this.journal.markSynced(async () => {
      if (this.#fd >= 0) await flush(this.#fd);
      await syncFolderEntries(this.partial, names);
    });
  }

  close(): void {
    this.journal.close();
    this.#close();
  }

  #passed(entry: EntryRecord): void {
    if (this.container === "zip") this.end = entryEnd(entry);
  }

  #open(path: string): void {
    this.#close();
    this.#path = path;
    try {
      this.#fd = openSync(path, constants.O_RDWR | constants.O_CREAT | (constants.O_NOFOLLOW ?? 0), 0o600);
    } catch (error) {
      throw toWriteError(error);
    }
  }

  #close(): void {
    if (this.#fd >= 0) closeSync(this.#fd);
    this.#fd = -1;
  }
}

/**
 * Begins a package, or takes up what an interrupted run left of it.
 *
 * @param resume the job ran before: what lies there of this job is gone on with.
 * @throws ALREADY_EXISTS where something lies there that this job may not touch; DISK_FULL, WRITE_FAILED.
 */
export function openDatasetTarget(
  final: string,
  container: Container,
  identity: TargetIdentity,
  resume: boolean,
  recollection: Recollection,
): DatasetTarget {
  const partial = partialPath(final);
  if (resume) recallNames(final, identity.job);
  if (existsSync(final)) throw taken("A package of this name is there already; nothing was overwritten.");
  if (existsSync(journalPath(final))) {
    if (!resume) throw taken("An unfinished package of this name is there already.");
    const resumed = takeUp(final, container, identity, recollection);
    if (resumed !== undefined) return resumed;
  } else if (existsSync(partial)) {
    throw taken("Something unfinished of this name, which no job of this workspace wrote, is there already.");
  }
  const journal = createJournal(journalPath(final), { ...identity, layout: container });
  try {
    if (container === "folder") createPartialFolder(final);
    else closeSync(createPartialZip(final));
    return new DatasetTarget(partial, container, journal);
  } catch (thrown) {
    journal.close();
    removeJournal(final);
    throw thrown;
  }
}

function takeUp(
  final: string,
  container: Container,
  identity: TargetIdentity,
  recollection: Recollection,
): DatasetTarget | undefined {
  const partial = partialPath(final);
  const owner = ownerOf(final);
  if (owner !== identity.job && (owner !== "nobody" || existsSync(partial)))
    throw taken("An unfinished package of another job is there already.");
  // A crash between the journal's making and the partial file's: nothing was written yet.
  if (!existsSync(partial)) {
    removeJournal(final);
    return undefined;
  }
  const names: string[] = [];
  let end = 0;
  const checker = openChecker(partial, container, recollection);
  try {
    const resumed = resumeJournal(journalPath(final), {
      ...(container === "folder" ? {} : { dataSize: checker.size }),
      endOf: (item, start) => endOfItem(item, start, container, recollection),
      check: (item) => checker.isWhole(item),
      onItem(item) {
        recollection.take(item);
        for (const entry of item.entries) {
          names.push(entry.name);
          if (container === "zip") end = entryEnd(entry);
        }
      },
    });
    if (resumed === undefined) {
      discardPartial(final);
      return undefined;
    }
    if (resumed.head.plan !== identity.plan || resumed.head.job !== identity.job) {
      resumed.journal.close();
      throw taken("An unfinished package of another job is there already.");
    }
    const open = recollection.layoutOf({ item: resumed.journal.items, entries: [] });
    if (container === "folder") pruneFolder(partial, [...names, ...(open === undefined ? [] : [open.part.path])]);
    const target = new DatasetTarget(partial, container, resumed.journal);
    target.end = end;
    return target;
  } finally {
    checker.close();
  }
}
