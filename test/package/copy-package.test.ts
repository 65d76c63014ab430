import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { copyPackage, type CopyPorts, type CopyStep } from "../../src/main/package/copy-package.ts";
import { assertRoom } from "../../src/main/package/copy-place.ts";
import { verifyPackage } from "../../src/main/package/verify.ts";
import { folderForTest, makeFolder, makeZip, smallContents, type Content } from "./make-package.ts";

/** Some megabytes, so that there are several blocks. */
function largeContents(): Content[] {
  const bytes = Buffer.alloc(5_000_000);
  for (let at = 0; at < bytes.length; at += 4) bytes.writeUInt32LE((at * 2_654_435_761) >>> 0, at);
  return [...smallContents(), { name: "studies/1.2.840.1/large.dcm", role: "dicom", bytes }];
}

function portsFor(change: Partial<CopyPorts> = {}): CopyPorts {
  return {
    signal: new AbortController().signal,
    onProgress: () => undefined,
    verify: (path) => verifyPackage(path),
    isOwnLeftover: () => false,
    begin: () => undefined,
    end: () => undefined,
    ...change,
  };
}

async function flipByte(path: string, at: number): Promise<void> {
  const handle = await open(path, "r+");
  const byte = Buffer.alloc(1);
  await handle.read(byte, 0, 1, at);
  byte[0] = (byte[0] ?? 0) ^ 1;
  await handle.write(byte, 0, 1, at);
  await handle.close();
}

const MIB = 1024 * 1024;

test("a copy goes through all of its steps, each to its end, in order", async () => {
  const { path } = await makeZip(folderForTest("copy"), largeContents());
  const steps = new Map<CopyStep, boolean>();
  const report = await copyPackage(
    path,
    folderForTest("stick"),
    portsFor({ onProgress: ({ step, bytesDone, bytesTotal }) => steps.set(step, bytesDone === bytesTotal) }),
  );
  expect(report).toMatchObject({ ok: true, findings: [] });
  expect([...steps]).toEqual([
    ["copying", true],
    ["flushing", true],
    ["reading-back", true],
  ]);
  expect(readFileSync(report.path).equals(readFileSync(path))).toBe(true);
});

test.for([0, 3 * MIB + 17, -1])(
  "a byte of a ZIP changed after it was written (at %i) is caught, placed, and the copy removed",
  async (at) => {
    const { path } = await makeZip(folderForTest("copy"), largeContents());
    const { length } = readFileSync(path);
    const place = at < 0 ? length + at : at;
    const to = folderForTest("stick");
    const report = await copyPackage(path, to, portsFor({ afterFlush: (partial) => flipByte(partial, place) }));
    expect(report.ok).toBe(false);
    const block = Math.floor(place / MIB) * MIB;
    expect(report.findings[0]).toMatchObject({
      code: "CONTENT_CHANGED",
      path: "",
      sentence: expect.stringContaining(`between byte ${block} and ${Math.min(block + MIB, length)}`),
    });
    expect(readdirSync(to)).toEqual([]);
  },
);

test("a byte changed in a file of a folder is caught and the file is named; the folder is removed", async () => {
  const { path } = await makeFolder(folderForTest("copy"), largeContents());
  const to = folderForTest("stick");
  const report = await copyPackage(
    path,
    to,
    portsFor({ afterFlush: (partial) => flipByte(join(partial, "studies/1.2.840.1/2.dcm"), 5) }),
  );
  expect(report.ok).toBe(false);
  expect(report.findings.every((finding) => finding.path === "studies/1.2.840.1/2.dcm")).toBe(true);
  expect(readdirSync(to)).toEqual([]);
});

test("a file that the medium cut short, or lost, is caught", async () => {
  const { path } = await makeFolder(folderForTest("copy"), smallContents());
  const cut = await copyPackage(
    path,
    folderForTest("stick"),
    portsFor({
      afterFlush: async (partial) => writeFileSync(join(partial, "patient_data.json"), "{"),
    }),
  );
  expect(cut.findings[0]?.sentence).toBe("the medium gives back 1 bytes; 15 were written");
  const to = folderForTest("stick");
  const lost = copyPackage(
    path,
    to,
    portsFor({ afterFlush: async (partial) => rmSync(join(partial, "patient_data.json")) }),
  );
  await expect(lost).rejects.toMatchObject({ code: "WRITE_FAILED" });
  expect(readdirSync(to)).toEqual([]);
});

test("a copy that is the same bytes but no package is not given a name", async () => {
  const folder = folderForTest("copy");
  const path = join(folder, "made_export.zip");
  writeFileSync(path, "not a package at all");
  const to = folderForTest("stick");
  const report = await copyPackage(path, to, portsFor());
  expect(report).toMatchObject({ ok: false, findings: [{ code: "NOT_A_PACKAGE" }] });
  expect(readdirSync(to)).toEqual([]);
});

test.for<CopyStep>(["copying", "flushing", "reading-back"])("cancelled while %s, nothing is left", async (step) => {
  const { path } = await makeZip(folderForTest("copy"), largeContents());
  const to = folderForTest("stick");
  const abort = new AbortController();
  const ended: string[] = [];
  const copying = copyPackage(
    path,
    to,
    portsFor({
      signal: abort.signal,
      onProgress: (progress) => progress.step === step && abort.abort(),
      end: (partial) => void ended.push(partial),
    }),
  );
  await expect(copying).rejects.toMatchObject({ code: "CANCELLED" });
  expect(readdirSync(to)).toEqual([]);
  expect(ended).toEqual(
    [join(to, "made_export.zip.partial")].map((one) => one.replace("made_export.zip", path.split("/").at(-1) ?? "")),
  );
});

