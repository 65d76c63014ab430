import { describe, expect, it } from "vitest";
import {
  centralHeader,
  endOfCentralDirectory,
  entryEnd,
  localHeader,
  localHeaderLength,
} from "../../src/main/package/zip-format.ts";

const LIMIT = 0xffffffff;
const entry = { name: "dicom/1.dcm", method: 0, crc32: 0x12345678, size: 5, compressedSize: 5, offset: 0 } as const;

describe("a local header", () => {
  it("is the thirty bytes of APPNOTE 4.3.7 and the name, dated 1980-01-01 00:00", () => {
    const fields = [
      "504b0304",
      "1400",
      "0000",
      "0000",
      "0000",
      "2100",
      "78563412",
      "05000000",
      "05000000",
      "0b00",
      "0000",
    ];
    expect(localHeader(entry).toString("hex")).toBe(fields.join("") + Buffer.from(entry.name).toString("hex"));
  });

  it("says UTF-8 exactly for names that are not ASCII", () => {
    expect(localHeader(entry).readUInt16LE(6)).toBe(0);
    expect(localHeader({ ...entry, name: "é.dcm" }).readUInt16LE(6)).toBe(0x0800);
    expect(centralHeader(entry).readUInt16LE(8)).toBe(0);
    expect(centralHeader({ ...entry, name: "é.dcm" }).readUInt16LE(8)).toBe(0x0800);
  });

  it("counts the name in bytes, not in characters", () => {
    const name = "患者.dcm";
    expect(localHeader({ ...entry, name })).toHaveLength(30 + 10);
    expect(localHeaderLength({ ...entry, name })).toBe(30 + 10);
  });

  it("gains a ZIP64 field with both sizes at 4 GiB less one byte, and not below", () => {
    const below = { ...entry, size: LIMIT - 1, compressedSize: LIMIT - 1 };
    expect(localHeader(below).readUInt16LE(28)).toBe(0);
    expect(localHeader(below).readUInt32LE(22)).toBe(LIMIT - 1);
    const at = { ...entry, size: LIMIT, compressedSize: 7 };
    const header = localHeader(at);
    expect(header).toHaveLength(localHeaderLength(at));
    expect(header.readUInt16LE(4)).toBe(45);
    expect([header.readUInt32LE(18), header.readUInt32LE(22)]).toEqual([LIMIT, LIMIT]);
    expect([header.readBigUInt64LE(45), header.readBigUInt64LE(53)]).toEqual([BigInt(LIMIT), 7n]);
  });

  it("tells where the next entry begins", () => {
    expect(entryEnd({ ...entry, offset: 100 })).toBe(100 + 30 + 11 + 5);
  });
});

describe("a central directory header", () => {
  it("widens only what does not fit, in the order size, compressed size, offset", () => {
    const farAway = centralHeader({ ...entry, offset: LIMIT + 10 });
    expect(farAway.readUInt16LE(30)).toBe(12);
    expect(farAway.readUInt32LE(24)).toBe(5);
    expect(farAway.readUInt32LE(42)).toBe(LIMIT);
    expect(farAway.readBigUInt64LE(46 + 11 + 4)).toBe(BigInt(LIMIT + 10));

    const all = centralHeader({ ...entry, size: LIMIT + 1, compressedSize: LIMIT + 2, offset: LIMIT + 3 });
    const values = [0, 8, 16].map((at) => all.readBigUInt64LE(46 + 11 + 4 + at));
    expect(values).toEqual([BigInt(LIMIT + 1), BigInt(LIMIT + 2), BigInt(LIMIT + 3)]);
  });

  it("makes a regular file of mode 0644 on Unix", () => {
    expect(centralHeader(entry).readUInt32LE(38) >>> 16).toBe(0o100644);
    expect(centralHeader(entry).readUInt16LE(4) >>> 8).toBe(3);
  });
});

describe("the end of an archive", () => {
  it("is twenty-two bytes while everything fits", () => {
    expect(endOfCentralDirectory({ entries: 65_534, offset: LIMIT - 1, size: 10 })).toHaveLength(22);
  });

  it.each([
    ["65,535 entries", { entries: 65_535, offset: 10, size: 10 }],
    ["a directory at 4 GiB", { entries: 1, offset: LIMIT, size: 10 }],
    ["a directory of 4 GiB", { entries: 1, offset: 10, size: LIMIT }],
  ])("gains ZIP64 records with %s", (_what, directory) => {
    const end = endOfCentralDirectory(directory);
    expect(end).toHaveLength(56 + 20 + 22);
    expect(Number(end.readBigUInt64LE(32))).toBe(directory.entries);
    expect(Number(end.readBigUInt64LE(40))).toBe(directory.size);
    expect(Number(end.readBigUInt64LE(48))).toBe(directory.offset);
    expect(Number(end.readBigUInt64LE(56 + 8))).toBe(directory.offset + directory.size);
    expect(end.readUInt16LE(56 + 20 + 8)).toBe(Math.min(directory.entries, 0xffff));
  });
});
