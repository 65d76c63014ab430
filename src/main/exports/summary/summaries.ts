import { SatchelError } from "../../../contract/errors.ts";
import type { Catalog } from "../../catalog/database.ts";
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

const unbuilt: ComputeSummary = () => {
  throw new SatchelError("USAGE", "Satchel cannot compute this yet.");
};

/** A new summary is a folder in exports/, its recipe in the contract, and a line here. */
export const SUMMARIES: Record<SummaryTask["kind"], ComputeSummary> = { report: unbuilt, quality: unbuilt };
