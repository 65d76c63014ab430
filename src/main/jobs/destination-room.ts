/** What a job asks of its destination before it writes anything there. */
import { existsSync, statfsSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { SatchelError } from "../../contract/errors.ts";
import { makeFolders } from "../package/make-folders.ts";
import { toWriteError } from "../package/write-bytes.ts";

/** What the destination has room for; for one that is still to be made, what the folder above it has. @throws NOT_FOUND */
export function freeBytesAt(destination: string): number {
  let folder = destination;
  while (!existsSync(folder) && dirname(folder) !== folder) folder = dirname(folder);
  if (!statSync(folder).isDirectory()) {
    throw new SatchelError("NOT_FOUND", "The destination is not a folder.", "Choose another.");
  }
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}

/** @throws WRITE_FAILED */
export function makeDestination(destination: string): void {
  try {
    makeFolders(destination);
  } catch (error) {
    throw toWriteError(error);
  }
}

/** @throws ALREADY_EXISTS where one of the names is taken */
export function assertFree(destination: string, names: readonly string[]): void {
  const there = names.filter((name) => existsSync(join(destination, name)));
  if (there.length === 0) return;
  const more = there.length > 1 ? ` and ${there.length - 1} more` : "";
  throw new SatchelError(
    "ALREADY_EXISTS",
    `${there[0] ?? ""}${more} is at the destination already; nothing was overwritten.`,
    "Choose another destination, or move away what is there.",
  );
}

/** @throws DISK_FULL with the number of bytes wanted */
export function assertRoom(destination: string, wanted: number): void {
  const free = freeBytesAt(destination);
  if (free >= wanted) return;
  throw new SatchelError(
    "DISK_FULL",
    `The destination has ${free} bytes free; about ${wanted} are wanted.`,
    "Free space there, or choose another destination.",
  );
}
