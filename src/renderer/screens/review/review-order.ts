import type { ReviewRow } from "../../../contract/calls/exports.ts";

/** Who, when, what and where come before the technical rest; what is about the file itself comes last. */
export const REVIEW_GROUPS = ["patient", "dates", "examination", "rest", "file"] as const;
export type ReviewGroup = (typeof REVIEW_GROUPS)[number];

/** A line of the table: an element, or the heading above a group of them. */
export type ReviewLine = { heading: ReviewGroup } | { row: ReviewRow };

const MOMENTS: ReadonlySet<string> = new Set(["DA", "TM", "DT"]);
/** What the standard names such elements by. */
const EXAMINATION =
  /\b(descriptions?|institutions?|institutional|physicians?|operators?|station|departments?|comments?|accession number|study id|protocol name)\b/i;

/** The rows as they stand in the file. */
export function inFileOrder(rows: readonly ReviewRow[]): ReviewLine[] {
  return rows.map((row) => ({ row }));
}

/** The rows in groups with a heading each, in the order of the file within a group. What a sequence holds stays below it. */
export function inReadingOrder(rows: readonly ReviewRow[]): ReviewLine[] {
  const groups = new Map<ReviewGroup, ReviewRow[]>(REVIEW_GROUPS.map((group) => [group, []]));
  let group: ReviewGroup = "rest";
  for (const row of rows) {
    if (row.depth === 0) group = groupOf(row);
    groups.get(group)?.push(row);
  }
  return [...groups].flatMap(([heading, own]): ReviewLine[] =>
    own.length === 0 ? [] : [{ heading }, ...inFileOrder(own)],
  );
}

function groupOf({ tag, vr, name }: ReviewRow): ReviewGroup {
  if (tag.startsWith("(0002,")) return "file";
  if (tag.startsWith("(0010,")) return "patient";
  if (MOMENTS.has(vr)) return "dates";
  return vr === "PN" || EXAMINATION.test(name) ? "examination" : "rest";
}
