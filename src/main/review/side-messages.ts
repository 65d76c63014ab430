/**
 * What the main thread and a side thread say to each other: questions that a page waits for, answered beside the job workers, which may
 * be busy for minutes. Several may be under way at once; an abort is a wish, and its answer is no longer waited for.
 */
import type { ErrorRecord } from "../../contract/errors.ts";
import type { HeldCode } from "../../contract/held.ts";
import type { Change, ReviewRow } from "../../contract/calls/exports.ts";
import type { ScrubCounts, TableReview, TextExamination } from "../../contract/calls/records.ts";
import type { ResourcesFilter } from "../../contract/fhir.ts";
import type { ResourceReview } from "../../contract/calls/resource-review.ts";
import type { DatasetChunk, DatasetPart, DatasetSource } from "../exports/dataset/dataset.ts";
import type { RowSource, TableChunk } from "../exports/table/table.ts";
import type { TableFormatSettings } from "../exports/table/table-format.ts";
import type { PolicySettings } from "../exports/imaging/apply-policy.ts";
import type { DocumentInput } from "../exports/imaging/document.ts";
import type { ImagingItem } from "../exports/imaging/item.ts";
import type { InstanceLocator } from "../sources/source.ts";

/** How a side thread reaches one source. */
export interface SourceAccess {
  id: number;
  kind: string;
  config: unknown;
  secret: string | undefined;
}

/** Where one instance is read. */
export interface InstancePlace {
  source: SourceAccess;
  locator: InstanceLocator;
  /** For downloads that are too large to hold. */
  scratch: string;
}

export interface PictureQuestion {
  kind: "picture";
  place: InstancePlace;
  frame: number;
  size: number | undefined;
  window: { center: number; width: number } | undefined;
}
export interface PictureAnswer {
  png: Uint8Array;
  window: { center: number; width: number } | undefined;
}

export interface TagsQuestion {
  kind: "tags";
  place: InstancePlace;
}
/** As `elementRow` of the contract. */
export interface ElementRow {
  tag: string;
  name: string;
  vr: string;
  depth: number;
  value: string;
}
export interface TagsAnswer {
  rows: ElementRow[];
}

export interface ReviewQuestion {
  kind: "review";
  place: InstancePlace;
  policy: PolicySettings;
  item: ImagingItem;
  /** What goes into the metadata document of its study, and which of `study` it is itself (-1: it is hidden). */
  document: Omit<DocumentInput, "items"> & { study: DocumentInstance[]; own: number };
}
/** One instance of the study; where `hidden`, as many as `times` says, which count but are not listed. */
export interface DocumentInstance {
  item: ImagingItem;
  times: number;
  hidden?: boolean;
}
export interface ReviewAnswer {
  rows: ReviewRow[];
  counts: Record<Change, number>;
  held: { code: HeldCode; reason: string }[];
  leaks: string[];
  metadata: string;
  metadataTruncated: boolean;
}

export interface ExamineQuestion {
  kind: "examine";
  sources: SourceAccess[];
  scratch: string;
  policy: PolicySettings;
  items: ImagingItem[];
}
export interface ExamineAnswer {
  clean: number;
  leaks: number;
  heldBack: { code: string; reason: string; held: HeldCode[] }[];
  failed: { code: string; reason: string }[];
}

/** Some rows of a chunk of a table. */
export interface TableRowsQuestion {
  kind: "table-rows";
  source: RowSource;
  format: Omit<TableFormatSettings, "rows">;
  chunk: TableChunk;
  /** Rows of the chunk before those that are wanted. */
  skip: number;
  limit: number;
}
export type ReviewedRow = TableReview["rows"][number];
export interface TableRowsAnswer {
  rows: ReviewedRow[];
}

/** The notes of a chunk, through the scrubber. */
export interface ExamineTextQuestion {
  kind: "examine-text";
  source: RowSource;
  chunk: TableChunk;
  /** Of the riskiest, so many. */
  most: number;
}
export interface ExamineTextAnswer {
  changed: number;
  replacements: ScrubCounts;
  /** `row` is counted from the chunk's first. */
  riskiest: TextExamination["riskiest"];
}

/** One resource of a chunk, before and after the policy. */
export interface ResourceQuestion {
  kind: "resource";
  source: DatasetSource;
  part: DatasetPart;
  chunk: DatasetChunk;
  /** Which of the chunk's, in the order of the export. */
  place: number;
}
export type ResourceAnswer = Pick<
  ResourceReview,
  "type" | "before" | "after" | "truncated" | "withheld" | "treatments" | "table"
>;

/** The first rows of a table that a chunk of resources makes. */
export interface DatasetRowsQuestion {
  kind: "dataset-rows";
  source: DatasetSource;
  part: DatasetPart;
  chunk: DatasetChunk;
  /** So many rows at most, of so many resources at most. */
  rows: number;
  read: number;
}
export interface DatasetRowsAnswer {
  rows: (string | number | null)[][];
  resources: number;
  withheld: number;
}

/** What a selection of resources holds, by type. */
export interface ResourceCountsQuestion {
  kind: "resource-counts";
  catalog: DatasetSource["catalog"];
  selection: ResourcesFilter;
  /** ISO 8601, UTC: consent is of this moment. */
  startedAt: string;
  withoutConsent: "include" | "exclude";
}
export interface ResourceCount {
  type: string;
  count: number;
  /** Of those, kept here since consent was refused or withdrawn, or since none was recorded. */
  refused: number;
  withoutConsent: number;
}
export interface ResourceCountsAnswer {
  patients: number;
  types: ResourceCount[];
}

/** Each question with its answer. */
export interface SideAnswers {
  picture: PictureAnswer;
  tags: TagsAnswer;
  review: ReviewAnswer;
  examine: ExamineAnswer;
  "table-rows": TableRowsAnswer;
  "examine-text": ExamineTextAnswer;
  resource: ResourceAnswer;
  "dataset-rows": DatasetRowsAnswer;
  "resource-counts": ResourceCountsAnswer;
}
export type SideQuestion =
  | PictureQuestion
  | TagsQuestion
  | ReviewQuestion
  | ExamineQuestion
  | TableRowsQuestion
  | ExamineTextQuestion
  | ResourceQuestion
  | DatasetRowsQuestion
  | ResourceCountsQuestion;

export type ToSideThread =
  /** First of all. See jobs/watchdog.ts. */
  | { type: "watch"; watch: SharedArrayBuffer }
  | { type: "ask"; id: number; question: SideQuestion }
  | { type: "abort"; id: number };

export type FromSideThread =
  | { type: "answer"; id: number; answer: SideAnswers[keyof SideAnswers] }
  | { type: "error"; id: number; error: ErrorRecord };
