/** Reads the receipt out of a package, for a person to look at. */
import { createHash } from "node:crypto";
import { closeSync, fstatSync, type Stats } from "node:fs";
import { join } from "node:path";
import { SatchelError } from "../../contract/errors.ts";
import { receipt as receiptSchema, receiptFile, receiptMissing, type Receipt } from "../../contract/receipt.ts";
import { besideSetOf, isTableName } from "./beside.ts";
import { openForReading } from "./check-entries.ts";
import { readFully } from "./check-entry.ts";
import { Findings } from "./findings.ts";
import { linesOf, type ReadAt } from "./read-lines.ts";
import { FILES_OPEN, MISSING_OPEN, OWN_NAMES, RECEIPT_NAME, type OwnNames } from "./receipt-text.ts";
import { localHeaderLength } from "./zip-format.ts";
import { listZip } from "./zip-reader.ts";

/** A receipt whose long lists are cut; `leftOut` counts what is in the package's own and not here. */
export type ShortReceipt = Receipt & { leftOut: { files: number; missing: number } };

/** Characters of both lists together, and of everything before them: what a page is handed is bounded. */
const MOST_LISTED = 4 * 1024 * 1024;
const LARGEST_HEAD = 4 * 1024 * 1024;
const LONGEST_LINE = 4 * 1024 * 1024;
const LONGEST_MANIFEST_LINE = 64 * 1024;

/**
 * @param path of the ZIP file or the folder.
 * @throws SatchelError NOT_FOUND, READ_FAILED; PACKAGE_DAMAGED where there is no receipt, it is no receipt of ours, or the manifest states
 * another digest of it; TOO_LARGE
 */
export async function readReceipt(path: string, signal?: AbortSignal): Promise<ShortReceipt> {
  const fd = openForReading(path);
  try {
    const status = fstatSync(fd);
    if (!status.isDirectory() && !status.isFile()) throw damaged("It is neither a file nor a folder.");
    const { own, names } = await openOwnFiles(path, fd, status, signal);
    try {
      const read = own(names.receipt);
      if (read === undefined) throw damaged("It holds no receipt.");
      const digest = createHash("sha256");
      const parsed = parseReceipt(read, (bytes) => digest.update(bytes));
      const manifest = own(names.manifest);
      const stated = manifest === undefined ? undefined : digestIn(manifest, names.receipt);
      if (manifest !== undefined && stated !== digest.digest("hex"))
        throw damaged("Its receipt is not the one that its manifest lists.");
      return parsed;
    } finally {
      own.close();
    }
  } finally {
    closeSync(fd);
  }
}

/** Where receipt and manifest are read from, and what they are called there. @throws PACKAGE_DAMAGED */
async function openOwnFiles(
  path: string,
  fd: number,
  status: Stats,
  signal: AbortSignal | undefined,
): Promise<{ own: OwnFile; names: OwnNames }> {
  if (status.isDirectory()) return { own: fileOfFolder(path), names: OWN_NAMES };
  if (!isTableName(path)) return { own: await fileOfZip(fd, status.size, signal), names: OWN_NAMES };
  const beside = besideSetOf(path);
  if (beside === undefined) throw damaged("It is a table alone: no receipt lies beside it.");
  return { own: fileOfFolder(beside.folder), names: beside.names };
}

/** The content of a file of the package by its name; undefined where there is none. */
type OwnFile = ((name: string) => ReadAt | undefined) & { close(): void };

function fileOfFolder(path: string): OwnFile {
  const open: number[] = [];
  const file = (name: string): ReadAt | undefined => {
    let fd: number;
    try {
      fd = openForReading(join(path, name));
    } catch (error) {
      if (error instanceof SatchelError && error.code === "NOT_FOUND") return undefined;
      throw error;
    }
    open.push(fd);
    // A pipe cannot be read at a place.
    if (!fstatSync(fd).isFile()) throw damaged(`${name} is not a file.`);
    return (buffer, position) => readFully(fd, buffer, position);
  };
  return Object.assign(file, { close: () => open.forEach((fd) => closeSync(fd)) });
}

