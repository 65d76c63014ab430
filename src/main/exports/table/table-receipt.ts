import type { ScrubCounts } from "../../../contract/calls/records.ts";
import type { ReceiptColumn, TableReceiptHead } from "../../../contract/receipt.ts";
import type { TableRecipe } from "../../../contract/table-recipe.ts";
import { columnNotices, type ColumnSummary } from "./column-statistics.ts";
import type { OpenTable } from "./kinds.ts";
import type { TableColumn } from "./table.ts";

export interface TableReceiptInput {
  recipe: TableRecipe;
  table: OpenTable;
  /** Planned. */
  counts: { rows: number };
  /** Written. */
  sums: {
    rows: number;
    patients: number;
    changed: number;
    replacements: ScrubCounts;
    columns: readonly ColumnSummary[];
  };
  notices: readonly string[];
  startedAt: string;
  exportedBy: string;
  softwareVersion: string;
}

/** Everything in the receipt of a table but its lists. */
export function tableReceipt(input: TableReceiptInput): TableReceiptHead {
  const { recipe, table, counts, sums } = input;
  const { changed, replacements } = sums;
  return {
    format: "satchel-receipt",
    version: 1,
    software: { name: "Satchel", version: input.softwareVersion },
    kind: recipe.kind,
    startedAt: input.startedAt,
    exportedBy: input.exportedBy,
    recipe: recipeForReceipt(recipe),
    policy: table.policy,
    counts: { rows: { expected: counts.rows, written: sums.rows }, patients: sums.patients },
    columns: table.format.columns.map((column, index) => toReceiptColumn(column, sums.columns[index])),
    text: table.textMode === null ? null : { mode: table.textMode, changed, replacements },
    sources: [...table.sources],
    notices: [...input.notices],
    result: sums.rows === counts.rows ? "complete" : "incomplete",
  };
}

/** All that the receiver should read, the handling notice first; what columns hold otherwise than one would think comes last. */
export function tableNotices(
  table: OpenTable,
  planned: readonly string[],
  columns: readonly ColumnSummary[],
): string[] {
  return [...table.notices, ...planned, ...columnNotices(columns)];
}

function toReceiptColumn({ name, type, treatment }: TableColumn, summary: ColumnSummary | undefined): ReceiptColumn {
  const { nulls = 0, min, max } = summary ?? {};
  return {
    name,
    type,
    treatment,
    nulls,
    ...(typeof min === "string" ? { min } : {}),
    ...(typeof max === "string" ? { max } : {}),
  };
}

/** Without the destination, a local path, and without whom was asked for and what was searched for where the table does not tell it either. */
function recipeForReceipt(recipe: TableRecipe): Record<string, unknown> {
  const { destination: _destination, selection, policy: _policy, ...rest } = recipe;
  const hidden = notTold(recipe);
  const told = Object.entries(selection).map(([field, value]) => [field, hidden.has(field) ? howMany(value) : value]);
  return { ...rest, selection: Object.fromEntries(told) as Record<string, unknown> };
}

/** Parts of a selection that name people, or may, as far as the policy takes from the table what they are compared with. */
function notTold({ kind, policy }: TableRecipe): ReadonlySet<string> {
  if (kind === "studies")
    return new Set(
      policy.kind === "identified" ? [] : ["q", "examIds", "applicationOrderNo", "examDescription", "examItem"],
    );
  // One who is asked for is named by a live id or by a record number of any time: nothing here says by which.
  const tellsPatients = policy.ids === "source" && policy.recordNumber === "keep";
  return new Set([...(tellsPatients ? [] : ["patients"]), ...(policy.text === "keep" ? [] : ["text"])]);
}

function howMany(value: unknown): { asked: number } {
  return { asked: Array.isArray(value) ? value.length : 1 };
}
