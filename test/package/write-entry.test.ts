import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { partialPath } from "../../src/main/package/publish.ts";
import { createPartialZip } from "../../src/main/package/partial-package.ts";
import { prepareEntry } from "../../src/main/package/prepare-entry.ts";
import { writeFully } from "../../src/main/package/write-bytes.ts";
import {
  copyRange,
  writeFolderEntry,
  writeLargeFolderEntry,
  writeLargeZipEntry,
  writeZipEntry,
} from "../../src/main/package/write-entry.ts";
import { runCommand } from "../support/run-command.ts";
import { folderForTest } from "./make-package.ts";

function open(path: string, flags: string): number {
  const fd = openSync(path, flags);
  onTestFinished(() => closeSync(fd));
  return fd;
}

describe("writing pieces", () => {
  it("takes more than 2 GiB at once, which one system call does not", () => {
    // The zero pages are never touched: /dev/null takes 2,147,479,552 bytes a call without reading them.
    const piece = Buffer.alloc(1.5 * 2 ** 30);
    expect(writeFully(open("/dev/null", "r+"), [piece, Buffer.from("x"), piece], 5)).toBe(5 + 2 * piece.length + 1);
  });

  it("writes more pieces than one system call takes, in order, at the place given", () => {
    const path = join(folderForTest("write"), "file");
    const pieces = Array.from({ length: 3_000 }, (_, index) => Buffer.from(`${index},`));
    writeFully(open(path, "w+"), pieces, 4);
    expect(readFileSync(path).subarray(4)).toEqual(Buffer.concat(pieces));
  });

  it("says DISK_FULL with the bytes wanted where the device is full, and names no path", () => {
    const full = open("/dev/full", "r+");
    expect(() => writeFully(full, [Buffer.alloc(123)], 0)).toThrow(
      expect.objectContaining({
        code: "DISK_FULL",
        message: "The destination is full: the package wants at least 123 more bytes.",
      }),
    );
  });

  it("says what to do where the file system holds no file that large", () => {
    const fd = open(join(folderForTest("write"), "file"), "w+");
    expect(() => writeFully(fd, [Buffer.alloc(10)], Number.MAX_SAFE_INTEGER - 20)).toThrow(
      expect.objectContaining({ code: "WRITE_FAILED", next: expect.stringContaining("exFAT") as string }),
    );
  });
});

describe("preparing an entry", () => {
  it("gives the same sums for one piece and for many", () => {
    const whole = Buffer.from("123456789");
    const one = prepareEntry("a", "dicom", [whole], 0).record;
    const many = prepareEntry("a", "dicom", [whole.subarray(0, 2), Buffer.alloc(0), whole.subarray(2)], 0).record;
    expect(many).toEqual(one);
    expect(one).toMatchObject({
      crc32: 0xcbf43926,
      sha256: "15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225",
      size: 9,
      method: 0,
    });
  });

  it("deflates by the level asked for, and stores what deflating does not make smaller", () => {
    const text = Buffer.alloc(10_000, "tissue and bone ");
    const deflated = prepareEntry("a", "dicom", [text], 9);
    expect(deflated.record).toMatchObject({ method: 8, size: 10_000, compressedSize: deflated.pieces[0]!.length });
    expect(deflated.record.compressedSize).toBeLessThan(1_000);
    expect(prepareEntry("a", "dicom", [Buffer.from("xy")], 9).record).toMatchObject({ method: 0, compressedSize: 2 });
    expect(prepareEntry("a", "dicom", [Buffer.alloc(0)], 9).record).toMatchObject({ method: 0, compressedSize: 0 });
  });
});

