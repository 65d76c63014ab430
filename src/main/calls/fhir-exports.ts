import type { QualityExamination } from "../../contract/calls/fhir-exports.ts";
import { unknownInResources } from "../catalog/unknown-resources.ts";
import { refuseUnknown } from "../exports/table/refuse-unknown.ts";
import { checkView, listViews } from "../review/check-view.ts";
import { examineQuality, qualityRows } from "../review/examine-quality.ts";
import { previewTable } from "../review/preview-table.ts";
import type { CallContext, HandlersOf } from "./context.ts";
import { datasetOf, summaryOf } from "./create-jobs.ts";
import { latestOf } from "./latest-of.ts";

/** Views and quality of FHIR: what a page shows before anything is exported. */
export function fhirExportHandlers(
  context: CallContext,
): HandlersOf<"views" | "quality"> & Pick<HandlersOf<"exports">, "exports.countResources"> {
  const now = (): string => context.ports.now().toISOString();
  return {
    "exports.countResources": ({ recipe }, signal) => {
      const { catalog, catalogAccess } = context.workspace;
      refuseUnknown(unknownInResources(catalog, recipe.selection));
      const withoutConsent = "policy" in recipe ? recipe.policy.withoutConsent : "include";
      return context.looking.ask(
        {
          kind: "resource-counts",
          catalog: catalogAccess,
          selection: recipe.selection,
          startedAt: now(),
          withoutConsent,
        },
        signal,
      );
    },
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
