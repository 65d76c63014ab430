import type { ImagingSelection } from "../contract/recipe.ts";
import type { SearchFilter } from "../contract/search.ts";
import type { Labels } from "./labels/en/index.ts";
import type { Format } from "./parts/format.ts";

/** What is picked, as a person would say it. */
export function saySelection(selection: ImagingSelection, labels: Labels["exporting"], format: Format): string {
  const { what } = labels;
  const counted = (say: (n: number, shown: string) => string, n: number) => say(n, format.count(n));
  const { scope } = selection;
  if (scope === "all") return what.everything;
  if (scope === "patients") return counted(what.patientsPicked, selection.patients.length);
  if (scope === "studies") return counted(what.studiesPicked, selection.studies.length);
  const filter = sayFilter(selection.filter, labels, format);
  const sentence = selection.of === "patients" ? what.patientsMatching(filter) : what.studiesMatching(filter);
  const except = selection.exceptPatients.length + selection.exceptStudies.length;
  return except === 0 ? sentence : `${sentence}, ${what.except(format.count(except))}`;
}

function sayFilter(filter: SearchFilter, { what }: Labels["exporting"], format: Format): string {
  const say = what.filter;
  const { text, patientId, issuer = "", modality, modalities, sources, description, withAnalyses, from, to } = filter;
  const parts: string[] = [];
  const add = (value: string | undefined, words: (value: string) => string): void => {
    if (value !== undefined && value !== "") parts.push(words(value));
  };
  add(text, say.text);
  add(patientId, (id) => say.patientId(issuer === "" ? id : `${id} (${issuer})`));
  add(modality, say.modality);
  if (modalities !== undefined && modalities.length > 0) parts.push(say.modality(format.list(modalities)));
  if (sources !== undefined && sources.length > 0) parts.push(say.sources(format.list(sources)));
  add(description, say.description);
  if (from !== undefined && to !== undefined) parts.push(say.dates(format.date(from), format.date(to)));
  else {
    add(from, (day) => say.since(format.date(day)));
    add(to, (day) => say.until(format.date(day)));
  }
  if (withAnalyses !== undefined) parts.push(withAnalyses ? say.withAnalyses : say.withoutAnalyses);
  return parts.length === 0 ? what.noFilter : parts.join(", ");
}
