/** The counts of receipts of datasets and summaries against their lists, and against each other. */
import type { DatasetReceiptHead, SummaryReceiptHead } from "../../contract/dataset-receipt.ts";
import type { ReceiptFile } from "../../contract/receipt.ts";

type Files = ReadonlyMap<ReceiptFile["role"], number>;

/** Sentences about what does not agree. */
export function* inDataset(head: DatasetReceiptHead, files: Files): Generator<string> {
  const { counts, types, parts, kind, result } = head;
  const sum = { expected: 0, exported: 0, withheld: 0 };
  for (const { type, expected, exported, withheld } of types) {
    const held = Object.values(withheld).reduce((total, count) => total + count, 0);
    sum.expected += expected;
    sum.exported += exported;
    sum.withheld += held;
    if (result === "complete" && exported + held !== expected)
      yield `it expected ${expected} resources of the type ${type} and accounts for ${exported + held}`;
  }
  for (const what of ["expected", "exported", "withheld"] as const)
    if (sum[what] !== counts.resources[what])
      yield `it says that ${counts.resources[what]} resources were ${what}, and by type ${sum[what]}`;
  const role = kind === "fhir" ? "fhir" : "table";
  const listed = files.get(role) ?? 0;
  // Of a file a patient there is no list of parts.
  if (parts.length > 0 && parts.length !== listed)
    yield `it tells of ${parts.length} files of data, and ${listed} are listed`;
  if (parts.length > 0) {
    const rows = parts.reduce((total, part) => total + part.rows, 0);
    if (rows !== counts.rows) yield `it says ${counts.rows} rows, and its parts have ${rows}`;
  }
  for (const { path, rows, columns } of parts) {
    const worst = columns?.find(({ nulls }) => nulls > rows);
    if (worst !== undefined) yield `it says that ${worst.nulls} rows of ${path} lack a value, and there are ${rows}`;
  }
}

/** The same of documents that were computed. */
export function* inSummary({ counts }: SummaryReceiptHead, files: Files): Generator<string> {
  const listed = (files.get("document") ?? 0) + (files.get("table") ?? 0);
  if (listed !== counts.documents) yield `it says ${counts.documents} documents, and ${listed} are listed`;
}
