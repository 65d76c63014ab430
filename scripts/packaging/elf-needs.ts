import { readFileSync } from "node:fs";

/** Debian's package of each library that a program of ours may be linked with. */
const PACKAGES: Record<string, string> = {
  "libc.so.6": "libc6",
  "libm.so.6": "libc6",
  "libdl.so.2": "libc6",
  "libpthread.so.0": "libc6",
  "libgcc_s.so.1": "libgcc-s1",
  "libstdc++.so.6": "libstdc++6",
  "libatomic.so.1": "libatomic1",
};

/**
 * Debian packages that programs and libraries need, from the names that stand in their string tables: libraries, and the newest symbol
 * version of the C library (`GLIBC_2.28`), which is the version of libc6.
 *
 * @param files ELF files
 * @returns for the field Depends, in alphabetical order
 */
export function debianNeeds(files: readonly string[]): string[] {
  const needed = new Set<string>();
  let newest = [0, 0];
  for (const file of files) {
    const text = readFileSync(file).toString("latin1");
    for (const [, library = ""] of text.matchAll(/\0(lib[a-z_+]+\.so\.\d+)(?=\0)/g)) {
      const name = PACKAGES[library];
      if (name !== undefined) needed.add(name);
    }
    for (const [, major, minor] of text.matchAll(/\0GLIBC_(\d+)\.(\d+)/g)) {
      const version = [Number(major), Number(minor)];
      if (version[0]! > newest[0]! || (version[0] === newest[0] && version[1]! > newest[1]!)) newest = version;
    }
  }
  return [...needed].toSorted().map((name) => (name === "libc6" ? `libc6 (>= ${newest.join(".")})` : name));
}
