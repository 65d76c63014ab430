import type { SummaryReceiptHead } from "../../../contract/dataset-receipt.ts";
import type { SummaryRecipe } from "../../../contract/fhir-recipe.ts";
import type { ComputedSummary, OpenSummary } from "./summary.ts";

export interface SummaryReceiptInput {
  recipe: SummaryRecipe;
  summary: OpenSummary;
  computed: ComputedSummary;
  startedAt: string;
  exportedBy: string;
  softwareVersion: string;
}

/** Everything in the receipt of a summary but its lists. */
export function summaryReceipt(input: SummaryReceiptInput): SummaryReceiptHead {
  const { recipe, summary, computed } = input;
  const { documents, resources, patients } = computed;
  return {
    format: "satchel-receipt",
    version: 1,
    software: { name: "Satchel", version: input.softwareVersion },
    kind: recipe.kind,
    startedAt: input.startedAt,
    exportedBy: input.exportedBy,
    recipe: recipeForReceipt(recipe),
    policy: summary.policy,
    // Of a report they are counts that its tables may have left out as too small.
    counts: {
      ...(recipe.kind === "report" ? { resources: null, patients: null } : { resources, patients }),
      documents: documents.length,
    },
    sources: [...summary.sources],
    notices: [...summary.notices, ...computed.notices],
    result: "complete",
  };
}

/** Without the destination, a local path, without the key's name, and without whom was asked for. */
function recipeForReceipt(recipe: SummaryRecipe): Record<string, unknown> {
  const { destination: _destination, selection, ...rest } = recipe;
  const { patients, studies, ...told } = selection;
  const shown = Object.fromEntries(Object.entries(rest).filter(([name]) => name !== "key"));
  return {
    ...shown,
    selection: {
      ...told,
      ...(patients === undefined ? {} : { patients: { asked: patients.length } }),
      ...(studies === undefined ? {} : { studies: { asked: studies.length } }),
    },
  };
}
