import type { DatasetRecipe } from "../../contract/fhir-recipe.ts";
import type { DatasetPart, DatasetSource } from "../exports/dataset/dataset.ts";
import type { OpenDataset } from "../exports/dataset/kinds.ts";
import { createPartFormat, type PartFormat } from "../exports/dataset/part-format.ts";
import { localHeaderLength } from "../package/zip-format.ts";
import { encodeBytes } from "./part-writer.ts";
import type { WorkerPool } from "./pool.ts";
import { PartSums } from "./dataset-sums.ts";

/** What holds for the package of a dataset. */
export interface DatasetContext {
  /** Known to this job alone: what bears it in its journal is this job's to go on with or to remove. */
  token: string;
  planDigest: string;
  recipe: DatasetRecipe;
  dataset: OpenDataset;
  source: DatasetSource;
  /** ISO 8601, UTC: the same after every interruption. */
  startedAt: string;
  exportedBy: string;
  softwareVersion: string;
  now(): Date;
  pool: WorkerPool;
  /** Stops the run. */
  signal: AbortSignal;
  /** Whether a run that is stopped goes on later: then what it wrote is made durable first. */
  goesOn(): boolean;
}

/** How a part stands in its file, and what comes before its first chunk. */
export interface PartLayout {
  part: DatasetPart;
  format: PartFormat;
  /** At which its stream is deflated; 0 leaves it as it is. */
  level: number;
  /** It is deflated as an entry of a ZIP, beside what its format does. */
  deflatedEntry: boolean;
  /** Where its entry begins in the file; 0 where it has a file of its own. */
  base: number;
  /** First byte of its content: behind the local header where it stands in a ZIP. */
  start: number;
  /** Where its stream begins in the file. */
  streamStart: number;
  /** Everything from `base` to the first chunk; zeros where the local header will stand. */
  prefix: Buffer;
  /** Sums that begin with the head of the stream. */
  sums: PartSums;
}

/** Of what a format deflates whatever the package wants: reading it is what takes the time, not the disk. */
const OWN_LEVEL = 1;

export function layPart({ format: container, compress }: DatasetRecipe, part: DatasetPart, base: number): PartLayout {
  const format = createPartFormat(part.encoding);
  const inZip = container === "zip";
  const deflatedEntry = inZip && compress > 0 && !format.compressed;
  const level = format.deflates ? compress || OWN_LEVEL : deflatedEntry ? compress : 0;
  const header = inZip ? localHeaderLength({ name: part.path, size: 0, compressedSize: 0, reserved: true }) : 0;
  const head = encodeBytes(Buffer.from(format.head()), level, false);
  return {
    part,
    format,
    level,
    deflatedEntry,
    base,
    start: base + header,
    streamStart: base + header + format.before.length,
    prefix: Buffer.concat([Buffer.alloc(header), format.before, head.written]),
    sums: new PartSums(head.stretch, part),
  };
}
