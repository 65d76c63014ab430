import type { ColumnSummary } from "./column-statistics.ts";
import type { TableFormatSettings } from "./table-format.ts";
import type { RowSource } from "./table.ts";

/** What is known of a table once it is written: all that its descriptions, for programs and for people, are made of. */
export interface TableDescription {
  kind: RowSource["kind"];
  /** Of the table, beside the description. */
  fileName: string;
  format: TableFormatSettings;
  /** In the order of the columns: `ColumnStatistics.toJSON`. */
  summaries: readonly ColumnSummary[];
  /** Rows written. */
  rows: number;
  bytes: number;
  /** Hex. */
  sha256: string;
  /** ISO 8601, UTC. */
  startedAt: string;
  /** What the receiver should read, the handling notice first. */
  notices: readonly string[];
}

/** What the kinds of tables are, in words. */
export const KIND_WORDS: Record<RowSource["kind"], { title: string; row: string }> = {
  notes: { title: "Clinical notes", row: "One row for each note." },
  studies: { title: "Study list", row: "One row for each exam." },
};
