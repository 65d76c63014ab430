import { timingSafeEqual } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { SatchelError } from "../../contract/errors.ts";
import { replaceFile } from "./new-file.ts";
import { unwrapWorkspaceKey, workspaceHeaderSchema, wrapWorkspaceKey, type WorkspaceHeader } from "./workspace-key.ts";

/** @param path of workspace.json @throws SatchelError READ_FAILED */
export function readHeader(path: string): WorkspaceHeader {
  try {
    return workspaceHeaderSchema.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch (error) {
    throw new SatchelError(
      "READ_FAILED",
      "The file workspace.json of the workspace is damaged or of a newer Satchel.",
      "Restore it from a backup: without it the catalog cannot be opened.",
      { cause: error },
    );
  }
}

/**
 * Wraps the workspace's key under another passphrase. The key stays, so nothing is encrypted anew; copies of the old workspace.json, in a
 * backup, still open with the old passphrase. The old header goes only once the new one has been read back from the disk and has given
 * the same key.
 *
 * @param folder of a workspace that this process holds the lock of
 * @throws SatchelError WRONG_KEY (the current passphrase), USAGE (it opens with a key; an empty new one), WRITE_FAILED, DISK_FULL
 */
export async function changePassphrase(folder: string, current: string, next: string): Promise<void> {
  const path = join(folder, "workspace.json");
  const header = readHeader(path);
  if (header.unlock !== "passphrase")
    throw new SatchelError(
      "USAGE",
      "This workspace opens with a key and has no passphrase.",
      "Keep the key where only you can read it.",
    );
  const key = await unwrapWorkspaceKey(header, { kind: "passphrase", passphrase: current });
  try {
    const secret = { kind: "passphrase", passphrase: next } as const;
    const wrapped = await wrapWorkspaceKey(key, secret);
    await replaceFile(path, `${JSON.stringify(wrapped)}\n`, async (written) => {
      const again = await unwrapWorkspaceKey(readHeader(written), secret);
      const same = timingSafeEqual(key, again);
      again.fill(0);
      if (!same)
        throw new SatchelError("WRITE_FAILED", "The new workspace.json did not come back right from the disk.");
    });
  } finally {
    key.fill(0);
  }
}
