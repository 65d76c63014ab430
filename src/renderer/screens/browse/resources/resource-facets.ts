import type { SourceSummary } from "../../../../contract/calls/sources.ts";

/** What the catalog holds of a type of one source. */
export interface HeldType {
  source: string;
  type: string;
  count: number;
  expected: number | null;
  received: number | null;
  complete: boolean;
}

export interface TypeFacet {
  value: string;
  count: number;
  /** One of the sources told of more than came. */
  incomplete: boolean;
}

/** Types with their counts over the chosen sources (all where none is), the most frequent first. */
export function typeFacet(types: readonly HeldType[], sources: readonly string[] | undefined): TypeFacet[] {
  const facet = new Map<string, TypeFacet>();
  for (const { source, type, count, complete } of types) {
    if (sources !== undefined && !sources.includes(source)) continue;
    const known = facet.get(type) ?? { value: type, count: 0, incomplete: false };
    facet.set(type, { value: type, count: known.count + count, incomplete: known.incomplete || !complete });
  }
  return [...facet.values()].sort((one, other) => other.count - one.count || (one.value < other.value ? -1 : 1));
}

/** What is short of what its source told, of the types and sources that a filter lets through. */
export function incompleteTypes(
  types: readonly HeldType[],
  filter: { types?: readonly string[] | undefined; sources?: readonly string[] | undefined },
): HeldType[] {
  return types.filter(
    ({ type, source, complete }) =>
      !complete && (filter.types?.includes(type) ?? true) && (filter.sources?.includes(source) ?? true),
  );
}

/** Sources that the chosen studies are of; undefined where none is chosen. */
export function sourcesOfStudies(
  studies: readonly { id: string; source: string }[],
  chosen: readonly string[] | undefined,
): string[] | undefined {
  return chosen === undefined ? undefined : studies.filter(({ id }) => chosen.includes(id)).map(({ source }) => source);
}

/** Sources that hold resources, with how many. */
export function sourceFacet(sources: readonly SourceSummary[]): { value: string; count: number }[] {
  return sources
    .filter(({ resources }) => resources > 0)
    .map(({ name, resources }) => ({ value: name, count: resources }));
}

/** What a row is about: words as they are, a code without its system. */
export function sayCode(code: string): string {
  return /^\S+\|\S+$/.test(code) ? codeAlone(code) : code;
}

/** "omh:blood-glucose:4.0" of "https://w3id.org/openmhealth|omh:blood-glucose:4.0". */
export function codeAlone(code: string): string {
  return code.slice(code.lastIndexOf("|") + 1);
}
