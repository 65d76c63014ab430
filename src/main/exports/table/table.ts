import type { ScrubCounts } from "../../../contract/calls/records.ts";
import type { BlockText } from "../../text-block.ts";

/**
 * What a cell holds: text, a number, or nothing. A column of type `datetime` holds ISO 8601 with offset ("2024-03-01T21:15:00-03:00",
 * with six decimals where the source has them), one of type `date` an ISO date, one of
 * type `boolean` "true" or "false".
 */
export type Cell = string | number | null;
export type Row = readonly Cell[];

/** A row on its way into a file: a kept text may be the bytes that the catalog holds. */
export type WrittenRow = readonly (Cell | BlockText)[];

export type ColumnType = "string" | "integer" | "number" | "boolean" | "date" | "datetime";

/** A column as the table, its Table Schema and its codebook tell it. */
export interface TableColumn {
  name: string;
  type: ColumnType;
  title: string;
  description: string;
  /** The only values there are. */
  enum?: readonly string[];
  /** What values of `enum` mean, where they do not say it themselves. */
  meanings?: Readonly<Record<string, string>>;
  unit?: string;
  /** What a missing value says, where it says more than "not known". */
  missing?: string;
  /** Whether it may be empty. */
  required: boolean;
  unique?: boolean;
  /** What the policy did to it: "pseudonymised", "scrubbed", "dropped", "kept", … */
  treatment: string;
}

/** A part of the rows of a table, as it is planned: small, plain JSON, in the order of the table. */
export interface TableChunk {
  rows: number;
  /** Of text, about: what memory and time go by. */
  bytes: number;
  /** What the kind needs to find its rows again. */
  data: unknown;
}

/** What a chunk's rows said of themselves, summed over the table for its receipt. */
export interface ChunkNotes {
  /** Patients in this chunk who were in none before it. */
  patients: number;
  /** Rows in which the text was changed. */
  changed: number;
  replacements: ScrubCounts;
}

/** The rows of chunks, inside a worker. */
export interface RowReader {
  /**
   * The rows of a chunk in their order, within one transaction of the caller. Lazily: of a patient with a gigabyte of notes only some are in
   * memory.
   *
   * @throws SOURCE_ANSWER where the catalog no longer holds what was planned
   */
  rows(chunk: TableChunk): Iterable<WrittenRow>;
  /** Of the chunk whose rows were read last, to the end. */
  notes(): ChunkNotes;
  close(): void;
}

/** How a worker comes to the rows of a table. Plain values: it is handed to workers. */
export interface RowSource {
  kind: "notes" | "studies";
  catalog: { path: string; key: Uint8Array };
  /** Of the records when the table was planned: rows are only read where the catalog still says the same. */
  generation: number;
  /** What the kind needs beside: recipe, secrets of the project key. */
  settings: unknown;
}
