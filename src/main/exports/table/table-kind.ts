import type { TableRecipe } from "../../../contract/table-recipe.ts";
import type { Catalog } from "../../catalog/database.ts";
import type { ProjectKey } from "../../deidentify/pseudonym.ts";
import type { RowReader, RowSource, TableChunk, TableColumn } from "./table.ts";
import type { TableFormatSettings } from "./table-format.ts";

/** What is known of a table once it is planned. */
export interface TablePlanEnd {
  rows: number;
  /** People whom its rows are about, as the table tells them apart. */
  patients: number;
  /** What could still identify and what is not in it, as sentences; how it must be handled comes first. */
  notices: string[];
}

/** One kind of table. A new kind is one folder in exports/ and one line in kinds.ts. */
export interface TableKind<Recipe extends TableRecipe = TableRecipe> {
  /** As the catalog is now: time zones stand in the descriptions. */
  columns(catalog: Catalog, recipe: Recipe): TableColumn[];
  /** Name of the file with the table. @param exportedAt ISO 8601, UTC */
  tableName(recipe: Recipe, exportedAt: string): string;
  /** Name of a package with it, without an extension. */
  packageName(recipe: Recipe, exportedAt: string): string;
  format(recipe: Recipe): Pick<TableFormatSettings, "table" | "byteOrderMark" | "formulas" | "sheet">;
  /** What the policy is, in words for receipts and the audit log: "ids pseudonym", "text scrub". */
  policyOptions(recipe: Recipe): string[];
  /**
   * The chunks of the table in its order. A step without one gives others their turn. Nothing of the rows is held.
   *
   * @param key the project key that the recipe names
   * @throws KEY_NEEDED where the recipe needs one and there is none, TOO_LARGE where there are more rows than it allows
   */
  plan(catalog: Catalog, recipe: Recipe, key: ProjectKey | undefined): Generator<TableChunk | undefined, TablePlanEnd>;
  /** What a worker needs beside the catalog: plain values. */
  settings(recipe: Recipe, key: ProjectKey | undefined): unknown;
  /** For workers: opens a connection of its own. */
  openRows(source: RowSource): RowReader;
}
