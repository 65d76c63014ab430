import type { SafeStorage } from "electron";
import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { SatchelError } from "../../../contract/errors.ts";
import { writeNewFile } from "../../access/new-file.ts";
import type { WorkspaceSecret } from "../../access/workspace-key.ts";
import { isWorkspace, opensWithPassphrase } from "../../access/workspace.ts";
import { makeFolders } from "../../package/make-folders.ts";

type KeyStore = Pick<
  SafeStorage,
  "isEncryptionAvailable" | "encryptString" | "decryptString" | "getSelectedStorageBackend"
>;

/** Chromium's mark of what it encrypted under a password that stands in its own source code (os_crypt_linux.cc). */
const HARD_CODED = "v10";

/**
 * What opens the workspace without a question: 32 random bytes that the platform's key store keeps, in a file beside the workspace
 * (`WORKSPACE.key`, mode 0600) that is worth nothing without it.
 *
 * @returns undefined where a person is to be asked: the workspace was made with a passphrase, or is to be made and the platform has no
 * key store worth the name. Without a keyring Chromium "encrypts" under a password that anybody can look up (`basic_text`): then a
 * passphrase is the honest choice.
 */
export function keptKey(store: KeyStore, workspace: string): (() => WorkspaceSecret) | undefined {
  const ask = isWorkspace(workspace) ? opensWithPassphrase(workspace) : !isTrustworthy(store);
  return ask ? undefined : () => ({ kind: "key", key: obtainKey(store, workspace) });
}

function isTrustworthy(store: KeyStore): boolean {
  if (!store.isEncryptionAvailable()) return false;
  return process.platform !== "linux" || store.getSelectedStorageBackend() !== "basic_text";
}

function obtainKey(store: KeyStore, workspace: string): Buffer {
  const file = `${workspace}.key`;
  if (!isTrustworthy(store)) {
    throw new SatchelError(
      "WRONG_KEY",
      "This workspace opens with the key store of this computer, which is not available.",
      "Log in to the desktop with its key store (GNOME Keyring, KWallet, Keychain) and start Satchel again.",
    );
  }
  if (existsSync(file)) return readKey(store, file);
  if (isWorkspace(workspace)) {
    throw new SatchelError(
      "WRONG_KEY",
      "The file with the key of this workspace is missing beside it.",
      "Restore it from a backup: without it the workspace cannot be opened.",
    );
  }
  const key = randomBytes(32);
  const sealed = store.encryptString(key.toString("base64"));
  if (isHardCoded(sealed)) throw refusedKey();
  // On the disk before the workspace is made with it: a crash in between leaves a key without a workspace, never the other way round.
  makeFolders(dirname(workspace), 0o700);
  writeNewFile(file, sealed);
  return key;
}

function readKey(store: KeyStore, file: string): Buffer {
  try {
    const sealed = readFileSync(file);
    const key = Buffer.from(store.decryptString(sealed), "base64");
    if (key.length === 32 && !isHardCoded(sealed)) return key;
  } catch {
    // A file of another person or machine, or a store that was emptied: all the same to whoever wants to go on.
  }
  throw refusedKey();
}

function refusedKey(): SatchelError {
  return new SatchelError(
    "WRONG_KEY",
    "The key store of this computer did not give back the key of this workspace.",
    "Log in as the person who made it, on the same computer, and start Satchel again.",
  );
}

function isHardCoded(sealed: Buffer): boolean {
  return process.platform === "linux" && sealed.subarray(0, HARD_CODED.length).toString("latin1") === HARD_CODED;
}
