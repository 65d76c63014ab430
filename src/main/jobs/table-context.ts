import type { TableRecipe } from "../../contract/table-recipe.ts";
import type { OpenTable } from "../exports/table/kinds.ts";
import { createTableFormat } from "../exports/table/create-table-format.ts";
import type { TableFormat, TableFormatSettings } from "../exports/table/table-format.ts";
import type { RowSource } from "../exports/table/table.ts";
import { localHeaderLength } from "../package/zip-format.ts";
import { encodeBytes } from "./part-writer.ts";
import type { WorkerPool } from "./pool.ts";
import type { TablePackagePlan } from "./stored-plan.ts";
import { TableSums } from "./table-sums.ts";

/** What holds for the package of a table. */
export interface TableContext {
  /** Known to this job alone: what bears it in its journal is this job's to go on with or to remove. */
  token: string;
  planDigest: string;
  recipe: TableRecipe;
  table: OpenTable;
  rows: RowSource;
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

/** How the table stands in its file, and what comes before its first row. */
export interface TableLayout {
  settings: TableFormatSettings;
  format: TableFormat;
  /** At which the stream is deflated; 0 leaves it as it is. */
  level: number;
  /** The table is deflated as an entry of a ZIP, beside what its format does. */
  deflatedEntry: boolean;
  /** First byte of the table: behind the local header where it stands in a ZIP. */
  start: number;
  /** Everything in the file before the first chunk; zeros where the local header will stand. */
  prefix: Buffer;
  /** Sums that begin with the head of the stream. */
  sums: TableSums;
}

/** Of what a format deflates whatever the package wants: reading it is what takes the time, not the disk. */
const OWN_LEVEL = 1;

export function layTable({ recipe, table }: TableContext, plan: TablePackagePlan): TableLayout {
  const settings: TableFormatSettings = { ...table.format, rows: plan.counts.rows };
  const format = createTableFormat(settings);
  const inZip = recipe.format === "zip";
  const deflatedEntry = inZip && recipe.compress > 0 && !format.deflates;
  const level = format.deflates ? recipe.compress || OWN_LEVEL : deflatedEntry ? recipe.compress : 0;
  const start = inZip ? localHeaderLength({ name: plan.table, size: 0, compressedSize: 0, reserved: true }) : 0;
  const head = encodeBytes(Buffer.from(format.head()), level, false);
  return {
    settings,
    format,
    level,
    deflatedEntry,
    start,
    prefix: Buffer.concat([Buffer.alloc(start), format.before, head.written]),
    sums: new TableSums(head.stretch, settings.columns),
  };
}
