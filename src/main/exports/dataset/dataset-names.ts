import { basename, extname } from "node:path";
import { SatchelError } from "../../../contract/errors.ts";
import type { DatasetRecipe, SummaryRecipe } from "../../../contract/fhir-recipe.ts";
import { isSafeSegment } from "../../package/safe-name.ts";
import type { OpenDataset } from "./kinds.ts";

/** With "NAME.manifest-sha256.txt.partial.journal" still below the 255 of file systems. */
const MOST_BYTES = 180;

/**
 * What stands at the destination in the end: the ZIP, the folder, or the table alone.
 *
 * @throws USAGE where the recipe gives a name that no system can make, or wants several tables as one file
 */
export function datasetName(recipe: DatasetRecipe, { stem, parts }: Pick<OpenDataset, "stem" | "parts">): string {
  if (recipe.format === "zip") return `${nameOf(recipe, stem)}.zip`;
  if (recipe.format === "folder") return nameOf(recipe, stem);
  const [part, another] = parts;
  if (part === undefined || another !== undefined)
    throw new SatchelError(
      "USAGE",
      `The export makes ${parts.length} tables, which do not go into one file.`,
      "Choose a package (ZIP or folder), or one table.",
    );
  return nameOf(recipe, stem + extname(part.path));
}

/** What a package of computed documents is called. @throws USAGE */
export function summaryName(recipe: SummaryRecipe, stem: string): string {
  return recipe.format === "zip" ? `${nameOf(recipe, stem)}.zip` : nameOf(recipe, stem);
}

function nameOf({ name }: { name?: string | undefined }, own: string): string {
  if (name === undefined) return own;
  if (basename(name) === name && isSafeSegment(name) && Buffer.byteLength(name) <= MOST_BYTES) return name;
  throw new SatchelError(
    "USAGE",
    "The package cannot have this name: it must be one that Windows, macOS and Linux can make, without folders.",
    "Choose another name.",
  );
}

/** Name of the file of a table that stands alone or with files beside it; "" of a package that holds all of them. */
export function tableInDataset({ format }: DatasetRecipe, packageName: string): string {
  return format === "file" || format === "beside" ? packageName : "";
}
