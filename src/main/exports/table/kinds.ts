import type { NotesRecipe, StudiesRecipe, TableRecipe } from "../../../contract/table-recipe.ts";
import type { ReceiptSource, TableReceiptHead } from "../../../contract/receipt.ts";
import type { Catalog } from "../../catalog/database.ts";
import type { ProjectKey } from "../../deidentify/pseudonym.ts";
import type { TableFormatSettings } from "./table-format.ts";
import type { RowSource, TableChunk } from "./table.ts";

/** What a job or a review knows when it opens a recipe of a table. */
export interface TableOccasion {
  /** The time that stands in the package and in names with a time. ISO 8601, UTC: the same after every interruption. */
  startedAt: string;
  /** @throws KEY_NEEDED where there is no key of that name */
  keyNamed(name: string): ProjectKey;
}

/** A recipe of a table with its key in hand: what planning, workers, receipt and review need of it. */
export interface OpenTable {
  /** Name of the table's file where the recipe gives none: "patient_data_export.csv". */
  fileName: string;
  /** All but the number of rows, which the plan tells. */
  format: Omit<TableFormatSettings, "rows">;
  /** For workers; plain values. */
  rows: Pick<RowSource, "kind" | "settings">;
  policy: TableReceiptHead["policy"];
  /** What becomes of free text; null where the table has none. */
  textMode: "keep" | "drop" | "scrub" | null;
  /** What the receiver should read, the handling notice first. */
  notices: readonly string[];
  sources: readonly ReceiptSource[];
  /** Who is meant, in words for the audit log, without what was searched for. */
  subjects: readonly string[];
  /**
   * The rows of the whole selection in the order of the table, in chunks. Nothing else is done between two of its steps for long: a chunk, or
   * nothing (undefined) where finding the next takes longer than some milliseconds.
   *
   * @throws NOT_FOUND where the catalog holds nothing of that kind; USAGE (the selection)
   */
  plan(): Generator<TableChunk | undefined, TablePlanEnd>;
}

/** What is known of a table once it is planned. */
export interface TablePlanEnd {
  patients: number;
  /** What the plan found that the receiver should know: exams without a check-in that a filter by days left out. */
  notices: readonly string[];
}

/** One kind of table. */
export interface TableKind<Recipe extends TableRecipe> {
  /** @throws KEY_NEEDED; USAGE where the catalog cannot serve the recipe */
  open(catalog: Catalog, recipe: Recipe, occasion: TableOccasion): OpenTable;
}

/** A new kind of table is a folder in exports/, a line here and one in row-readers.ts. */
export interface TableKinds {
  notes: TableKind<NotesRecipe>;
  studies: TableKind<StudiesRecipe>;
}

/** @throws as TableKind.open */
export function openTable(
  kinds: TableKinds,
  catalog: Catalog,
  recipe: TableRecipe,
  occasion: TableOccasion,
): OpenTable {
  return recipe.kind === "notes"
    ? kinds.notes.open(catalog, recipe, occasion)
    : kinds.studies.open(catalog, recipe, occasion);
}
