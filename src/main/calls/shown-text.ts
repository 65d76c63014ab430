/** Characters of a value that a list shows: a header may hold megabytes where the standard allows 64. */
const LONGEST = 1_000;

/** A text of a record as a list shows it. Never of what a record is found by: ids stay whole. */
export function shownText(text: string): string {
  if (text.length <= LONGEST) return text;
  // Not within a pair of surrogates.
  return `${text.slice(0, LONGEST).replace(/[\uD800-\uDBFF]$/, "")}…`;
}
