import type { SourceProblem } from "../sources/source.ts";
import type { Catalog } from "./database.ts";

/** What did not become an instance, by source and place. The `ref` is for the screen: it never leaves in a package. */
export function listProblems(
  catalog: Catalog,
  sourceId: number,
  window: { limit?: number; offset?: number } = {},
): SourceProblem[] {
  return catalog.all<SourceProblem>(
    "SELECT ref, code, reason FROM source_problem WHERE source = ? ORDER BY ref, code LIMIT ? OFFSET ?",
    sourceId,
    window.limit ?? -1,
    window.offset ?? 0,
  );
}

/** Inserts, or renews the reason of a problem known already. */
export function putProblem(catalog: Catalog, sourceId: number, problem: SourceProblem): void {
  catalog.run(
    `INSERT INTO source_problem (source, ref, code, reason) VALUES (?, ?, ?, ?)
     ON CONFLICT (source, ref, code) DO UPDATE SET reason = excluded.reason`,
    sourceId,
    problem.ref,
    problem.code,
    problem.reason,
  );
}

export function removeProblems(catalog: Catalog, sourceId: number, ref: string): void {
  catalog.run("DELETE FROM source_problem WHERE source = ? AND ref = ?", sourceId, ref);
}

/** The places of a source with a problem. */
export function problemRefs(catalog: Catalog, sourceId: number): string[] {
  return catalog
    .all<{ ref: string }>("SELECT DISTINCT ref FROM source_problem WHERE source = ?", sourceId)
    .map((row) => row.ref);
}
