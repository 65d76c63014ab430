import type { Microseconds } from "../records-source.ts";
import type { SqlValue } from "./sql-session.ts";

const MOMENT =
  /^(\d{4})-(\d\d)-(\d\d)(?:[ T](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?\s*(Z|[+-]\d\d(?::?\d\d(?::?\d\d)?)?)?)?$/;
const HOUR_MS = 3_600_000;
/** Offsets that are kept: about 23 years of hours. */
const MOST_OFFSETS = 200_000;
const NUMBERS = { seconds: 1e6, milliseconds: 1e3, microseconds: 1 } as const;

export interface MomentRules {
  /** How moments without an offset are meant. */
  naiveTimes: string;
  numericTimes: keyof typeof NUMBERS;
}

/** Turns what a column of moments holds into microseconds: undefined where it cannot be read, null where it is empty. */
export type MomentReader = (value: SqlValue, utc?: boolean) => Microseconds | null | undefined;

/**
 * Reads moments as databases write them: ISO 8601 with a blank or T, with or without seconds, fraction, offset; a day alone is its midnight;
 * numbers count since 1970. Without an offset they are local: an hour that the clocks skip is taken an hour later, of one that comes
 * twice the first is meant.
 */
export function createMomentReader(rules: MomentRules): MomentReader {
  const toUtc = createLocalTimes(rules.naiveTimes);
  return (value, utc = false) => {
    if (value === null) return null;
    if (typeof value === "number" || typeof value === "bigint") {
      const moment = Math.round(Number(value) * NUMBERS[rules.numericTimes]);
      return Number.isSafeInteger(moment) ? moment : undefined;
    }
    const text = typeof value === "string" ? value.trim() : "";
    if (text === "") return typeof value === "string" ? null : undefined;
    const found = MOMENT.exec(text);
    if (found === null) return undefined;
    const [, year, month, day, hour = "0", minute = "0", second = "0", fraction = "", zone] = found;
    const local = utcMs(Number(year), Number(month), Number(day), Number(hour), Number(minute), Number(second));
    if (local === undefined) return undefined;
    const microseconds = Number(fraction.slice(0, 6).padEnd(6, "0"));
    const ms = zone !== undefined ? local - offsetMs(zone) : utc ? local : toUtc(local);
    return ms * 1000 + microseconds;
  };
}

/** A moment as text without offset, in a zone: for comparing with a column of naive moments. */
export function formatNaive(moment: Microseconds, timeZone: string): string {
  const ms = Math.floor(moment / 1000);
  const local = new Date(ms + zoneOffsetMs(formatterOf(timeZone), ms));
  const fraction = String(((moment % 1_000_000) + 1_000_000) % 1_000_000).padStart(6, "0");
  return `${local.toISOString().slice(0, 19).replace("T", " ")}.${fraction}`;
}

/** ISO date of what a column of dates, or of text that is one, holds; undefined where it is neither empty nor a day that exists. */
export function readDate(value: SqlValue): string | undefined {
  if (value === null) return "";
  if (typeof value !== "string") return undefined;
  const text = value.trim();
  // MySQL's way to leave a date out.
  if (text === "" || text.startsWith("0000-00-00")) return "";
  const found = /^(\d{4})([-/.]?)(\d\d)\2(\d\d)(?:[ T].*)?$/.exec(text);
  if (found === null) return undefined;
  const [, year, , month, day] = found;
  if (utcMs(Number(year), Number(month), Number(day), 0, 0, 0) === undefined) return undefined;
  return `${year}-${month}-${day}`;
}

/** Milliseconds since 1970, undefined where there is no such day or time. A leap second is the next second. */
function utcMs(year: number, month: number, day: number, hour: number, minute: number, second: number) {
  if (hour > 24 || minute > 59 || second > 60) return undefined;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  return date.getTime() + ((hour * 60 + minute) * 60 + second) * 1000;
}

function offsetMs(zone: string): number {
  if (zone === "Z") return 0;
  const [hours = 0, minutes = 0, seconds = 0] = zone.slice(1).replaceAll(":", "").match(/\d\d/g)?.map(Number) ?? [0];
  return (zone.startsWith("-") ? -1 : 1) * ((hours * 60 + minutes) * 60 + seconds) * 1000;
}

/** From local to UTC, by offsets that are asked for once an hour: asking for each row would cost more than reading it. */
function createLocalTimes(timeZone: string): (localMs: number) => number {
  if (timeZone === "UTC") return (local) => local;
  const formatter = formatterOf(timeZone);
  const offsets = new Map<number, number>();
  const offsetAt = (ms: number): number => {
    // Offsets change at quarters of an hour at the finest.
    const key = Math.floor(ms / (HOUR_MS / 4));
    let offset = offsets.get(key);
    if (offset === undefined) {
      if (offsets.size >= MOST_OFFSETS) offsets.clear();
      offset = zoneOffsetMs(formatter, key * (HOUR_MS / 4));
      offsets.set(key, offset);
    }
    return offset;
  };
  return (local) => {
    const around = [offsetAt(local - 24 * HOUR_MS), offsetAt(local + 24 * HOUR_MS)];
    const greatest = Math.max(...around);
    // With the greater offset the moment is the earlier one: right unless the zone has left that offset by then. In a skipped hour
    // neither fits; with the offset before the gap, the smaller one, it comes out an hour later.
    return local - (offsetAt(local - greatest) === greatest ? greatest : Math.min(...around));
  };
}

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
}

function zoneOffsetMs(formatter: Intl.DateTimeFormat, ms: number): number {
  const parts: Record<string, number> = {};
  for (const { type, value } of formatter.formatToParts(ms)) parts[type] = Number(value);
  const local = utcMs(
    parts["year"] ?? 0,
    parts["month"] ?? 0,
    parts["day"] ?? 0,
    parts["hour"] ?? 0,
    parts["minute"] ?? 0,
    parts["second"] ?? 0,
  );
  return (local ?? ms) - Math.floor(ms / 1000) * 1000;
}
