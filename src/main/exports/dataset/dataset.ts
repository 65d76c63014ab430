import type { ElementTreatment, WithheldReason } from "../../../contract/fhir.ts";
import type { TableFormatSettings } from "../table/table-format.ts";
import type { Row } from "../table/table.ts";

/**
 * A file of a package of many files. Each is a stream in chunks, as a table is (table/table-format.ts): frame, stream, frame, so that
 * workers make the chunks of any file side by side and take their places in turn.
 */
export interface DatasetPart {
  /** Path in the package, with its extension: "Observation.ndjson.gz", "patients/4KQ7….json". Never a value of the source. */
  path: string;
  encoding:
    | { kind: "ndjson"; gzip: boolean }
    /** A Bundle of type collection: entries are joined by commas within its frame. */
    | { kind: "bundle" }
    | { kind: "table"; settings: DatasetTableSettings };
}

/** As TableFormatSettings, but the number of rows is only known at the end, and there is Parquet: a chunk is a row group. */
export type DatasetTableSettings = Omit<TableFormatSettings, "rows" | "table"> & { table: "csv" | "xlsx" | "parquet" };

/** A run of resources that go into one part; small, plain JSON. Parts follow each other: all chunks of one before those of the next. */
export interface DatasetChunk {
  /** Index of its part. */
  part: number;
  /** Catalog numbers of the resources, in the order of the export: sorted by exported id. */
  resources: readonly number[];
  /** Of JSON, about. */
  bytes: number;
}

/** What a chunk's resources said of themselves; summed for the receipt. */
export interface ChunkOutcome {
  /** By type of resource: how many were read, left, and were withheld for which reason; and what was done to their elements. */
  types: Record<
    string,
    {
      read: number;
      exported: number;
      withheld: Partial<Record<WithheldReason, number>>;
      treatments: Partial<Record<ElementTreatment, number>>;
    }
  >;
  /** Rows or lines written. */
  written: number;
}

/** What leaves of a chunk, inside a worker: lines of JSON for FHIR, rows for tables. */
export interface DatasetReader {
  /** JSON texts without line ends. @throws SOURCE_ANSWER where the catalog no longer holds what was planned; LEAK */
  lines(chunk: DatasetChunk, part: DatasetPart): Iterable<string>;
  rows(chunk: DatasetChunk, part: DatasetPart): Iterable<Row>;
  /** Of the chunk whose lines or rows were read last, to the end. */
  outcome(): ChunkOutcome;
  close(): void;
}
