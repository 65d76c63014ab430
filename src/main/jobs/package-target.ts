import { closeSync, existsSync, fdatasync, fsync } from "node:fs";
import { promisify } from "node:util";
import { SatchelError } from "../../contract/errors.ts";
import type { EntryRecord } from "../package/entry.ts";
import {
  finishFolder,
  finishZip,
  syncFolderEntries,
  type FinishedPackage,
  type FinishInput,
} from "../package/finish.ts";
import { createJournal, type Journal, resumeJournal, type JournalItem } from "../package/journal.ts";
import { entriesOf, journalItems, readJournal, readJournalEntries } from "../package/journal-lines.ts";
import {
  createPartialFolder,
  createPartialZip,
  cutPartialZip,
  folderItemChecker,
  openPartialZip,
  pruneFolder,
  zipItemChecker,
} from "../package/partial-package.ts";
import { discardPartial, journalPath, partialPath, removeJournal } from "../package/publish.ts";
import { toWriteError } from "../package/write-bytes.ts";
import { writeFolderText, writeZipText } from "../package/write-text.ts";
import { entryEnd } from "../package/zip-format.ts";

const dataSync = promisify(fdatasync);
export const fullSync = promisify(fsync);

/** A package that is being made: its partial file or folder and its journal. */
export interface PackageTarget {
  readonly layout: "zip" | "folder";
  readonly final: string;
  readonly partial: string;
  readonly journal: Journal;
  /** Where the next entry begins. */
  end: number;
  /** Writes a text file as the next entry and journals it as the next item. */
  writeText(entry: Pick<EntryRecord, "name" | "role">, lines: Iterable<string>): void;
  append(item: JournalItem): void;
  /** Removes what a run that ended wrote beyond the journal. In a ZIP the next run writes over it. */
  forgetUnjournaled(): void;
  /** Makes what was written durable and says so in the journal. */
  sync(): Promise<void>;
  /** Writes what follows the last entry. `settle` comes next, and must have ended before the package is published. */
  finish(input: Omit<FinishInput, "entries" | "unsynced">): Promise<FinishedPackage>;
  /** Makes the finished package durable. @throws DISK_FULL, WRITE_FAILED */
  settle(): Promise<void>;
  close(): void;
}

export interface TargetIdentity {
  job: string;
  /** Digest of the plan: a journal goes on only with the plan it was begun with. */
  plan: string;
}

/**
 * Begins a package, or takes up what an interrupted run left of it.
 *
 * @param resume the job ran before: what lies there of this job is gone on with.
 * @throws ALREADY_EXISTS where something lies there that this job may not touch; DISK_FULL, WRITE_FAILED.
 */
export function openTarget(
  final: string,
  layout: "zip" | "folder",
  identity: TargetIdentity,
  resume: boolean,
  onItem: (item: JournalItem) => void,
): PackageTarget {
  if (existsSync(final)) throw taken("A package of this name is there already; nothing was overwritten.");
  if (existsSync(journalPath(final))) {
    if (!resume) throw taken("An unfinished package of this name is there already.");
    const resumed = takeUp(final, layout, identity, onItem);
    if (resumed !== undefined) return resumed;
  } else if (existsSync(partialPath(final))) {
    // Never one of ours: the journal is made before the partial file and removed after it.
    throw taken("Something unfinished of this name, which no job of this workspace wrote, is there already.");
  }
  const journal = createJournal(journalPath(final), { ...identity, layout });
  try {
    if (layout === "zip") return createTarget(final, layout, journal, createPartialZip(final), 0);
    createPartialFolder(final);
    return createTarget(final, layout, journal, -1, 0);
  } catch (thrown) {
    journal.close();
    removeJournal(final);
    throw thrown;
  }
}

export function taken(sentence: string): SatchelError {
  return new SatchelError(
    "ALREADY_EXISTS",
    sentence,
    "Choose another destination, move away what is there, or resume the job that began it.",
  );
}

/** Removes what a job left unfinished at a place; what another job left there stays. */
export function discardOwnPartial(final: string, job: string): void {
  const journal = ownerOf(final);
  if (journal === job) discardPartial(final);
  else if (journal === "nobody" && !existsSync(partialPath(final))) removeJournal(final);
}