describe("the streaming variant", () => {
  it("writes the very bytes that the variant in memory writes, from memory and ranges of files", () => {
    const folder = folderForTest("write");
    const content = Buffer.from(Array.from({ length: 100_000 }, (_, index) => (index * 31) % 251));
    writeFileSync(join(folder, "source"), content);
    const source = open(join(folder, "source"), "r");
    const header = Buffer.from("new header");
    const inMemory = open(join(folder, "a"), "w+");
    const streamed = open(join(folder, "b"), "w+");
    const { record, pieces } = prepareEntry("dicom/1.dcm", "dicom", [header, content.subarray(500)], 0);
    const first = writeZipEntry(inMemory, 64, record, pieces);
    const second = writeLargeZipEntry(
      streamed,
      64,
      { name: "dicom/1.dcm", role: "dicom" },
      [header, { fd: source, start: 500, length: content.length - 500 }],
      Buffer.alloc(4_096),
    );
    expect(second).toEqual(first);
    expect(readFileSync(join(folder, "b"))).toEqual(readFileSync(join(folder, "a")));

    const entry = writeLargeFolderEntry(
      folder,
      { name: "deep/er/1.dcm", role: "dicom" },
      [header, { fd: source, start: 500, length: content.length - 500 }],
      Buffer.alloc(4_096),
    );
    expect(entry).toEqual({ ...first, name: "deep/er/1.dcm", offset: 0 });
    expect(readFileSync(join(folder, "deep", "er", "1.dcm"))).toEqual(Buffer.concat(pieces));
  });

  it("fails where the source ends early", () => {
    const folder = folderForTest("write");
    writeFileSync(join(folder, "source"), "short");
    const source = { fd: open(join(folder, "source"), "r"), start: 2, length: 10 };
    expect(() => copyRange(source, open("/dev/null", "r+"), 0, Buffer.alloc(16), () => undefined)).toThrow(
      expect.objectContaining({ code: "READ_FAILED" }),
    );
  });
});

describe("a folder entry", () => {
  const { record, pieces } = prepareEntry("studies/1/1.dcm", "dicom", [Buffer.from("bytes")], 0);

  it("lies below the folder, readable only by its owner", () => {
    const folder = folderForTest("write");
    writeFolderEntry(folder, record, pieces, true);
    expect(readFileSync(join(folder, "studies/1/1.dcm"), "utf8")).toBe("bytes");
    expect(statSync(join(folder, "studies/1/1.dcm")).mode & 0o777).toBe(0o600);
  });

  it("never replaces what is there", () => {
    const folder = folderForTest("write");
    writeFolderEntry(folder, record, pieces);
    expect(() => writeFolderEntry(folder, record, pieces)).toThrow(expect.objectContaining({ code: "ALREADY_EXISTS" }));
  });

  it.each(["../1.dcm", "/1.dcm", "a/../../1.dcm", "a\\..\\1.dcm", ""])("refuses to be named %j", (name) => {
    const folder = folderForTest("write");
    mkdirSync(join(folder, "in"));
    expect(() => writeFolderEntry(join(folder, "in"), { ...record, name }, pieces)).toThrow(
      expect.objectContaining({ code: "WRITE_FAILED" }),
    );
    const zip = createPartialZip(join(folder, "p.zip"));
    onTestFinished(() => closeSync(zip));
    expect(() => writeZipEntry(zip, 0, { ...record, name }, pieces)).toThrow(
      expect.objectContaining({ code: "WRITE_FAILED" }),
    );
    expect(existsSync(join(folder, "1.dcm"))).toBe(false);
    expect(statSync(partialPath(join(folder, "p.zip"))).size).toBe(0);
  });

  it("does not follow a link", () => {
    const folder = folderForTest("write");
    mkdirSync(join(folder, "in", "studies", "1"), { recursive: true });
    symlinkSync(join(folder, "outside"), join(folder, "in", "studies", "1", "1.dcm"));
    expect(() => writeFolderEntry(join(folder, "in"), record, pieces)).toThrow(
      expect.objectContaining({ code: "ALREADY_EXISTS" }),
    );
    expect(existsSync(join(folder, "outside"))).toBe(false);
  });
});

const mayMount = process.platform === "linux" && process.getuid?.() === 0;

describe.skipIf(!mayMount)(`A full disk${mayMount ? "" : " (skipped: mounting a small disk needs root)"}`, () => {
  it("stops with DISK_FULL, and the same entry can be written after space was freed", async () => {
    const disk = join(folderForTest("disk"), "small");
    mkdirSync(disk);
    const mounted = await runCommand("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", disk]);
    expect(mounted, "mount").toMatchObject({ exitCode: 0 });
    onTestFinished(async () => {
      await runCommand("umount", [disk]);
    });
    const path = join(disk, "package.zip");
    const fd = createPartialZip(path);
    const filler = open(join(disk, "filler"), "w+");
    writeFully(filler, [Buffer.alloc(900_000)], 0);
    const { record, pieces } = prepareEntry("1.dcm", "dicom", [Buffer.alloc(400_000, "x")], 0);
    expect(() => writeZipEntry(fd, 0, record, pieces)).toThrow(expect.objectContaining({ code: "DISK_FULL" }));
    await runCommand("truncate", ["-s", "0", join(disk, "filler")]);
    expect(writeZipEntry(fd, 0, record, pieces)).toMatchObject({ size: 400_000 });
    expect(readFileSync(partialPath(path)).subarray(35)).toEqual(pieces[0]);
    closeSync(fd);
  });
});
