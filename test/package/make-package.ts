import { closeSync, rmSync } from "node:fs";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { ReceiptMissing } from "../../src/contract/receipt.ts";
import type { EntryRecord } from "../../src/main/package/entry.ts";
import { finishFolder, finishZip, type FinishedPackage } from "../../src/main/package/finish.ts";
import { createJournal } from "../../src/main/package/journal.ts";
import { readJournalEntries } from "../../src/main/package/journal-lines.ts";
import { createPartialFolder, createPartialZip } from "../../src/main/package/partial-package.ts";
import { prepareEntry } from "../../src/main/package/prepare-entry.ts";
import { journalPath, partialPath, publishFile, publishFolder, removeJournal } from "../../src/main/package/publish.ts";
import type { ImagingReceiptHead } from "../../src/contract/receipt.ts";
import { writeFolderEntry, writeZipEntry } from "../../src/main/package/write-entry.ts";
import { entryEnd } from "../../src/main/package/zip-format.ts";
import { makeTemporaryDirectory } from "../support/temporary-directory.ts";

/** An empty folder for the running test, removed when that test is over. */
export function folderForTest(label: string): string {
  const folder = makeTemporaryDirectory(label);
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export interface Content {
  name: string;
  role: EntryRecord["role"];
  bytes: Buffer;
  level?: number;
}

/** A receipt that agrees with these contents and missing things. */
export function receiptFor(
  contents: readonly Pick<Content, "role">[],
  missing: readonly ReceiptMissing[] = [],
): ImagingReceiptHead {
  const files = (role: string): number => contents.filter((content) => content.role === role).length;
  const heldBack = missing.filter((row) => row.what === "dicom" && row.code === "HELD_BACK").length;
  const failed = missing.filter((row) => row.what === "dicom" && row.code !== "HELD_BACK").length;
  const previewsFailed = missing.filter((row) => row.what === "preview").length;
  return {
    format: "satchel-receipt",
    version: 1,
    software: { name: "Satchel", version: "0.1.0" },
    kind: "imaging",
    scope: "patient",
    startedAt: "2026-01-02T03:04:05.000Z",
    exportedBy: "tester",
    recipe: { kind: "imaging" },
    policy: { kind: "identified", options: [] },
    counts: {
      instances: {
        expected: files("dicom") + heldBack + failed,
        exported: files("dicom"),
        heldBack,
        failed,
      },
      previews: {
        expected: files("preview") + previewsFailed,
        exported: files("preview"),
        failed: previewsFailed,
        withoutInstance: 0,
      },
      patients: 1,
      studies: 1,
      series: 1,
    },
    leakSweep: { ran: false, instances: 0 },
    notices: [],
    result: failed > 0 ? "incomplete" : "complete",
  };
}

/** A small patient package: names in two scripts, an empty file, something that deflates. */
export function smallContents(): Content[] {
  return [
    { name: "studies/1.2.840.1/1.dcm", role: "dicom", bytes: Buffer.from("DICM-one") },
    { name: "studies/1.2.840.1/2.dcm", role: "dicom", bytes: Buffer.alloc(3_000, "tissue "), level: 6 },
    { name: "studies/1.2.840.1/previews/frame_0.png", role: "preview", bytes: Buffer.from([137, 80, 78, 71]) },
    { name: "studies/患者-Größe/3.dcm", role: "dicom", bytes: Buffer.alloc(0) },
    { name: "patient_data.json", role: "metadata", bytes: Buffer.from('{"patient":{}}\n') },
  ];
}

export interface MadePackage extends FinishedPackage {
  path: string;
}

export interface MakeOptions {
  receipt?: ImagingReceiptHead;
  missing?: readonly ReceiptMissing[];
}

/** Makes a whole ZIP package `name` in `folder`, the way a job does. */
export async function makeZip(
  folder: string,
  contents: Iterable<Content>,
  options: MakeOptions & { name?: string } = {},
): Promise<MadePackage> {
  const path = join(folder, options.name ?? "package.zip");
  const fd = createPartialZip(path);
  const journal = createJournal(journalPath(path), { job: "job-1", plan: "plan-1", layout: "zip" });
  const roles: Pick<Content, "role">[] = [];
  let end = 0;
  for (const content of contents) {
    const { record, pieces } = prepareEntry(content.name, content.role, [content.bytes], content.level ?? 0);
    const entry = writeZipEntry(fd, end, record, pieces);
    end = entryEnd(entry);
    journal.append({ item: journal.items, entries: [entry] });
    roles.push({ role: content.role });
  }
  journal.close();
  const finished = await finishZip(fd, end, {
    entries: () => readJournalEntries(journalPath(path)),
    receipt: options.receipt ?? receiptFor(roles, options.missing),
    missing: () => options.missing ?? [],
  });
  closeSync(fd);
  publishFile(partialPath(path), path);
  removeJournal(path);
  return { ...finished, path };
}

/** Makes a whole folder package `name` in `folder`. */
export async function makeFolder(
  folder: string,
  contents: readonly Content[],
  options: MakeOptions & { name?: string } = {},
): Promise<MadePackage> {
  const path = join(folder, options.name ?? "package");
  const partial = createPartialFolder(path);
  const entries: EntryRecord[] = contents.map((content) => {
    const { record, pieces } = prepareEntry(content.name, content.role, [content.bytes], 0);
    return writeFolderEntry(partial, record, pieces);
  });
  const finished = await finishFolder(partial, {
    entries: () => entries,
    receipt: options.receipt ?? receiptFor(contents, options.missing),
    missing: () => options.missing ?? [],
  });
  publishFolder(partial, path);
  return { ...finished, path };
}
