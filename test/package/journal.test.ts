import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createJournal, resumeJournal } from "../../src/main/package/journal.ts";
import { readJournal } from "../../src/main/package/journal-lines.ts";
import { journalPath } from "../../src/main/package/publish.ts";
import { folderForTest } from "./make-package.ts";

const HEAD = { job: "job-1", plan: "plan-1" };

describe("a journal", () => {
  it("ends its valid prefix at a changed, repeated, dropped or foreign line", async () => {
    const path = join(folderForTest("journal"), "package.zip");
    const whole = createJournal(journalPath(path), { ...HEAD, layout: "folder" });
    for (let item = 0; item < 6; item++) whole.append({ item, entries: [], data: `dicom ${item}` });
    await whole.markSynced(() => undefined);
    whole.close();
    const lines = readFileSync(journalPath(path), "utf8").split("\n").slice(0, -1);
    const validAfter = (changed: string[]): number => {
      writeFileSync(journalPath(path), `${changed.join("\n")}\n`);
      return [...readJournal(journalPath(path))].length;
    };
    expect(validAfter(lines)).toBe(lines.length);
    expect(validAfter(lines.with(2, lines[2]!.replace("dicom", "dicon")))).toBe(2);
    expect(validAfter(lines.toSpliced(3, 0, lines[2]!))).toBe(3);
    expect(validAfter(lines.toSpliced(3, 1))).toBe(3);
    expect(validAfter(["", ...lines])).toBe(0);
    expect(validAfter([...lines, "00000000 {}"])).toBe(lines.length);
  });

  it("reads lines longer than any buffer", () => {
    const path = join(folderForTest("journal"), "package.zip");
    const journal = createJournal(journalPath(path), { ...HEAD, layout: "folder" });
    const long = "x".repeat(700_000);
    for (let item = 0; item < 3; item++) journal.append({ item, entries: [], data: { item, long } });
    journal.close();
    const data = [...readJournal(journalPath(path))].flatMap(({ item }) => (item === undefined ? [] : [item.data]));
    expect(data).toEqual([0, 1, 2].map((item) => ({ item, long })));
  });

  it("marks only what was appended before the flush began", async () => {
    const path = join(folderForTest("journal"), "package.zip");
    const journal = createJournal(journalPath(path), { ...HEAD, layout: "folder" });
    journal.append({ item: 0, entries: [] });
    let flushed = (): void => undefined;
    const marking = journal.markSynced(() => new Promise((resolve) => (flushed = resolve)));
    journal.append({ item: 1, entries: [] });
    flushed();
    await marking;
    expect(journal.synced).toBe(1);
    journal.close();
    expect([...readJournal(journalPath(path))].map((line) => line.synced)).toEqual([
      undefined,
      undefined,
      undefined,
      1,
    ]);
  });

  it("is not begun over another one", () => {
    const path = journalPath(join(folderForTest("journal"), "package.zip"));
    createJournal(path, { ...HEAD, layout: "zip" }).close();
    expect(() => createJournal(path, { ...HEAD, layout: "zip" })).toThrow(
      expect.objectContaining({ code: "ALREADY_EXISTS" }),
    );
  });

  it("that is not there is named, and one without a head begins anew", () => {
    const path = journalPath(join(folderForTest("journal"), "package.zip"));
    expect(() => resumeJournal(path, { check: () => true })).toThrow(expect.objectContaining({ code: "NOT_FOUND" }));
    writeFileSync(path, '12345678 {"format":"satchel-journal"');
    expect(resumeJournal(path, { check: () => true })).toBeUndefined();
  });
});
