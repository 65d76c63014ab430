/** Compares the receipt with the entries and with itself, and takes each entry's role from it. Streams: one file a line. */
import { setImmediate } from "node:timers/promises";
import { SatchelError } from "../../contract/errors.ts";
import {
  receiptFile,
  receiptHead,
  receiptMissing,
  type ImagingReceiptHead,
  type ReceiptFile,
  type ReceiptHead,
  type ReceiptMissing,
  type TableReceiptHead,
} from "../../contract/receipt.ts";
import { inDataset, inSummary } from "./check-dataset-receipt.ts";
import type { EntryTable } from "./entry-table.ts";
import { type Findings, printable } from "./findings.ts";
import { FILES_OPEN, MISSING_OPEN, OWN_NAMES, RECEIPT_NAME, type OwnNames } from "./receipt-text.ts";
import { linesOf, type ReadAt } from "./read-lines.ts";

const LONGEST_LINE = 16 * 1024 * 1024;
const TURN = 2_000;

interface Tally {
  files: Map<ReceiptFile["role"], number>;
  missing: Map<string, number>;
}

function count<Key>(map: Map<Key, number>, key: Key): void {
  map.set(key, (map.get(key) ?? 0) + 1);
}

function parseRow(line: string): unknown {
  try {
    return JSON.parse(line.endsWith(",") ? line.slice(0, -1) : line);
  } catch {
    return undefined;
  }
}

function takeFile(row: unknown, table: EntryTable, findings: Findings, tally: Tally, seen: Set<string>): boolean {
  const parsed = receiptFile.safeParse(row);
  if (!parsed.success) return false;
  const { path, bytes, sha256, role } = parsed.data;
  count(tally.files, role);
  const index = table.find(path);
  if (index === undefined) {
    if (!seen.has(path)) findings.add("MISSING", path, "the receipt lists it and it is not there");
    return true;
  }
  const entry = table.at(index);
  const difference =
    entry.role !== ""
      ? "the receipt lists it twice"
      : entry.size !== bytes
        ? `it has ${entry.size} bytes, the receipt says ${bytes}`
        : entry.sha256 !== "" && entry.sha256 !== sha256
          ? "receipt and manifest state different digests"
          : undefined;
  if (difference !== undefined) findings.add("RECEIPT_DISAGREES", path, difference);
  table.setRole(index, role);
  return true;
}

function takeMissing(row: unknown, table: EntryTable, findings: Findings, tally: Tally): boolean {
  const parsed = receiptMissing.safeParse(row);
  if (!parsed.success) return false;
  const { path, what, code } = parsed.data;
  count(tally.missing, missingKey(what, code === "HELD_BACK"));
  if (table.find(path) !== undefined) {
    findings.add("RECEIPT_DISAGREES", path, "the receipt calls it missing and it is there");
  }
  return true;
}

function missingKey(what: ReceiptMissing["what"], held: boolean): string {
  return `${what} ${held ? "held" : "failed"}`;
}

/** The counts of the head against the lists, and against each other. */
function checkCounts(head: ReceiptHead, tally: Tally, findings: Findings): void {
  const tell = (sentences: Iterable<string>): void => {
    for (const sentence of sentences) findings.add("RECEIPT_DISAGREES", RECEIPT_NAME, sentence);
  };
  if (head.kind === "imaging") checkInstances(head, tally, findings);
  if (head.kind === "notes" || head.kind === "studies") checkRows(head, tally, findings);
  if (head.kind === "fhir" || head.kind === "view" || head.kind === "observations") tell(inDataset(head, tally.files));
  if (head.kind === "report" || head.kind === "quality") tell(inSummary(head, tally.files));
}

function checkRows({ counts: { rows }, columns, result }: TableReceiptHead, tally: Tally, findings: Findings): void {
  const disagree = (sentence: string): void => findings.add("RECEIPT_DISAGREES", RECEIPT_NAME, sentence);
  const tables = tally.files.get("table") ?? 0;
  if (tables !== 1) disagree(`it is of one table, and ${tables} are listed`);
  if (result === "complete" && rows.written !== rows.expected) {
    disagree(`it says complete, although ${rows.expected} rows were expected and ${rows.written} written`);
  }
  const worst = columns.find(({ nulls }) => nulls > rows.written);
  if (worst !== undefined) disagree(`it says that ${worst.nulls} rows lack a value, and there are ${rows.written}`);
}

