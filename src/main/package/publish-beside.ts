/**
 * A table and the files beside it get their names together: made in a partial folder, then linked one by one, the table last. So a table
 * that bears its name has everything beside it.
 */
import { createHash } from "node:crypto";
import { closeSync, existsSync, lstatSync, openSync, readSync, renameSync, rmdirSync, unlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { publishFile, syncFolder } from "./publish.ts";
import { toWriteError } from "./write-bytes.ts";

/** A file of such a set, as its journal remembers it. */
export interface BesideFile {
  name: string;
  bytes: number;
  sha256: string;
}

/**
 * @param names the table last.
 * @throws SatchelError ALREADY_EXISTS, WRITE_FAILED; what had its name by then has it no longer
 */
export function publishBeside(folder: string, destination: string, names: readonly string[]): void {
  const named: string[] = [];
  try {
    for (const name of names) {
      publishFile(join(folder, name), join(destination, name));
      named.push(name);
    }
  } catch (thrown) {
    for (const name of named) renameSync(join(destination, name), join(folder, name));
    throw thrown;
  }
  removeEmptied(folder);
}

/** Takes back what a crash let have its name before the table had. Files of other content are another's and stay. */
export function recallBeside(folder: string, files: readonly BesideFile[]): void {
  const destination = dirname(folder);
  for (const file of files) {
    const partial = join(folder, file.name);
    const final = join(destination, file.name);
    const there = lstatSync(final, { throwIfNoEntry: false });
    if (there?.isFile() !== true) continue;
    const own = lstatSync(partial, { throwIfNoEntry: false });
    try {
      // Linked, and not yet unlinked.
      if (own !== undefined && own.ino === there.ino && own.dev === there.dev) unlinkSync(final);
      else if (own === undefined && there.size === file.bytes && digestOf(final) === file.sha256) {
        renameSync(final, partial);
      }
    } catch (error) {
      throw toWriteError(error);
    }
  }
  syncFolder(destination);
}

/**
 * Finishes what a crash left when the table had its name: link(2) may be done and unlink(2) not.
 *
 * @param names the table last.
 * @throws SatchelError ALREADY_EXISTS where what bears the name of the table is another's
 */
export function finishBeside(folder: string, names: readonly string[]): void {
  for (const name of names.toReversed()) {
    if (existsSync(join(folder, name))) publishFile(join(folder, name), join(dirname(folder), name));
  }
  removeEmptied(folder);
}

function removeEmptied(folder: string): void {
  if (existsSync(folder)) rmdirSync(folder);
  syncFolder(dirname(folder));
}

/** Of a small file: what lies beside a table, never the table itself. */
function digestOf(path: string): string {
  const fd = openSync(path, "r");
  const sha = createHash("sha256");
  const buffer = Buffer.allocUnsafe(256 * 1024);
  try {
    for (let length = readSync(fd, buffer); length > 0; length = readSync(fd, buffer)) {
      sha.update(buffer.subarray(0, length));
    }
  } finally {
    closeSync(fd);
  }
  return sha.digest("hex");
}