/** Removes the journal of a package that is finished and that the catalog knows of; what a new job began there stays. */
export function removeServedJournal(final: string, job: string): void {
  if (ownerOf(final) === job && !existsSync(partialPath(final))) removeJournal(final);
}

/** The job whose journal lies at a place; "nobody" where its first line was cut by a crash, undefined where there is none. */
export function ownerOf(final: string): string | undefined {
  if (!existsSync(journalPath(final))) return undefined;
  // A loop, since leaving one closes the file: an open journal would keep a stick from being ejected.
  for (const { head } of readJournal(journalPath(final))) return head?.job ?? "nobody";
  return "nobody";
}

function takeUp(
  final: string,
  layout: "zip" | "folder",
  identity: TargetIdentity,
  onItem: (item: JournalItem) => void,
): PackageTarget | undefined {
  const partial = partialPath(final);
  const owner = ownerOf(final);
  if (owner !== identity.job && (owner !== "nobody" || existsSync(partial))) {
    throw taken("An unfinished package of another job is there already.");
  }
  // A crash between the journal's making and the partial file's: nothing was written yet.
  if (!existsSync(partial)) {
    removeJournal(final);
    return undefined;
  }
  const zip = layout === "zip" ? openPartialZip(final) : undefined;
  const names: string[] = [];
  const resumed = resumeJournal(journalPath(final), {
    ...(zip === undefined ? {} : { dataSize: zip.size }),
    check: zip === undefined ? folderItemChecker(partial) : zipItemChecker(zip.fd),
    onItem(item) {
      onItem(item);
      if (zip === undefined) for (const entry of item.entries) names.push(entry.name);
    },
  });
  if (resumed === undefined) {
    if (zip !== undefined) closeSync(zip.fd);
    return undefined;
  }
  if (resumed.head.plan !== identity.plan || resumed.head.job !== identity.job) {
    resumed.journal.close();
    if (zip !== undefined) closeSync(zip.fd);
    throw taken("An unfinished package of another job is there already.");
  }
  if (zip === undefined) pruneFolder(partial, names);
  else cutPartialZip(zip.fd, resumed.dataEnd);
  return createTarget(final, layout, resumed.journal, zip?.fd ?? -1, resumed.dataEnd);
}

function createTarget(
  final: string,
  layout: "zip" | "folder",
  journal: Journal,
  fd: number,
  end: number,
): PackageTarget {
  const partial = partialPath(final);
  /** Files of a folder package that no mark covers yet. */
  let unsynced: string[] = [];
  const target: PackageTarget = {
    layout,
    final,
    partial,
    journal,
    end,
    append(item) {
      journal.append(item);
      for (const entry of item.entries) {
        if (layout === "zip") target.end = entryEnd(entry);
        else unsynced.push(entry.name);
      }
    },
    writeText(entry, lines) {
      const record =
        layout === "zip" ? writeZipText(fd, target.end, entry, lines) : writeFolderText(partial, entry, lines);
      target.append({ item: journal.items, entries: [record] });
    },
    forgetUnjournaled() {
      const names = function* (): Generator<string> {
        for (const entry of readJournalEntries(journal.path)) yield entry.name;
      };
      if (layout === "folder") pruneFolder(partial, names());
    },
    async sync() {
      const names = unsynced;
      unsynced = [];
      await journal.markSynced(() => (layout === "zip" ? flush(fd) : syncFolderEntries(partial, names)));
    },
    finish(input) {
      const items = journalItems(journal.path);
      const entries = (): Iterable<EntryRecord> => entriesOf(items());
      const whole: FinishInput = { ...input, entries, unsynced: true };
      return layout === "zip" ? finishZip(fd, target.end, whole) : finishFolder(partial, whole);
    },
    // A folder's files were made durable one by one.
    settle: () => (layout === "zip" ? flush(fd, fullSync) : Promise.resolve()),
    close() {
      journal.close();
      if (fd >= 0) closeSync(fd);
    },
  };
  return target;
}

export async function flush(fd: number, sync = dataSync): Promise<void> {
  try {
    await sync(fd);
  } catch (error) {
    throw toWriteError(error);
  }
}
