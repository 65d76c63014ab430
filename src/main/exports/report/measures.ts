import type { ReportMeasure } from "../../../contract/fhir.ts";
import { DETECTION_RESULTS, FOLLOW_UPS, RECOMMENDATIONS, type Case } from "./case.ts";
import type { RegionCounts } from "./pool-regions.ts";
import { isFollowed } from "./read-cases.ts";

/**
 * What a measure counts: who is in it, and into which one of its parts each falls. Parts never overlap and leave nobody out, so that every
 * difference of published counts is a sum of parts, and parts are what is kept from being small (pool-regions.ts).
 */
export interface MeasureDefinition {
  measure: ReportMeasure;
  title: string;
  /** Who is counted, in words. */
  population: string;
  parts: readonly { name: string; title: string }[];
  includes(one: Case): boolean;
  partOf(one: Case): string;
}

const parts = (names: readonly string[]): MeasureDefinition["parts"] =>
  names.map((name) => ({ name, title: name.slice(0, 1).toUpperCase() + name.slice(1).replaceAll("-", " ") }));

export const MEASURES: readonly MeasureDefinition[] = [
  {
    measure: "coverage",
    title: "Screening coverage by region",
    population: "Patients who are registered",
    parts: parts(["screened", "not-screened"]),
    includes: () => true,
    partOf: ({ screened }) => (screened ? "screened" : "not-screened"),
  },
  {
    measure: "detection",
    title: "Detection by region",
    population: "Patients who were screened",
    parts: parts(DETECTION_RESULTS),
    includes: ({ screened }) => screened,
    partOf: ({ result }) => result,
  },
  {
    measure: "referral",
    title: "What was recommended, by region",
    population: "Patients who were screened, by the most urgent recommendation",
    parts: parts(RECOMMENDATIONS),
    includes: ({ screened }) => screened,
    partOf: ({ recommendation }) => recommendation,
  },
  {
    measure: "follow-up",
    title: "Follow-up by region",
    population: "Patients to whom a hospital or an investigation was recommended",
    parts: parts(FOLLOW_UPS),
    includes: ({ recommendation }) => isFollowed(recommendation),
    partOf: ({ followUp }) => followUp,
  },
];

/** Counts of all measures by region, one after another in the order of `MEASURES`. */
export class ReportCounts {
  readonly #regions = new Map<string, number[]>();

  add(one: Case, region: string): void {
    const counts = this.#regions.get(region) ?? MEASURES.flatMap(({ parts }) => parts.map(() => 0));
    let first = 0;
    for (const definition of MEASURES) {
      if (definition.includes(one)) {
        const place = first + definition.parts.findIndex(({ name }) => name === definition.partOf(one));
        counts[place] = (counts[place] ?? 0) + 1;
      }
      first += definition.parts.length;
    }
    this.#regions.set(region, counts);
  }

  /** By name of the region; "" is where none is known, and comes last. */
  regions(): RegionCounts[] {
    return [...this.#regions]
      .map(([region, counts]) => ({ region, counts }))
      .sort((a, b) => Number(a.region === "") - Number(b.region === "") || a.region.localeCompare(b.region, "en"));
  }
}

/** Of all counts, those of one measure. */
export function countsOf(definition: MeasureDefinition, counts: readonly number[]): number[] {
  const before = MEASURES.slice(0, MEASURES.indexOf(definition)).reduce((sum, { parts }) => sum + parts.length, 0);
  return counts.slice(before, before + definition.parts.length);
}
