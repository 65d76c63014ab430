/** Days of the user's own calendar, as ISO dates. */
export interface DateRange {
  from?: string | undefined;
  to?: string | undefined;
}

export const DATE_PRESETS = ["today", "week", "month", "thisYear", "lastYear", "all"] as const;
export type DatePreset = (typeof DATE_PRESETS)[number];

/** @param now only its day counts, in the user's time zone */
export function rangeOfPreset(preset: DatePreset, now: Date): DateRange {
  const year = now.getFullYear();
  const back = (days: number): string => toIsoDay(new Date(year, now.getMonth(), now.getDate() - days));
  switch (preset) {
    case "today":
      return { from: back(0), to: back(0) };
    case "week":
      return { from: back(6), to: back(0) };
    case "month":
      return { from: back(29), to: back(0) };
    case "thisYear":
      return { from: `${year}-01-01`, to: `${year}-12-31` };
    case "lastYear":
      return { from: `${year - 1}-01-01`, to: `${year - 1}-12-31` };
    default:
      return { from: undefined, to: undefined };
  }
}

export function presetOfRange(range: DateRange, now: Date): DatePreset | undefined {
  return DATE_PRESETS.find((preset) => {
    const { from, to } = rangeOfPreset(preset, now);
    return from === range.from && to === range.to;
  });
}

function toIsoDay(date: Date): string {
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** A year ("2024") or a month ("2024-03") and how many records are of it. */
export interface DateBucket {
  value: string;
  count: number;
}

/** Counts by year or month, oldest first, with a bucket of 0 for each one between that has none. What is no year or month is left out. */
export function fillBuckets(facet: readonly DateBucket[]): DateBucket[] {
  const known = facet
    .filter(({ value }) => /^\d{4}(-\d{2})?$/.test(value))
    .toSorted((a, b) => (a.value < b.value ? -1 : 1));
  const filled: DateBucket[] = [];
  for (const bucket of known) {
    let before = filled.at(-1);
    // A date mistyped as year 0020 would make two thousand empty bars: beyond a hundred years the gap is left out.
    const gap =
      before === undefined ? 0 : Math.abs(Number(bucket.value.slice(0, 4)) - Number(before.value.slice(0, 4)));
    while (before !== undefined && gap <= 100 && nextBucket(before.value) < bucket.value) {
      before = { value: nextBucket(before.value), count: 0 };
      filled.push(before);
    }
    filled.push(bucket);
  }
  return filled;
}

function nextBucket(value: string): string {
  const [year, month] = value.split("-").map(Number);
  if (year === undefined) return value;
  if (month === undefined) return String(year + 1).padStart(4, "0");
  return month === 12
    ? `${String(year + 1).padStart(4, "0")}-01`
    : `${value.slice(0, 4)}-${String(month + 1).padStart(2, "0")}`;
}

/** The first and the last day of buckets, both included. */
export function rangeOfBuckets(first: string, last: string): DateRange {
  return { from: first.length === 4 ? `${first}-01-01` : `${first}-01`, to: lastDayOf(last) };
}

function lastDayOf(bucket: string): string {
  const [year, month] = bucket.split("-").map(Number);
  if (year === undefined || month === undefined) return `${bucket}-12-31`;
  return `${bucket}-${new Date(Date.UTC(year, month, 0)).getUTCDate()}`;
}

/** Which buckets a range touches: positions in the list, both included. */
export function bucketsOfRange(buckets: readonly DateBucket[], { from, to }: DateRange): [number, number] {
  const last = Math.max(0, buckets.length - 1);
  const first = from === undefined ? 0 : buckets.findIndex(({ value }) => lastDayOf(value) >= from);
  const beyond =
    to === undefined ? -1 : buckets.findIndex(({ value }) => (rangeOfBuckets(value, value).from ?? "") > to);
  const end = beyond === -1 ? last : Math.max(0, beyond - 1);
  return [first === -1 ? last : Math.min(first, end), end];
}
