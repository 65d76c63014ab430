import type { Catalog } from "./database.ts";
import type { IdSet } from "./id-set.ts";
import { raiseRecordsGeneration } from "./records-generation.ts";
import { createResourceWriter, type ResourceWriter } from "./resource-writer.ts";

/** Rows looked at in one step, and how long one may remove, in milliseconds. */
const WINDOW = 5_000;
const STEP_MS = 12;

/** How many resources of a source the catalog holds, or of one type of them. */
export function countResources(catalog: Catalog, source: number, type?: string): number {
  const [count] = catalog.column<number>(
    `SELECT coalesce(sum(resources), 0) FROM resource_count JOIN resource_kind ON resource_kind.id = kind
     WHERE source = ? AND (? IS NULL OR type = ?)`,
    source,
    type ?? null,
    type ?? null,
  );
  return count ?? 0;
}

/** Types of which the catalog holds something of a source. */
export function typesHeld(catalog: Catalog, source: number): string[] {
  return catalog.column<string>(
    `SELECT DISTINCT type FROM resource_count JOIN resource_kind ON resource_kind.id = kind
     WHERE source = ? AND resources > 0 ORDER BY type`,
    source,
  );
}

/** Removes the resources of a type that were not met, in steps each of which is whole. @returns how many */
export function* removingUnmetResources(
  catalog: Catalog,
  source: number,
  type: string,
  met: Pick<IdSet, "has">,
  writer: Pick<ResourceWriter, "removeRow">,
): Generator<void, number> {
  const deletedAt = new Date().toISOString();
  let removed = 0;
  for (let last = ""; ;) {
    const window = catalog.all<{ row: number; id: string }>(
      "SELECT id AS row, resource_id AS id FROM resource WHERE source = ? AND type = ? AND resource_id > ? ORDER BY resource_id LIMIT ?",
      source,
      type,
      last,
      WINDOW,
    );
    const gone = window.filter(({ row }) => !met.has(row));
    while (gone.length > 0) {
      const end = performance.now() + STEP_MS;
      catalog.writeRepeatable(() => {
        for (let one = gone.pop(); one !== undefined; one = performance.now() > end ? undefined : gone.pop()) {
          writer.removeRow(one.row, deletedAt);
          removed += 1;
        }
        raiseRecordsGeneration(catalog);
      });
      yield;
    }
    if (window.length < WINDOW) return removed;
    last = window.at(-1)?.id ?? last;
    yield;
  }
}

/** Removes all that the catalog holds of a source of resources, in steps each of which is whole. */
export function* removingResources(catalog: Catalog, source: number): Generator<void> {
  const writer = createResourceWriter(catalog, source);
  // Consents and studies go first, so that none is withdrawn one by one.
  catalog.write(() => {
    catalog.run("DELETE FROM study_group WHERE source = ?", source);
    catalog.run("DELETE FROM consent WHERE source = ?", source);
  });
  for (const type of typesHeld(catalog, source))
    yield* removingUnmetResources(catalog, source, type, { has: () => false }, writer);
  for (let left = true; left;) {
    left = catalog.writeRepeatable(
      () =>
        catalog.run(
          "DELETE FROM resource_patient WHERE id IN (SELECT id FROM resource_patient WHERE source = ? LIMIT 1000)",
          source,
        ).changes > 0,
    );
    yield;
  }
  catalog.write(() => forgetEmptyKinds(catalog, source));
}

/** Within the caller's transaction. */
export function forgetEmptyKinds(catalog: Catalog, source: number): void {
  const empty = catalog.column<number>("SELECT kind FROM resource_count WHERE source = ? AND resources = 0", source);
  for (const kind of empty) {
    catalog.run("DELETE FROM resource_count WHERE source = ? AND kind = ?", source, kind);
    catalog.run(
      "DELETE FROM resource_kind WHERE id = ? AND NOT EXISTS (SELECT 1 FROM resource_count WHERE kind = resource_kind.id)",
      kind,
    );
  }
}

/** What a server said of a type; see ResourcesTarget.expect. @returns whether that is new */
export function putExpectation(
  catalog: Catalog,
  source: number,
  {
    type,
    expected,
    received,
    complete,
  }: { type: string; expected: number | null; received: number; complete: boolean },
): boolean {
  return (
    catalog.run(
      `INSERT INTO resource_expected (source, type, expected, received, complete) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (source, type) DO UPDATE SET expected = excluded.expected, received = excluded.received,
         complete = excluded.complete
       WHERE (expected, received, complete) IS NOT (excluded.expected, excluded.received, excluded.complete)`,
      source,
      type,
      expected,
      received,
      Number(complete),
    ).changes > 0
  );
}
