/**
 * What Microsoft's tool leaves of dates and ZIP codes where a rule redacts them (DateTimeUtility, PostalCodeUtility). The patterns are FHIR's
 * (R4, 2.24.0.1), looked for anywhere in the text, as there.
 */
const DATE = /([0-9]([0-9]([0-9][1-9]|[1-9]0)|[1-9]00)|[1-9]000)(-(0[1-9]|1[0-2])(-(0[1-9]|[1-2][0-9]|3[0-1]))?)?/;
const DATE_TIME =
  /([0-9]([0-9]([0-9][1-9]|[1-9]0)|[1-9]00)|[1-9]000)(-(0[1-9]|1[0-2])(-(0[1-9]|[1-2][0-9]|3[0-1])(T([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)(\.[0-9]+)?(Z|(\+|-)((0[0-9]|1[0-3]):[0-5][0-9]|14:00)))?)?)?/;
const YEAR = 1;
const MONTH = 5;
const DAY = 7;
const TIME = 8;
/** 45 CFR 164.514(b)(2)(i)(C). */
const OLDEST_AGE = 89;

export interface ReadDate {
  year: string;
  /** "" where the date does not say it. */
  month: string;
  day: string;
  /** "T13:28:17.5-05:00" */
  time: string;
}

/** @returns undefined where no date is in it */
export function readDate(text: string, type: string): ReadDate | undefined {
  const match = (type === "date" ? DATE : DATE_TIME).exec(text);
  if (match === null) return undefined;
  return {
    year: match[YEAR] ?? "",
    month: match[MONTH] ?? "",
    day: match[DAY] ?? "",
    time: type === "date" ? "" : (match[TIME] ?? ""),
  };
}

/** @param today ISO date: of what is older than 89 years, not even the year stays */
export function tellsOldAge({ year, month, day }: ReadDate, today: string): boolean {
  const [thisYear = 0, thisMonth = 0, thisDay = 0] = today.slice(0, 10).split("-").map(Number);
  const [m, d] = [month === "" ? 1 : Number(month), day === "" ? 1 : Number(day)];
  const isBefore = thisMonth < m || (thisMonth === m && thisDay < d);
  return thisYear - Number(year) - (isBefore ? 1 : 0) > OLDEST_AGE;
}

export function isOldAge(age: number): boolean {
  // Also what is no number.
  return !(age <= OLDEST_AGE);
}

/** "98028-1830" as "98000-0000"; of an area with few people nothing but zeros. */
export function shortenPostalCode(text: string, restrictedAreas: readonly string[]): string {
  const zeros = (digits: string): string => digits.replaceAll(/\p{Nd}/gu, "0");
  if (restrictedAreas.some((area) => text.startsWith(area))) return zeros(text);
  return text.length < 3 ? text : text.slice(0, 3) + zeros(text.slice(3));
}
