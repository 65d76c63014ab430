import { readFile, realpath } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { fileSystemName, isNetwork, type Volume } from "./volume.ts";

/** One line of /proc/self/mountinfo (proc_pid_mountinfo(5)). */
export interface Mount {
  device: string;
  path: string;
  type: string;
  readOnly: boolean;
}

const DISK_TYPES =
  /^(?:ext[234]|xfs|btrfs|f2fs|bcachefs|zfs|jfs|reiserfs|vfat|msdos|exfat|ntfs3?|fuseblk|hfs|hfsplus|apfs|udf|iso9660|virtiofs)$/;
/** Where systems keep their own; media that people plug in come under /run/media or /media. */
const SYSTEM = /^\/(?:boot|efi|usr|var|snap|nix|etc|proc|sys|dev|tmp|run(?!\/media\/))(?:\/|$)/;

/** @param text the whole file */
export function parseMountInfo(text: string): Mount[] {
  return text.split("\n").flatMap((line) => {
    const [before = "", after] = line.split(" - ");
    const [, , device, , path, options] = before.split(" ");
    const [type, , superOptions = ""] = after?.split(" ") ?? [];
    if (device === undefined || path === undefined || options === undefined || type === undefined) return [];
    const readOnly = [options, superOptions].some((list) => list.split(",").includes("ro"));
    // Blanks and line ends stand there as three octal digits.
    const plain = path.replace(/\\([0-7]{3})/g, (_all, digits: string) =>
      String.fromCharCode(Number.parseInt(digits, 8)),
    );
    return [{ device, path: plain, type, readOnly }];
  });
}

/** @param isRemovable whether the device of a mount can be pulled out */
export async function toVolumes(
  mounts: readonly Mount[],
  isRemovable: (mount: Mount) => Promise<boolean>,
): Promise<Volume[]> {
  return Promise.all(
    mounts.map(async (mount) => {
      const { path, type, readOnly } = mount;
      const network = isNetwork(type);
      const disk = DISK_TYPES.test(type);
      const removable = disk && (await isRemovable(mount));
      return {
        path,
        label: basename(path) || path,
        kind: network ? "network" : removable ? "removable" : "drive",
        fileSystem: fileSystemName(type),
        readOnly,
        forPeople: (disk || (network && !/gvfsd|portal|lxcfs/.test(type))) && !SYSTEM.test(path),
      };
    }),
  );
}

export async function listLinuxVolumes(): Promise<Volume[]> {
  return toVolumes(parseMountInfo(await readFile("/proc/self/mountinfo", "utf8")), isRemovable);
}

/** By the kernel's word, by the bus (USB disks do not call themselves removable), or by where the desktop mounted it. */
async function isRemovable({ device, path }: Mount): Promise<boolean> {
  if (/^\/(?:run\/media|media)\//.test(path)) return true;
  try {
    const block = await realpath(join("/sys/dev/block", device));
    if (/\/usb\d+\//.test(block)) return true;
    // The mark is the disk's; a partition is a folder inside it.
    for (const folder of [block, dirname(block)]) {
      const mark = await readFile(join(folder, "removable"), "utf8").catch(() => "");
      if (mark !== "") return mark.trim() === "1";
    }
    return false;
  } catch {
    // Not a block device (zfs, btrfs), or /sys is not there: then nothing says so.
    return false;
  }
}
