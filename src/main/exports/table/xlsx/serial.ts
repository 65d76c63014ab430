/**
 * Dates as a spreadsheet holds them: days since 1899-12-30, the time of day as a fraction (ECMA-376 18.17.4.1, 1900 date base). The first
 * two months of 1900 are left out: spreadsheets do not agree on them, since some believe in 29 February 1900.
 */
const DAY_MS = 86_400_000;
const EPOCH = Date.UTC(1899, 11, 30);
const FIRST = 61;
const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const DATETIME = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,6}))?(?:Z|[+-]\d{2}:\d{2})$/;

/** @returns undefined where the text is no ISO date from March 1900 on */
export function serialOfDate(text: string): number | undefined {
  const found = DATE.exec(text);
  return found === null ? undefined : daysOf(found);
}

/**
 * The wall time that the text shows, whatever its offset: a sheet's times have none. Cut to the millisecond: a spreadsheet shows no more,
 * and would round what is more to the next second or day.
 *
 * @returns undefined where the text is no ISO date and time with an offset from March 1900 on
 */
export function serialOfDatetime(text: string): number | undefined {
  const found = DATETIME.exec(text);
  if (found === null) return undefined;
  const days = daysOf(found);
  const [hours, minutes, seconds] = [Number(found[4]), Number(found[5]), Number(found[6])];
  if (days === undefined || hours > 23 || minutes > 59 || seconds > 59) return undefined;
  const milliseconds = Number((found[7] ?? "0").padEnd(3, "0").slice(0, 3));
  return days + ((hours * 3600 + minutes * 60 + seconds) * 1000 + milliseconds) / DAY_MS;
}

function daysOf(found: RegExpExecArray): number | undefined {
  const [year, month, day] = [Number(found[1]), Number(found[2]), Number(found[3])];
  const time = Date.UTC(year, month - 1, day);
  const days = (time - EPOCH) / DAY_MS;
  // Date.UTC takes 30 February for 1 March, and years below 100 for those of the twentieth century.
  return days >= FIRST && year > 1899 && new Date(time).getUTCDate() === day && month <= 12 ? days : undefined;
}
