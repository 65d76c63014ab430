import { timeZone } from "../time-zone.ts";
import type { Microseconds } from "./records-source.ts";

/** How dates that are not ISO 8601 are meant: 31/12/2024 or 12/31/2024. */
export type DateOrder = "iso" | "day-first" | "month-first";

const ISO = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?)? ?(Z|[+-]\d\d(?::?\d\d)?)?$/i;
const SLASHED = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:[ T](\d\d?):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?)?$/;

export interface ParsedMoment {
  moment: Microseconds;
  /** The text said no offset: it was read in the zone for such. */
  naive: boolean;
}

/** @param naiveZone IANA name @returns undefined where the text is no moment */
export function parseMoment(text: string, dates: DateOrder, naiveZone: string): ParsedMoment | undefined {
  const parts = partsOf(text.trim(), dates);
  if (parts === undefined) return undefined;
  const { date, time, fraction, offset } = parts;
  const wall = `${date}T${time}`;
  const utc = Date.parse(`${wall}Z`);
  // Date.parse takes the 31st of a month with 30 days for the 1st of the next.
  if (Number.isNaN(utc) || !new Date(utc).toISOString().startsWith(wall)) return undefined;
  const microseconds = Number(fraction.slice(0, 6).padEnd(6, "0"));
  if (offset === undefined)
    return { moment: timeZone(naiveZone).fromWall(`${wall}.${fraction.slice(0, 6).padEnd(6, "0")}`), naive: true };
  const minutes = minutesOf(offset);
  return minutes === undefined ? undefined : { moment: (utc - minutes * 60_000) * 1000 + microseconds, naive: false };
}

/** An ISO date; "" where the text is none. */
export function parseDate(text: string, dates: DateOrder): string {
  const date = partsOf(text.trim(), dates)?.date ?? "";
  const utc = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(utc) && new Date(utc).toISOString().startsWith(date) ? date : "";
}

interface Parts {
  date: string;
  time: string;
  fraction: string;
  offset: string | undefined;
}

function partsOf(text: string, dates: DateOrder): Parts | undefined {
  const iso = ISO.exec(text);
  if (iso !== null) {
    const [, year, month, day, hour = "00", minute = "00", second = "00", fraction = "", offset] = iso;
    return { date: `${year}-${month}-${day}`, time: `${hour}:${minute}:${second}`, fraction, offset };
  }
  if (dates === "iso") return undefined;
  const slashed = SLASHED.exec(text);
  if (slashed === null) return undefined;
  const [, first = "", second = "", year, hour = "00", minute = "00", seconds = "00", fraction = ""] = slashed;
  const [day, month] = dates === "day-first" ? [first, second] : [second, first];
  return {
    date: `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`,
    time: `${hour.padStart(2, "0")}:${minute}:${seconds}`,
    fraction,
    offset: undefined,
  };
}

function minutesOf(offset: string): number | undefined {
  if (offset.toUpperCase() === "Z") return 0;
  const digits = offset.slice(1).replace(":", "").padEnd(4, "0");
  const [hours, minutes] = [Number(digits.slice(0, 2)), Number(digits.slice(2))];
  if (hours > 18 || minutes > 59) return undefined;
  return (offset.startsWith("-") ? -1 : 1) * (hours * 60 + minutes);
}
