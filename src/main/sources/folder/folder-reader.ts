import { closeSync, realpathSync } from "node:fs";
import { SatchelError } from "../../../contract/errors.ts";
import type { InstanceBytes, InstanceLocator, InstanceReader } from "../source.ts";
import { resolveReference } from "./file-reference.ts";
import type { FolderConfig } from "./folder-config.ts";
import { openFile, openRoot, stampOf } from "./open-file.ts";
import { asReadError } from "./read-failure.ts";
import { isInside } from "./walk-tree.ts";

/** Opens files of a folder source where they lie; nothing is copied. The caller closes what it got. */
export function createFolderReader(config: FolderConfig): InstanceReader {
  let root: string | undefined;
  return {
    async read(locator, signal) {
      if (signal.aborted) throw new SatchelError("CANCELLED", "Reading the file was cancelled.");
      root ??= reach(config.path);
      try {
        return await Promise.resolve(openUnchanged(root, locator));
      } catch (thrown) {
        // A drive that was pulled out is not a fault of this one file.
        if (!(thrown instanceof SatchelError)) reach(config.path);
        throw asReadError(thrown);
      }
    },
    close: () => Promise.resolve(),
  };
}

/** @returns the root. @throws SOURCE_UNREACHABLE where it is not there: whoever reads many files need not try each of them */
function reach(path: string): string {
  try {
    return openRoot(path).root;
  } catch (thrown) {
    if (!(thrown instanceof SatchelError)) throw thrown;
    throw new SatchelError("SOURCE_UNREACHABLE", thrown.message, thrown.next, { cause: thrown });
  }
}

function openUnchanged(root: string, locator: InstanceLocator): InstanceBytes {
  const path = resolveReference(root, locator.ref);
  // A folder on the way may have become a link since the sync. Latin-1 keeps names apart that are not UTF-8.
  const real = realpathSync.native(path, { encoding: "buffer" }).toString("latin1");
  if (!isInside(Buffer.from(root, "utf8").toString("latin1"), real))
    throw new SatchelError(
      "READ_FAILED",
      "A file of the folder source now lies outside the folder, behind a symbolic link.",
      "Sync the source again.",
    );
  const { fd, size, stat } = openFile(path);
  if (size !== locator.size || stampOf(stat) !== locator.stamp) {
    closeSync(fd);
    throw new SatchelError(
      "CHECKSUM",
      "A file of the folder source has changed since the last sync: sync the source, then retry.",
      "Sync the source and plan the export again.",
    );
  }
  return { kind: "file", fd, size, close: () => closeSync(fd) };
}
