import type { QualityExamination } from "../../contract/calls/fhir-exports.ts";
import { checkView, listViews } from "../review/check-view.ts";
import { examineQuality, qualityRows } from "../review/examine-quality.ts";
import { previewTable } from "../review/preview-table.ts";
import type { CallContext, HandlersOf } from "./context.ts";
import { datasetOf, summaryOf } from "./create-jobs.ts";
import { latestOf } from "./latest-of.ts";

/** Views and quality of FHIR: what a page shows before anything is exported. */
export function fhirExportHandlers(context: CallContext): HandlersOf<"views" | "quality"> {
  const now = (): string => context.ports.now().toISOString();
  return {
    "views.list": () => listViews(),
    "views.check": ({ text }) => checkView(text),
    "views.preview": ({ recipe, table, limit }, signal) =>
      previewTable(
        context.workspace,
        context.looking,
        recipe,
        datasetOf(context, recipe, now()),
        { table, limit },
        signal,
      ),
    "quality.examine": async function* ({ recipe }, signal) {
      const summary = summaryOf(context, recipe, now());
      const events = latestOf<number, QualityExamination>((onProgress) =>
        examineQuality(context, recipe, summary, onProgress, signal),
      );
      for await (const event of events)
        yield event.kind === "progress"
          ? { type: "progress" as const, resources: event.value }
          : { type: "result" as const, ...event.value };
    },
    "quality.rows": ({ recipe, table, offset, limit }, signal) =>
      qualityRows(context, recipe, summaryOf(context, recipe, now()), table, { offset, limit }, signal),
  };
}
