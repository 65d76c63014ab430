import {
  MOST_MEASURES,
  QUALITY_TABLES,
  type QualityExamination,
  type QualityTable,
} from "../../contract/calls/fhir-exports.ts";
import { SatchelError } from "../../contract/errors.ts";
import type { QualityRecipe } from "../../contract/fhir-recipe.ts";
import type { Workspace } from "../access/workspace.ts";
import type { Catalog } from "../catalog/database.ts";
import { recordsGeneration } from "../catalog/records-generation.ts";
import type { ComputedQuality } from "../exports/quality/compute-quality.ts";
import type { OpenSummary } from "../exports/summary/summary.ts";
import { computeOnWorker } from "../jobs/compute-on-worker.ts";
import type { WorkerPool } from "../jobs/pool.ts";
import { csvLines, parseCsvLine, type CsvLines } from "./csv-lines.ts";

/** Where quality is computed: beside the jobs, one at a time. */
export interface QualityRoom {
  readonly workspace: Pick<Workspace, "catalog" | "catalogAccess">;
  readonly checking: WorkerPool;
}

interface Kept {
  key: string;
  examination: QualityExamination;
  tables: ReadonlyMap<string, CsvLines>;
}

/** The last one of each catalog: its tables are as large as what was found. */
const kept = new WeakMap<Catalog, Kept>();

/** Quality of a selection as a package of it would tell it. Nothing is written. @throws as `quality.examine` */
export async function examineQuality(
  room: QualityRoom,
  recipe: QualityRecipe,
  summary: OpenSummary,
  onProgress: (resources: number) => void,
  signal: AbortSignal,
): Promise<QualityExamination> {
  return (await examined(room, recipe, summary, onProgress, signal)).examination;
}

/** Some rows of one of its tables. @throws as `quality.examine` */
export async function qualityRows(
  room: QualityRoom,
  recipe: QualityRecipe,
  summary: OpenSummary,
  table: QualityTable,
  { offset, limit }: { offset: number; limit: number },
  signal: AbortSignal,
): Promise<{ columns: string[]; rows: string[][]; total: number }> {
  const { tables } = await examined(room, recipe, summary, () => undefined, signal);
  const lines = tables.get(table);
  if (lines === undefined) throw new SatchelError("NOT_FOUND", "There is no such table.");
  const wanted = lines.slice(offset + 1, offset + 1 + limit);
  const [head = ""] = lines.slice(0, 1);
  return { columns: parseCsvLine(head), rows: wanted.map(parseCsvLine), total: lines.count - 1 };
}

async function examined(
  { workspace, checking }: QualityRoom,
  recipe: QualityRecipe,
  summary: OpenSummary,
  onProgress: (resources: number) => void,
  signal: AbortSignal,
): Promise<Kept> {
  const { catalog, catalogAccess } = workspace;
  const generation = recordsGeneration(catalog);
  const key = JSON.stringify([recipe.selection, recipe.key, recipe.expect, generation]);
  const known = kept.get(catalog);
  if (known?.key === key) return known;
  const task = { ...summary.task, catalog: catalogAccess, generation };
  const computed = await computeOnWorker(checking, task, onProgress, signal);
  if (!isQuality(computed)) throw new SatchelError("INTERNAL", "A summary of another kind was computed.");
  const { patients, resources, completeness, findings, measures } = computed.summary;
  const examination: QualityExamination = {
    patients,
    resources,
    completeness,
    findings: findings.map(({ table, count }) => ({ table, count })),
    measures: measures.slice(0, MOST_MEASURES),
    notices: [...summary.notices, ...computed.notices],
  };
  const tables = new Map<string, CsvLines>();
  for (const name of QUALITY_TABLES) {
    const document = computed.documents.find(({ path }) => path === `${name}.csv`);
    if (typeof document?.content === "string") tables.set(name, await csvLines(document.content, signal));
  }
  const found = { key, examination, tables };
  kept.set(catalog, found);
  return found;
}

function isQuality(computed: object): computed is ComputedQuality {
  return "summary" in computed;
}