test.for<CopyStep>(["copying", "reading-back"])(
  "a stick pulled out while %s: a sentence says so, and no final name stands anywhere",
  async (step) => {
    const { path } = await makeZip(folderForTest("copy"), largeContents());
    const place = folderForTest("stick");
    const to = join(place, "stick");
    mkdirSync(to);
    let pulled = false;
    const copying = copyPackage(
      path,
      to,
      portsFor({
        onProgress(progress) {
          if (pulled || progress.step !== step) return;
          pulled = true;
          renameSync(to, join(place, "pulled"));
        },
      }),
    );
    await expect(copying).rejects.toMatchObject({
      code: "WRITE_FAILED",
      message: expect.stringContaining("medium taken out"),
    });
    expect(existsSync(to)).toBe(false);
    expect(readdirSync(join(place, "pulled")).every((name) => name.endsWith(".partial"))).toBe(true);
  },
);

test("what another put under the final name meanwhile is not overwritten, and the copy's own is removed", async () => {
  const { path } = await makeZip(folderForTest("copy"), smallContents());
  const to = folderForTest("stick");
  const final = join(to, path.split("/").at(-1) ?? "");
  const copying = copyPackage(path, to, portsFor({ afterFlush: async () => writeFileSync(final, "somebody's own") }));
  await expect(copying).rejects.toMatchObject({ code: "ALREADY_EXISTS" });
  expect(readdirSync(to)).toHaveLength(1);
  expect(readFileSync(final, "utf8")).toBe("somebody's own");
});

test("what another put under the partial name meanwhile is neither written to nor removed", async () => {
  for (const make of [makeZip, makeFolder]) {
    const { path } = await make(folderForTest("copy"), smallContents());
    const to = folderForTest("stick");
    const copying = copyPackage(path, to, portsFor({ begin: (partial) => writeFileSync(partial, "somebody's own") }));
    await expect(copying).rejects.toMatchObject({ code: "ALREADY_EXISTS" });
    const [name = ""] = readdirSync(to);
    expect(readFileSync(join(to, name), "utf8")).toBe("somebody's own");
  }
});

test("a folder that holds a link is not copied: what it points to may be anything", async () => {
  const { path } = await makeFolder(folderForTest("copy"), smallContents());
  spawnSync("ln", ["-s", "/etc/hostname", join(path, "link.dcm")]);
  await expect(copyPackage(path, folderForTest("stick"), portsFor())).rejects.toMatchObject({ code: "READ_FAILED" });
});

test("a file above what FAT32 holds is refused with what to use instead; smaller files together are not", () => {
  const stick = { name: "FAT32", freeBytes: 2 ** 40, largestFile: 2 ** 32 - 1 };
  expect(() => assertRoom(stick, [2 ** 32])).toThrow(/FAT32/);
  expect(() => assertRoom(stick, [2 ** 32 - 1, 2 ** 32 - 1])).not.toThrow();
  expect(() => assertRoom({ ...stick, largestFile: null }, [2 ** 33])).not.toThrow();
});

const isRoot = process.getuid?.() === 0;

describe.skipIf(!isRoot)(`a disk of its own${isRoot ? "" : " (skipped: only root may mount one)"}`, () => {
  let disk = "";
  afterEach(() => void spawnSync("umount", ["--lazy", disk]));
  const mount = (...args: string[]): boolean => {
    disk = folderForTest("disk");
    return spawnSync("mount", [...args, disk]).status === 0;
  };

  test("that fills up while it is written to: a full disk is said, and nothing is left on it", async () => {
    const { path } = await makeZip(folderForTest("copy"), largeContents());
    expect(mount("-t", "tmpfs", "-o", "size=8m", "satchel-test")).toBe(true);
    const fill = (): void => {
      const { bavail, bsize } = statfsSync(disk);
      writeFileSync(join(disk, "filler"), Buffer.alloc(bavail * bsize - 2 * MIB));
    };
    await expect(copyPackage(path, disk, portsFor({ begin: fill }))).rejects.toMatchObject({ code: "DISK_FULL" });
    expect(readdirSync(disk)).toEqual(["filler"]);
  });

  test("that is memory: nobody is told that a medium was read", async () => {
    const { path } = await makeZip(folderForTest("copy"), smallContents());
    expect(mount("-t", "tmpfs", "satchel-test")).toBe(true);
    const report = await copyPackage(path, disk, portsFor());
    expect(report).toMatchObject({ ok: true, readBack: "cache", medium: "memory" });
  });

  test("that gives back another byte than the system remembers: the medium is asked, not the memory", async ({
    skip,
  }) => {
    const image = join(folderForTest("image"), "disk.img");
    writeFileSync(image, Buffer.alloc(48 * MIB));
    if (spawnSync("mkfs.ext4", ["-q", image]).status !== 0 || !mount("-o", "loop", image)) return skip();
    const { path } = await makeZip(folderForTest("copy"), largeContents());
    const marker = readFileSync(path).subarray(2 * MIB, 2 * MIB + 4096);
    const sawInMemory: boolean[] = [];
    const report = await copyPackage(
      path,
      disk,
      portsFor({
        async afterFlush(partial) {
          await flipByte(image, readFileSync(image).indexOf(marker));
          sawInMemory.push(!readFileSync(partial).equals(readFileSync(path)));
        },
      }),
    );
    expect(sawInMemory).toEqual([false]);
    expect(report).toMatchObject({ ok: false, readBack: "medium", medium: "ext4" });
    expect(report.findings[0]?.sentence).toContain(`between byte ${2 * MIB} and ${3 * MIB}`);
    expect(readdirSync(disk)).toEqual(["lost+found"]);
    return undefined;
  });
});
