import { lstatSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { isAbsolute, join } from "node:path";

const PREFIX = "satchel-window-";

/**
 * An empty folder that only this user can enter: for the redirect file and for the browser's profile. In the user's runtime folder where
 * the system has one (it lives in memory), among the temporary files otherwise. Its name bears the process, so that what a killed one
 * left is removed by the next.
 */
export function makePrivateFolder(): string {
  const base = runtimeFolder();
  removeLeftovers(base);
  return mkdtempSync(join(base, `${PREFIX}${process.pid}-`));
}

function runtimeFolder(): string {
  const given = process.env.XDG_RUNTIME_DIR ?? "";
  if (!isAbsolute(given)) return tmpdir();
  const status = lstatSync(given, { throwIfNoEntry: false });
  // XDG Base Directory Specification: owned by the user, mode 0700. Anything else is not what it is said to be.
  const own = status?.isDirectory() === true && status.uid === process.getuid?.() && (status.mode & 0o077) === 0;
  return own ? given : tmpdir();
}

function removeLeftovers(base: string): void {
  for (const name of readdirSync(base)) {
    const owner = new RegExp(`^${PREFIX}(\\d+)-`).exec(name)?.[1];
    if (owner === undefined || Number(owner) === process.pid || isAlive(Number(owner))) continue;
    const path = join(base, name);
    const status = lstatSync(path, { throwIfNoEntry: false });
    if (status?.isDirectory() === true && status.uid === process.getuid?.())
      rmSync(path, { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
