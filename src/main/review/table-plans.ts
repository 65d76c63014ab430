import type { TableRecipe } from "../../contract/table-recipe.ts";
import { tooManyRows } from "../jobs/prepare-table.ts";
import { examsVersion } from "../catalog/exams-match.ts";
import type { Catalog } from "../catalog/database.ts";
import { recordsGeneration } from "../catalog/records-generation.ts";
import type { OpenTable, TablePlanEnd } from "../exports/table/kinds.ts";
import type { TableChunk } from "../exports/table/table.ts";
import { inTurns } from "../in-turns.ts";

/** A table as it is planned, kept while somebody looks through it. */
export interface ReviewPlan {
  generation: number;
  chunks: TableChunk[];
  rows: number;
  end: TablePlanEnd;
}

/** A screen goes back and forth between few. */
const MOST_KEPT = 3;
const SLICE_MS = 10;

const kept = new WeakMap<Catalog, Map<string, ReviewPlan>>();

/**
 * The plan of a table, a little at a time; the last ones are kept until the catalog changes.
 *
 * @throws TOO_LARGE where it has more rows than the recipe allows; NOT_FOUND, USAGE (the selection), CANCELLED
 */
export async function planForReview(
  catalog: Catalog,
  recipe: TableRecipe,
  table: OpenTable,
  signal: AbortSignal,
): Promise<ReviewPlan> {
  const key = versionOf(catalog, recipe, table);
  const plans = kept.get(catalog) ?? new Map<string, ReviewPlan>();
  kept.set(catalog, plans);
  let plan = plans.get(key);
  if (plan === undefined) {
    plan = await inTurns(planning(catalog, table), signal);
    if (versionOf(catalog, recipe, table) === key) {
      const [oldest] = plans.keys();
      if (plans.size >= MOST_KEPT && oldest !== undefined) plans.delete(oldest);
      plans.set(key, plan);
    }
  }
  if (recipe.kind === "studies" && plan.rows > recipe.maxRows) throw tooManyRows(plan.rows, recipe.maxRows);
  return plan;
}

/** What the plan of a table depends on. A key is named by its fingerprint: a name may be given to another. */
function versionOf(catalog: Catalog, recipe: TableRecipe, { policy }: OpenTable): string {
  const order = recipe.kind === "studies" ? [recipe.sort, examsVersion(catalog)] : [recipe.policy.ids];
  return JSON.stringify([recipe.kind, recipe.selection, order, policy.key, recordsGeneration(catalog)]);
}

function* planning(catalog: Catalog, table: OpenTable): Generator<void, ReviewPlan> {
  const generation = recordsGeneration(catalog);
  const chunks: TableChunk[] = [];
  let rows = 0;
  let sliceEnd = performance.now() + SLICE_MS;
  const plan = table.plan();
  for (let next = plan.next(); ; next = plan.next()) {
    if (next.done === true) return { generation, chunks, rows, end: next.value };
    if (next.value !== undefined) {
      chunks.push(next.value);
      rows += next.value.rows;
    }
    if (performance.now() < sliceEnd) continue;
    yield;
    sliceEnd = performance.now() + SLICE_MS;
  }
}
