import type { ReviewRow } from "../../../contract/calls/exports.ts";

/**
 * The rows to show. The rows that enclose a shown one are shown with it: an element of a sequence means little without the sequence.
 *
 * @param text words, of which each must occur in the tag, the name or a value; empty shows all
 */
export function visibleRows(rows: readonly ReviewRow[], onlyChanges: boolean, text: string): ReviewRow[] {
  const words = fold(text).split(/\s+/).filter(Boolean);
  if (!onlyChanges && words.length === 0) return [...rows];
  const shown = new Set<number>();
  /** The places of the rows that enclose the one that is looked at, by their depth. */
  const enclosing: number[] = [];
  for (const [index, row] of rows.entries()) {
    enclosing.length = Math.min(enclosing.length, row.depth);
    if (isMeant(row, onlyChanges, words)) {
      shown.add(index);
      for (const outer of enclosing) if (outer !== undefined) shown.add(outer);
    }
    enclosing[row.depth] = index;
  }
  return rows.filter((_, index) => shown.has(index));
}

function isMeant(row: ReviewRow, onlyChanges: boolean, words: readonly string[]): boolean {
  if (onlyChanges && row.change === "kept") return false;
  const hay = [row.tag, row.name, row.before ?? "", row.after ?? ""].join(" ");
  const folded = fold(hay);
  return words.every((word) => folded.includes(word));
}

/** "Patient's Name" is found by its keyword's words too, "patient name", and with either apostrophe. */
function fold(text: string): string {
  return text
    .normalize("NFKC")
    .toLocaleLowerCase()
    .replaceAll(/['\u2019]s\b/g, "");
}
