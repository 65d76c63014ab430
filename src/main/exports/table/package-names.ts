import { basename, extname } from "node:path";
import { SatchelError } from "../../../contract/errors.ts";
import type { Recipe } from "../../../contract/recipe.ts";
import type { TableRecipe } from "../../../contract/table-recipe.ts";
import { besideNames, stemOf } from "../../package/beside.ts";
import { isSafeSegment } from "../../package/safe-name.ts";

/**
 * Name of the table's file.
 *
 * @throws USAGE where the recipe gives one that no system can make, that is a path, or, where files are told by it, of another ending
 */
export function tableName({ name, format }: TableRecipe, own: string): string {
  if (name === undefined) return own;
  if (basename(name) !== name || !isSafeSegment(name) || Buffer.byteLength(name) > MOST_BYTES) {
    throw new SatchelError(
      "USAGE",
      "The table cannot have this name: it must be one that Windows, macOS and Linux can make, without folders.",
      "Choose another name.",
    );
  }
  const ending = extname(own);
  if (format === "file" || extname(name).toLowerCase() === ending) return name;
  throw new SatchelError("USAGE", `The name of the table must end in ${ending}.`, "Choose another name.");
}

/** With "NAME.manifest-sha256.txt.partial.journal" still below the 255 of file systems. */
const MOST_BYTES = 180;

/** What stands at the destination in the end: the name of the table, the ZIP or the folder. @throws USAGE */
export function packageName(recipe: TableRecipe, own: string): string {
  const table = tableName(recipe, own);
  if (recipe.format === "zip") return `${stemOf(table)}.zip`;
  return recipe.format === "folder" ? stemOf(table) : table;
}

/** Name of the table's file in a package of that name: the package's own where there is none around it. @throws USAGE */
export function tableNamed(recipe: TableRecipe, own: string, packageName: string): string {
  return recipe.format === "file" || recipe.format === "beside" ? packageName : tableName(recipe, own);
}

/** Names in a package that holds them all. */
export const WITHIN = { description: "datapackage.json", codebook: "CODEBOOK.md" } as const;

/** Everything that a package of that name takes at its destination. */
export function namesAtDestination(format: Recipe["format"], name: string): string[] {
  return format === "beside" ? [name, ...Object.values(besideNames(name))] : [name];
}
