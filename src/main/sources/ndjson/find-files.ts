import { realpathSync, statSync, type BigIntStats } from "node:fs";
import { basename, dirname } from "node:path";
import { SatchelError } from "../../../contract/errors.ts";
import { readFailure } from "../folder/read-failure.ts";
import { codeOf, walkTree } from "../folder/walk-tree.ts";

/** A file that may hold resources. */
export interface FoundFile {
  /** Path below the folder, "/" between parts; of a source that is one file its name. */
  ref: string;
  path: string | Buffer;
  size: number;
  /** `lines`: one resource a line; `document`: one JSON document. By its name. */
  form: "lines" | "document";
}

/** What lies below the path of a source. */
export interface FoundFiles {
  files: FoundFile[];
  /** Files of other names. */
  others: number;
  /** Symbolic links that are not followed. */
  links: number;
  unreadable: { ref: string; reason: string }[];
}

const NAME = /\.(?:(ndjson|jsonl)|json)(?:\.gz)?$/i;

/** Files in the order of their paths, so that two syncs read them alike. @throws READ_FAILED where the path itself cannot be read */
export function findFiles(path: string): FoundFiles {
  const found: FoundFiles = { files: [], others: 0, links: 0, unreadable: [] };
  const { root, file } = openPath(path);
  if (file !== undefined) {
    const form = formOf(basename(root)) ?? "lines";
    return { ...found, files: [{ ref: basename(root), path: root, size: Number(file.size), form }] };
  }
  for (const entry of walkTree(root)) {
    if (entry.kind === "file") {
      const form = formOf(entry.name);
      if (form === undefined) found.others += 1;
      else found.files.push({ ref: entry.ref, path: entry.path, size: Number(entry.stat.size), form });
    } else if (entry.kind === "link") found.links += 1;
    else if (entry.kind === "unreadable") found.unreadable.push({ ref: entry.ref, reason: readFailure(entry.code) });
  }
  found.files.sort((one, other) => (one.ref < other.ref ? -1 : one.ref > other.ref ? 1 : 0));
  return found;
}

function formOf(name: string): FoundFile["form"] | undefined {
  const match = NAME.exec(name);
  if (match === null) return undefined;
  return match[1] === undefined ? "document" : "lines";
}

function openPath(path: string): { root: string; file: BigIntStats | undefined } {
  try {
    const root = realpathSync(path);
    const stat = statSync(root, { bigint: true });
    if (stat.isDirectory()) return { root, file: undefined };
    if (stat.isFile()) return { root, file: stat };
  } catch (cause) {
    throw notReadable(readFailure(codeOf(cause)), cause);
  }
  throw notReadable("it is neither a file nor a folder");
}

function notReadable(reason: string, cause?: unknown): SatchelError {
  return new SatchelError(
    "READ_FAILED",
    `The file or folder of the source cannot be read: ${reason}.`,
    "Check that it is there, that its drive is connected, and that this user may read it.",
    { cause },
  );
}

/** The folder of a file, "" of one at the top; where headers name no patient, data points of a folder are one patient's. */
export function folderOf(ref: string): string {
  const folder = dirname(ref);
  return folder === "." ? "" : folder;
}
