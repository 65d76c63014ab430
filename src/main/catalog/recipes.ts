import { SatchelError } from "../../contract/errors.ts";
import { recipe as schema, type Recipe } from "../../contract/recipe.ts";
import type { Catalog } from "./database.ts";

/** A recipe that was kept under a name. */
export interface SavedRecipe {
  name: string;
  recipe: Recipe;
  /** ISO 8601, UTC. */
  savedAt: string;
}

/** By name. One that this Satchel does not understand is left out; it stays where it is. */
export function listRecipes(catalog: Catalog): SavedRecipe[] {
  return catalog
    .all<{ name: string; recipe: string; savedAt: string }>(
      "SELECT name, recipe, saved_at AS savedAt FROM recipe ORDER BY name",
    )
    .flatMap((row) => {
      const recipe = parseRecipe(row.recipe);
      return recipe === undefined ? [] : [{ ...row, recipe }];
    });
}

/** @throws USAGE where the name is none; ALREADY_EXISTS where it is taken, whatever its case, unless `replace` */
export function saveRecipe(catalog: Catalog, saved: SavedRecipe, replace: boolean): void {
  const name = saved.name.trim();
  if (name === "" || name.length > 100 || /\p{Cc}/u.test(name)) {
    throw new SatchelError("USAGE", "The name of a recipe must be 1 to 100 characters in one line.", "Choose another.");
  }
  catalog.write(() => {
    const taken = catalog.get<{ id: number }>("SELECT id FROM recipe WHERE name = ?", name);
    if (taken !== undefined && !replace) {
      throw new SatchelError(
        "ALREADY_EXISTS",
        `There is a recipe named ${name} already.`,
        "Choose another name, or replace it.",
      );
    }
    catalog.run(
      `INSERT INTO recipe (name, recipe, saved_at) VALUES (?, ?, ?)
       ON CONFLICT (name) DO UPDATE SET name = excluded.name, recipe = excluded.recipe, saved_at = excluded.saved_at`,
      name,
      JSON.stringify(saved.recipe),
      saved.savedAt,
    );
  });
}

/** @throws NOT_FOUND */
export function removeRecipe(catalog: Catalog, name: string): void {
  if (catalog.run("DELETE FROM recipe WHERE name = ?", name.trim()).changes > 0) return;
  throw new SatchelError("NOT_FOUND", "There is no recipe of that name.", "Load the list again.");
}

function parseRecipe(text: string): Recipe | undefined {
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
