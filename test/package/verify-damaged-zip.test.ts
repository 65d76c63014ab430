import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { EntryRecord } from "../../src/main/package/entry.ts";
import { verifyPackage } from "../../src/main/package/verify.ts";
import type { VerifyReport } from "../../src/main/package/verify-report.ts";
import {
  centralHeader,
  endOfCentralDirectory,
  localHeader,
  localHeaderLength,
} from "../../src/main/package/zip-format.ts";
import { prepareEntry } from "../../src/main/package/prepare-entry.ts";
import { folderForTest, makeZip, smallContents } from "./make-package.ts";

const ONE = "studies/1.2.840.1/1.dcm";
const TWO = "studies/1.2.840.1/2.dcm";

function named(report: VerifyReport): string[] {
  expect(report.ok).toBe(false);
  return report.findings.map(({ code, path }) => `${code} ${path}`);
}

/** Puts a ZIP together out of entries and contents that may say anything. */
function rawZip(entries: { record: EntryRecord; data: Buffer }[], path: string): void {
  const parts: Buffer[] = [];
  let offset = 0;
  const placed = entries.map(({ record, data }) => {
    const entry = { ...record, offset };
    parts.push(localHeader(entry), data);
    offset += localHeaderLength(entry) + data.length;
    return entry;
  });
  const directory = placed.map(centralHeader);
  const size = directory.reduce((sum, header) => sum + header.length, 0);
  writeFileSync(
    path,
    Buffer.concat([...parts, ...directory, endOfCentralDirectory({ entries: placed.length, offset, size })]),
  );
}

/** The entries of a package, to be put together otherwise. */
function takeApart(path: string): { record: EntryRecord; data: Buffer }[] {
  const bytes = readFileSync(path);
  const found: { record: EntryRecord; data: Buffer }[] = [];
  for (let at = 0; bytes.readUInt32LE(at) === 0x04034b50;) {
    const length = bytes.readUInt32LE(at + 18);
    const start = at + 30 + bytes.readUInt16LE(at + 26);
    const name = bytes.toString("utf8", at + 30, start);
    found.push({
      record: {
        name,
        role: "dicom",
        offset: at,
        method: bytes.readUInt16LE(at + 8) === 8 ? 8 : 0,
        crc32: bytes.readUInt32LE(at + 14),
        size: bytes.readUInt32LE(at + 22),
        compressedSize: length,
        sha256: "",
      },
      data: bytes.subarray(start, start + length),
    });
    at = start + length;
  }
  return found;
}