async function fileOfZip(fd: number, size: number, signal: AbortSignal | undefined): Promise<OwnFile> {
  const listed = await listZip(fd, size, new Findings(), signal);
  if (listed === undefined) throw damaged("It is not a package.");
  const { table } = listed;
  const file = (name: string): ReadAt | undefined => {
    const index = table.find(name);
    const entry = index === undefined ? undefined : table.at(index);
    if (entry === undefined || entry.method !== 0) return undefined;
    const start = entry.offset + localHeaderLength(entry);
    return (buffer, position) =>
      readFully(fd, buffer.subarray(0, Math.max(0, Math.min(buffer.length, entry.size - position))), start + position);
  };
  return Object.assign(file, { close: () => undefined });
}

/** A receipt has one file a line (receipt-text.ts): long lists are counted and never held. */
function parseReceipt(read: ReadAt, onBytes: (bytes: Uint8Array) => void): ShortReceipt {
  const files: Receipt["files"] = [];
  const missing: Receipt["missing"] = [];
  const leftOut = { files: 0, missing: 0 };
  let head = "";
  let listed = 0;
  let part: "head" | "files" | "missing" | "end" = "head";
  const take = <Row>(line: string, list: Row[], parse: (row: unknown) => Row): boolean => {
    listed += line.length;
    if (listed <= MOST_LISTED) list.push(parse(JSON.parse(line.endsWith(",") ? line.slice(0, -1) : line)));
    return listed <= MOST_LISTED;
  };
  try {
    for (const { bytes, terminated } of linesOf(read, LONGEST_LINE)) {
      onBytes(bytes);
      if (terminated) onBytes(LINE_FEED);
      const line = bytes.toString("utf8");
      if (part === "head" && line === FILES_OPEN) part = "files";
      else if (part === "head") {
        head += `${line}\n`;
        if (head.length > LARGEST_HEAD) throw tooLarge();
      } else if (part === "files" && line === "],") part = "missing";
      else if (part === "files") leftOut.files += take(line, files, (row) => receiptFile.parse(row)) ? 0 : 1;
      else if (part === "missing" && line === "]") part = "end";
      else if (part === "missing" && line !== MISSING_OPEN)
        leftOut.missing += take(line, missing, (row) => receiptMissing.parse(row)) ? 0 : 1;
    }
    if (part !== "end") throw damaged("Its receipt is cut.");
    const fields = JSON.parse(`${head.trimEnd().replace(/,$/, "")}}`) as object;
    if (isDeeper(fields, DEEPEST)) throw damaged("Its receipt is nested without end.");
    return { ...receiptSchema.parse({ ...fields, files: [], missing: [] }), files, missing, leftOut };
  } catch (error) {
    if (error instanceof SatchelError && error.code === "TOO_LARGE") throw tooLarge();
    if (error instanceof SatchelError) throw error;
    throw damaged("Its receipt is not one of Satchel's, or it was changed.");
  }
}

/** Of a recipe in a receipt; what is nested by the thousand cannot be written down again. */
const DEEPEST = 32;

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  return levels === 0 || Object.values(value).some((one) => isDeeper(one, levels - 1));
}

const LINE_FEED = Buffer.from("\n");

/** The digest that a manifest states of a file; undefined where it does not list it. */
function digestIn(read: ReadAt, name: string): string | undefined {
  try {
    for (const { bytes } of linesOf(read, LONGEST_MANIFEST_LINE)) {
      if (bytes.subarray(64).toString("utf8") === `  ${name}`) return bytes.subarray(0, 64).toString("latin1");
    }
    return undefined;
  } catch (error) {
    if (error instanceof SatchelError && error.code === "TOO_LARGE") throw damaged("Its manifest is none.");
    throw error;
  }
}

function damaged(why: string): SatchelError {
  return new SatchelError(
    "PACKAGE_DAMAGED",
    `This cannot be read as a package. ${why}`,
    "Verify it to see what is wrong with it.",
  );
}

function tooLarge(): SatchelError {
  return new SatchelError(
    "TOO_LARGE",
    "The receipt of this package is too large to be shown.",
    `Unpack the package and look into ${RECEIPT_NAME} there.`,
  );
}
