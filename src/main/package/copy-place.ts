/** Whether a copy can go to a place: looked at before anything is written. */
import { existsSync, realpathSync, type Stats } from "node:fs";
import { access, constants, lstat, rm, stat } from "node:fs/promises";
import { basename, dirname, sep } from "node:path";
import { SatchelError } from "../../contract/errors.ts";
import { fileSystemAt, type FileSystem } from "./file-system.ts";
import { journalPath, partialPath } from "./publish.ts";

/** @throws SatchelError NOT_FOUND */
export async function statOf(path: string, missing: string): Promise<Stats> {
  try {
    return await stat(path);
  } catch (cause) {
    throw new SatchelError("NOT_FOUND", missing, "Choose another.", { cause });
  }
}

/**
 * Refuses places that a copy cannot or must not go to.
 *
 * @param sizes of the package's files.
 * @returns the name of the file system there
 * @throws SatchelError NOT_FOUND, USAGE, WRITE_FAILED, DISK_FULL, TOO_LARGE
 */
export async function assertPlace(source: string, destination: string, sizes: readonly number[]): Promise<string> {
  const folder = await statOf(destination, "The destination is not there: was the medium taken out?");
  if (!folder.isDirectory())
    throw new SatchelError("NOT_FOUND", "The destination is not a folder.", "Choose a folder.");
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
  const there = await fileSystemAt(destination);
  assertRoom(there, sizes);
  return there.name;
}

/** @throws SatchelError DISK_FULL, TOO_LARGE */
export function assertRoom({ name, freeBytes, largestFile }: FileSystem, sizes: readonly number[]): void {
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  if (freeBytes < bytes) {
    throw new SatchelError(
      "DISK_FULL",
      `The destination has ${freeBytes} bytes free; the package takes ${bytes}.`,
      "Free space there, or choose another destination.",
    );
  }
  if (largestFile !== null && sizes.some((size) => size > largestFile)) {
    throw new SatchelError(
      "TOO_LARGE",
      `The file system of the destination (${name}) holds no file above ${largestFile} bytes, and the package has one.`,
      "Use a medium with exFAT or NTFS, or export as a folder.",
    );
  }
}

/**
 * Nothing of either name may be there, but for what a crashed copy of ours left: that is removed.
 *
 * @throws SatchelError ALREADY_EXISTS
 */
export async function assertFree(final: string, isOwnLeftover: (partial: string) => boolean): Promise<void> {
  const partial = partialPath(final);
  if (existsSync(partial) && !existsSync(journalPath(final)) && isOwnLeftover(partial))
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
