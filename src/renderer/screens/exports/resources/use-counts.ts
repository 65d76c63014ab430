import type { ResourceCounts } from "../../../../contract/calls/fhir-exports.ts";
import { useAnswer, useAnswers } from "../../../client/query.ts";
import type { ResourcesRecipe } from "./resources-draft.ts";

/** What the selection of a recipe holds by type; of tables only what they are made of. Undefined while it is not known. */
export function useCounts(recipe: ResourcesRecipe | undefined): {
  counts: ResourceCounts | undefined;
  error: Error | null;
} {
  // Asked with all that it depends on, and nothing else: another form of the package is the same question.
  const [answer] = useAnswers("exports.countResources", recipe === undefined ? [] : [{ recipe }], {
    keepPrevious: true,
  });
  const views = useAnswer("views.list", {});
  const read = recipe === undefined ? undefined : typesRead(recipe, views.data ?? []);
  const data = answer?.data;
  if (data === undefined) return { counts: undefined, error: answer?.error ?? null };
  const types = data.types.filter(({ type }) => read === undefined || read.has(type));
  return { counts: { ...data, types }, error: answer?.error ?? null };
}

/** Undefined: all. */
function typesRead(
  recipe: ResourcesRecipe,
  views: readonly { name: string; resource: string }[],
): ReadonlySet<string> | undefined {
  if (recipe.kind === "observations") return new Set(["Observation"]);
  if (recipe.kind !== "view") return undefined;
  return new Set(
    recipe.views.flatMap((one) => {
      if ("document" in one) return typeof one.document["resource"] === "string" ? [one.document["resource"]] : [];
      const view = views.find(({ name }) => name === one.name);
      return [view?.resource ?? "QuestionnaireResponse"];
    }),
  );
}

/** What will leave in all, less what consent keeps here. */
export function usePlannedTotals(
  recipe: ResourcesRecipe | undefined,
): { resources: number; patients: number } | undefined {
  const { counts } = useCounts(recipe);
  if (counts === undefined) return undefined;
  const resources = counts.types.reduce((sum, one) => sum + one.count - one.refused - one.withoutConsent, 0);
  return { resources, patients: counts.patients };
}
