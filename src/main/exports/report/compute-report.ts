import type { ReportRecipe } from "../../../contract/fhir-recipe.ts";
import type { Catalog } from "../../catalog/database.ts";
import { planResources } from "../../catalog/resources.ts";
import type { SummarySettings } from "../summary/open-summary.ts";
import { consentNotices, forEachSubject, readSubjects } from "../summary/read-subjects.ts";
import type { ComputeSummary } from "../summary/summaries.ts";
import { makeReport } from "./make-report.ts";
import { ReportCounts } from "./measures.ts";
import { readCase, REPORTED_TYPES } from "./read-cases.ts";

/** Counts of a screening, by region. */
export const computeReport: ComputeSummary = (catalog, settings, onProgress) => {
  const { recipe, startedAt } = settings as SummarySettings<ReportRecipe>;
  const { selection, measures, minimumCount, region } = recipe;
  const types = REPORTED_TYPES.filter((type) => selection.types?.includes(type) ?? true);
  const counts = new ReportCounts();
  // A registration and its address have no day: the days are those of what happened.
  const { from, to, ...who } = selection;
  const inTime = from === undefined && to === undefined ? undefined : rowsWithin(catalog, selection);
  const end = forEachSubject(
    readSubjects(catalog, { ...who, types }, new Date(startedAt)),
    ({ patient, resources }) => {
      if (patient === undefined) return;
      const counted = resources.filter(({ row, type }) => type === "Patient" || (inTime?.has(row) ?? true));
      const one = readCase(counted.map((resource) => resource.read()));
      counts.add(one, one[region]);
    },
    onProgress,
  );
  const documents = makeReport(counts, { measures, minimumCount, region, from, to, date: startedAt });
  return {
    documents: documents.map(({ path, text }) => ({
      path,
      role: path.endsWith(".csv") ? ("table" as const) : ("document" as const),
      content: text,
    })),
    resources: end.resources,
    patients: end.patients,
    notices: [
      `Counts from 1 to ${minimumCount - 1} are not shown: regions with such counts are told together, in all measures alike.`,
      ...consentNotices(end),
    ],
  };
};

/** Catalog numbers of what happened within the days asked for. */
function rowsWithin(catalog: Catalog, selection: ReportRecipe["selection"]): Set<number> {
  const rows = new Set<number>();
  for (const { resources } of planResources(catalog, selection)) for (const { row } of resources) rows.add(row);
  return rows;
}
