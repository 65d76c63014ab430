/** Microseconds since 1970, UTC, half open. */
export interface Interval {
  from: number;
  until: number;
}

/** What clocks and calendars of one IANA time zone show. All moments are microseconds since 1970, UTC. */
export interface TimeZone {
  readonly name: string;
  /** ISO 8601 with offset, "2024-03-01T21:15:00-03:00"; six decimals where the moment has a fraction of a second. */
  toIso(moment: number): string;
  /** "2024-03-01" */
  toLocalDate(moment: number): string;
  /** The same as days since 1970-01-01. */
  toLocalDay(moment: number): number;
  /**
   * The moments whose local date is one of these days, both included (ISO dates). Mostly one interval; more where clocks were set back
   * across midnight, as in St. John's until 2011.
   */
  daysToIntervals(from: string | undefined, to: string | undefined): Interval[];
  /**
   * The moment at which clocks show this. Of a time that occurs twice the first; one that clocks leap over is read by the offset before,
   * so that it comes out as much later as they leapt.
   *
   * @param wall "2024-03-01T21:15:00", fraction of a second optional
   */
  fromWall(wall: string): number;
}

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** Days kept: of a century. */
const MOST_DAYS = 36_600;

const zones = new Map<string, TimeZone>();

/** @throws RangeError where there is no such zone */
export function timeZone(name: string): TimeZone {
  let zone = zones.get(name);
  if (zone === undefined) {
    zone = createTimeZone(name);
    zones.set(name, zone);
  }
  return zone;
}

/** The zone of this computer, where nothing says another. */
export function ownTimeZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

export function isTimeZone(name: string): boolean {
  try {
    timeZone(name);
    return true;
  } catch {
    return false;
  }
}

