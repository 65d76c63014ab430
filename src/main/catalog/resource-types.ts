import type { Catalog } from "./database.ts";

/** A type of resource with the codes that it is about. */
export interface ResourceKind {
  type: string;
  /** "system|code" of all codings. */
  codes: string[];
  /** First display or text; "" where there is none. */
  text: string;
}

/** What the catalog holds of a type of one source, and what the source said that there is. */
export interface ResourceType {
  /** Name of the source. */
  source: string;
  type: string;
  count: number;
  /** What the source said that there is; null where it did not. */
  expected: number | null;
  /** What came when it said so. */
  received: number | null;
  /** false: the source told of more than came. true where it said nothing of the kind. */
  complete: boolean;
}

/** All kinds by the catalog's number: some thousands. */
export function listResourceKinds(catalog: Catalog): Map<number, ResourceKind> {
  return new Map(
    catalog
      .all<{ id: number; type: string; codes: string; text: string }>("SELECT id, type, codes, text FROM resource_kind")
      .map(({ id, type, codes, text }) => [id, { type, codes: JSON.parse(codes) as string[], text }]),
  );
}

/** Types by source, the ones that a source told of and of which nothing came included. */
export function listResourceTypes(catalog: Catalog): ResourceType[] {
  return catalog
    .all<Omit<ResourceType, "complete"> & { complete: number | null }>(
      `WITH held AS (
         SELECT source, type, sum(resources) AS count FROM resource_count JOIN resource_kind ON resource_kind.id = kind
         GROUP BY source, type HAVING count > 0
       ), named AS (SELECT source, type FROM held UNION SELECT source, type FROM resource_expected)
       SELECT source.name AS source, named.type, coalesce(count, 0) AS count, expected, received, complete
       FROM named JOIN source ON source.id = named.source
       LEFT JOIN held ON held.source = named.source AND held.type = named.type
       LEFT JOIN resource_expected AS told ON told.source = named.source AND told.type = named.type
       ORDER BY source.name, named.type`,
    )
    .map((one) => ({ ...one, complete: one.complete !== 0 }));
}

/** The codes that stand in the resources of one type, or of all, the most frequent first. */
export function listResourceCodes(
  catalog: Catalog,
  type?: string,
  sources?: readonly string[],
): { code: string; text: string; count: number }[] {
  const counts = new Map<string, { code: string; text: string; count: number }>();
  for (const { codes, text, count } of catalog.all<{ codes: string; text: string; count: number }>(
    `SELECT codes, text, sum(resources) AS count FROM resource_kind JOIN resource_count ON resource_count.kind = resource_kind.id
     WHERE (? IS NULL OR type = ?)
       AND (? IS NULL OR source IN (SELECT id FROM source WHERE name IN (SELECT value FROM json_each(?))))
     GROUP BY resource_kind.id HAVING count > 0`,
    type ?? null,
    type ?? null,
    ...[0, 1].map(() => (sources === undefined ? null : JSON.stringify(sources))),
  ))
    for (const code of JSON.parse(codes) as string[]) {
      const known = counts.get(code);
      if (known === undefined) counts.set(code, { code, text, count });
      else known.count += count;
    }
  return [...counts.values()].sort((one, other) => other.count - one.count || (one.code < other.code ? -1 : 1));
}
