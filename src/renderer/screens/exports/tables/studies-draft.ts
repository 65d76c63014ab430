import type { ExamColumn, ExamsFilter, ExamSort } from "../../../../contract/records.ts";
import type { StudiesRecipe } from "../../../../contract/table-recipe.ts";
import { CSV_LEVEL, READY_STUDIES, XLSX_LEVEL, type StudiesManner } from "../../../ready-table-recipes.ts";

/** An export of the study list while it is put together: a recipe of which something may still be missing. */
export interface StudiesDraft extends StudiesManner {
  /** What leaves, where it does not come from Browse. Null: what was picked in Browse. */
  selection: ExamsFilter | null;
  /** Null: as the list was sorted in Browse. */
  sort: ExamSort | null;
  /** Name of a project key; empty while none is chosen. */
  key: string;
  /** More rows than this and nothing is written. Null: the limit that the workspace has. */
  maxRows: number | null;
  /** File name of the table; empty for the kind's own. */
  name: string;
  destination: string;
}

export const FIRST_STUDIES_DRAFT: StudiesDraft = {
  ...READY_STUDIES.research,
  selection: null,
  sort: null,
  key: "",
  maxRows: null,
  name: "",
  destination: "",
};

/** A change with what follows from it: a workbook is deflated already, a CSV is not. */
export function changeStudiesDraft(draft: StudiesDraft, change: Partial<StudiesDraft>): StudiesDraft {
  const next = { ...draft, ...change };
  if (change.table !== undefined && change.table !== draft.table && change.compress === undefined)
    next.compress = change.table === "csv" ? CSV_LEVEL : XLSX_LEVEL;
  return next;
}

/**
 * The recipe that a draft has become.
 *
 * @param limit how many rows the workspace allows, where the draft has no limit of its own
 * @returns undefined while it is not whole: no key, or no column.
 */
export function toStudiesRecipe(
  draft: StudiesDraft,
  selection: ExamsFilter,
  limit: number,
  destination: string,
): StudiesRecipe | undefined {
  const { identity, table, format, compress, formulas, key, sort, maxRows } = draft;
  const name = draft.name.trim();
  if (identity === "pseudonymised" && key === "") return undefined;
  if (draft.columns.length === 0) return undefined;
  return {
    kind: "studies",
    version: 1,
    selection,
    sort: sort ?? "order_datetime_desc",
    columns: [...draft.columns],
    table,
    maxRows: maxRows ?? limit,
    policy: identity === "identified" ? { kind: "identified" } : { kind: "pseudonymised", key },
    format,
    compress,
    ...(name === "" ? {} : { name }),
    formulas,
    destination,
  };
}

/** A draft that starts from a saved recipe or from an earlier job. */
export function toStudiesDraft(recipe: StudiesRecipe): StudiesDraft {
  const { selection, sort, columns, table, maxRows, policy, format, compress, name, formulas, destination } = recipe;
  return {
    identity: policy.kind,
    columns,
    table,
    format,
    compress,
    formulas,
    selection,
    sort,
    key: policy.kind === "pseudonymised" ? policy.key : "",
    maxRows,
    name: name ?? "",
    destination,
  };
}

/** The columns with one put in at the end, or taken out. */
export function withColumn(columns: readonly ExamColumn[], column: ExamColumn, on: boolean): ExamColumn[] {
  const others = columns.filter((one) => one !== column);
  return on ? [...others, column] : others;
}

/** The columns with one moved by so many places; at either end it stays. */
export function movedColumn(columns: readonly ExamColumn[], column: ExamColumn, by: -1 | 1): ExamColumn[] {
  const from = columns.indexOf(column);
  const to = from + by;
  if (from === -1 || to < 0 || to >= columns.length) return [...columns];
  return columns.toSpliced(from, 1).toSpliced(to, 0, column);
}
