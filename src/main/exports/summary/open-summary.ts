import type { ReceiptResourceSource } from "../../../contract/dataset-receipt.ts";
import type { SummaryRecipe } from "../../../contract/fhir-recipe.ts";
import type { Catalog } from "../../catalog/database.ts";
import { unknownInResources } from "../../catalog/unknown-resources.ts";
import { createPseudonyms } from "../../deidentify/pseudonym.ts";
import type { DatasetOccasion } from "../dataset/kinds.ts";
import { incompleteTypes, resourceSources } from "../dataset/resource-sources.ts";
import { refuseUnknown } from "../table/refuse-unknown.ts";
import type { OpenSummary } from "./summary.ts";

/** What every summary is computed from, beside the catalog. Plain values. */
export interface SummarySettings<Recipe extends SummaryRecipe = SummaryRecipe> {
  recipe: Recipe;
  /** ISO 8601, UTC: ages and missing days are of this moment. */
  startedAt: string;
  /** Of a quality package. In a thread of its own the secret arrives as bytes. */
  key: { name: string; secret: Uint8Array } | undefined;
}

/** @throws KEY_NEEDED; USAGE where the catalog cannot serve the recipe */
export function openSummary(catalog: Catalog, recipe: SummaryRecipe, occasion: DatasetOccasion): OpenSummary {
  const { selection } = recipe;
  refuseUnknown(unknownInResources(catalog, selection));
  const sources = resourceSources(catalog, selection, "aggregated").map((source) =>
    recipe.kind === "report" ? withoutCounts(source) : source,
  );
  const key = recipe.kind === "quality" ? occasion.keyNamed(recipe.key) : undefined;
  const settings: SummarySettings = { recipe, startedAt: occasion.startedAt, key };
  return {
    stem: recipe.kind === "report" ? "fhir_report" : "fhir_quality",
    task: { kind: recipe.kind, settings },
    policy:
      recipe.kind === "report"
        ? {
            kind: "aggregated",
            options: [
              `counts below ${recipe.minimumCount} left out, with as many others as keep them from being worked out`,
            ],
          }
        : {
            kind: "pseudonymised",
            options: ["ids of patients as pseudonyms"],
            ...(key === undefined ? {} : { key: createPseudonyms(key).fingerprint }),
          },
    notices: incompleteTypes(sources),
    // Which types are there would tell where nobody was screened.
    sources: recipe.kind === "report" ? sources.map((source) => ({ ...source, types: [] })) : sources,
    subjects: [
      recipe.kind === "report" ? `report: ${recipe.measures.join(", ")}` : "quality of the data",
      ...(selection.patients ?? ["all patients"]),
      ...(selection.studies === undefined ? [] : [`studies ${selection.studies.join(", ")}`]),
      ...(selection.sources === undefined ? [] : [`sources ${selection.sources.join(", ")}`]),
    ],
  };
}

/** Three Tasks in the catalog are three referrals: what a report leaves out is not told by its receipt. */
function withoutCounts(source: ReceiptResourceSource): ReceiptResourceSource {
  return { ...source, types: source.types.map((one) => ({ ...one, expected: null, received: 0 })) };
}
