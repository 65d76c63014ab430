import { closeSync, fsyncSync, linkSync, lstatSync, openSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { randomBytes } from "node:crypto";
import { basename, dirname, join } from "node:path";
import { SatchelError } from "../../contract/errors.ts";

/**
 * Writes a small file that must not be there yet, readable by its owner only: whole under its final name, or not at all. A hard link,
 * unlike a rename, refuses to replace what is there.
 *
 * @throws SatchelError ALREADY_EXISTS, WRITE_FAILED, DISK_FULL, USAGE (the path names no file)
 */
export function writeNewFile(path: string, content: string | Buffer): void {
  if (path.includes("\0") || basename(path) === "")
    throw new SatchelError("USAGE", "The path names no file.", "Choose a folder and a name.");
  const partial = join(dirname(path), `.${basename(path)}.${randomBytes(4).toString("hex")}.partial`);
  try {
    writeSynced(partial, content);
    giveName(partial, path);
  } catch (error) {
    throw toWriteError(error);
  } finally {
    rmSync(partial, { force: true });
  }
  syncFolder(dirname(path));
}

/** FAT and exFAT, the file systems of sticks, know no hard links: there a look and a rename must do. */
const NO_HARD_LINKS = new Set(["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK", "EINVAL"]);

function giveName(partial: string, path: string): void {
  try {
    linkSync(partial, path);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (!NO_HARD_LINKS.has(code)) throw error;
    if (lstatSync(path, { throwIfNoEntry: false }) !== undefined)
      throw Object.assign(new Error("taken"), { code: "EEXIST" });
    renameSync(partial, path);
  }
}

/**
 * Puts a small file in the place of one that is there: at any moment, and after any crash, the whole old or the whole new one.
 *
 * @param prove looks at the new one, on the disk but not yet in its place; where it throws, the old one stays
 * @throws SatchelError WRITE_FAILED, DISK_FULL; what `prove` throws
 */
export async function replaceFile(
  path: string,
  content: string,
  prove: (path: string) => Promise<void>,
): Promise<void> {
  const partial = join(dirname(path), `.${basename(path)}.${randomBytes(4).toString("hex")}.partial`);
  try {
    writeSynced(partial, content);
    await prove(partial);
    renameSync(partial, path);
  } catch (error) {
    throw toWriteError(error);
  } finally {
    rmSync(partial, { force: true });
  }
  syncFolder(dirname(path));
}

/** Writes and waits until it is on the disk. Mode 0600; the file must not be there. */
export function writeSynced(path: string, content: string | Buffer): void {
  const file = openSync(path, "wx", 0o600);
  try {
    writeFileSync(file, content);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Makes a new name in a folder outlast a power cut. Windows has no such call and needs none. */
export function syncFolder(path: string): void {
  if (process.platform === "win32") return;
  const folder = openSync(path, "r");
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

function toWriteError(error: unknown): unknown {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "EEXIST") {
    return new SatchelError(
      "ALREADY_EXISTS",
      "There is a file of that name already; it was left as it is.",
      "Choose another name.",
      { cause: error },
    );
  }
  if (code === "ENOSPC" || code === "EDQUOT") {
    return new SatchelError("DISK_FULL", "The disk is full.", "Free some space there, then try again.", {
      cause: error,
    });
  }
  if (typeof code !== "string") return error;
  return new SatchelError(
    "WRITE_FAILED",
    `The file could not be written (${code}).`,
    "Check that the folder is there and that you may write to it.",
    { cause: error },
  );
}
