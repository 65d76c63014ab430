/** The directory of a DICOM file-set (PS3.10 8.6, PS3.3 annex F). The files are the truth; it is only compared with them. */
import { closeSync } from "node:fs";
import type { Dataset } from "../../dicom/element.ts";
import type { Part10 } from "../../dicom/part10.ts";
import { type createScratch, readHeader, readPart10 } from "../../dicom/read-part10.ts";
import { findElement, readText, readValues } from "../../dicom/values.ts";
import { SatchelError } from "../../../contract/errors.ts";
import type { SyncTarget } from "../source.ts";
import { resolveReference } from "./file-reference.ts";
import { openFile } from "./open-file.ts";
import { asReadError } from "./read-failure.ts";
import { walkTree } from "./walk-tree.ts";

const MEDIA_STORAGE_DIRECTORY = "1.2.840.10008.1.3.10";
const MEDIA_STORAGE_SOP_CLASS_UID = 0x00020002;
const SOP_INSTANCE_UID = 0x00080018;
const DIRECTORY_RECORD_SEQUENCE = 0x00041220;
const RECORD_IN_USE_FLAG = 0x00041410;
const REFERENCED_FILE_ID = 0x00041500;
const REFERENCED_SOP_INSTANCE_UID_IN_FILE = 0x00041511;

/** Whether a file is a directory of a file-set, whatever its name. */
export function isDicomdir(part10: Part10): boolean {
  if (part10.meta === undefined) return false;
  return textOf(part10, part10.meta, MEDIA_STORAGE_SOP_CLASS_UID) === MEDIA_STORAGE_DIRECTORY;
}

export interface DicomdirComparison {
  /** Absolute path of the source without links. */
  root: string;
  /** The DICOMDIR file. */
  ref: string;
  /** All DICOMDIR files of the source: what lies below another one is that one's concern. */
  others: Iterable<string>;
  /** Knows which files are instances. */
  target: SyncTarget;
  scratch: ReturnType<typeof createScratch>;
}

/**
 * Compares a DICOMDIR with the files below its folder. Names are compared as a CD drive would show them: without case, ISO 9660 version
 * number and final dot. A name that leads out of the folder matches no file there and counts as missing; nothing is opened by it.
 *
 * @returns at most four sentences, none where all agrees
 */
export function compareDicomdir(comparison: DicomdirComparison): string[] {
  const { root, ref } = comparison;
  let listed: Map<string, string>;
  try {
    listed = readRecords(root, ref);
  } catch (thrown) {
    const error = asReadError(thrown);
    if (!(error instanceof SatchelError)) throw error;
    return [`The DICOMDIR ${ref} could not be read and was left aside: ${error.message}`];
  }
  const { missing, unlisted, differing } = compareFiles(comparison, listed);
  const notices: string[] = [];
  if (missing.length > 0) notices.push(`The DICOMDIR ${ref} lists ${count(missing)} not there${examples(missing)}.`);
  if (unlisted.length > 0)
    notices.push(
      `The DICOMDIR ${ref} does not list ${count(unlisted)} there${examples(unlisted)}; they were taken in.`,
    );
  if (differing.length > 0)
    notices.push(
      `The DICOMDIR ${ref} names another SOP Instance UID for ${count(differing)} there${examples(differing)}; the files are right.`,
    );
  return notices;
}

function compareFiles(
  { root, ref, others, target, scratch }: DicomdirComparison,
  listed: ReadonlyMap<string, string>,
): { missing: string[]; unlisted: string[]; differing: string[] } {
  const folder = folderOf(ref);
  const nested = [...others].map(folderOf).filter((other) => other !== folder && isBelow(other, folder));
  const unmet = new Set(listed.keys());
  const unlisted: string[] = [];
  const differing: string[] = [];
  for (const entry of walkTree(root, folder)) {
    if (entry.kind !== "file") continue;
    const key = keyOf(folder === "" ? entry.ref : entry.ref.slice(folder.length + 1));
    const uid = listed.get(key);
    unmet.delete(key);
    if (target.known(entry.ref) === undefined || /\.analysis\.json$/i.test(entry.name)) continue;
    if (uid === undefined) {
      if (!nested.some((other) => isBelow(entry.ref, other))) unlisted.push(key);
    } else if (uid !== "" && !["", uid].includes(readSopInstanceUid(entry.path, scratch))) differing.push(key);
  }
  return { missing: [...unmet], unlisted, differing };
}

/** Key of a file -> its SOP Instance UID as listed ("" where it is not). */
function readRecords(root: string, ref: string): Map<string, string> {
  const { fd, size } = openFile(resolveReference(root, ref));
  try {
    const part10 = readPart10(fd, size);
    const records = findElement(part10.dataset, DIRECTORY_RECORD_SEQUENCE)?.items ?? [];
    const listed = new Map<string, string>();
    for (const { dataset } of records) {
      const fileId = findElement(dataset, REFERENCED_FILE_ID);
      if (fileId === undefined || textOf(part10, dataset, RECORD_IN_USE_FLAG) === "0") continue;
      const parts = readValues(part10, dataset, fileId).map((part) => part.trim());
      if (parts.every((part) => part === "")) continue;
      listed.set(keyOf(parts.join("/")), textOf(part10, dataset, REFERENCED_SOP_INSTANCE_UID_IN_FILE));
    }
    return listed;
  } finally {
    closeSync(fd);
  }
}

/** "" where the file cannot be read any more: that is no matter of the DICOMDIR. */
function readSopInstanceUid(path: string | Buffer, scratch: ReturnType<typeof createScratch>): string {
  try {
    const { fd, size } = openFile(path);
    try {
      const part10 = readHeader(fd, size, scratch);
      return textOf(part10, part10.dataset, SOP_INSTANCE_UID);
    } finally {
      closeSync(fd);
    }
  } catch (thrown) {
    if (asReadError(thrown) instanceof SatchelError) return "";
    throw thrown;
  }
}

function textOf(part10: Part10, dataset: Dataset, tag: number): string {
  const element = findElement(dataset, tag);
  if (element === undefined) return "";
  return element.vr === "US"
    ? (readValues(part10, dataset, element)[0] ?? "")
    : readText(part10, dataset, element).trim();
}

function keyOf(path: string): string {
  return path.toUpperCase().replace(/;\d+$/, "").replace(/\.$/, "");
}

function folderOf(ref: string): string {
  const slash = ref.lastIndexOf("/");
  return slash < 0 ? "" : ref.slice(0, slash);
}

function isBelow(ref: string, folder: string): boolean {
  return folder === "" || ref === folder || ref.startsWith(`${folder}/`);
}

function count(files: readonly string[]): string {
  return files.length === 1 ? "1 file that is" : `${files.length} files that are`;
}

/** Only names as PS3.10 8.5 allows them: others may say who the patient is. */
function examples(files: readonly string[]): string {
  const shown = files.filter((file) => /^[A-Z0-9_]{1,8}(\/[A-Z0-9_]{1,8}){0,7}$/.test(file)).slice(0, 3);
  return shown.length === 0 ? "" : ` (${shown.join(", ")}${shown.length < files.length ? ", …" : ""})`;
}
