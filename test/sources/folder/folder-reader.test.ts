import { appendFileSync, mkdirSync, readSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { folderSource } from "../../../src/main/sources/folder/folder-source.ts";
import type { InstanceLocator } from "../../../src/main/sources/source.ts";
import { temporaryDirectory } from "../../support/temporary-directory.ts";
import { dicomFile } from "../dicom-file.ts";
import { recordingTarget } from "../recording-target.ts";

const base = temporaryDirectory("folder-reader");
const { signal } = new AbortController();
let number = 0;
let root: string;
let locator: InstanceLocator;

beforeEach(async () => {
  root = join(base, `root-${number++}`);
  mkdirSync(join(root, "a"), { recursive: true });
  writeFileSync(join(root, "a", "file"), dicomFile());
  const target = recordingTarget();
  await folderSource.sync({ path: root }, undefined, target, () => undefined, signal);
  const found = target.instances.get("a/file")?.locator;
  if (found === undefined) throw new Error("the sync found nothing");
  locator = found;
});

const read = (wanted = locator) => folderSource.openReader({ path: root }, undefined, base).read(wanted, signal);

describe("Reading a file of a folder source", () => {
  it("gives the file itself, to be read at positions", async () => {
    const bytes = await read();
    if (bytes.kind !== "file") throw new Error("not a file");
    const content = Buffer.alloc(bytes.size);
    readSync(bytes.fd, content, 0, bytes.size, 0);
    bytes.close();
    expect(content.equals(dicomFile())).toBe(true);
  });

  it("refuses a file that has changed since the sync", async () => {
    appendFileSync(join(root, "a", "file"), "x");
    await expect(read()).rejects.toMatchObject({ code: "CHECKSUM", next: expect.stringContaining("Sync") as string });
  });

  it("refuses a file of the same size and name that is another one", async () => {
    writeFileSync(join(root, "other"), dicomFile());
    renameSync(join(root, "other"), join(root, "a", "file"));
    await expect(read()).rejects.toMatchObject({ code: "CHECKSUM" });
  });

  it("says that a file is gone, without its name", async () => {
    rmSync(join(root, "a"), { recursive: true });
    const failure = (await read().catch((error: unknown) => error)) as Error;
    expect(failure).toMatchObject({ code: "READ_FAILED" });
    expect(failure.message).not.toContain("a/file");
  });

  it("does not leave the folder through a link that was put in the way since", async () => {
    renameSync(join(root, "a"), join(base, `moved-${number}`));
    symlinkSync(join(base, `moved-${number}`), join(root, "a"));
    await expect(read()).rejects.toMatchObject({ code: "READ_FAILED" });
  });

  it.each(["../file", "a/../../file", "/etc/hostname", "a//file", "//raw/../file", "."])(
    "does not leave the folder by the reference %s",
    async (ref) => {
      await expect(read({ ...locator, ref })).rejects.toMatchObject({ code: "READ_FAILED" });
    },
  );

  it("stops when it is cancelled", async () => {
    const reader = folderSource.openReader({ path: root }, undefined, base);
    await expect(reader.read(locator, AbortSignal.abort())).rejects.toMatchObject({ code: "CANCELLED" });
  });
});

describe("Checking a folder", () => {
  const check = (path: string) => folderSource.check({ path }, undefined, signal);

  it("says how many files look like DICOM", async () => {
    writeFileSync(join(root, "notes.txt"), "text");
    const report = await check(root);
    expect(report.ok).toBe(true);
    expect(report.findings.map((finding) => finding.text).join()).toContain("1 of 2 files looked at are DICOM files");
  });

  it("warns of a folder without DICOM files, and of links out of it", async () => {
    rmSync(join(root, "a"), { recursive: true });
    symlinkSync(base, join(root, "out"));
    const report = await check(root);
    expect(report.findings.filter((finding) => finding.level === "warning")).toHaveLength(2);
  });

  it.each(["missing", "a/file"])("finds a problem where the path is not a folder: %s", async (path) => {
    const report = await check(join(root, path));
    expect(report.ok).toBe(false);
    expect(report.findings[0]?.next).toContain("Check that the folder exists");
  });
});
