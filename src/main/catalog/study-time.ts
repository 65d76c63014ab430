import type { TimeZone } from "../time-zone.ts";

/**
 * Study Date and Time as one moment, in microseconds.
 *
 * @param text DA, a space, and TM (PS3.5 6.2): "20240301 211500.25", of the time as much as there is; colons of old are let pass
 * @returns null where the date is none
 */
export function studyTimeToMoment(text: string, zone: TimeZone): number | null {
  const match = /^(\d{4})(\d{2})(\d{2}) (.*)$/.exec(text);
  if (match === null) return null;
  const [, year = "", month = "", day = "", time = ""] = match;
  const date = `${year}-${month}-${day}`;
  if (!isDate(date)) return null;
  const [, hour = "00", minute = "00", second = "00", fraction = ""] =
    /^([01]\d|2[0-3])(?:([0-5]\d)(?:([0-5]\d)(?:\.(\d{1,6}))?)?)?\s*$/.exec(time.replaceAll(":", "")) ?? [];
  return zone.fromWall(`${date}T${hour}:${minute}:${second}${fraction === "" ? "" : `.${fraction}`}`);
}

function isDate(iso: string): boolean {
  const date = new Date(`${iso}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso);
}
