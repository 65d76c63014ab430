import { statfs } from "node:fs/promises";

/** The file system behind a path, as far as copying wants to know it. */
export interface FileSystem {
  /** "FAT32", "exFAT", "ext4" ...; empty where unknown. */
  name: string;
  freeBytes: number;
  /** Bytes of the largest file that it can hold; null where that is more than anybody needs. */
  largestFile: number | null;
}

/** tmpfs, devtmpfs and ramfs: there is no medium behind what the system remembers. */
export const MEMORY = "memory";

/** statfs(2) on Linux: `f_type` by /usr/include/linux/magic.h. Elsewhere the numbers mean other things. */
const NAMES = new Map<number, string>([
  [0x4d44, "FAT32"],
  [0x2011bab0, "exFAT"],
  [0xef53, "ext4"],
  [0x5346544e, "NTFS"],
  [0x7366746e, "NTFS"],
  [0x58465342, "XFS"],
  [0x9123683e, "Btrfs"],
  [0x01021994, MEMORY],
  [0x858458f6, MEMORY],
  [0x15013346, "UDF"],
  [0x9660, "ISO 9660"],
  [0x6969, "NFS"],
  [0x517b, "SMB"],
  [0xff534d42, "SMB"],
  [0xfe534d42, "SMB"],
]);

const FAT32_LARGEST = 2 ** 32 - 1;

/** @throws what the file system says */
export async function fileSystemAt(folder: string): Promise<FileSystem> {
  const { type, bavail, bsize } = await statfs(folder);
  // A signed 32-bit number on some machines.
  const name = process.platform === "linux" ? (NAMES.get(type < 0 ? type + 2 ** 32 : type) ?? "") : "";
  return { name, freeBytes: bavail * bsize, largestFile: name === "FAT32" ? FAT32_LARGEST : null };
}
