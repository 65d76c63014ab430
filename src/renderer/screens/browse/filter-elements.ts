import type { elementRow } from "../../../contract/calls/find.ts";
import type { z } from "../../../contract/schema.ts";

export type ElementRow = z.infer<typeof elementRow>;

/** Elements in whose tag, name or value every word occurs, in any case; what encloses one that is found stays with it. */
export function filterElements<R extends Pick<ElementRow, "tag" | "name" | "value" | "depth">>(
  rows: readonly R[],
  text: string,
): R[] {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  if (words.length === 0) return [...rows];
  const kept = new Set<R>();
  const enclosing: R[] = [];
  for (const row of rows) {
    enclosing.length = Math.min(enclosing.length, row.depth);
    enclosing[row.depth] = row;
    const searched = `${row.tag} ${row.name} ${row.value}`.toLowerCase();
    if (!words.every((word) => searched.includes(word))) continue;
    for (const outer of enclosing) if (outer !== undefined) kept.add(outer);
  }
  return rows.filter((row) => kept.has(row));
}
