import { isJsonObject, type Json } from "../fhir/json.ts";
import { timeZone } from "../time-zone.ts";
import { DIMENSIONS, type Dimension } from "./units.ts";

/** When something was measured, as a table tells it. Empty parts are null. */
export interface Times {
  /** ISO 8601 with offset, as the document has it; of a part of a day the date alone. */
  start: string | null;
  end: string | null;
  partOfDay: string | null;
}

const NEVER: Times = { start: null, end: null, partOfDay: null };
const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:\d{2})?$/i;

/**
 * `effective_time_frame`: a moment, or an interval by start and end, start and duration, end and duration, or date and part of the day
 * (omh:time-frame:1.0, omh:time-interval:1.0).
 */
export function timesOf(frame: Json | undefined): Times {
  if (!isJsonObject(frame)) return NEVER;
  const moment = text(frame["date_time"]);
  if (moment !== null) return { start: moment, end: moment, partOfDay: null };
  const interval = frame["time_interval"];
  if (!isJsonObject(interval)) return NEVER;
  const start = text(interval["start_date_time"]);
  const end = text(interval["end_date_time"]);
  const length = millisecondsOf(interval["duration"]);
  if (start !== null || end !== null) {
    return {
      start: start ?? (end === null || length === undefined ? null : moved(end, -length)),
      end: end ?? (start === null || length === undefined ? null : moved(start, length)),
      partOfDay: null,
    };
  }
  return { start: text(interval["date"]), end: null, partOfDay: text(interval["part_of_day"]) };
}

/** The same moment as clocks showed it where it was measured, and in UTC. */
export interface TwoClocks {
  /** "2024-03-01T08:00:00", without an offset. */
  local: string | null;
  /** "2024-03-01T11:00:00Z" */
  utc: string | null;
}

/**
 * @param zone IANA name: whose clocks are meant where the document has been turned to UTC and tells no offset. A time without any offset is UTC
 *   (omh:date-time:1.0).
 */
export function clocksOf(moment: string | null, zone: string): TwoClocks {
  const match = moment === null ? null : MOMENT.exec(moment);
  if (moment === null || match === null) return { local: null, utc: null };
  const [, offset] = match;
  const ms = Date.parse(offset === undefined ? `${moment}Z` : moment);
  if (Number.isNaN(ms)) return { local: null, utc: null };
  const utc = new Date(ms).toISOString().replace(".000Z", "Z");
  const isUtc = offset === undefined || offset.toUpperCase() === "Z";
  const local = isUtc ? timeZone(zone).toIso(ms * 1000) : moment;
  return { local: local.replace(/(?:Z|[+-]\d{2}:\d{2})$/i, ""), utc };
}

/** A month or a year has no length of its own: undefined. */
function millisecondsOf(duration: Json | undefined): number | undefined {
  if (!isJsonObject(duration) || typeof duration["value"] !== "number" || typeof duration["unit"] !== "string")
    return undefined;
  const { conversions }: Dimension = DIMENSIONS.duration;
  const unit = duration["unit"];
  const conversion = Object.hasOwn(conversions, unit) ? conversions[unit] : undefined;
  return conversion === undefined ? undefined : Math.round(duration["value"] * conversion.factor * 60_000);
}

/** Keeps the offset in which the moment was written. */
function moved(moment: string, ms: number): string | null {
  const match = MOMENT.exec(moment);
  if (match === null) return null;
  const offset = match[1]?.toUpperCase() ?? "Z";
  const sign = offset.startsWith("-") ? -1 : 1;
  const minutes = offset === "Z" ? 0 : sign * (Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4, 6)));
  const at = Date.parse(match[1] === undefined ? `${moment}Z` : moment);
  if (Number.isNaN(at)) return null;
  return new Date(at + ms + minutes * 60_000).toISOString().replace(/(?:\.000)?Z$/, offset);
}

function text(value: Json | undefined): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}
