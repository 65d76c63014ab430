import { useAnswer } from "../../client/query.ts";
import { useLabels } from "../../labels/labels.tsx";
import { useFormat } from "../../parts/format.ts";
import { keyOfPatient, toImagingSelection, type Selection } from "../../selection.ts";
import { saySelection } from "../../selection-words.ts";

/** What is picked, in words and counted. Where a part cannot be known without planning the export, it is left out rather than guessed. */
export function useSelectionWords(selection: Selection): { words: string; count: string } {
  const labels = useLabels();
  const format = useFormat();
  const { browse, exporting } = labels;
  const isMatching = selection.scope === "matching";
  const { data: facets } = useAnswer("find.facets", isMatching ? selection.filter : {}, {
    enabled: isMatching,
    keepPrevious: true,
  });
  const patients = (n: number): string => browse.patients(n, format.count(n));
  const studies = (n: number): string => browse.studies(n, format.count(n));
  if (selection.scope === "none") return { words: "", count: "" };
  if (selection.scope === "patients") {
    const rows = [...selection.rows.values()];
    const of = studies(rows.reduce((sum, row) => sum + row.studies, 0));
    return { words: browse.selection.patients(patients(rows.length), of), count: format.count(rows.length) };
  }
  if (selection.scope === "studies") {
    const rows = [...selection.rows.values()];
    const of = patients(new Set(rows.map(keyOfPatient)).size);
    const bytes = format.bytes(rows.reduce((sum, row) => sum + row.bytes, 0));
    return { words: browse.selection.studies(studies(rows.length), of, bytes), count: format.count(rows.length) };
  }
  const said = toImagingSelection(selection);
  const filter = said === undefined ? "" : saySelection(said, exporting, format);
  if (facets === undefined) return { words: filter, count: "" };
  const total = (selection.of === "patients" ? facets.patients : facets.studies) - selection.except.size;
  const counted = selection.of === "patients" ? patients(total) : studies(total);
  const bytes =
    selection.of === "studies"
      ? format.bytes(facets.bytes - [...selection.except.values()].reduce((sum, row) => sum + row.bytes, 0))
      : "";
  return { words: browse.selection.matching(counted, filter, bytes), count: format.count(total) };
}
