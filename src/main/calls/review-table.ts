import type { TextExamination } from "../../contract/calls/records.ts";
import { examineText } from "../review/examine-text.ts";
import { reviewResource } from "../review/review-resource.ts";
import { reviewTable } from "../review/review-table.ts";
import type { CallContext, HandlersOf } from "./context.ts";
import { datasetOf, tableOf } from "./create-jobs.ts";
import { fhirExportHandlers } from "./fhir-exports.ts";
import { latestOf } from "./latest-of.ts";

export function reviewTableHandlers(
  context: CallContext,
): Pick<HandlersOf<"exports">, "exports.reviewTable" | "exports.examineText" | "exports.reviewResource"> &
  ReturnType<typeof fhirExportHandlers> {
  const now = (): string => context.ports.now().toISOString();
  return {
    ...fhirExportHandlers(context),
    "exports.reviewTable": ({ recipe, offset, limit }, signal) =>
      reviewTable(
        context.workspace,
        context.looking,
        recipe,
        tableOf(context, recipe, now()),
        { offset, limit },
        signal,
      ),
    "exports.reviewResource": ({ recipe, index }, signal) =>
      reviewResource(context.workspace, context.looking, recipe, datasetOf(context, recipe, now()), index, signal),
    "exports.examineText": async function* ({ recipe }, signal) {
      // Whatever the recipe makes of the text: what is asked is what the scrubber would make of it.
      const scrubbing = { ...recipe, policy: { ...recipe.policy, text: "scrub" as const } };
      const table = tableOf(context, scrubbing, now());
      const events = latestOf<TextExamination, TextExamination>((onProgress) =>
        examineText(context.workspace, context.looking, scrubbing, table, onProgress, signal),
      );
      for await (const { kind, value } of events) yield { type: kind, ...value };
    },
  };
}
