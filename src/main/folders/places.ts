import { access, constants, readFile, stat, statfs } from "node:fs/promises";
import { homedir } from "node:os";
import { basename, join } from "node:path";
import type { Place } from "../../contract/calls/shell.ts";
import { listLinuxVolumes } from "./linux-volumes.ts";
import { listMacVolumes, listWindowsVolumes } from "./other-volumes.ts";
import type { Patience } from "./patience.ts";
import { toPlace, volumeOf, type Volume } from "./volume.ts";

const ORDER: Record<Place["kind"], number> = { removable: 0, drive: 1, network: 2, home: 3, folder: 4 };

export async function listVolumes(): Promise<Volume[]> {
  if (process.platform === "win32") return listWindowsVolumes();
  return process.platform === "darwin" ? listMacVolumes() : listLinuxVolumes();
}

/**
 * Where people keep things: what can be pulled out first, then drives, servers, the home folder and the folders in it. A file system that
 * does not answer is listed without its space.
 */
export async function listPlaces(patience: Patience, volumes?: readonly Volume[]): Promise<Place[]> {
  const all = volumes ?? (await listVolumes());
  const drives = all.filter(
    // One covered by a later mount at the same place is not what is there.
    (volume, index) => volume.forPeople && all.findLastIndex(({ path }) => path === volume.path) === index,
  );
  const places = await Promise.all([
    ...drives.map(async (volume) => toPlace(volume, volume.kind, await spaceOf(volume.path, volume.path, patience))),
    ...(await ownFolders()).map(async ({ path, kind }) => placeOf(path, kind, all, patience)),
  ]);
  return places.sort(
    (left, right) => ORDER[left.kind] - ORDER[right.kind] || Number(left.path === "/") - Number(right.path === "/"),
  );
}

/** A folder as a place: its file system's properties under its own name. Read-only also where this user may not write to it. */
export async function placeOf(
  path: string,
  kind: "home" | "folder",
  volumes: readonly Volume[],
  patience: Patience,
): Promise<Place> {
  const volume = volumeOf(path, volumes);
  const mount = volume?.path ?? path;
  const writable = await patience
    .ask(mount, () => access(path, constants.W_OK))
    .then(
      () => true,
      () => false,
    );
  const about = {
    path,
    label: basename(path) || path,
    fileSystem: volume?.fileSystem ?? "",
    readOnly: volume?.readOnly === true || !writable,
  };
  return toPlace(about, kind, await spaceOf(path, mount, patience));
}

async function spaceOf(
  path: string,
  mount: string,
  patience: Patience,
): Promise<{ free: number; total: number } | undefined> {
  try {
    const { bavail, blocks, bsize } = await patience.ask(mount, () => statfs(path));
    return { free: bavail * bsize, total: blocks * bsize };
  } catch {
    // Its place is shown without numbers; whoever opens it is told why.
    return undefined;
  }
}

/** The home folder, and in it what the desktop calls documents, downloads and desktop, under the names they have in the user's language. */
async function ownFolders(): Promise<{ path: string; kind: "home" | "folder" }[]> {
  const home = homedir();
  const named = ["DOCUMENTS", "DOWNLOAD", "DESKTOP"];
  const usual = ["Documents", "Downloads", "Desktop"].map((name) => join(home, name));
  const config = join(process.env.XDG_CONFIG_HOME ?? join(home, ".config"), "user-dirs.dirs");
  const text = process.platform === "linux" ? await readFile(config, "utf8").catch(() => "") : "";
  const paths = named.map((name, index) => {
    const value = new RegExp(`^XDG_${name}_DIR="(?:\\$HOME|(?=/))(/[^"]*)"`, "m").exec(text);
    if (value === null) return usual[index] ?? home;
    return value[0].includes("$HOME") ? join(home, value[1] ?? "") : (value[1] ?? home);
  });
  const there = await Promise.all(
    paths.map(async (path) => (await isFolder(path)) && join(path, ".") !== join(home, ".")),
  );
  return [
    { path: home, kind: "home" as const },
    ...[...new Set(paths.filter((_, index) => there[index]))].map((path) => ({ path, kind: "folder" as const })),
  ];
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() === true;
}
