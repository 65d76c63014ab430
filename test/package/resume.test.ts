import * as fc from "fast-check";
import {
  appendFileSync,
  closeSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { finishFolder, finishZip, syncFolderEntries, type FinishInput } from "../../src/main/package/finish.ts";
import { createJournal, resumeJournal, type Journal, type JournalItem } from "../../src/main/package/journal.ts";
import { readJournal, readJournalEntries, readJournalItems } from "../../src/main/package/journal-lines.ts";
import {
  createPartialFolder,
  createPartialZip,
  cutPartialZip,
  folderItemChecker,
  openPartialZip,
  pruneFolder,
  zipItemChecker,
} from "../../src/main/package/partial-package.ts";
import { prepareEntry } from "../../src/main/package/prepare-entry.ts";
import { discardPartial, journalPath, partialPath } from "../../src/main/package/publish.ts";
import { verifyPackage } from "../../src/main/package/verify.ts";
import { writeFolderEntry, writeZipEntry } from "../../src/main/package/write-entry.ts";
import { entryEnd } from "../../src/main/package/zip-format.ts";
import { folderForTest, receiptFor, type Content } from "./make-package.ts";

/** What each item of the plan leaves: an instance and its previews, an instance alone, nothing. */
const PLAN: Content[][] = [
  [
    { name: "dicom/1.dcm", role: "dicom", bytes: Buffer.alloc(700, "one ") },
    { name: "previews/frame_0.png", role: "preview", bytes: Buffer.alloc(90, "png") },
  ],
  [{ name: "dicom/2.dcm", role: "dicom", bytes: Buffer.alloc(0) }],
  [],
  [{ name: "dicom/3.dcm", role: "dicom", bytes: Buffer.alloc(400, "three "), level: 6 }],
  [{ name: "dicom/4.dcm", role: "dicom", bytes: Buffer.alloc(300, "four ") }],
  [{ name: "dicom/5.dcm", role: "dicom", bytes: Buffer.alloc(500, "five ") }],
];
/** A mark stands after this item. */
const MARK = 3;
const HEAD = { job: "job-1", plan: "plan-1" };

function finishInput(path: string): FinishInput {
  return {
    entries: () => readJournalEntries(journalPath(path)),
    receipt: receiptFor(PLAN.flat()),
    missing: () => [],
  };
}

async function goOnZip(path: string, fd: number, journal: Journal, start: number): Promise<number> {
  let end = start;
  for (let item = journal.items; item < PLAN.length; item++) {
    const entries = PLAN[item]!.map((content) => {
      const { record, pieces } = prepareEntry(content.name, content.role, [content.bytes], content.level ?? 0);
      const entry = writeZipEntry(fd, end, record, pieces);
      end = entryEnd(entry);
      return entry;
    });
    journal.append({ item, entries, data: { outcome: entries.length > 0 ? "exported" : "held" } });
    if (item === MARK) await journal.markSynced(() => undefined);
  }
  journal.close();
  await finishZip(fd, end, finishInput(path));
  closeSync(fd);
  return end;
}

async function beginZip(path: string): Promise<number> {
  const fd = createPartialZip(path);
  return goOnZip(path, fd, createJournal(journalPath(path), { ...HEAD, layout: "zip" }), 0);
}

/** What a job does after a crash. @returns the items that were kept. */
async function resumeZip(path: string, trustMarks = true): Promise<number> {
  const { fd, size } = openPartialZip(path);
  const kept: JournalItem[] = [];
  const resumed = resumeJournal(journalPath(path), {
    dataSize: size,
    check: zipItemChecker(fd),
    trustMarks,
    onItem: (item) => kept.push(item),
  });
  if (resumed === undefined) {
    closeSync(fd);
    discardPartial(path);
    await beginZip(path);
    return 0;
  }
  expect(resumed.head).toMatchObject(HEAD);
  expect(kept.map(({ item }) => item)).toEqual([...kept.keys()]);
  expect(resumed.journal.items).toBe(kept.length);
  cutPartialZip(fd, resumed.dataEnd);
  await goOnZip(path, fd, resumed.journal, resumed.dataEnd);
  return kept.length;
}

interface Reference {
  path: string;
  data: Buffer;
  journal: Buffer;
  /** End of the data that the mark covers. */
  markedEnd: number;
}

async function makeReference(label: string): Promise<Reference> {
  const path = join(folderForTest(label), "package.zip");
  await beginZip(path);
  let markedEnd = 0;
  for (const line of readJournal(journalPath(path))) {
    if (line.synced !== undefined) break;
    for (const entry of line.item?.entries ?? []) markedEnd = entryEnd(entry);
  }
  return { path, data: readFileSync(partialPath(path)), journal: readFileSync(journalPath(path)), markedEnd };
}

describe("resuming a ZIP", () => {
  it("gives the identical file wherever data and journal were cut, and whatever stands behind the cut", async () => {
    const { path, data, journal, markedEnd } = await makeReference("resume");
    const items = [...readJournalItems(journalPath(path))];
    const garbage = fc.uint8Array({ maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(
        fc.nat(data.length),
        fc.nat(journal.length),
        garbage,
        garbage,
        async (dataCut, journalCut, dataTail, journalTail) => {
          // What a mark covers is on the disk: it can be cut off by a person, but nothing else can have taken its place.
          const behind = dataCut < markedEnd ? Buffer.alloc(0) : dataTail;
          writeFileSync(partialPath(path), Buffer.concat([data.subarray(0, dataCut), behind]));
          writeFileSync(journalPath(path), Buffer.concat([journal.subarray(0, journalCut), journalTail]));
          await resumeZip(path);
          expect(readFileSync(partialPath(path)).equals(data)).toBe(true);
          expect([...readJournalItems(journalPath(path))]).toEqual(items);
        },
      ),
      { numRuns: 150 },
    );
  });

  it("gives the identical file where a power cut lost data behind the last mark although the journal was kept", async () => {
    const { path, data, journal, markedEnd } = await makeReference("resume");
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: markedEnd, max: data.length - 1 }), fc.nat(600), async (from, length) => {
        const lost = Buffer.from(data);
        lost.fill(0, from, Math.min(data.length, from + 1 + length));
        writeFileSync(partialPath(path), lost);
        writeFileSync(journalPath(path), journal);
        expect(await resumeZip(path)).toBeGreaterThan(MARK);
        expect(readFileSync(partialPath(path)).equals(data)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it("reads again what a mark covers, where the mark is not to be trusted", async () => {
    const { path, data, journal } = await makeReference("resume");
    const changed = Buffer.from(data);
    changed[100]! ^= 1;
    writeFileSync(partialPath(path), changed);
    expect(await resumeZip(path, false)).toBe(0);
    expect(readFileSync(partialPath(path)).equals(data)).toBe(true);
    expect(readFileSync(journalPath(path)).equals(journal)).toBe(true);
  });

  it("keeps everything when nothing was lost, and the package verifies", async () => {
    const { path, data } = await makeReference("resume");
    expect(await resumeZip(path)).toBe(PLAN.length);
    expect(readFileSync(partialPath(path)).equals(data)).toBe(true);
    expect(await verifyPackage(partialPath(path))).toMatchObject({ ok: true, dicom: 5 });
  });
});

async function goOnFolder(path: string, journal: Journal): Promise<void> {
  const folder = partialPath(path);
  for (let item = journal.items; item < PLAN.length; item++) {
    const entries = PLAN[item]!.map((content) => {
      const { record, pieces } = prepareEntry(content.name, content.role, [content.bytes], 0);
      return writeFolderEntry(folder, record, pieces);
    });
    journal.append({ item, entries });
    if (item === MARK) {
      await journal.markSynced(() =>
        syncFolderEntries(
          folder,
          PLAN.slice(0, MARK + 1).flatMap((contents) => contents.map(({ name }) => name)),
        ),
      );
    }
  }
  journal.close();
  await finishFolder(folder, finishInput(path));
}

async function resumeFolder(path: string): Promise<number> {
  const folder = partialPath(path);
  const resumed = resumeJournal(journalPath(path), { check: folderItemChecker(folder) });
  if (resumed === undefined) {
    discardPartial(path);
    createPartialFolder(path);
    await goOnFolder(path, createJournal(journalPath(path), { ...HEAD, layout: "folder" }));
    return 0;
  }
  const kept = resumed.journal.items;
  pruneFolder(
    folder,
    [...readJournalEntries(journalPath(path))].map(({ name }) => name),
  );
  await goOnFolder(path, resumed.journal);
  return kept;
}

function treeOf(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true });
  return Object.fromEntries(
    names
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((path) => [path, readFileSync(path, "base64")]),
  );
}

describe("resuming a folder", () => {
  it("gives the identical tree wherever the journal was cut, without what a crash left half-written", async () => {
    const path = join(folderForTest("resume"), "package");
    createPartialFolder(path);
    await goOnFolder(path, createJournal(journalPath(path), { ...HEAD, layout: "folder" }));
    const folder = partialPath(path);
    const whole = treeOf(folder);
    const journal = readFileSync(journalPath(path));
    const unmarked = PLAN.slice(MARK + 1).flat();
    await fc.assert(
      fc.asyncProperty(fc.nat(journal.length), fc.constantFrom(...unmarked), fc.nat(2), async (cut, victim, harm) => {
        writeFileSync(journalPath(path), journal.subarray(0, cut));
        if (harm === 0) truncateSync(join(folder, victim.name), 3);
        if (harm === 1) rmSync(join(folder, victim.name));
        mkdirSync(join(folder, "left", "over"), { recursive: true });
        appendFileSync(join(folder, "left", "half.dcm"), "half");
        await resumeFolder(path);
        expect(treeOf(folder)).toEqual(whole);
        expect(readdirSync(dirname(folder))).toHaveLength(2);
      }),
      { numRuns: 40 },
    );
    expect(await verifyPackage(folder)).toMatchObject({ ok: true });
  });
});
