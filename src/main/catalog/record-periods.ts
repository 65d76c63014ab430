import type { RecordFacet } from "../../contract/calls/records.ts";

/** From this many years on, days are counted by year. */
const MONTHLY_YEARS = 3;
/** A wrong year in one record does not make a thousand empty ones. */
const MOST_PERIODS = 400;

/**
 * Counts of days as periods: by month "2024-03" where all lie within three years, otherwise by year "2024"; oldest first, those between
 * without any included, unless a stray year would make too many of them.
 *
 * @param days one count a day, from `first` on (days since 1970)
 */
export function countPeriods(days: Float64Array, first: number): RecordFacet[] {
  const months = new Map<number, number>();
  for (const [at, count] of days.entries()) {
    if (count === 0) continue;
    const date = new Date((first + at) * 86_400_000);
    const month = date.getUTCFullYear() * 12 + date.getUTCMonth();
    months.set(month, (months.get(month) ?? 0) + count);
  }
  const sorted = [...months.keys()].sort((one, other) => one - other);
  const [oldest, newest] = [sorted[0], sorted.at(-1)];
  if (oldest === undefined || newest === undefined) return [];
  const monthly = newest - oldest < MONTHLY_YEARS * 12;
  const periodOf = (month: number): number => (monthly ? month : Math.floor(month / 12));
  const counts = new Map<number, number>();
  if (periodOf(newest) - periodOf(oldest) < MOST_PERIODS)
    for (let period = periodOf(oldest); period <= periodOf(newest); period++) counts.set(period, 0);
  for (const month of sorted)
    counts.set(periodOf(month), (counts.get(periodOf(month)) ?? 0) + (months.get(month) ?? 0));
  const two = (part: number): string => String(part).padStart(2, "0");
  return [...counts].map(([period, count]) => ({
    value: monthly
      ? `${String(Math.floor(period / 12)).padStart(4, "0")}-${two((period % 12) + 1)}`
      : String(period).padStart(4, "0"),
    count,
  }));
}
