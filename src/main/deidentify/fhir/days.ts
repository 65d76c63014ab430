const DAY = 86_400_000;
/** A hundred years of them. */
const KEPT = 40_000;
const numbers = new Map<string, number>();
const texts = new Map<number, string>();

/** Days since 1970-01-01 of an ISO date; undefined where the calendar has no such day. */
export function dayNumber(date: string): number | undefined {
  const before = numbers.get(date);
  if (before !== undefined) return before;
  const time = Date.parse(`${date}T00:00:00Z`);
  // V8 takes 2021-02-30 for 2 March.
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== date) return undefined;
  if (numbers.size < KEPT) numbers.set(date, time / DAY);
  return time / DAY;
}

/** ISO date. */
export function dayText(number: number): string {
  const before = texts.get(number);
  if (before !== undefined) return before;
  const text = new Date(number * DAY).toISOString().slice(0, 10);
  if (texts.size < KEPT) texts.set(number, text);
  return text;
}
