const DAY = 86_400_000;
/** DA, with the dots of ACR-NEMA 2.0 still met in old files (PS3.5 6.2 note 6 to DA). */
const DATE = /^(\d{4})(\.?)(\d{2})\2(\d{2})$/;
/** DT (PS3.5 6.2): as much of YYYYMMDDHHMMSS.FFFFFF as is known, and an offset from UTC. */
const DATE_TIME = /^(\d{4})(\d{2})?(\d{2})?(\d{2}(?:\d{2}(?:\d{2}(?:\.\d{1,6})?)?)?)?([+-]\d{4})?$/;
/** No patient of a DICOM system was imaged before; a date shifted beyond counts as invalid. */
const EARLIEST = Date.UTC(1900, 0, 1);

/**
 * Moves a DA by whole days. Keeps the form it was written in.
 *
 * @returns undefined where the text is no date.
 */
export function shiftDate(text: string, days: number): string | undefined {
  const match = DATE.exec(text.trim());
  if (match === null) return undefined;
  const [, year = "", dot = "", month = "", day = ""] = match;
  const shifted = addDays(Number(year), Number(month), Number(day), days);
  return shifted && `${shifted.slice(0, 4)}${dot}${shifted.slice(4, 6)}${dot}${shifted.slice(6)}`;
}

/**
 * Moves a DT by whole days: time and offset stay as they are, so that intervals do to the fraction of a second. A DT without day or
 * month is moved from the middle of what it says and keeps its precision.
 *
 * @returns undefined where the text is no date and time.
 */
export function shiftDateTime(text: string, days: number): string | undefined {
  const match = DATE_TIME.exec(text.trim());
  if (match === null) return undefined;
  const [, year = "", month, day, time = "", offset = ""] = match;
  const middle = month === undefined ? [7, 1] : [Number(month), day === undefined ? 15 : Number(day)];
  const shifted = addDays(Number(year), middle[0]!, middle[1]!, days);
  if (shifted === undefined) return undefined;
  return shifted.slice(0, month === undefined ? 4 : day === undefined ? 6 : 8) + time + offset;
}

/**
 * Moves a value of VR DA or DT; a range ("20200101-20200131", PS3.4 C.2.2.2.5, met where a query was stored) moves at both ends.
 *
 * @returns undefined where any part is invalid.
 */
export function shiftTemporal(vr: string, text: string, days: number): string | undefined {
  const shift = vr === "DT" ? shiftDateTime : shiftDate;
  const whole = shift(text, days);
  if (whole !== undefined) return whole;
  const range = /^(\d{8}\d*(?:\.\d+)?)?\s?-\s?(\d{8}\d*(?:\.\d+)?)?$/.exec(text.trim());
  if (range === null || (range[1] === undefined && range[2] === undefined)) return undefined;
  const ends = [range[1], range[2]].map((end) => (end === undefined ? "" : shift(end, days)));
  return ends.includes(undefined) ? undefined : ends.join("-");
}

/** "YYYYMMDD", or undefined where the calendar has no such day or the result lies before 1900. */
function addDays(year: number, month: number, day: number, days: number): string | undefined {
  const start = Date.UTC(year, month - 1, day);
  const date = new Date(start);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day || year < 1900) return undefined;
  const moved = start + days * DAY;
  if (moved < EARLIEST) return undefined;
  return new Date(moved).toISOString().slice(0, 10).replaceAll("-", "");
}

/**
 * Ages above 89 years become "090Y" (45 CFR 164.514(b)(2)(i)(C) aggregates them), whatever unit they were written in.
 *
 * @returns the text itself where nothing had to change; undefined where it is no AS.
 */
export function capAge(text: string): string | undefined {
  const match = /^(\d{3})([DWMY])$/.exec(text.trim());
  if (match === null) return undefined;
  const perYear = { D: 365.25, W: 52.18, M: 12, Y: 1 }[match[2] as "D" | "W" | "M" | "Y"];
  return Number(match[1]) / perYear >= 90 ? "090Y" : text;
}
