/**
 * From a partial name to the final one. A final name only ever stands for whole content that is safely on the disk:
 * the caller has fsynced the content (finish.ts does), then: link or rename -> fsync of the folder -> the journal goes.
 */
import {
  closeSync,
  fsyncSync,
  linkSync,
  lstatSync,
  openSync,
  renameSync,
  rmSync,
  unlinkSync,
  type Stats,
} from "node:fs";
import { dirname } from "node:path";
import { SatchelError } from "../../contract/errors.ts";
import { toWriteError } from "./write-bytes.ts";

/** Beside the final path; the same for ZIP files and folders. */
export function partialPath(final: string): string {
  return `${final}.partial`;
}

export function journalPath(final: string): string {
  return `${final}.partial.journal`;
}

function lookAt(path: string): Stats | undefined {
  return lstatSync(path, { throwIfNoEntry: false });
}

/** Makes a name in `folder` survive a power cut. Windows has no such call and does it itself. */
export function syncFolder(folder: string): void {
  if (process.platform === "win32") return;
  const fd = openSync(folder, "r");
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

function alreadyThere(): SatchelError {
  return new SatchelError(
    "ALREADY_EXISTS",
    "The destination holds something of the package's name already; nothing was overwritten.",
    "Move away what is there, then resume the job.",
  );
}

const NO_HARD_LINKS = new Set(["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK", "EINVAL"]);

/**
 * Gives a finished ZIP its final name without ever overwriting: link(2) fails where the name is taken, atomically. File systems
 * without hard links (FAT, exFAT) get a look and a rename instead. Finishes what a crash between link and unlink left.
 *
 * @throws SatchelError ALREADY_EXISTS, WRITE_FAILED
 */
export function publishFile(partial: string, final: string): void {
  const there = lookAt(final);
  if (there !== undefined) {
    const own = lookAt(partial);
    const linkedBefore = own !== undefined && own.ino === there.ino && own.dev === there.dev && own.nlink > 1;
    if (!linkedBefore) throw alreadyThere();
    unlinkSync(partial);
    syncFolder(dirname(final));
    return;
  }
  try {
    linkSync(partial, final);
    unlinkSync(partial);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (code === "EEXIST") throw alreadyThere();
    if (!NO_HARD_LINKS.has(code)) throw toWriteError(error);
    if (lookAt(final) !== undefined) throw alreadyThere();
    renameSync(partial, final);
  }
  syncFolder(dirname(final));
}

/**
 * Gives a finished folder package its final name. rename(2) of a folder fails where the name is taken by anything but an empty
 * folder, and that is looked at first.
 *
 * @throws SatchelError ALREADY_EXISTS, WRITE_FAILED
 */
export function publishFolder(partial: string, final: string): void {
  if (lookAt(final) !== undefined) throw alreadyThere();
  try {
    renameSync(partial, final);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (["EEXIST", "ENOTEMPTY", "ENOTDIR"].includes(code)) throw alreadyThere();
    throw toWriteError(error);
  }
  syncFolder(dirname(final));
}

/** A crash after the package got its final name and before the job knew. */
export function isPublished(final: string): boolean {
  if (lookAt(final) === undefined || lookAt(journalPath(final)) === undefined) return false;
  // link(2) was done and unlink(2) was not: publishFile finishes that.
  const own = lookAt(partialPath(final));
  return own === undefined || own.ino === lstatSync(final).ino;
}

/** Removes what a cancelled job leaves: partial file or folder, then its journal. Never a final name. */
export function discardPartial(final: string): void {
  rmSync(partialPath(final), { recursive: true, force: true });
  rmSync(journalPath(final), { force: true });
}

/** After publishing: the journal has served. */
export function removeJournal(final: string): void {
  rmSync(journalPath(final), { force: true });
  syncFolder(dirname(final));
}
