import * as fc from "fast-check";
import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createNameRegistry, foldName, isSafePath, isSafeSegment } from "../../src/main/package/safe-name.ts";
import { folderForTest } from "./make-package.ts";

const HOSTILE = [
  "",
  " ",
  ".",
  "..",
  "../",
  "../../etc/passwd",
  "..\\..\\windows",
  "/absolute",
  "C:\\x",
  "a:b",
  "CON",
  "con",
  "NUL.txt",
  "COM1",
  "com¹",
  "LPT9.dcm",
  "CONIN$",
  "AUX .x",
  "trailing.",
  "trailing...",
  "trailing ",
  " leading",
  ".hidden",
  "-rf",
  "a\u0000b",
  "a\nb",
  "a\u001b[31mb",
  "a\u202egpj.exe",
  "a\u200bb",
  "x".repeat(300),
  "患".repeat(300),
  "😀",
  "😀😀",
  "👩‍⚕️ ward",
  "\ud800",
  "\udc00",
  'a"b<c>d|e?f*g',
  "e\u0301",
  "é",
  "É",
  "abc",
  "ABC",
  "Abc",
  "ﬁ",
  "fi",
  "ß",
  "SS",
  "K",
  "\u212a",
  "~",
  "a~1",
  "%2e%2e",
];

describe("a name registry", () => {
  it.each(["12345", "PAT-0001", "1.2.840.113619.2.55.3", "a_b", "2.25.329800735698586629295641978511506172918"])(
    "leaves the plain id %s as it is",
    (id) => {
      expect(createNameRegistry().segment(id)).toBe(id);
    },
  );

  it("keeps letters of other scripts readable", () => {
    expect(createNameRegistry().segment("山田 太郎")).toBe("山田 太郎");
  });

  it("keeps what is readable of an id that must change, and marks it with a hash of that id alone", () => {
    const alone = createNameRegistry().segment("ward/7:bed 3");
    expect(alone).toMatch(/^ward_7_bed 3_[0-9a-f]{8}$/);
    const among = createNameRegistry();
    for (const id of HOSTILE) among.segment(id);
    expect(among.segment("ward/7:bed 3")).toBe(alone);
  });

  it("makes every hostile id a safe segment, and no two of them one that a file system may confuse", () => {
    const registry = createNameRegistry();
    const names = HOSTILE.map((id) => registry.segment(id));
    for (const name of names) {
      expect(isSafeSegment(name), JSON.stringify(name)).toBe(true);
      expect(Buffer.byteLength(name)).toBeLessThanOrEqual(80);
    }
    expect(new Set(names.map(foldName)).size).toBe(HOSTILE.length);
  });

  it("makes folders that really stand beside each other, inside their parent", () => {
    const root = join(folderForTest("names"), "root");
    mkdirSync(root);
    const registry = createNameRegistry();
    for (const id of HOSTILE) mkdirSync(join(root, registry.segment(id)));
    expect(readdirSync(root)).toHaveLength(HOSTILE.length);
    expect(readdirSync(join(root, ".."))).toEqual(["root"]);
    expect(existsSync(join(root, "..", "etc"))).toBe(false);
  });

  it("gives the same id the same segment, and case twins two", () => {
    const registry = createNameRegistry();
    expect(registry.segment("abc")).toBe("abc");
    expect(registry.segment("ABC")).toMatch(/^ABC_[0-9a-f]{8}$/);
    expect(registry.segment("abc")).toBe("abc");
    expect(registry.segment("ABC")).toBe(registry.segment("ABC"));
  });

  it("is not fooled by an id that looks like another's changed name", () => {
    const changed = createNameRegistry().segment("a/b");
    const registry = createNameRegistry();
    expect(registry.segment(changed)).toBe(changed);
    const second = registry.segment("a/b");
    expect(second).not.toBe(changed);
    expect(isSafeSegment(second)).toBe(true);
  });

  it("keeps away from names that are taken", () => {
    const registry = createNameRegistry(["receipt.json"]);
    expect(registry.segment("Receipt.json")).toMatch(/^Receipt\.json_[0-9a-f]{8}$/);
  });

  it("holds for any ids at all", () => {
    const id = fc.oneof(fc.string({ unit: "binary", maxLength: 120 }), fc.constantFrom(...HOSTILE), fc.string());
    fc.assert(
      fc.property(fc.uniqueArray(id, { maxLength: 30 }), (ids) => {
        const registry = createNameRegistry();
        const names = ids.map((one) => registry.segment(one));
        expect(names.every(isSafeSegment)).toBe(true);
        expect(names.every((name) => name === name.normalize("NFC"))).toBe(true);
        expect(new Set(names.map(foldName)).size).toBe(ids.length);
      }),
      { numRuns: 150 },
    );
  });
});

describe("a safe path", () => {
  it.each(["a", "studies/1.2.3/previews/frame_0.png", "患者/1.dcm", "manifest-sha256.txt"])("may be %s", (path) => {
    expect(isSafePath(path)).toBe(true);
  });

  it.each([
    ["is empty", ""],
    ["is absolute", "/a"],
    ["climbs", "a/../b"],
    ["climbs at its end", "a/.."],
    ["stands still", "a/./b"],
    ["has an empty segment", "a//b"],
    ["names a folder", "a/"],
    ["has a backslash", "a\\b"],
    ["has a drive", "c:/a"],
    ["has a device", "a/NUL.txt/b"],
    ["ends a segment with a dot", "a./b"],
    ["turns the direction of writing", "a\u202eb"],
    ["has a line feed", "a\nb"],
    ["is too long for Windows", `${"a/".repeat(120)}b`],
  ])("is refused where it %s", (_why, path) => {
    expect(isSafePath(path)).toBe(false);
  });
});
