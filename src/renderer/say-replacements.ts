import type { ScrubCounts, ScrubKind } from "../contract/calls/records.ts";
import type { Labels } from "./labels/en/index.ts";
import type { Format } from "./parts/format.ts";

/** Replacements in words, the most frequent first: "dates 120, patient's names 31". */
export function sayReplacements(counts: ScrubCounts, labels: Labels, format: Format): string {
  const { records, tableReview } = labels;
  return (Object.entries(counts) as [ScrubKind, number][])
    .filter(([, count]) => count > 0)
    .toSorted(([, a], [, b]) => b - a)
    .map(([kind, count]) => tableReview.examine.counted(records.scrubKinds[kind], format.count(count)))
    .join(", ");
}
