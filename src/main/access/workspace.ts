import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { SatchelError } from "../../contract/errors.ts";
import { startAuditLog, type AuditLog } from "../audit/audit-log.ts";
import { openCatalog, type Catalog } from "../catalog/database.ts";
import { makeFolders } from "../package/make-folders.ts";
import { lockWorkspace, type WorkspaceLock } from "./lock.ts";
import { openLog, type WorkspaceLog } from "./log.ts";
import { writeNewFile } from "./new-file.ts";
import { readHeader } from "./workspace-header.ts";
import { deriveSubkey, newWorkspaceKey, unwrapWorkspaceKey, type WorkspaceSecret } from "./workspace-key.ts";

/**
 * A workspace folder, mode 0700: `workspace.json` (the wrapped key), `catalog.sqlite` (encrypted), `audit-head.json`, `lock.sqlite`,
 * `log/`, `scratch/`.
 */
export interface Workspace {
  readonly folder: string;
  readonly catalog: Catalog;
  /** For threads that read the catalog themselves, by connections of their own. Zeroed when the workspace is closed. */
  readonly catalogAccess: { readonly path: string; readonly key: Buffer };
  readonly audit: AuditLog;
  readonly log: WorkspaceLog;
  /** For temporary files; emptied when a writer opens the workspace. */
  readonly scratch: string;
  /** Closes the catalog and gives the lock back. Safe to call twice. */
  close(): void;
}

export interface OpenWorkspaceOptions {
  /** Reads beside the one writer and needs no lock; cannot make a workspace. */
  readOnly?: boolean;
}

const HEADER = "workspace.json";
const AUDIT_HEAD = "audit-head.json";

/** Whether a workspace has been made in a folder; then it has a secret, otherwise one is to be chosen. */
export function isWorkspace(folder: string): boolean {
  return existsSync(join(folder, HEADER));
}

/** Whether a person is to be asked. False for one that opens with a key, and for one whose header cannot be read: opening it says so. */
export function opensWithPassphrase(folder: string): boolean {
  try {
    return readHeader(join(folder, HEADER)).unlock === "passphrase";
  } catch {
    return false;
  }
}

/**
 * Opens the workspace in `folder`, or makes it there where the folder is absent or empty.
 *
 * @param secrets asks for what opens it; called once, only when it is needed.
 * @throws SatchelError IN_USE (another process writes), WRONG_KEY (nothing is changed), NOT_FOUND (read-only and absent), USAGE (the
 * folder holds something else), READ_FAILED (damaged).
 */
export async function openWorkspace(
  folder: string,
  secrets: () => WorkspaceSecret | Promise<WorkspaceSecret>,
  options: OpenWorkspaceOptions = {},
): Promise<Workspace> {
  const readOnly = options.readOnly ?? false;
  if (readOnly && !isWorkspace(folder)) {
    throw new SatchelError(
      "NOT_FOUND",
      "There is no workspace yet.",
      "Make one by adding a source, or by making the demo hospital.",
    );
  }
  if (!readOnly) makeFolder(folder);
  const lock = readOnly ? undefined : lockWorkspace(join(folder, "lock.sqlite"));
  try {
    if (!readOnly) removePartialHeaders(folder);
    const made = isWorkspace(folder);
    const key = made
      ? await unwrapWorkspaceKey(readHeader(join(folder, HEADER)), await secrets())
      : await makeKey(folder, await secrets());
    return openWithKey(folder, key, lock);
  } catch (error) {
    lock?.release();
    throw error;
  }
}

function openWithKey(folder: string, key: Buffer, lock: WorkspaceLock | undefined): Workspace {
  const catalogKey = deriveSubkey(key, "catalog");
  const auditKey = deriveSubkey(key, "audit");
  key.fill(0);
  const path = join(folder, "catalog.sqlite");
  let catalog: Catalog;
  try {
    catalog = openCatalog(path, catalogKey, { readOnly: lock === undefined });
  } catch (error) {
    catalogKey.fill(0);
    // The header's key is right: that the catalog does not open with it means another file, or a damaged one.
    if (!(error instanceof SatchelError) || error.code !== "WRONG_KEY") throw error;
    throw new SatchelError(
      "READ_FAILED",
      "The catalog of this workspace is damaged or belongs to another workspace.",
      "Restore the workspace from a backup, or make a new one and sync the sources again.",
      { cause: error },
    );
  }
  const scratch = join(folder, "scratch");
  try {
    if (lock !== undefined) emptyFolder(scratch);
    return {
      folder,
      catalog,
      catalogAccess: { path, key: catalogKey },
      audit: { catalog, key: auditKey, headPath: join(folder, AUDIT_HEAD) },
      log: openLog(join(folder, "log")),
      scratch,
      close() {
        catalog.close();
        catalogKey.fill(0);
        auditKey.fill(0);
        lock?.release();
      },
    };
  } catch (error) {
    catalog.close();
    catalogKey.fill(0);
    throw error;
  }
}

/** @throws SatchelError USAGE, WRITE_FAILED */
function makeFolder(folder: string): void {
  if (isWorkspace(folder)) return;
  try {
    makeFolders(folder, 0o700);
    // What a crash while making left behind is taken up again; anything else is somebody's own.
    const own = /^(?:lock\.sqlite.*|audit-head\.json.*|log|scratch|window\.sock|\.workspace\.json\..*\.partial)$/;
    if (readdirSync(folder).some((name) => !own.test(name))) {
      throw new SatchelError(
        "USAGE",
        "The folder for the workspace holds other things.",
        "Choose an empty or new folder as the workspace.",
      );
    }
    chmodSync(folder, 0o700);
    mkdirSync(join(folder, "log"), { recursive: true, mode: 0o700 });
    mkdirSync(join(folder, "scratch"), { recursive: true, mode: 0o700 });
  } catch (error) {
    if (error instanceof SatchelError) throw error;
    throw new SatchelError(
      "WRITE_FAILED",
      "The workspace folder could not be made.",
      "Choose a folder that you may write to as the workspace.",
      { cause: error },
    );
  }
}

async function makeKey(folder: string, secret: WorkspaceSecret): Promise<Buffer> {
  const { key, header } = await newWorkspaceKey(secret);
  const auditKey = deriveSubkey(key, "audit");
  // Before the header: every workspace has a head from its first moment.
  startAuditLog(auditKey, join(folder, AUDIT_HEAD));
  auditKey.fill(0);
  writeNewFile(join(folder, HEADER), `${JSON.stringify(header)}\n`);
  return key;
}

/** A crash while the passphrase was being changed leaves one; it holds the key under a passphrase that nobody was told to keep. */
function removePartialHeaders(folder: string): void {
  for (const name of readdirSync(folder))
    if (/^\.workspace\.json\..*\.partial$/.test(name)) rmSync(join(folder, name), { force: true });
}

function emptyFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true, force: true });
}
