import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { basename } from "node:path";
import { promisify } from "node:util";
import { fileSystemName, isNetwork, type Volume } from "./volume.ts";

/**
 * What `mount` of macOS prints: "/dev/disk4s1 on /Volumes/STICK (msdos, local, nodev, nosuid)".
 *
 * Everything under /Volumes was plugged in or connected by a person; it does not say which can be pulled out, so local ones count as such.
 */
export function parseMacMounts(text: string): Volume[] {
  return text.split("\n").flatMap((line) => {
    const match = /^.+? on (\/.*) \(([^()]+)\)$/.exec(line);
    const [type = "", ...options] = match?.[2]?.split(", ") ?? [];
    const path = match?.[1];
    if (path === undefined) return [];
    const brought = path.startsWith("/Volumes/");
    return [
      {
        path,
        label: basename(path) || path,
        kind: isNetwork(type) ? "network" : brought ? "removable" : "drive",
        fileSystem: fileSystemName(type),
        readOnly: options.includes("read-only"),
        forPeople: brought || path === "/",
      },
    ];
  });
}

export async function listMacVolumes(): Promise<Volume[]> {
  const { stdout } = await promisify(execFile)("/sbin/mount", [], { timeout: 5_000, windowsHide: true });
  return parseMacMounts(stdout);
}

/** The drive letters in use. Windows tells neither kind nor file system without a program of its own to ask; a stick counts as a drive. */
export function listWindowsVolumes(isThere: (path: string) => boolean = existsSync): Volume[] {
  const letters = Array.from({ length: 26 }, (_, index) => String.fromCharCode(65 + index));
  return letters
    .map((letter) => `${letter}:\\`)
    .filter((path) => isThere(path))
    .map((path) => ({ path, label: path, kind: "drive", fileSystem: "", readOnly: false, forPeople: true }));
}
