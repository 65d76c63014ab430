import type { ElementTreatment, FhirPolicy, WithheldReason } from "../../../contract/fhir.ts";
import type { ReceiptFile } from "../../../contract/receipt.ts";
import type { ProjectKey } from "../../deidentify/pseudonym.ts";
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
  /** `maker` is what its row maker is made of: plain JSON. `title` and `row` say what the table and one row of it are. */
  | { kind: "table"; settings: DatasetTableSettings; maker: unknown; title: string; row: string };

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
  /** An earlier part has the same resources: they are counted there. */
  again?: true;
}

/** What became of the resources of one type. Patients are told by the catalog's numbers, each once a chunk. */
export interface TypeOutcome {
  read: number;
  exported: number;
  withheld: Partial<Record<WithheldReason, number>>;
  treatments: Partial<Record<ElementTreatment, number>>;
  /** Of whom something left. */
  patients: number[];
  /** Of whom something was withheld for want of consent. */
  refused: number[];
}

/** What a chunk's resources said of themselves; summed for the receipt. By type of resource. */
export type ChunkOutcome = Record<string, TypeOutcome>;

/** A resource that leaves, as the policy treated it. */
export interface LeavingResource {
  resource: Resource;
  /** As it leaves; "" where it has none. */
  id: string;
  /** On one line, every number as it was written. */
  json: () => string;
}

/** The resources of chunks, inside a worker. */
export interface ResourceReader {
  /**
   * What leaves of a chunk, in the order of the export, within one transaction of the caller. Lazily.
   *
   * @throws SOURCE_ANSWER where the catalog no longer holds what was planned; LEAK
   */
  read(chunk: DatasetChunk): Iterable<LeavingResource>;
  /** Of the chunk that was read last, to the end. */
  outcome(): ChunkOutcome;
  /** One resource, in the order of the export. @throws as `read` */
  examine(chunk: DatasetChunk, place: number): ExaminedResource;
}

/** A resource before and after the policy. */
export interface ExaminedResource {
  type: string;
  /** JSON as the source gave it. */
  before: string;
  withheld: WithheldReason | null;
  treatments: Partial<Record<ElementTreatment, number>>;
  /** Undefined where it is withheld. */
  leaving: LeavingResource | undefined;
}

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
  settings: DatasetSettings;
}

export interface DatasetSettings {
  policy: FhirPolicy;
  /** Undefined where the policy needs none. */
  key: ProjectKey | undefined;
  /** ISO 8601, UTC: ages and consents are of this moment, also after an interruption. */
  startedAt: string;
  /** Ids of studies: where some are selected, consent that was given to others says nothing. */
  studies: readonly string[] | undefined;
  /** Names that may stand in any text, where text is scrubbed. */
  house: { staff: readonly string[]; places: readonly string[] };
}
