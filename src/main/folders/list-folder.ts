import { opendir, realpath, stat } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, isAbsolute, join } from "node:path";
import type { Place } from "../../contract/calls/shell.ts";
import { SatchelError } from "../../contract/errors.ts";
import type { Patience } from "./patience.ts";
import { listVolumes, placeOf } from "./places.ts";
import { shownName, volumeOf } from "./volume.ts";

/** More than anybody looks through; the rest is said to be there. */
const MOST_LISTED = 5_000;
/** Read before the first are picked in order. */
const MOST_READ = 50_000;
/** Asked about at once: enough to be quick, too few to keep other work from the disk. */
const AT_ONCE = 32;

interface Entry {
  name: string;
  path: string;
  kind: "folder" | "file";
  bytes: number | null;
  modifiedAt: string | null;
}

export interface FolderListing {
  path: string;
  parent: string | null;
  place: Place;
  entries: Entry[];
  truncated: boolean;
}

/**
 * What is in a folder: folders first, in the order people count, without what is hidden.
 *
 * @param path absolute; "~" is the home folder
 * @throws SatchelError USAGE (not absolute), NOT_FOUND, READ_FAILED (not allowed, or no answer)
 */
export async function listFolder(path: string, files: boolean, patience: Patience): Promise<FolderListing> {
  const asked = path === "~" || /^~[/\\]/.test(path) ? join(homedir(), path.slice(1)) : path;
  if (!isAbsolute(asked) || asked.includes("\0"))
    throw new SatchelError("USAGE", "This is not the full path of a folder.", "Begin with a drive or with /.");
  const volumes = await listVolumes();
  const mountOf = (place: string): string => volumeOf(place, volumes)?.path ?? place;
  try {
    const real = await patience.ask(mountOf(asked), () => realpath(asked));
    const { found, more } = await patience.ask(mountOf(real), () => readNames(real, files));
    const sorted = found.sort(byKindAndName);
    const entries = await patience.ask(mountOf(real), () => describe(sorted.slice(0, MOST_LISTED)));
    return {
      path: real,
      parent: dirname(real) === real ? null : dirname(real),
      place: await placeOf(real, "folder", volumes, patience),
      entries,
      truncated: more || sorted.length > MOST_LISTED,
    };
  } catch (error) {
    throw toFolderError(error);
  }
}

type Found = Pick<Entry, "name" | "path" | "kind">;

async function readNames(path: string, files: boolean): Promise<{ found: Found[]; more: boolean }> {
  const found: Found[] = [];
  let read = 0;
  for await (const entry of await opendir(path, { bufferSize: 512 })) {
    if (++read > MOST_READ) return { found, more: true };
    if (isHidden(entry.name)) continue;
    const target = join(path, entry.name);
    let kind: "folder" | "file" | undefined = entry.isDirectory() ? "folder" : entry.isFile() ? "file" : undefined;
    // A link is what it leads to; one that leads nowhere is nothing.
    if (entry.isSymbolicLink()) {
      const status = await stat(target).catch(() => undefined);
      kind = status?.isDirectory() === true ? "folder" : status?.isFile() === true ? "file" : undefined;
    }
    if (kind === "folder" || (kind === "file" && files))
      found.push({ name: shownName(entry.name), path: target, kind });
  }
  return { found, more: false };
}

function isHidden(name: string): boolean {
  return name.startsWith(".") || /^(?:\$RECYCLE\.BIN|System Volume Information|lost\+found)$/i.test(name);
}

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });

function byKindAndName(left: Found, right: Found): number {
  return Number(left.kind === "file") - Number(right.kind === "file") || collator.compare(left.name, right.name);
}

async function describe(found: readonly Found[]): Promise<Entry[]> {
  const entries: Entry[] = [];
  for (let at = 0; at < found.length; at += AT_ONCE) {
    const some = await Promise.all(
      found.slice(at, at + AT_ONCE).map(async (one): Promise<Entry | undefined> => {
        // Gone meanwhile, or of a name that is no text.
        const status = await stat(one.path).catch(() => undefined);
        if (status === undefined) return undefined;
        return {
          ...one,
          bytes: one.kind === "file" ? status.size : null,
          modifiedAt: Number.isFinite(status.mtimeMs) ? status.mtime.toISOString() : null,
        };
      }),
    );
    entries.push(...some.filter((one) => one !== undefined));
  }
  return entries;
}

function toFolderError(error: unknown): unknown {
  const code = error instanceof Error && "code" in error && !(error instanceof SatchelError) ? error.code : undefined;
  const options = { cause: error };
  if (code === "ENOENT" || code === "ENOTDIR" || code === "ENAMETOOLONG" || code === "ELOOP")
    return new SatchelError("NOT_FOUND", "There is no such folder, or no more.", "Choose another folder.", options);
  if (code === "EACCES" || code === "EPERM")
    return new SatchelError("READ_FAILED", "You may not look into this folder.", "Choose another folder.", options);
  if (typeof code !== "string" || error instanceof SatchelError) return error;
  return new SatchelError(
    "READ_FAILED",
    `The folder could not be read (${code}).`,
    "Check that its drive is connected, or choose another folder.",
    options,
  );
}