describe("verify of a damaged ZIP", () => {
  it("finds every single changed byte, wherever it stands", async () => {
    const { path, bytes } = await makeZip(folderForTest("verify"), smallContents().slice(0, 3));
    const whole = readFileSync(path);
    const unseen: number[] = [];
    for (let at = 0; at < bytes; at++) {
      const changed = Buffer.from(whole);
      changed[at]! ^= 1 << (at % 8);
      writeFileSync(path, changed);
      if ((await verifyPackage(path)).ok) unseen.push(at);
    }
    expect(unseen).toEqual([]);
  });

  it("names the entry whose content changed", async () => {
    const { path } = await makeZip(folderForTest("verify"), smallContents());
    const bytes = readFileSync(path);
    bytes[bytes.indexOf("DICM-one")]! ^= 0x20;
    writeFileSync(path, bytes);
    expect(named(await verifyPackage(path))).toEqual([`CONTENT_CHANGED ${ONE}`]);
  });

  it("names a changed entry even where its CRC-32 was changed to fit, in both headers", async () => {
    const { path } = await makeZip(folderForTest("verify"), smallContents());
    const parts = takeApart(path);
    const forged = prepareEntry(ONE, "dicom", [Buffer.from("DICM-two")], 0);
    parts[0] = { record: { ...forged.record, offset: 0 }, data: Buffer.from("DICM-two") };
    rawZip(parts, path);
    expect(named(await verifyPackage(path))).toEqual([`CONTENT_CHANGED ${ONE}`]);
  });

  it("finds a file cut at any byte, and says within which entry", async () => {
    const { path, bytes } = await makeZip(folderForTest("verify"), smallContents().slice(0, 3));
    const whole = readFileSync(path);
    for (let length = bytes - 1; length >= 0; length -= 7) {
      writeFileSync(path, whole.subarray(0, length));
      const report = await verifyPackage(path);
      expect(
        report.findings.some(({ code }) => code === "CUT" || code === "NOT_A_PACKAGE"),
        `${length}`,
      ).toBe(true);
    }
    writeFileSync(path, whole.subarray(0, 120));
    expect(named(await verifyPackage(path))).toContain(`CUT ${TWO}`);
  });

  it("names bytes that were put before, behind and between", async () => {
    const { path } = await makeZip(folderForTest("verify"), smallContents());
    const whole = readFileSync(path);
    appendFileSync(path, "more");
    expect(named(await verifyPackage(path))).toContain("TRAILING_BYTES ");
    writeFileSync(path, Buffer.concat([Buffer.from("MZ"), whole]));
    expect((await verifyPackage(path)).ok).toBe(false);

    writeFileSync(path, whole);
    const parts = takeApart(path);
    rawZip(parts, path);
    expect(await verifyPackage(path)).toMatchObject({ ok: true });
    rawZip(
      parts.map(({ record, data }, index) => ({
        record,
        data: index === 1 ? Buffer.concat([data, Buffer.from("??")]) : data,
      })),
      path,
    );
    expect(named(await verifyPackage(path))).toContain("GAP studies/1.2.840.1/previews/frame_0.png");
  });

  it("names a missing, an added and a renamed entry", async () => {
    const { path } = await makeZip(folderForTest("verify"), smallContents());
    const parts = takeApart(path);
    rawZip(parts.slice(1), path);
    expect(named(await verifyPackage(path))).toEqual([`MISSING ${ONE}`]);

    rawZip([...parts, { ...parts[0]!, record: { ...parts[0]!.record, name: "extra.dcm" } }], path);
    expect(named(await verifyPackage(path))).toEqual(["ADDED extra.dcm"]);

    rawZip([{ ...parts[0]!, record: { ...parts[0]!.record, name: "other.dcm" } }, ...parts.slice(1)], path);
    expect(named(await verifyPackage(path))).toContain(`RENAMED ${ONE}`);
  });

  it("names a doubled entry, and one that only case keeps apart", async () => {
    const { path } = await makeZip(folderForTest("verify"), smallContents());
    const parts = takeApart(path);
    rawZip([...parts, parts[0]!], path);
    expect(named(await verifyPackage(path))).toContain(`DOUBLED ${ONE}`);
    const upper = ONE.toUpperCase();
    rawZip([...parts, { ...parts[0]!, record: { ...parts[0]!.record, name: upper } }], path);
    expect(named(await verifyPackage(path))).toContain(`DOUBLED ${upper}`);
  });

  it.each(["../evil.dcm", "/evil.dcm", "a\\..\\evil.dcm", "CON.dcm", "C:evil.dcm", "evil.dcm."])(
    "names the unsafe entry %s",
    async (name) => {
      const { path } = await makeZip(folderForTest("verify"), smallContents());
      const parts = takeApart(path);
      rawZip([...parts, { ...parts[0]!, record: { ...parts[0]!.record, name } }], path);
      expect(named(await verifyPackage(path))).toContain(`UNSAFE_NAME ${name}`);
    },
  );

  it("names entries that share bytes, and does not read them", async () => {
    const { path } = await makeZip(folderForTest("verify"), smallContents());
    const parts = takeApart(path);
    const bytes = readFileSync(path);
    const placed = parts.map(({ record }) => record);
    const start = bytes.readUInt32LE(bytes.length - 6);
    const headers = [...placed, { ...placed[1]!, name: "again.dcm" }].map(centralHeader);
    const directory = {
      entries: headers.length,
      offset: start,
      size: headers.reduce((sum, header) => sum + header.length, 0),
    };
    writeFileSync(path, Buffer.concat([bytes.subarray(0, start), ...headers, endOfCentralDirectory(directory)]));
    const report = await verifyPackage(path);
    expect(named(report)).toContain("OVERLAP again.dcm");
    expect(report.entries).toBe(parts.length - 1);
  });

  it("refuses a bomb without inflating it", async () => {
    const { path } = await makeZip(folderForTest("verify"), smallContents());
    const parts = takeApart(path);
    const bomb = prepareEntry(TWO, "dicom", [Buffer.alloc(20_000_000)], 9);
    const data = Buffer.concat(bomb.pieces);
    const record = { ...bomb.record, offset: 0 };
    rawZip([parts[0]!, { record: { ...record, size: 3000 }, data }, ...parts.slice(2)], path);
    expect(named(await verifyPackage(path))).toContain(`BOMB ${TWO}`);
    rawZip([parts[0]!, { record: { ...record, size: 2 ** 40 }, data }, ...parts.slice(2)], path);
    expect(named(await verifyPackage(path))).toContain(`BOMB ${TWO}`);
  });

  it("says so where the file is no ZIP, or no package of Satchel's", async () => {
    const folder = folderForTest("verify");
    writeFileSync(join(folder, "text.zip"), "just text");
    expect(named(await verifyPackage(join(folder, "text.zip")))).toEqual(["NOT_A_PACKAGE "]);
    writeFileSync(join(folder, "empty.zip"), "");
    expect(named(await verifyPackage(join(folder, "empty.zip")))).toEqual(["NOT_A_PACKAGE "]);
    rawZip([], join(folder, "bare.zip"));
    expect(named(await verifyPackage(join(folder, "bare.zip")))).toEqual([
      "MANIFEST manifest-sha256.txt",
      "RECEIPT receipt.json",
    ]);
    await expect(verifyPackage(join(folder, "none.zip"))).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("ends with a report, whatever the bytes are", async () => {
    const { path, bytes } = await makeZip(folderForTest("verify"), smallContents());
    const whole = readFileSync(path);
    // A fixed sequence, so that a failure can be seen again.
    let state = 12_345;
    const random = (below: number): number => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) % below;
    for (let round = 0; round < 400; round++) {
      const changed = Buffer.from(whole);
      for (let count = 1 + random(6); count > 0; count--) {
        const at = random(3) === 0 ? bytes - 1 - random(700) : random(bytes);
        changed.fill(random(2) === 0 ? 0xff : random(256), at, Math.min(bytes, at + 1 + random(12)));
      }
      writeFileSync(path, changed.subarray(0, random(8) === 0 ? random(bytes) : bytes));
      const report = await verifyPackage(path);
      expect(report.ok).toBe(changed.equals(whole));
    }
  });
});
