/** What verify says of a package. */
import type { FindingCode } from "../../contract/finding.ts";
import type { ReceiptHead } from "../../contract/receipt.ts";

export interface Finding {
  code: FindingCode;
  /** The entry, or "" for the package as a whole. */
  path: string;
  /** One sentence that names thing and cause. */
  sentence: string;
}

export interface VerifyReport {
  /** `beside`: a table and what lies next to it. */
  layout: "zip" | "folder" | "beside";
  ok: boolean;
  /** Entries whose content was read, receipt and manifest included. */
  entries: number;
  /** Bytes of content that were read and compared. */
  bytes: number;
  /** DICOM files that were parsed. */
  dicom: number;
  /** At most 1,000; `findingsLeftOut` counts the rest. */
  findings: Finding[];
  findingsLeftOut: number;
  /** The receipt without its lists, where it could be read: `result` says whether the package claims to be complete. */
  receipt: ReceiptHead | undefined;
}

export interface VerifyProgress {
  entries: number;
  entriesTotal: number;
  bytes: number;
  bytesTotal: number;
}
