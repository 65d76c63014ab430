import { closeSync, constants, fstatSync, openSync, realpathSync, statSync, type BigIntStats } from "node:fs";
import { SatchelError } from "../../../contract/errors.ts";
import { readFailure } from "./read-failure.ts";
import { codeOf } from "./walk-tree.ts";

/** NOFOLLOW and NONBLOCK: between the look and the opening the file may have become a link or a pipe. Windows knows neither. */
const FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** An open regular file. The caller closes `fd`. Throws what node:fs throws, READ_FAILED where it is no regular file. */
export function openFile(path: string | Buffer): { fd: number; size: number; stat: BigIntStats } {
  const fd = openSync(path, FLAGS);
  try {
    const stat = fstatSync(fd, { bigint: true });
    if (!stat.isFile()) throw new SatchelError("READ_FAILED", "The file is no longer a regular file.");
    return { fd, size: Number(stat.size), stat };
  } catch (error) {
    closeSync(fd);
    throw error;
  }
}

/** Changes whenever the content may have changed. The size is compared beside it. */
export function stampOf(stat: BigIntStats): string {
  return `${stat.mtimeNs}-${stat.ino}`;
}

/**
 * @returns the absolute path of the root without links, and what tells whether it is still the same one later
 * @throws READ_FAILED
 */
export function openRoot(path: string): { root: string; identity: string } {
  const next = "Check that the folder exists, that its drive is connected, and that this user may read it.";
  try {
    const root = realpathSync(path);
    const stat = statSync(root, { bigint: true });
    if (!stat.isDirectory())
      throw new SatchelError("READ_FAILED", "The path of the folder source is not a folder.", next);
    return { root, identity: `${stat.dev}-${stat.ino}` };
  } catch (cause) {
    if (cause instanceof SatchelError) throw cause;
    throw new SatchelError("READ_FAILED", `The folder source cannot be opened: ${readFailure(codeOf(cause))}.`, next, {
      cause,
    });
  }
}
