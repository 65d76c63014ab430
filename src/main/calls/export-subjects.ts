import type { ImagingRecipe } from "../../contract/recipe.ts";
import type { SearchFilter } from "../../contract/search.ts";
import type { ImagingPlan } from "../jobs/stored-plan.ts";

/** Whom an export is about, for the audit log: source ids, since the catalog is encrypted. */
export function exportSubjects({ selection }: ImagingRecipe, { meant }: Pick<ImagingPlan, "meant">): string[] {
  if (selection.scope === "patients")
    return selection.patients.map(({ id, issuer }) => (issuer === undefined ? id : `${id} (${issuer})`));
  if (selection.scope === "studies") return selection.studies;
  if (selection.scope === "all") return ["everything in the catalog"];
  if (meant?.ids !== undefined) return meant.ids;
  return [`${meant?.patients ?? 0} patients: all ${selection.of} that match ${describeFilter(selection.filter)}`];
}

/** A filter in words, without those that were searched for: they are mostly names. */
function describeFilter(filter: SearchFilter): string {
  const { text, patientId, modality, modalities = [], sources = [], description, withAnalyses, from, to } = filter;
  const parts = [
    text === undefined || text.trim() === "" ? "" : "a text",
    patientId === undefined ? "" : `Patient ID ${patientId}`,
    description === undefined || description.trim() === "" ? "" : "a description",
    modality === undefined ? "" : `modality ${modality}`,
    modalities.length === 0 ? "" : `modality ${modalities.join(" or ")}`,
    sources.length === 0 ? "" : `source ${sources.join(" or ")}`,
    withAnalyses === undefined ? "" : withAnalyses ? "with AI results" : "without AI results",
    from === undefined ? "" : `from ${from}`,
    to === undefined ? "" : `to ${to}`,
  ].filter((part) => part !== "");
  return parts.length === 0 ? "anything" : parts.join(", ");
}
