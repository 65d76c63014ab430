/**
 * How the receipt and the manifest stand on paper: deterministic text, one file a line, so that both can be written and read back
 * in constant memory whatever the package holds.
 *
 * receipt.json is one JSON document whose lines are: "{", one line for each field, `"files":[`, one line for each file, "],",
 * `"missing":[`, one line for each missing thing, "]", "}".
 * manifest-sha256.txt is what `sha256sum -c` reads: digest, two spaces, path. It lists every payload file and the receipt.
 */
import type { DatasetReceiptHead, SummaryReceiptHead } from "../../contract/dataset-receipt.ts";
import {
  receiptHead,
  type ImagingReceiptHead,
  type ReceiptFile,
  type ReceiptHead,
  type ReceiptMissing,
  type TableReceiptHead,
} from "../../contract/receipt.ts";
import type { EntryRecord } from "./entry.ts";

export const RECEIPT_NAME = "receipt.json";
const MANIFEST_NAME = "manifest-sha256.txt";

/** What the two files are called that tell what a package holds. */
export interface OwnNames {
  receipt: string;
  manifest: string;
}
export const OWN_NAMES: OwnNames = { receipt: RECEIPT_NAME, manifest: MANIFEST_NAME };

/** The fields of the head in the order in which they are written. */
const IMAGING_FIELDS = [
  "format",
  "version",
  "software",
  "kind",
  "scope",
  "startedAt",
  "exportedBy",
  "recipe",
  "policy",
  "counts",
  "leakSweep",
  "notices",
  "result",
] as const satisfies readonly (keyof ImagingReceiptHead)[];
/** Of a table what its receiver should read comes first. */
const TABLE_FIELDS = [
  "format",
  "version",
  "software",
  "kind",
  "notices",
  "startedAt",
  "exportedBy",
  "recipe",
  "policy",
  "counts",
  "columns",
  "text",
  "sources",
  "result",
] as const satisfies readonly (keyof TableReceiptHead)[];

const DATASET_FIELDS = [
  "format",
  "version",
  "software",
  "kind",
  "notices",
  "startedAt",
  "exportedBy",
  "recipe",
  "policy",
  "counts",
  "types",
  "consent",
  "parts",
  "sources",
  "result",
] as const satisfies readonly (keyof DatasetReceiptHead)[];
const SUMMARY_FIELDS = [
  "format",
  "version",
  "software",
  "kind",
  "notices",
  "startedAt",
  "exportedBy",
  "recipe",
  "policy",
  "counts",
  "sources",
  "result",
] as const satisfies readonly (keyof SummaryReceiptHead)[];
const FIELDS: Readonly<Record<ReceiptHead["kind"], readonly string[]>> = {
  imaging: IMAGING_FIELDS,
  notes: TABLE_FIELDS,
  studies: TABLE_FIELDS,
  fhir: DATASET_FIELDS,
  view: DATASET_FIELDS,
  observations: DATASET_FIELDS,
  report: SUMMARY_FIELDS,
  quality: SUMMARY_FIELDS,
};

export const FILES_OPEN = '"files":[';
export const MISSING_OPEN = '"missing":[';

/** The payload file that an entry is, or undefined for manifest and receipt, which the receipt does not list. */
export function toReceiptFile(entry: EntryRecord): ReceiptFile | undefined {
  if (entry.role === "manifest" || entry.role === "receipt") return undefined;
  return { path: entry.name, bytes: entry.size, sha256: entry.sha256, role: entry.role };
}

/**
 * The receipt, in pieces of a line or so.
 *
 * @throws ZodError where `head` is not what the contract says: a defect of the caller.
 */
export function* receiptText(
  head: ReceiptHead,
  files: Iterable<ReceiptFile>,
  missing: Iterable<ReceiptMissing>,
): Generator<string> {
  const checked = receiptHead.parse(head);
  yield "{\n";
  const fields: Record<string, unknown> = checked;
  for (const field of FIELDS[checked.kind]) yield `${JSON.stringify(field)}:${JSON.stringify(fields[field])},\n`;
  yield FILES_OPEN;
  yield* list(files);
  yield `],\n${MISSING_OPEN}`;
  yield* list(missing);
  yield "]\n}\n";
}

function* list(rows: Iterable<unknown>): Generator<string> {
  let before = "\n";
  for (const row of rows) {
    yield before + JSON.stringify(row);
    before = ",\n";
  }
  yield "\n";
}

/** One line of the manifest. Names with a backslash or line feed, which would need escaping, are refused by isSafePath. */
export function manifestLine(entry: Pick<EntryRecord, "name" | "sha256">): string {
  return `${entry.sha256}  ${entry.name}\n`;
}
