import type { ReceiptResourceSource, SummaryReceiptHead } from "../../../contract/dataset-receipt.ts";
import type { ReceiptFile } from "../../../contract/receipt.ts";
import type { DatasetSource } from "../dataset/dataset.ts";

/** One file of a package of computed documents. */
export interface SummaryDocument {
  /** Path in the package: "coverage.json", "pictures/outliers.svg". Never a value of the source. */
  path: string;
  role: Extract<ReceiptFile["role"], "document" | "table">;
  content: string | Uint8Array;
}

/** What was computed. All of it is in memory: a handful of documents, never rows of everything. */
export interface ComputedSummary {
  documents: SummaryDocument[];
  /** Resources that were read, and whose. */
  resources: number;
  patients: number;
  /** What the receiver should read beside what the kind always says. */
  notices: string[];
}

/** A summary as a side thread gets it. Plain values. */
export interface SummaryTask {
  kind: "report" | "quality";
  catalog: DatasetSource["catalog"];
  /** Of the catalog's records when the job began: it is only read where it still says the same. */
  generation: number;
  /** What the kind needs: recipe, time, secrets of the project key. */
  settings: unknown;
}

/** A recipe of a summary with its key in hand. */
export interface OpenSummary {
  /** Name of the package where the recipe gives none, without extension. */
  stem: string;
  task: Pick<SummaryTask, "kind" | "settings">;
  policy: SummaryReceiptHead["policy"];
  notices: readonly string[];
  sources: readonly ReceiptResourceSource[];
  /** Who is meant, in words for the audit log. */
  subjects: readonly string[];
}
