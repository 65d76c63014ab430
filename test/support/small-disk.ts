import { spawnSync } from "node:child_process";
import { rmSync, statfsSync, writeFileSync } from "node:fs";
import { makeTemporaryDirectory } from "./temporary-directory.ts";

/** A disk of its own in memory, of 64 MB; only root may mount one. @returns whether it is there */
export function mountSmallDisk(folder: string): boolean {
  return spawnSync("mount", ["-t", "tmpfs", "-o", "size=64m", "satchel-test", folder]).status === 0;
}

export function unmount(folder: string): void {
  spawnSync("umount", ["--lazy", folder]);
}

/** Whether `mountSmallDisk` can be had here: tried once. */
export function canMountSmallDisk(): boolean {
  const probe = makeTemporaryDirectory("disk-probe");
  const canMount = process.getuid?.() === 0 && mountSmallDisk(probe);
  if (canMount) unmount(probe);
  rmSync(probe, { recursive: true, force: true });
  return canMount;
}

/** Takes all the room that is left on a disk. Others write to it as well: that it is full is what is wanted. */
export function fillDisk(ballast: string): void {
  writeFileSync(ballast, "");
  const { bavail, bsize } = statfsSync(ballast);
  try {
    writeFileSync(ballast, Buffer.alloc(bavail * bsize));
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOSPC")) throw error;
  }
}
