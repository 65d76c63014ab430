import type { ResourcesFilter } from "../contract/fhir.ts";
import type { Labels } from "./labels/en/index.ts";
import type { Format } from "./parts/format.ts";

/** So many values of a list are named; the others are counted. */
const NAMED = 4;

/** Which FHIR resources leave, as a person would say it. */
export function sayResources(
  filter: ResourcesFilter,
  words: Pick<Labels, "exporting" | "resourceExports" | "tables">,
  format: Format,
): string {
  const labels = words.resourceExports.what;
  const dates = words.exporting.what.filter;
  const { types, sources, patients, studies, codes, from, to } = filter;
  const list = (values: readonly string[] | undefined, say: (list: string) => string): string[] => {
    if (values === undefined || values.length === 0) return [];
    const named = format.list(values.slice(0, NAMED));
    const rest = values.length - NAMED;
    return [say(rest > 0 ? words.tables.what.filter.many(named, format.count(rest)) : named)];
  };
  const parts = [
    ...list(types, labels.say.types),
    ...list(patients, labels.say.patients),
    ...list(studies, labels.say.studies),
    ...list(codes, labels.say.codes),
    ...list(sources, dates.sources),
  ];
  if (from !== undefined && to !== undefined) parts.push(dates.dates(format.date(from), format.date(to)));
  else if (from !== undefined) parts.push(dates.since(format.date(from)));
  else if (to !== undefined) parts.push(dates.until(format.date(to)));
  return parts.length === 0 ? labels.everything : labels.matching(parts.join(", "));
}
