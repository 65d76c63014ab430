import {
  appendFileSync,
  cpSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { SatchelError } from "../../src/contract/errors.ts";
import { checkEntries } from "../../src/main/package/check-entries.ts";
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
import { folderForTest, makeFolder, makeZip, receiptFor, smallContents } from "./make-package.ts";

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

describe("verify of an undamaged package", () => {
  it("says what was read and that all is well", async () => {
    const { path, entries } = await makeZip(folderForTest("verify"), smallContents());
    const report = await verifyPackage(path);
    expect(report).toMatchObject({
      ok: true,
      layout: "zip",
      entries,
      dicom: 3,
      findings: [],
      receipt: { result: "complete" },
    });
  });

  it("reports progress and shares batches out to whoever checks them", async () => {
    const { path, entries } = await makeZip(folderForTest("verify"), smallContents());
    const seen: number[] = [];
    const batches: number[] = [];
    const report = await verifyPackage(path, {
      parallel: 2,
      checkBatch: async (path, layout, batch) => {
        batches.push(batch.length);
        return checkEntries(path, layout, structuredClone(batch));
      },
      onProgress: (progress) => seen.push(progress.entries),
    });
    expect(report.ok).toBe(true);
    expect(batches).toEqual([entries]);
    expect(seen.at(-1)).toBe(entries);
  });

  it("accepts a package that says it is incomplete and lists what is missing", async () => {
    const missing = [
      { path: "studies/1/9.dcm", what: "dicom", code: "READ_FAILED", reason: "gone" },
      { path: "studies/1/8.dcm", what: "dicom", code: "HELD_BACK", reason: "burned in" },
      { path: "studies/1/previews/frame_9.png", what: "preview", code: "CANNOT_RENDER", reason: "no pixels" },
    ] as const;
    const contents = [...smallContents(), { name: "MISSING.txt", role: "missing" as const, bytes: Buffer.from("1\n") }];
    const { path } = await makeZip(folderForTest("verify"), contents, { missing });
    expect(await verifyPackage(path)).toMatchObject({ ok: true, receipt: { result: "incomplete" } });
  });

  it("stops when cancelled", async () => {
    const { path } = await makeZip(folderForTest("verify"), smallContents());
    await expect(verifyPackage(path, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: "CANCELLED" });
  });

  it("lets a parser see each DICOM file, and names the one that does not parse", async () => {
    const { path } = await makeZip(folderForTest("verify"), smallContents());
    const sizes: number[] = [];
    const report = await verifyPackage(path, {
      parseDicom(content) {
        sizes.push(content.size);
        expect(content.read(0, 4)).toEqual(content.whole?.subarray(0, 4));
        if (content.size === 0) throw new SatchelError("NOT_DICOM", "The file is empty.");
      },
    });
    expect(sizes).toEqual([8, 3000, 0]);
    expect(report.findings).toEqual([
      {
        code: "NOT_DICOM",
        path: "studies/患者-Größe/3.dcm",
        sentence: "it is no DICOM file that parses: The file is empty.",
      },
    ]);
  });
});

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

describe("verify of a receipt that does not agree", () => {
  it("names counts that the lists do not bear out", async () => {
    const contents = smallContents();
    const receipt = receiptFor(contents);
    receipt.counts.instances.exported = 4;
    const { path } = await makeZip(folderForTest("verify"), contents, { receipt });
    const report = await verifyPackage(path);
    expect(report.findings.map(({ sentence }) => sentence)).toEqual([
      "it says 4 DICOM files, and 3 are listed",
      "it expected 3 instances and accounts for 4",
    ]);
  });

  it("does not let a package with failed instances call itself complete", async () => {
    const missing = [{ path: "9.dcm", what: "dicom", code: "READ_FAILED", reason: "gone" }] as const;
    const contents = smallContents();
    const receipt = { ...receiptFor(contents, missing), result: "complete" as const };
    const { path } = await makeZip(folderForTest("verify"), contents, { receipt, missing });
    expect((await verifyPackage(path)).findings.map(({ sentence }) => sentence)).toEqual([
      "it says complete, although instances failed",
    ]);
  });

  it("names something called missing that is there", async () => {
    const missing = [{ path: ONE, what: "dicom", code: "READ_FAILED", reason: "gone" }] as const;
    const { path } = await makeZip(folderForTest("verify"), smallContents(), { missing });
    expect(named(await verifyPackage(path))).toEqual([`RECEIPT_DISAGREES ${ONE}`]);
  });
});

describe("verify of a damaged folder", () => {
  it("finds every single changed byte of every file", async () => {
    const contents = smallContents().slice(0, 3);
    const { path } = await makeFolder(folderForTest("verify"), contents);
    const unseen: string[] = [];
    for (const name of [...contents.map((content) => content.name), "receipt.json", "manifest-sha256.txt"]) {
      const whole = readFileSync(join(path, name));
      const step = whole.length > 1_000 ? 17 : 1;
      for (let at = 0; at < whole.length; at += step) {
        const changed = Buffer.from(whole);
        changed[at]! ^= 1 << (at % 8);
        writeFileSync(join(path, name), changed);
        if ((await verifyPackage(path)).ok) unseen.push(`${name} ${at}`);
      }
      writeFileSync(join(path, name), whole);
    }
    expect(unseen).toEqual([]);
    expect((await verifyPackage(path)).ok).toBe(true);
  });

  it("names cut, missing, added, renamed files, links and empty folders", async () => {
    const folder = folderForTest("verify");
    const { path } = await makeFolder(folder, smallContents());
    const damaged = async (harm: (copy: string) => void): Promise<string[]> => {
      const copy = join(folder, "copy");
      cpSync(path, copy, { recursive: true });
      harm(copy);
      const names = named(await verifyPackage(copy));
      rmSync(copy, { recursive: true });
      return names;
    };
    expect(await damaged((copy) => truncateSync(join(copy, ONE), 3))).toContain(`CONTENT_CHANGED ${ONE}`);
    expect(await damaged((copy) => rmSync(join(copy, ONE)))).toEqual([`MISSING ${ONE}`]);
    expect(await damaged((copy) => writeFileSync(join(copy, "x.dcm"), "x"))).toEqual(["ADDED x.dcm"]);
    expect(await damaged((copy) => renameSync(join(copy, ONE), join(copy, "y.dcm")))).toContain(`RENAMED ${ONE}`);
    expect(await damaged((copy) => mkdirSync(join(copy, "empty")))).toEqual(["ADDED empty"]);
    expect(await damaged((copy) => symlinkSync("/etc/hostname", join(copy, "link")))).toEqual(["ADDED link"]);
    expect(await damaged((copy) => rmSync(join(copy, "manifest-sha256.txt")))).toContain(
      "MANIFEST manifest-sha256.txt",
    );
  });
});
