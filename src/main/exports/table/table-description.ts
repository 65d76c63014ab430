import type { ColumnSummary } from "./column-statistics.ts";
import type { TableFormatSettings } from "./table-format.ts";
import type { RowSource } from "./table.ts";

/** What is known of a table once it is written: all that its descriptions, for programs and for people, are made of. */
export interface TableDescription {
  kind: RowSource["kind"] | DescribedTable;
  /** Of the table, beside the description. */
  fileName: string;
  format: Omit<TableFormatSettings, "rows" | "table"> & { table: "csv" | "xlsx" | "parquet" };
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

/** What a table is that is none of the kinds with words of their own. */
export interface DescribedTable {
  /** Lower case letters, digits, "-" and "_". */
  name: string;
  title: string;
  /** What one row is: "One row for each observation." */
  row: string;
}

/** What the kinds of tables are, in words. */
const KIND_WORDS: Record<RowSource["kind"], { title: string; row: string }> = {
  notes: { title: "Clinical notes", row: "One row for each note." },
  studies: { title: "Study list", row: "One row for each exam." },
};

export function wordsOf({ kind }: Pick<TableDescription, "kind">): DescribedTable {
  return typeof kind === "string" ? { name: kind, ...KIND_WORDS[kind] } : kind;
}
