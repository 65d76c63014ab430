import type { Place } from "../../contract/calls/shell.ts";

/** A file system where it is mounted, as the platform tells of it. */
export interface Volume {
  /** Where it is mounted: absolute. */
  path: string;
  label: string;
  kind: "removable" | "drive" | "network";
  /** As people call it: "FAT32"; empty where unknown. */
  fileSystem: string;
  readOnly: boolean;
  /** Holds what people keep, and not the system's own. */
  forPeople: boolean;
}

const NAMES: Record<string, string> = {
  apfs: "APFS",
  exfat: "exFAT",
  fuseblk: "",
  hfs: "HFS+",
  hfsplus: "HFS+",
  iso9660: "ISO 9660",
  msdos: "FAT32",
  ntfs: "NTFS",
  ntfs3: "NTFS",
  smb3: "SMB",
  smbfs: "SMB",
  cifs: "SMB",
  nfs4: "NFS",
  nfs: "NFS",
  udf: "UDF",
  vfat: "FAT32",
};

/** @param type as the system's kernel names it */
export function fileSystemName(type: string): string {
  return NAMES[type] ?? type.replace(/^fuse\./, "");
}

/** FAT keeps a file's size in 32 bits (Microsoft FAT specification 1.03, 6.2); all other file systems hold more than anybody exports. */
function largestFileOf(fileSystem: string): number | null {
  return fileSystem === "FAT32" ? 2 ** 32 - 1 : null;
}

export function isNetwork(type: string): boolean {
  return /^(?:nfs4?|cifs|smb3|smbfs|afpfs|webdav|davfs2?|9p|ceph|glusterfs|afs|lustre|beegfs|fuse\..+)$/.test(type);
}

/** The volume that holds a path: the one mounted deepest above it. Of two at one place the later covers the earlier. */
export function volumeOf(path: string, volumes: readonly Volume[]): Volume | undefined {
  let found: Volume | undefined;
  for (const volume of volumes) {
    const root = /[/\\]$/.test(volume.path) ? volume.path : `${volume.path}${volume.path.includes("\\") ? "\\" : "/"}`;
    const holds = path === volume.path || path.startsWith(root);
    if (holds && volume.path.length >= (found?.path.length ?? 0)) found = volume;
  }
  return found;
}

/** @param space undefined where the file system did not tell */
export function toPlace(
  volume: Pick<Volume, "path" | "label" | "fileSystem" | "readOnly">,
  kind: Place["kind"],
  space: { free: number; total: number } | undefined,
): Place {
  const { path, label, fileSystem, readOnly } = volume;
  return {
    path,
    label: shownName(label),
    kind,
    freeBytes: space?.free ?? null,
    totalBytes: space?.total ?? null,
    fileSystem,
    readOnly,
    largestFile: largestFileOf(fileSystem),
  };
}

/** A name as it can be shown: what steers a terminal or turns the direction of text around becomes a visible mark. */
export function shownName(name: string): string {
  return name.replace(/[\p{Cc}\p{Cs}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu, "\ufffd");
}
