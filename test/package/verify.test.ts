import { cpSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { SatchelError } from "../../src/contract/errors.ts";
import { checkEntries } from "../../src/main/package/check-entries.ts";
import { verifyPackage } from "../../src/main/package/verify.ts";
import type { VerifyReport } from "../../src/main/package/verify-report.ts";
import { folderForTest, makeFolder, makeZip, receiptFor, smallContents } from "./make-package.ts";

const ONE = "studies/1.2.840.1/1.dcm";

function named(report: VerifyReport): string[] {
  expect(report.ok).toBe(false);
  return report.findings.map(({ code, path }) => `${code} ${path}`);
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
