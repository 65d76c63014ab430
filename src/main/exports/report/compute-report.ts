import type { ReportRecipe } from "../../../contract/fhir-recipe.ts";
import type { Catalog } from "../../catalog/database.ts";
import { planResources } from "../../catalog/resources.ts";
import { isPlaceName } from "../../deidentify/fhir/people.ts";
import { Person } from "../../deidentify/fhir/person.ts";
import type { SummarySettings } from "../summary/open-summary.ts";
import { forEachSubject, readSubjects, type SubjectResource } from "../summary/read-subjects.ts";
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
      counts.add(one, toldRegion(one[region], resources));
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
      "This holds for one report. Two of them that differ by days, regions, sources or patients can be subtracted, and what is left may be a small count: do not give both to one receiver.",
      // How many they are would be a small count.
      ...(end.refused > 0 ? ["Patients who refused consent to such data, or took it back, are not counted."] : []),
    ],
  };
};

/** The region as a package of resources would tell it; "" where what stands in its place is none, or names the patient. */
function toldRegion(region: string, resources: readonly SubjectResource[]): string {
  const [first] = resources;
  if (region === "" || first === undefined) return "";
  const { patient } = first.context;
  const about = first.context.known();
  const person = new Person({
    ...about,
    identifiers: [...about.identifiers, ...(patient === undefined ? [] : [patient.id])],
  });
  return isPlaceName(region, person) ? region : "";
}

/** Catalog numbers of what happened within the days asked for. */
function rowsWithin(catalog: Catalog, selection: ReportRecipe["selection"]): Set<number> {
  const rows = new Set<number>();
  for (const { resources } of planResources(catalog, selection)) for (const { row } of resources) rows.add(row);
  return rows;
}
