import type { Catalog } from "../../catalog/database.ts";
import { computeQuality } from "../quality/compute-quality.ts";
import { computeReport } from "../report/compute-report.ts";
import type { ComputedSummary, SummaryTask } from "./summary.ts";

/**
 * How a summary is computed, on a thread of its own, within one transaction of the catalog: it may take its time, and is ended from outside.
 *
 * @param settings SummarySettings of the kind
 * @param onProgress resources that were read so far
 */
export type ComputeSummary = (
  catalog: Catalog,
  settings: unknown,
  onProgress: (resources: number) => void,
) => ComputedSummary;

/** A new summary is a folder in exports/, its recipe in the contract, and a line here. */
export const SUMMARIES: Record<SummaryTask["kind"], ComputeSummary> = {
  report: computeReport,
  quality: computeQuality,
};
