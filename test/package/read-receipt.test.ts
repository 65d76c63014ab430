import { spawnSync } from "node:child_process";
import { readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { ReceiptMissing } from "../../src/contract/receipt.ts";
import { readReceipt } from "../../src/main/package/read-receipt.ts";
import { folderForTest, makeFolder, makeZip, receiptFor, smallContents } from "./make-package.ts";

const missing = (count: number): ReceiptMissing[] =>
  Array.from({ length: count }, (_, index) => ({
    path: `studies/1.2.840.1/${index + 100}.dcm`,
    what: "dicom",
    code: "HELD_BACK",
    reason: "It may show names in the picture.",
  }));

test("the same receipt is read out of a ZIP and out of a folder", async () => {
  const zip = await makeZip(folderForTest("receipt"), smallContents());
  const folder = await makeFolder(folderForTest("receipt"), smallContents());
  const read = await readReceipt(zip.path);
  expect(read).toEqual(await readReceipt(folder.path));
  expect(read.files.map(({ path }) => path)).toEqual(smallContents().map(({ name }) => name));
  expect(read.leftOut).toEqual({ files: 0, missing: 0 });
});

test("of a very long list the first part is read, and the rest is counted", async () => {
  const rows = missing(60_000);
  const { path } = await makeZip(folderForTest("receipt"), smallContents(), {
    receipt: receiptFor(smallContents(), rows),
    missing: rows,
  });
  const read = await readReceipt(path);
  expect(read.missing.length).toBeGreaterThan(1_000);
  expect(read.leftOut.files).toBe(0);
  expect(read.missing.length + read.leftOut.missing).toBe(60_000);
  expect(read.missing).toEqual(rows.slice(0, read.missing.length));
  // What a page is handed fits into one frame.
  expect(JSON.stringify(read).length).toBeLessThan(16 * 1024 * 1024);
});

test("a receipt without end, or with a line without end, is refused and not read into memory", async () => {
  for (const filler of ["\n", "x"]) {
    const { path } = await makeFolder(folderForTest("receipt"), smallContents());
    writeFileSync(join(path, "receipt.json"), filler === "x" ? "x".repeat(9_000_000) : '"a":1,\n'.repeat(1_000_000));
    await expect(readReceipt(path)).rejects.toMatchObject({ code: "TOO_LARGE" });
  }
});

test("what is wrong with a receipt is said: cut, gone, a pipe, not listed, JSON of something else", async () => {
  const damaged = { code: "PACKAGE_DAMAGED" };
  const folderWith = async (change: (receipt: string, manifest: string) => void): Promise<string> => {
    const { path } = await makeFolder(folderForTest("receipt"), smallContents());
    change(join(path, "receipt.json"), join(path, "manifest-sha256.txt"));
    return path;
  };
  const cut = await folderWith((receipt) => truncateSync(receipt, 400));
  await expect(readReceipt(cut)).rejects.toMatchObject(damaged);
  const gone = await folderWith((receipt) => rmSync(receipt));
  await expect(readReceipt(gone)).rejects.toMatchObject(damaged);
  const pipe = await folderWith((receipt) => {
    rmSync(receipt);
    spawnSync("mkfifo", [receipt]);
  });
  await expect(readReceipt(pipe)).rejects.toMatchObject(damaged);
  const unlisted = await folderWith((_receipt, manifest) => {
    const lines = readFileSync(manifest, "utf8").split("\n");
    writeFileSync(manifest, lines.filter((line) => !line.endsWith("receipt.json")).join("\n"));
  });
  await expect(readReceipt(unlisted)).rejects.toMatchObject(damaged);
  const other = await folderWith((receipt) => writeFileSync(receipt, '{"hello":"there"}\n'));
  await expect(readReceipt(other)).rejects.toMatchObject(damaged);
});

test("a package without a manifest still shows its receipt: there is nothing to compare it with", async () => {
  const { path } = await makeFolder(folderForTest("receipt"), smallContents());
  rmSync(join(path, "manifest-sha256.txt"));
  expect((await readReceipt(path)).result).toBe("complete");
});
