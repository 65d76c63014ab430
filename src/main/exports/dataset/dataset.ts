import type { ElementTreatment, WithheldReason } from "../../../contract/fhir.ts";
import type { ReceiptFile } from "../../../contract/receipt.ts";
import type { Resource } from "../../fhir/json.ts";
import type { TableFormatSettings } from "../table/table-format.ts";
import type { Row } from "../table/table.ts";

/**
 * A file of a package of many files. Each is a stream in chunks, as a table is (table/table-format.ts): frame, stream, frame, so that
 * workers make the chunks of a file side by side and take their places in turn.
 */
export interface DatasetPart {
  /** Path in the package, with its extension: "Observation.ndjson.gz". Never a value of the source. */
  path: string;
  role: Extract<ReceiptFile["role"], "fhir" | "table">;
  encoding: PartEncoding;
  /** Also where it has no chunk: a table without rows still says which columns it has. */
  keepEmpty: boolean;
}

export type PartEncoding =
  | { kind: "ndjson"; gzip: boolean }
  /** A Bundle of type collection: entries are joined by commas within its frame. */
  | { kind: "bundle" }
  | { kind: "table"; settings: DatasetTableSettings; title: string; row: string };

/** As TableFormatSettings, but the number of rows is only known at the end, and there is Parquet: a chunk is a row group. */
export type DatasetTableSettings = Omit<TableFormatSettings, "rows" | "table"> & { table: "csv" | "xlsx" | "parquet" };

/** A run of resources that go into one part; small, plain JSON. Parts follow each other: all chunks of one before those of the next. */
export interface DatasetChunk {
  /** Index of its part. */
  part: number;
  /** Of a dataset whose parts are many and small: the file that this chunk is, in place of the part's path. */
  path?: string;
  /** Catalog numbers of the resources. Patients are in the order of their exported ids; the resources of each are sorted by the reader. */
  resources: readonly number[];
  /** Of JSON, about. */
  bytes: number;
}

/** What became of the resources of one type. */
export interface TypeOutcome {
  read: number;
  exported: number;
  withheld: Partial<Record<WithheldReason, number>>;
  treatments: Partial<Record<ElementTreatment, number>>;
}

/** What a chunk's resources said of themselves; summed for the receipt. By type of resource. */
export type ChunkOutcome = Record<string, TypeOutcome>;

/** What is made of a resource that the policy has treated: a line of JSON, or rows. One a part, in each worker. */
export interface RowMaker {
  /** Cells in the order of the part's columns. @throws USAGE where a view does not go with the resource */
  rows(resource: Resource): readonly Row[];
}

/** How a worker comes to the resources of a dataset. Plain values: it is handed to workers. */
export interface DatasetSource {
  kind: "fhir" | "view" | "observations";
  catalog: { path: string; key: Uint8Array };
  /** Of the catalog's records when the dataset was planned: resources are only read where it still says the same. */
  generation: number;
  /** What the kind needs beside: recipe, secrets of the project key. */
  settings: DatasetSettings;
}

export interface DatasetSettings {
  /** What the kind's row makers are made of. */
  rows: unknown;
}
