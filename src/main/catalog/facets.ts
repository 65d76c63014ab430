import type { SearchFilter } from "../../contract/search.ts";
import type { Catalog } from "./database.ts";
import { matchStudies } from "./match.ts";
import type { StudyColumns } from "./study-columns.ts";

interface Counted {
  value: string;
  studies: number;
}

export interface Facets {
  patients: number;
  studies: number;
  instances: number;
  bytes: number;
  modalities: Counted[];
  /** By name, in the order in which the sources were added. */
  sources: Counted[];
  dates: Counted[];
  withAnalyses: number;
}

/** From this many years on, dates are counted by year. */
const MONTHLY_YEARS = 3;
/** A wrong year in one study does not make a thousand empty ones. */
const MOST_PERIODS = 400;

/**
 * What a filter leaves, counted for its chips: the totals under the whole filter, each facet as if its own part of the filter were not
 * set. One pass over the columns.
 *
 * @throws SatchelError USAGE where a date of the filter cannot be read.
 */
export function countFacets(catalog: Catalog, filter: SearchFilter): Facets {
  return catalog.read(() => {
    const { columns, tests, studyCount, patientCount } = matchStudies(catalog, filter);
    const byModalities = new Float64Array(columns.modalitySets.length);
    const bySources = new Float64Array(columns.sourceSets.length);
    const byDate = new Float64Array(columns.dates.length);
    let withAnalyses = 0;
    let instances = 0;
    let bytes = 0;
    const { present, modalities, sources, date, analyses } = columns;
    for (let id = 0; id < columns.size; id++) {
      if (present[id] === 0 || (tests.base !== undefined && tests.base[id] === 0)) continue;
      const [modality, source, day] = [modalities[id] ?? 0, sources[id] ?? 0, date[id] ?? 0];
      const analysed = Number((analyses[id] ?? 0) > 0);
      const misses =
        Number(tests.modalities[modality] === 0) +
        Number(tests.sources[source] === 0) * 2 +
        Number(tests.dates[day] === 0) * 4 +
        Number(tests.analyses !== -1 && tests.analyses !== analysed) * 8;
      if (misses === 0) {
        instances += columns.instances[id] ?? 0;
        bytes += columns.bytes[id] ?? 0;
      }
      if ((misses & ~1) === 0) byModalities[modality] = (byModalities[modality] ?? 0) + 1;
      if ((misses & ~2) === 0) bySources[source] = (bySources[source] ?? 0) + 1;
      if ((misses & ~4) === 0) byDate[day] = (byDate[day] ?? 0) + 1;
      if ((misses & ~8) === 0) withAnalyses += analysed;
    }
    return {
      patients: patientCount,
      studies: studyCount,
      instances,
      bytes,
      modalities: countMembers(columns.modalitySets, byModalities).sort(
        (a, b) => b.studies - a.studies || (a.value < b.value ? -1 : 1),
      ),
      sources: nameSources(catalog, countMembers(columns.sourceSets, bySources)),
      dates: countPeriods(columns, byDate),
      withAnalyses,
    };
  });
}

/** "\CT\SR\" counts for both. */
function countMembers(sets: readonly string[], studies: Float64Array): Counted[] {
  const counts = new Map<string, number>();
  for (const [position, set] of sets.entries()) {
    const count = studies[position] ?? 0;
    if (count === 0) continue;
    for (const member of set.split("\\")) if (member !== "") counts.set(member, (counts.get(member) ?? 0) + count);
  }
  return [...counts].map(([value, count]) => ({ value, studies: count }));
}

function nameSources(catalog: Catalog, counts: readonly Counted[]): Counted[] {
  const byId = new Map(counts.map(({ value, studies }) => [Number(value), studies]));
  return catalog
    .all<{ id: number; name: string }>("SELECT id, name FROM source ORDER BY id")
    .map(({ id, name }) => ({ value: name, studies: byId.get(id) ?? 0 }));
}

/** By month where all dates lie within three years, otherwise by year; oldest first, those between without studies included. */
function countPeriods({ dates }: StudyColumns, studies: Float64Array): Counted[] {
  const months = new Map<string, number>();
  for (const [position, date] of dates.entries()) {
    const count = studies[position] ?? 0;
    // What is no date (PS3.5 6.2, DA) stands in no period.
    if (count === 0 || !/^\d{4}(?:0[1-9]|1[0-2])/.test(date)) continue;
    const month = date.slice(0, 6);
    months.set(month, (months.get(month) ?? 0) + count);
  }
  const sorted = [...months.keys()].sort();
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (first === undefined || last === undefined) return [];
  const ordinal = (month: string): number => Number(month.slice(0, 4)) * 12 + Number(month.slice(4)) - 1;
  const monthly = ordinal(last) - ordinal(first) < MONTHLY_YEARS * 12;
  const periodOf = (month: string): string => (monthly ? `${month.slice(0, 4)}-${month.slice(4)}` : month.slice(0, 4));
  const counts = new Map(periodsBetween(ordinal(first), ordinal(last), monthly).map((period) => [period, 0]));
  for (const month of sorted)
    counts.set(periodOf(month), (counts.get(periodOf(month)) ?? 0) + (months.get(month) ?? 0));
  return [...counts].map(([value, count]) => ({ value, studies: count })).sort((a, b) => (a.value < b.value ? -1 : 1));
}

/** @returns none where there would be too many: then only those with studies are listed */
function periodsBetween(first: number, last: number, monthly: boolean): string[] {
  const year = (ordinal: number): string => String(Math.floor(ordinal / 12)).padStart(4, "0");
  const step = monthly ? 1 : 12;
  const start = monthly ? first : first - (first % 12);
  if ((last - start) / step > MOST_PERIODS) return [];
  const periods: string[] = [];
  for (let at = start; at <= last; at += step)
    periods.push(monthly ? `${year(at)}-${String((at % 12) + 1).padStart(2, "0")}` : year(at));
  return periods;
}
