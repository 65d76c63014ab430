import type { ScrubCounts, ScrubKind } from "../../contract/calls/records.ts";

/** Adds the second to the first. */
export function addCounts(counts: ScrubCounts, others: ScrubCounts): void {
  for (const [kind, count] of Object.entries(others) as [ScrubKind, number][])
    counts[kind] = (counts[kind] ?? 0) + count;
}

/** How many of each kind. */
export function countKinds(replaced: readonly { kind: ScrubKind }[]): ScrubCounts {
  const counts: ScrubCounts = {};
  for (const { kind } of replaced) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}
