import JSZip from "jszip";
import { ftruncateSync, closeSync, mkdirSync, openSync, readFileSync, statSync, writeSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { checkEntries } from "../../src/main/package/check-entries.ts";
import { finishZip } from "../../src/main/package/finish.ts";
import { prepareEntry } from "../../src/main/package/prepare-entry.ts";
import { verifyPackage } from "../../src/main/package/verify.ts";
import { writeLargeZipEntry, writeZipEntry } from "../../src/main/package/write-entry.ts";
import { entryEnd, localHeader } from "../../src/main/package/zip-format.ts";
import { runChecked } from "../support/run-command.ts";
import { folderForTest, makeFolder, makeZip, receiptFor, smallContents, type Content } from "./make-package.ts";

/** Names and sizes as Python's zipfile reads them, after it checked every CRC of the entries named. */
const PYTHON = `
import json, sys, zipfile
archive = zipfile.ZipFile(sys.argv[1])
for name in sys.argv[2:]:
    with archive.open(name) as entry:
        while entry.read(1 << 20):
            pass
if len(sys.argv) == 2:
    assert archive.testzip() is None
infos = archive.infolist()
print(json.dumps({"count": len(infos), "first": [[i.filename, i.file_size, i.compress_type] for i in infos[:10]]}))
`;

interface PythonListing {
  count: number;
  first: [string, number, number][];
}

async function readByPython(path: string, ...names: string[]): Promise<PythonListing> {
  return JSON.parse(await runChecked("python3", ["-c", PYTHON, path, ...names])) as PythonListing;
}

describe("a small ZIP package", () => {
  it("opens in unzip, 7z, Python and JSZip with the same entries", async () => {
    const contents = smallContents();
    const { path, bytes } = await makeZip(folderForTest("zip"), contents);
    expect(statSync(path).size).toBe(bytes);
    expect(await runChecked("unzip", ["-t", path])).toContain("No errors detected");
    expect(await runChecked("7z", ["t", path])).toContain("Everything is Ok");

    const listing = await readByPython(path);
    expect(listing.count).toBe(contents.length + 2);
    expect(listing.first.slice(0, 5)).toEqual(
      contents.map(({ name, bytes, level }) => [name, bytes.length, level === undefined ? 0 : 8]),
    );

    const zip = await JSZip.loadAsync(readFileSync(path), { checkCRC32: true });
    for (const { name, bytes } of contents) {
      expect(await zip.file(name)?.async("nodebuffer"), name).toEqual(bytes);
    }
  });

  it("passes sha256sum -c once unpacked, by the manifest it brings", async () => {
    const folder = folderForTest("zip");
    const { path } = await makeZip(folder, smallContents());
    const out = join(folder, "out");
    mkdirSync(out);
    await runChecked("unzip", ["-q", path, "-d", out], { env: { LC_ALL: "C.UTF-8" } });
    const said = await runChecked("sha256sum", ["--strict", "-c", "manifest-sha256.txt"], { cwd: out });
    expect(said.trim().split("\n")).toHaveLength(6);
    expect(said).not.toContain("FAILED");
    expect(JSON.parse(readFileSync(join(out, "receipt.json"), "utf8"))).toMatchObject({
      format: "satchel-receipt",
      missing: [],
      files: { length: 5 },
    });
  });

  it("is the same bytes when it is made again", async () => {
    const first = await makeZip(folderForTest("zip"), smallContents());
    const second = await makeZip(folderForTest("zip"), smallContents());
    expect(readFileSync(first.path).equals(readFileSync(second.path))).toBe(true);
  });

  it("with nothing in it but its receipt still opens", async () => {
    const { path } = await makeZip(folderForTest("zip"), []);
    expect(await runChecked("unzip", ["-t", path])).toContain("No errors detected");
    expect(await verifyPackage(path)).toMatchObject({ ok: true, entries: 2 });
  });
});

describe("a folder package", () => {
  it("passes sha256sum -c", async () => {
    const { path } = await makeFolder(folderForTest("folder"), smallContents());
    expect(await runChecked("sha256sum", ["--strict", "-c", "manifest-sha256.txt"], { cwd: path })).not.toContain(
      "FAILED",
    );
    expect(await verifyPackage(path)).toMatchObject({ ok: true, layout: "folder", entries: 7, dicom: 3 });
  });
});

describe("a ZIP package of 70,000 entries", () => {
  it("opens in unzip, 7z and Python, and verifies", async () => {
    const count = 70_000;
    const bytes = Buffer.from("seventy thousand");
    const contents = function* (): Generator<Content> {
      for (let i = 0; i < count; i++) yield { name: `studies/1.2.3/${i}.dcm`, role: "dicom", bytes };
    };
    const { path } = await makeZip(folderForTest("zip"), contents());
    const [unzip, sevenZip, python, report] = await Promise.all([
      runChecked("unzip", ["-tqq", path]),
      runChecked("7z", ["t", path]),
      readByPython(path, "studies/1.2.3/69999.dcm", "receipt.json"),
      verifyPackage(path),
    ]);
    expect(unzip).toBe("");
    expect(sevenZip).toContain(`Files: ${count + 2}`);
    expect(python.count).toBe(count + 2);
    expect(report).toMatchObject({ ok: true, entries: count + 2, dicom: count });
  });
});

describe("a ZIP package of more than 4 GiB", () => {
  // 7z reads all of it and so vouches for the streamed CRC; the others read what stands behind the large entry, to save minutes.
  it("opens in unzip, 7z and Python, with an entry above 4 GiB and one behind it, and verifies", async () => {
    const folder = folderForTest("zip");
    // A sparse source, taken 65 times over: reading 4 GiB of one hole would only measure how fast the kernel clears pages.
    const hole = 2 ** 26;
    const size = 65 * hole;
    const source = openSync(join(folder, "sparse.dcm"), "w+");
    ftruncateSync(source, hole);
    const pieces = Array.from({ length: 65 }, () => ({ fd: source, start: 0, length: hole }));
    // The checksums come from really streaming the sparse source; the bytes go to /dev/null, and a hole stands for them below.
    const nowhere = openSync("/dev/null", "r+");
    const large = { name: "studies/1.2.3/1.dcm", role: "dicom" } as const;
    const first = writeLargeZipEntry(nowhere, 0, large, pieces, Buffer.alloc(1 << 20));
    closeSync(nowhere);
    closeSync(source);
    expect(first).toMatchObject({ size, compressedSize: size, method: 0 });

    const path = join(folder, "large.zip");
    const fd = openSync(path, "wx+");
    writeSync(fd, localHeader(first), 0, undefined, 0);
    const small = prepareEntry("studies/1.2.3/2.dcm", "dicom", [Buffer.from("behind 4 GiB")], 0);
    const second = writeZipEntry(fd, entryEnd(first), small.record, small.pieces);
    await finishZip(fd, entryEnd(second), {
      entries: () => [first, second],
      receipt: receiptFor([first, second]),
      missing: () => [],
    });
    closeSync(fd);

    const [unzip, sevenZip, python, report] = await Promise.all([
      runChecked("unzip", ["-t", path, second.name, "receipt.json", "manifest-sha256.txt"]),
      runChecked("7z", ["t", path]),
      readByPython(path, second.name, "receipt.json"),
      verifyPackage(path, {
        checkBatch: async (path, layout, batch) =>
          checkEntries(path, layout, batch.slice(batch[0]?.size === size ? 1 : 0)),
      }),
    ]);
    expect(unzip).toContain("No errors detected");
    expect(sevenZip).toContain("Everything is Ok");
    expect(python.first.slice(0, 2)).toEqual([
      ["studies/1.2.3/1.dcm", size, 0],
      ["studies/1.2.3/2.dcm", 12, 0],
    ]);
    expect(report.findings).toEqual([]);
    expect(report).toMatchObject({ ok: true, dicom: 2 });
  });
});
