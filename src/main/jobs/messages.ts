/**
 * What the main thread and its workers say to each other. Only plain values and shared memory: bulk bytes are read and written by the
 * workers themselves.
 */
import type { ErrorCode, ErrorRecord } from "../../contract/errors.ts";
import type { ChunkOutcome, DatasetChunk, DatasetPart, DatasetSource } from "../exports/dataset/dataset.ts";
import type { RowGroup } from "../exports/dataset/parquet/row-group.ts";
import type { ComputedSummary, SummaryTask } from "../exports/summary/summary.ts";
import type { PolicySettings } from "../exports/imaging/apply-policy.ts";
import type { ImagingItem, ItemOutcome } from "../exports/imaging/item.ts";
import type { ColumnSummary } from "../exports/table/column-statistics.ts";
import type { Stretch, TableFormatSettings } from "../exports/table/table-format.ts";
import type { ChunkNotes, RowSource, TableChunk } from "../exports/table/table.ts";
import type { ContentDigest, ContentPlace } from "../package/digest-content.ts";
import type { EntryProblem, Layout } from "../package/check-entries.ts";
import type { EntryRecord } from "../package/entry.ts";
import type { ListedEntry } from "../package/entry-table.ts";
import type { Turn } from "./turn.ts";

/** How a worker reaches one source. */
export interface SourceAccess {
  id: number;
  kind: string;
  config: unknown;
  secret: string | undefined;
}

/** An item that an earlier try of the same run could not get through: it is listed instead of tried again. */
export interface GivenUp {
  item: number;
  /** Its previews only, or the instance itself. */
  what: "previews" | "instance";
  code: ErrorCode;
  reason: string;
}

/** Everything that holds for a whole package. */
export interface RunSettings {
  kind: "imaging";
  run: number;
  turn: Turn;
  /** Partial ZIP file, or partial folder. */
  target: string;
  layout: "zip" | "folder";
  compress: number;
  policy: PolicySettings;
  sources: SourceAccess[];
  scratch: string;
  /** Items that a worker has in hand at once: more than one where reading waits for a network. */
  lanes: number;
  /** Items of this package. */
  items: number;
  givenUp: GivenUp[];
  /** Two words for each worker: the item whose frame is being decoded, plus one, and since when in seconds. See watchdog.ts. */
  watch: SharedArrayBuffer;
}

/** The same for a table. */
export interface TableRunSettings {
  kind: "table";
  run: number;
  turn: Turn;
  /** The file that the table is written into, at places. */
  target: string;
  /** 0 leaves the parts as they are; 1 to 9 deflates them with a sync flush between. */
  level: number;
  format: TableFormatSettings;
  source: RowSource;
  /** Chunks of the table. */
  items: number;
  watch: SharedArrayBuffer;
}

/** The same for one part of a dataset, or for all of one whose parts are whole in their chunks. */
export interface DatasetRunSettings {
  kind: "dataset";
  run: number;
  turn: Turn;
  /** The file that the part is written into, at places; of whole parts the partial ZIP or folder. */
  target: string;
  /** Whole parts: each chunk is a file. */
  whole: "zip" | "folder" | null;
  /** 0 leaves stretches, or whole parts, as they are; 1 to 9 deflates them. */
  level: number;
  part: DatasetPart;
  source: DatasetSource;
  /** Chunks. */
  items: number;
  /** Whether a chunk before the first one has written something. */
  opened: boolean;
  watch: SharedArrayBuffer;
}

/** A chunk with what its place in the table is. */
export interface PlacedChunk {
  chunk: TableChunk;
  /** Number of its first row in the table, from 0. */
  firstRow: number;
}

export type ToWorker =
  | { type: "begin"; settings: RunSettings | TableRunSettings | DatasetRunSettings }
  /** Items [first, first + items.length) of the run; every worker gets all of them and takes what is next. */
  | { type: "items"; run: number; first: number; items: ImagingItem[] | PlacedChunk[] | DatasetChunk[] }
  | { type: "digest"; batch: number; path: string; place: ContentPlace }
  | { type: "compute"; batch: number; task: SummaryTask }
  | { type: "verify"; batch: number; path: string; layout: Layout; entries: ListedEntry[] };

export interface DoneItem {
  item: number;
  entries: EntryRecord[];
  outcome: ItemOutcome;
}

/** What is known of a written chunk: what its line in the journal bears. */
export interface DoneChunk {
  item: number;
  offset: number;
  stretch: Stretch;
  rows: number;
  columns: ColumnSummary[];
  notes: ChunkNotes;
}

/** The same of a chunk of a dataset. */
export interface DoneDatasetChunk {
  item: number;
  offset: number;
  stretch: Stretch;
  /** Lines, entries or rows. */
  written: number;
  outcome: ChunkOutcome;
  /** Of tables. */
  columns: ColumnSummary[];
  /** Of Parquet. */
  group?: RowGroup;
  /** Of a whole part: the file, unless nothing of it left. */
  entries: EntryRecord[];
}

export type FromWorker =
  | { type: "done"; run: number; items: DoneItem[] | DoneChunk[] | DoneDatasetChunk[] }
  /** The run cannot go on (disk full, source gone); what is in the journal stays. */
  | { type: "stopped"; run: number; error: ErrorRecord; item: number | undefined }
  /** This worker has taken its last item of the run. */
  | { type: "ended"; run: number }
  | { type: "digested"; batch: number; digest?: ContentDigest; error?: ErrorRecord }
  | { type: "computing"; batch: number; resources: number }
  | { type: "computed"; batch: number; summary?: ComputedSummary; error?: ErrorRecord }
  | { type: "verified"; batch: number; problems: EntryProblem[]; error?: ErrorRecord };

/** What a run makes. */
export type RunKind = (ToWorker & { type: "begin" })["settings"]["kind"];
