import type { CountedReason, HeldCode } from "../../../contract/held.ts";
import type { ImagingReceiptHead } from "../../../contract/receipt.ts";
import type { ImagingRecipe } from "../../../contract/recipe.ts";
import { droppedNotice } from "../../deidentify/notices.ts";
import type { ItemOutcome, PackagePlan } from "./item.ts";

/** What of the policy stands in a receipt. */
export type ReceiptPolicy = ImagingReceiptHead["policy"];

export interface ReceiptInput {
  recipe: ImagingRecipe;
  policy: ReceiptPolicy;
  plan: PackagePlan;
  startedAt: string;
  exportedBy: string;
  softwareVersion: string;
  /** Sentences of the policy: what could still identify. */
  notices: readonly string[];
}

/** Counts over a package's outcomes; `add` each once. */
export class OutcomeCounts {
  exported = 0;
  heldBack = 0;
  failed = 0;
  swept = 0;
  previewsExported = 0;
  previewsFailed = 0;
  previewsWithoutInstance = 0;
  /** Held-back and failed things by code and reason, for the screen. */
  readonly reasons = new Map<string, CountedReason>();

  add(outcome: ItemOutcome, previews: number): void {
    if (outcome.status === "exported") this.exported++;
    if (outcome.status === "held") this.heldBack++;
    if (outcome.status === "failed") this.failed++;
    if (outcome.swept) this.swept++;
    this.previewsExported += previews;
    this.previewsFailed += outcome.missing.length;
    if (outcome.status !== "exported") this.previewsWithoutInstance += outcome.previews;
    if (outcome.code !== undefined) this.#reason(outcome.code, outcome.reason ?? "", outcome.held);
    for (const missing of outcome.missing) this.#reason(missing.code, missing.reason);
  }

  #reason(code: string, reason: string, held?: HeldCode[]): void {
    const key = `${code} ${reason}`;
    const known = this.reasons.get(key);
    if (known === undefined) this.reasons.set(key, { code, reason, count: 1, ...(held && { held }) });
    else known.count++;
  }
}

/**
 * Everything in the receipt but its lists. A package is incomplete where an instance failed; what the policy held back, and previews
 * that cannot be rendered, are named but are not failures.
 */
export function receiptHead(input: ReceiptInput, counts: OutcomeCounts): ImagingReceiptHead {
  const { plan, policy, recipe } = input;
  const images = recipe.images && recipe.format !== "json";
  return {
    format: "satchel-receipt",
    version: 1,
    software: { name: "Satchel", version: input.softwareVersion },
    kind: "imaging",
    scope: plan.scope,
    startedAt: input.startedAt,
    exportedBy: input.exportedBy,
    recipe: recipeForReceipt(recipe),
    policy,
    counts: {
      instances: {
        expected: images ? plan.counts.instances : counts.failed,
        exported: counts.exported,
        heldBack: counts.heldBack,
        failed: counts.failed,
      },
      previews: {
        expected: plan.counts.previews,
        exported: counts.previewsExported,
        failed: counts.previewsFailed,
        withoutInstance: counts.previewsWithoutInstance,
      },
      patients: plan.counts.patients,
      studies: plan.counts.studies,
      series: plan.counts.series,
    },
    leakSweep: { ran: counts.swept > 0, instances: counts.swept },
    notices: [...input.notices, ...droppedNotices(plan)],
    result: counts.failed > 0 ? "incomplete" : "complete",
  };
}

function droppedNotices(plan: PackagePlan): string[] {
  const dropped = plan.analyses.reduce((sum, analysis) => sum + analysis.dropped, 0);
  return dropped === 0 ? [] : [droppedNotice(dropped)];
}

/** Without the destination, a local path, and in pseudonymised packages without the ids that were asked for. */
function recipeForReceipt(recipe: ImagingRecipe): Record<string, unknown> {
  const { destination: _destination, selection, policy, ...rest } = recipe;
  if (policy.kind === "identified") return { ...rest, selection };
  const asked =
    selection.scope === "patients"
      ? selection.patients.length
      : selection.scope === "studies"
        ? selection.studies.length
        : null;
  return { ...rest, selection: { scope: selection.scope, ...(asked === null ? {} : { asked }) } };
}
