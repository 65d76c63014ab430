import { listRecipes, removeRecipe, saveRecipe } from "../catalog/recipes.ts";
import type { CallContext, HandlersOf } from "./context.ts";

export function recipeHandlers(context: CallContext): HandlersOf<"recipes"> {
  return {
    "recipes.list": () => listRecipes(context.workspace.catalog),
    "recipes.save": ({ name, recipe, replace }) => {
      saveRecipe(context.workspace.catalog, { name, recipe, savedAt: context.ports.now().toISOString() }, replace);
      context.changes.tell("recipes");
      return { ok: true };
    },
    "recipes.remove": ({ name }) => {
      removeRecipe(context.workspace.catalog, name);
      context.changes.tell("recipes");
      return { ok: true };
    },
  };
}
