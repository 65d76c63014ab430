import { SatchelError } from "../../../contract/errors.ts";

/** What a search asks for: parameters beside those of paging and order. */
export interface SearchQuery {
  type: string;
  parameters: readonly (readonly [name: string, value: string])[];
}

/** @param filter "Observation?category=laboratory&date=ge2024-01-01" @throws USAGE */
export function parseFilter(filter: string): SearchQuery {
  const [type = "", query = ""] = filter.split(/\?(.*)/s);
  const parameters = [...new URLSearchParams(query)];
  const paging = parameters.find(([name]) => OWN_PARAMETERS.has(name));
  if (!/^[A-Z][A-Za-z]+$/.test(type) || parameters.length === 0)
    throw new SatchelError(
      "USAGE",
      "A filter is not as Observation?category=laboratory.",
      "Write type, ? and parameters.",
    );
  if (paging !== undefined)
    throw new SatchelError("USAGE", `A filter holds ${paging[0]}, which Satchel sets itself.`, "Leave it out.");
  return { type, parameters };
}

/** Parameters that say how results come, not which: a filter that could change what a page holds would make counts lie. */
const OWN_PARAMETERS: ReadonlySet<string> = new Set([
  "_count",
  "_sort",
  "_summary",
  "_elements",
  "_total",
  "_format",
  "_include",
  "_revinclude",
  "_contained",
  "_lastUpdated",
  "_since",
  "_type",
  "_page",
  "_offset",
  "_getpages",
]);

/** One query a type, or one for each filter of it. Types that only a filter names are read, too. */
export function queriesOf(types: readonly string[], filters: readonly string[]): Map<string, SearchQuery[]> {
  const queries = new Map<string, SearchQuery[]>();
  const filtered = filters.map(parseFilter);
  for (const type of types) queries.set(type, []);
  for (const query of filtered) queries.set(query.type, [...(queries.get(query.type) ?? []), query]);
  for (const [type, of] of queries) if (of.length === 0) queries.set(type, [{ type, parameters: [] }]);
  return queries;
}

export function urlOfSearch(
  base: URL,
  { type, parameters }: SearchQuery,
  further: readonly (readonly [string, string])[],
): URL {
  const url = new URL(type, base);
  for (const [name, value] of [...parameters, ...further]) url.searchParams.append(name, value);
  return url;
}

/**
 * Parameters that a server left out of what it says it did (Bundle.link `self`, R4 3.1.1.4.1): it did not look at them.
 *
 * @returns names; undefined where the server does not say
 */
export function ignoredParameters(self: string | undefined, asked: URL): string[] | undefined {
  if (self === undefined || !URL.canParse(self, asked.href)) return undefined;
  const done = new URL(self, asked).searchParams;
  // HAPI answers some searches by a `self` that only names the stored search.
  if (done.has("_getpages")) return undefined;
  const base = (name: string): string => name.split(":", 1)[0] ?? "";
  const names = new Map<string, number>();
  for (const name of done.keys()) names.set(base(name), (names.get(base(name)) ?? 0) + 1);
  const lacking: string[] = [];
  for (const name of asked.searchParams.keys()) {
    const left = names.get(base(name)) ?? 0;
    if (left > 0) names.set(base(name), left - (isJoined(done, base(name)) ? 0 : 1));
    else lacking.push(name);
  }
  return [...new Set(lacking)];
}

/** A server may write two parameters of one name as one with a comma. */
function isJoined(parameters: URLSearchParams, name: string): boolean {
  return [...parameters].some(([key, value]) => key.split(":", 1)[0] === name && value.includes(","));
}