function checkInstances(head: ImagingReceiptHead, tally: Tally, findings: Findings): void {
  const { instances, previews } = head.counts;
  const files = (role: ReceiptFile["role"]): number => tally.files.get(role) ?? 0;
  const missing = (what: ReceiptMissing["what"], held: boolean): number =>
    tally.missing.get(missingKey(what, held)) ?? 0;
  const agree = (what: string, said: number, found: number): void => {
    if (said !== found)
      findings.add("RECEIPT_DISAGREES", RECEIPT_NAME, `it says ${said} ${what}, and ${found} are listed`);
  };
  agree("DICOM files", instances.exported, files("dicom"));
  agree("previews", previews.exported, files("preview"));
  agree("instances held back", instances.heldBack, missing("dicom", true));
  agree("instances failed", instances.failed, missing("dicom", false));
  agree("previews failed", previews.failed, missing("preview", false));
  const sum = instances.exported + instances.heldBack + instances.failed;
  if (sum !== instances.expected) {
    findings.add(
      "RECEIPT_DISAGREES",
      RECEIPT_NAME,
      `it expected ${instances.expected} instances and accounts for ${sum}`,
    );
  }
  const previewSum = previews.exported + previews.failed + previews.withoutInstance;
  if (previewSum !== previews.expected) {
    findings.add(
      "RECEIPT_DISAGREES",
      RECEIPT_NAME,
      `it expected ${previews.expected} previews and accounts for ${previewSum}`,
    );
  }
  if (head.result === "complete" && instances.failed > 0) {
    findings.add("RECEIPT_DISAGREES", RECEIPT_NAME, "it says complete, although instances failed");
  }
}

/** What the reader of the lines is in the midst of. */
type Part = "head" | "files" | "missing" | "end";

/**
 * @param missing names that the manifest missed already, not to be named twice.
 * @returns the receipt without its lists, or undefined where it could not be read.
 * @throws SatchelError CANCELLED
 */
export async function checkReceipt(
  read: ReadAt,
  table: EntryTable,
  findings: Findings,
  missing: Set<string>,
  signal?: AbortSignal,
  names: OwnNames = OWN_NAMES,
): Promise<ReceiptHead | undefined> {
  const tally: Tally = { files: new Map(), missing: new Map() };
  let headText = "";
  let part: Part = "head";
  let number = 0;
  const broken = (why: string): undefined => {
    findings.add("RECEIPT", names.receipt, `line ${number} ${why}`);
  };
  try {
    for (const { bytes, terminated } of linesOf(read, LONGEST_LINE)) {
      const line = bytes.toString("utf8");
      number++;
      if (!terminated) return broken("is cut");
      if (part === "head") {
        if (line === FILES_OPEN) part = "files";
        else if (headText.length + line.length > LONGEST_LINE)
          return broken("makes the head longer than any receipt's");
        else headText += `${line}\n`;
      } else if (part === "files" && line === "],") {
        part = "missing";
      } else if (part === "files") {
        if (!takeFile(parseRow(line), table, findings, tally, missing)) return broken("is not a file of a receipt");
      } else if (part === "missing" && line === "]") {
        part = "end";
      } else if (part === "missing") {
        const taken = line === MISSING_OPEN || takeMissing(parseRow(line), table, findings, tally);
        if (!taken) return broken("is not a missing thing of a receipt");
      } else if (line !== "}") {
        return broken("follows the receipt's end");
      }
      if (number % TURN === 0) {
        await setImmediate();
        if (signal?.aborted) throw new SatchelError("CANCELLED", "The verification was cancelled.");
      }
    }
  } catch (error) {
    if (!(error instanceof SatchelError) || error.code !== "TOO_LARGE") throw error;
    return broken("is longer than any line of a receipt");
  }
  if (part !== "end") return broken("is the last: the receipt is cut");
  const parsed = receiptHead.safeParse(parseRow(`${headText.trimEnd().replace(/,$/, "")}}`));
  if (!parsed.success) {
    findings.add("RECEIPT", names.receipt, "its fields are not those of a receipt");
    return undefined;
  }
  checkCounts(parsed.data, tally, findings);
  for (let index = 0; index < table.length; index++) {
    const name = table.nameAt(index);
    if (table.roleAt(index) === "" && table.isListed(index) && name !== names.receipt && name !== names.manifest) {
      findings.add("RECEIPT_DISAGREES", printable(name), "it is there and the receipt does not list it");
    }
  }
  return parsed.data;
}
