import type { DatasetReceiptHead, ReceiptPart } from "../../../contract/dataset-receipt.ts";
import type { DatasetRecipe } from "../../../contract/fhir-recipe.ts";
import type { ReceiptColumn } from "../../../contract/receipt.ts";
import type { ColumnSummary } from "../table/column-statistics.ts";
import type { TableColumn } from "../table/table.ts";
import type { DatasetPlanEnd, OpenDataset } from "./kinds.ts";
import { toldType } from "./told-type.ts";

export interface DatasetReceiptInput {
  recipe: DatasetRecipe;
  dataset: OpenDataset;
  planned: Pick<DatasetPlanEnd, "withoutDay" | "withdrawn" | "resources">;
  sums: {
    patients: number;
    written: number;
    types: DatasetReceiptHead["types"];
    leftOut: DatasetReceiptHead["consent"]["leftOut"];
  };
  /** Empty of a file a patient. */
  parts: readonly ReceiptPart[];
  notices: readonly string[];
  startedAt: string;
  exportedBy: string;
  softwareVersion: string;
}

/** Everything in the receipt of a dataset but its lists. */
export function datasetReceipt(input: DatasetReceiptInput): DatasetReceiptHead {
  const { recipe, dataset, planned, sums } = input;
  const sum = (count: (one: (typeof sums.types)[number]) => number): number =>
    sums.types.reduce((total, one) => total + count(one), 0);
  const exported = sum((one) => one.exported);
  const expected = sum((one) => one.expected);
  return {
    format: "satchel-receipt",
    version: 1,
    software: { name: "Satchel", version: input.softwareVersion },
    kind: recipe.kind,
    startedAt: input.startedAt,
    exportedBy: input.exportedBy,
    recipe: recipeForReceipt(recipe),
    policy: dataset.policy,
    counts: {
      resources: { expected, exported, withheld: expected - exported },
      patients: sums.patients,
      rows: sums.written,
      withoutDay: planned.withoutDay,
    },
    types: sums.types,
    consent: {
      withoutConsent: recipe.policy.withoutConsent,
      leftOut: sums.leftOut,
      withdrawn: planned.withdrawn.map(({ patient, scopes }) => ({ patient, scopes: [...scopes] })),
    },
    parts: [...input.parts],
    sources: [...dataset.sources],
    notices: [...input.notices],
    // Each planned resource was read, or the run had ended: what is not here was withheld, and is told.
    result: expected === planned.resources ? "complete" : "incomplete",
  };
}

export function receiptColumns(columns: readonly TableColumn[], summaries: readonly ColumnSummary[]): ReceiptColumn[] {
  return columns.map(({ name, type, treatment }, index) => {
    const { nulls = 0, min, max } = summaries[index] ?? {};
    const range = type === "date" || type === "datetime";
    return {
      name,
      type,
      treatment,
      nulls,
      ...(range && typeof min === "string" ? { min } : {}),
      ...(range && typeof max === "string" ? { max } : {}),
    };
  });
}

/**
 * Without the destination, a local path, without whom was asked for, and, of somebody else's rules, without their text: there may be secrets
 * in it.
 */
function recipeForReceipt(recipe: DatasetRecipe): Record<string, unknown> {
  const { destination: _destination, policy, selection, ...rest } = recipe;
  const { patients, studies, types, ...told } = selection;
  const tell = (ids: readonly string[]): unknown => (policy.kind === "identified" ? ids : { asked: ids.length });
  return {
    ...rest,
    selection: {
      ...told,
      ...(patients === undefined ? {} : { patients: tell(patients) }),
      ...(types === undefined ? {} : { types: types.map((type) => toldType(type, policy.kind)) }),
      // Ids of Groups at their source, which leave as pseudonyms.
      ...(studies === undefined ? {} : { studies: tell(studies) }),
    },
  };
}
