const DAY = 86_400_000;

/** Days since 1970-01-01 of an ISO date; undefined where the calendar has no such day. */
export function dayNumber(date: string): number | undefined {
  const time = Date.parse(`${date}T00:00:00Z`);
  // V8 takes 2021-02-30 for 2 March.
  return Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== date ? undefined : time / DAY;
}

/** ISO date. */
export function dayText(number: number): string {
  return new Date(number * DAY).toISOString().slice(0, 10);
}
