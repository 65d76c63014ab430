import type { Microseconds } from "../records-source.ts";
import type { SqlValue } from "./sql-session.ts";

/** One row of a history. */
export interface HistoryEntry<Value> {
  from: Microseconds;
  tie: SqlValue;
  value: Value;
  /** What the row says was true before it. */
  before?: Value;
}

/**
 * Makes one history of several, by one rule: levels stand in order of precedence, and a later level only fills the time before the first
 * row of those above it. So what a system wrote down as it happened is never corrected by what was entered afterwards.
 *
 * Within a level rows count from their moment on, of one moment the one with the greatest `tie` last. Where no level reaches back to the
 * patient's creation, what held then is taken from the highest level whose first row says what was before it; unless the earliest row
 * says the same, since it then only tells of what that one began. Rows that change nothing are left out.
 */
export function mergeHistory<Value extends object>(
  levels: readonly (readonly HistoryEntry<Value>[])[],
  created: Microseconds | null,
): (Value & { from: Microseconds })[] {
  let merged: HistoryEntry<Value>[] = [];
  let before: Value | undefined;
  for (const level of levels) {
    const first = merged[0]?.from ?? Infinity;
    const earlier = level.filter((entry) => entry.from < first).sort(compareEntries);
    before ??= earlier[0]?.before;
    merged = [...earlier, ...merged];
  }
  const [first] = merged;
  if (first !== undefined && before !== undefined && created !== null && created < first.from)
    if (!agrees(before, first.value)) merged.unshift({ from: created, tie: null, value: before });
  const history: (Value & { from: Microseconds })[] = [];
  let last = "";
  for (const { from, value } of merged) {
    const text = JSON.stringify(value);
    if (text !== last) history.push({ ...value, from });
    last = text;
  }
  return history;
}

/** Whether all that the one says the other says as well. */
function agrees(one: object, other: object): boolean {
  const there = new Map<string, unknown>(Object.entries(other));
  return Object.entries(one).every(([key, value]) => there.get(key) === value);
}

function compareEntries(one: HistoryEntry<unknown>, other: HistoryEntry<unknown>): number {
  return one.from - other.from || compareTies(one.tie, other.tie);
}

/** Numbers by value, even where a driver gives them as text; all else as text. */
function compareTies(one: SqlValue, other: SqlValue): number {
  const [left, right] = [String(one ?? ""), String(other ?? "")];
  if (left === right) return 0;
  if (/^\d+$/.test(left) && /^\d+$/.test(right)) return BigInt(left) < BigInt(right) ? -1 : 1;
  return left < right ? -1 : 1;
}
