import { lstatSync, opendirSync, realpathSync, statSync, type BigIntStats } from "node:fs";
import { sep } from "node:path";
import { childReference, resolveReference } from "./file-reference.ts";

/** What the walk meets, one at a time. */
export type TreeEntry =
  | { kind: "file"; ref: string; name: string; path: string | Buffer; stat: BigIntStats }
  /** A pipe, device or socket: never opened, it could block for ever. */
  | { kind: "special"; ref: string }
  /** A symbolic link whose target lies outside the root, or nowhere. */
  | { kind: "link"; ref: string; broken: boolean }
  /** A folder or file that could not be looked at. */
  | { kind: "unreadable"; ref: string; folder: boolean; code: string };

/**
 * Walks a tree folder by folder, each streamed: memory grows with its depth and breadth of folders, not with its files.
 * Yields files in the order of the file system.
 *
 * Symbolic links are never followed. One that leads to another place inside the root names what the walk meets anyway, and is passed
 * over; one that leads out of the root is yielded as such. So there are no loops, and nothing outside the root is read.
 *
 * @param root absolute path without links
 * @param start reference of the folder to begin with
 */
export function* walkTree(root: string, start = ""): Generator<TreeEntry> {
  const folders = [start];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop())
    yield* walkFolder(root, folder, folders);
}

function* walkFolder(root: string, folder: string, folders: string[]): Generator<TreeEntry> {
  try {
    for (const name of readNames(root, folder)) yield* lookAt(root, childReference(folder, name), name, folders);
  } catch (error) {
    if (codeOf(error) === "") throw error;
    yield { kind: "unreadable", ref: folder, folder: true, code: codeOf(error) };
  }
}

/** Names as text; as bytes where they are not UTF-8, which shows as U+FFFD and costs a second look at the folder. */
function* readNames(root: string, folder: string): Generator<string | Buffer> {
  const path = resolveReference(root, folder);
  let undecodable = false;
  for (const name of readFolder(path, "utf8")) {
    if (typeof name === "string" && name.includes("\ufffd")) undecodable = true;
    else yield name;
  }
  if (!undecodable) return;
  for (const name of readFolder(path, "buffer")) {
    if (typeof name === "string") continue;
    const text = name.toString("utf8");
    if (!text.includes("\ufffd")) continue;
    yield Buffer.from(text, "utf8").equals(name) ? text : name;
  }
}

function* readFolder(path: string | Buffer, encoding: "utf8" | "buffer"): Generator<string | Buffer> {
  // The types know opendir with text only; Node hands over names as bytes where asked to.
  const directory = opendirSync(path, { encoding: encoding as BufferEncoding, bufferSize: 512 });
  try {
    for (let entry = directory.readSync(); entry !== null; entry = directory.readSync()) yield entry.name;
  } finally {
    directory.closeSync();
  }
}

function* lookAt(root: string, ref: string, name: string | Buffer, folders: string[]): Generator<TreeEntry> {
  const path = resolveReference(root, ref);
  let stat: BigIntStats;
  try {
    stat = lstatSync(path, { bigint: true });
  } catch (error) {
    // Deleted since the folder was read: as if it had never been there.
    if (codeOf(error) !== "ENOENT") yield { kind: "unreadable", ref, folder: false, code: codeOf(error) };
    return;
  }
  if (stat.isDirectory()) folders.push(ref);
  else if (stat.isFile()) yield { kind: "file", ref, name: name.toString(), path, stat };
  else if (stat.isSymbolicLink()) yield* lookAtLink(root, ref, path);
  else yield { kind: "special", ref };
}

function* lookAtLink(root: string, ref: string, path: string | Buffer): Generator<TreeEntry> {
  try {
    statSync(path);
    const target = realpathSync(path);
    if (!isInside(root, target)) yield { kind: "link", ref, broken: false };
  } catch {
    // No target, a circle of links, or a place this user may not look at: whichever, it leads nowhere.
    yield { kind: "link", ref, broken: true };
  }
}

/** Both absolute and without links. */
export function isInside(root: string, path: string): boolean {
  return path === root || path.startsWith(root.endsWith(sep) ? root : root + sep);
}

/** The error code of the system ("EACCES"), "" where there is none. */
export function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}