function createTimeZone(name: string): TimeZone {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: name,
    hourCycle: "h23",
    era: "short",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  });
  /** Offsets of whole UTC days; NaN where clocks change within. */
  const days = new Map<number, number>();

  /** Minutes to add to UTC, asked of Intl. Rounded: what ISO 8601 can write (local mean time of old has seconds). */
  function ask(ms: number): number {
    const second = Math.floor(ms / 1000) * 1000;
    const parts: Record<string, string> = {};
    for (const part of format.formatToParts(second)) parts[part.type] = part.value;
    const year = parts["era"] === "BC" ? 1 - Number(parts["year"]) : Number(parts["year"]);
    const local = new Date(0);
    local.setUTCFullYear(year, Number(parts["month"]) - 1, Number(parts["day"]));
    local.setUTCHours(Number(parts["hour"]), Number(parts["minute"]), Number(parts["second"]));
    return Math.round((local.getTime() - second) / 60_000);
  }

  /** In minutes. Asked of Intl twice a day of the calendar; of the days on which clocks change, each time. */
  function offsetAt(ms: number): number {
    const day = Math.floor(ms / DAY_MS);
    let offset = days.get(day);
    if (offset === undefined) {
      const first = ask(day * DAY_MS);
      offset = first === ask((day + 1) * DAY_MS - 1) ? first : Number.NaN;
      if (days.size >= MOST_DAYS) days.clear();
      days.set(day, offset);
    }
    return Number.isNaN(offset) ? ask(ms) : offset;
  }

  /** Moments (ms) at or after which the local date is `date` or later: segments of one offset each, looked at around that midnight. */
  function reaching(date: string): { from: number; until: number }[] {
    const midnight = Date.parse(`${date}T00:00:00Z`);
    const [start, end] = [midnight - 30 * HOUR_MS, midnight + 30 * HOUR_MS];
    const found: { from: number; until: number }[] = [];
    for (let at = start; at < end;) {
      const offset = offsetAt(at);
      let until = at;
      while (until < end && offsetAt(Math.min(until + HOUR_MS, end)) === offset) until += HOUR_MS;
      if (until < end) until = changeBetween(until, until + HOUR_MS, offset);
      const from = Math.max(at, midnight - offset * 60_000);
      if (from < until) found.push({ from, until: Math.min(until, end) });
      at = until;
    }
    const last = found.at(-1);
    if (last !== undefined) last.until = Infinity;
    return found.reduce<{ from: number; until: number }[]>((merged, one) => {
      const before = merged.at(-1);
      if (before?.until === one.from) before.until = one.until;
      else merged.push(one);
      return merged;
    }, []);
  }

  /** The first millisecond after `low` at which the offset is no longer this. */
  function changeBetween(low: number, high: number, offset: number): number {
    let [same, other] = [low, high];
    while (other - same > 1) {
      const middle = Math.floor((same + other) / 2);
      if (offsetAt(middle) === offset) same = middle;
      else other = middle;
    }
    return other;
  }

  /** ISO dates of local days. */
  const dates = new Map<number, string>();

  function dateOf(day: number): string {
    let date = dates.get(day);
    if (date === undefined) {
      date = new Date(day * DAY_MS).toISOString().slice(0, -14);
      if (dates.size >= MOST_DAYS) dates.clear();
      dates.set(day, date);
    }
    return date;
  }

  const local = (moment: number): string => {
    const ms = Math.floor(moment / 1000);
    return new Date(ms + offsetAt(ms) * 60_000).toISOString();
  };

  return {
    name,
    toIso(moment) {
      const ms = Math.floor(moment / 1000);
      const offset = offsetAt(ms);
      const shown = ms + offset * 60_000;
      const day = Math.floor(shown / DAY_MS);
      const second = Math.floor((shown - day * DAY_MS) / 1000);
      const fraction = moment - Math.floor(moment / 1_000_000) * 1_000_000;
      const decimals = fraction === 0 ? "" : `.${String(fraction).padStart(6, "0")}`;
      return `${dateOf(day)}T${toClock(second)}${decimals}${toOffset(offset)}`;
    },
    toLocalDate: (moment) => local(moment).slice(0, -14),
    toLocalDay(moment) {
      const ms = Math.floor(moment / 1000);
      return Math.floor((ms + offsetAt(ms) * 60_000) / DAY_MS);
    },
    daysToIntervals(from, to) {
      const begins = from === undefined ? [{ from: -Infinity, until: Infinity }] : reaching(from);
      const ends = to === undefined ? [] : reaching(nextDay(to));
      return subtract(begins, ends).map((one) => ({ from: one.from * 1000, until: one.until * 1000 }));
    },
    fromWall(wall) {
      const [, seconds = "", fraction = ""] = /^(.*?)(?:\.(\d{1,6})\d*)?$/.exec(wall) ?? [];
      const ms = Date.parse(`${seconds}Z`);
      const before = offsetAt(ms - DAY_MS);
      const candidates = [before, offsetAt(ms + DAY_MS)].map((offset) => ms - offset * 60_000);
      const shown = candidates.filter((at) => at + offsetAt(at) * 60_000 === ms);
      const at = shown.length > 0 ? Math.min(...shown) : ms - before * 60_000;
      return at * 1000 + Number(fraction.padEnd(6, "0"));
    },
  };
}

const TWO_DIGITS = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, "0"));

/** @param second of the day */
function toClock(second: number): string {
  const minute = Math.floor(second / 60);
  return `${TWO_DIGITS[Math.floor(minute / 60)]}:${TWO_DIGITS[minute % 60]}:${TWO_DIGITS[second % 60]}`;
}

function toOffset(minutes: number): string {
  const size = Math.abs(minutes);
  return `${minutes < 0 ? "-" : "+"}${TWO_DIGITS[Math.floor(size / 60)]}:${TWO_DIGITS[size % 60]}`;
}

function nextDay(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + DAY_MS).toISOString().slice(0, -14);
}

/** What of the ascending intervals `of` is in none of `others`. */
function subtract(of: readonly Interval[], others: readonly Interval[]): Interval[] {
  let left = [...of];
  for (const other of others)
    left = left.flatMap(({ from, until }) =>
      [
        { from, until: Math.min(until, other.from) },
        { from: Math.max(from, other.until), until },
      ].filter((one) => one.from < one.until),
    );
  return left;
}
