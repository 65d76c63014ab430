import { existsSync, linkSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createPartialFolder, createPartialZip } from "../../src/main/package/partial-package.ts";
import {
  discardPartial,
  journalPath,
  partialPath,
  publishFile,
  publishFolder,
  removeJournal,
} from "../../src/main/package/publish.ts";
import { folderForTest } from "./make-package.ts";

const taken = expect.objectContaining({ code: "ALREADY_EXISTS" }) as Error;

describe("publishing a file", () => {
  it("gives it its final name and leaves nothing else", () => {
    const folder = folderForTest("publish");
    const final = join(folder, "a.zip");
    writeFileSync(partialPath(final), "whole");
    writeFileSync(journalPath(final), "journal");
    publishFile(partialPath(final), final);
    removeJournal(final);
    expect(readdirSync(folder)).toEqual(["a.zip"]);
    expect(readFileSync(final, "utf8")).toBe("whole");
  });

  it("never overwrites, and keeps the partial file", () => {
    const final = join(folderForTest("publish"), "a.zip");
    writeFileSync(final, "another's");
    writeFileSync(partialPath(final), "whole");
    expect(() => publishFile(partialPath(final), final)).toThrow(taken);
    expect(readFileSync(final, "utf8")).toBe("another's");
    expect(readFileSync(partialPath(final), "utf8")).toBe("whole");
  });

  it("finishes what a crash between linking and unlinking left", () => {
    const folder = folderForTest("publish");
    const final = join(folder, "a.zip");
    writeFileSync(partialPath(final), "whole");
    linkSync(partialPath(final), final);
    publishFile(partialPath(final), final);
    expect(readdirSync(folder)).toEqual(["a.zip"]);
  });

  it("names a destination that has gone", () => {
    const final = join(folderForTest("publish"), "gone", "a.zip");
    expect(() => publishFile(partialPath(final), final)).toThrow(expect.objectContaining({ code: "WRITE_FAILED" }));
    expect(() => createPartialZip(final)).toThrow(expect.objectContaining({ code: "WRITE_FAILED" }));
  });
});

describe("publishing a folder", () => {
  it("gives it its final name", () => {
    const folder = folderForTest("publish");
    const final = join(folder, "package");
    writeFileSync(join(createPartialFolder(final), "file"), "whole");
    publishFolder(partialPath(final), final);
    expect(readdirSync(folder)).toEqual(["package"]);
    expect(readFileSync(join(final, "file"), "utf8")).toBe("whole");
  });

  it.each(["file", "folder"])("never overwrites a %s", (kind) => {
    const final = join(folderForTest("publish"), "package");
    createPartialFolder(final);
    if (kind === "file") writeFileSync(final, "another's");
    else mkdirSync(final);
    expect(() => publishFolder(partialPath(final), final)).toThrow(taken);
    expect(existsSync(partialPath(final))).toBe(true);
  });
});

describe("a partial package", () => {
  it("is begun by one job only", () => {
    const folder = folderForTest("publish");
    createPartialZip(join(folder, "a.zip"));
    expect(() => createPartialZip(join(folder, "a.zip"))).toThrow(taken);
    createPartialFolder(join(folder, "b"));
    expect(() => createPartialFolder(join(folder, "b"))).toThrow(taken);
  });

  it("is discarded with its journal, and nothing of a final name with it", () => {
    const folder = folderForTest("publish");
    const final = join(folder, "a.zip");
    writeFileSync(final, "older package");
    writeFileSync(partialPath(final), "half");
    writeFileSync(journalPath(final), "journal");
    discardPartial(final);
    expect(readdirSync(folder)).toEqual(["a.zip"]);
    discardPartial(final);
  });
});
