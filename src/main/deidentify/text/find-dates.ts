import {
  beginsEntry,
  isBirthLabelled,
  isCounted,
  isDay,
  isDayOfWeek,
  isInterval,
  isMeasured,
  isMonthAlone,
  isVersion,
} from "./date-context.ts";
import { CLEAR_MONTHS, MONTHS, UNMISTAKABLE_MONTHS } from "./date-words.ts";
import { endOfSpelledYear, startOfSpelledDay } from "./find-spoken.ts";
import { classAt, OTHER } from "./letters.ts";
import type { Reading } from "./reading.ts";
import { FLAGS } from "./vocabulary.ts";

export interface DateRules {
  /** ISO; "" where unknown. */
  birthDate: string;
  /** Whether dates other than the birth date go too. */
  all: boolean;
}

const LONGEST_SHORT_MONTH = 4;

const NUMERIC =
  /(\d{1,4})(\s?[/.\-\u2010-\u2013]\s?)(\d{1,2})\s?[/.\-\u2010-\u2013]\s?(\d{4}|\d{1,2})(?:T\d{2}:?\d{2}(?::?\d{2}(?:[.,]\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?)?(?![\d])/y;
const MONTH_YEAR = /(\d{1,2})\s?\/\s?((?:19|20)\d{2})(?![\d/])/y;
const DAY_MONTH = /(\d{2})\/(\d{2})(?![\d/,.]\d|\d)/y;
const YEAR_MONTH = /(?:19|20)\d{2}-(?:0[1-9]|1[0-2])(?![\d-])/y;
/** Of one digit, or with a full stop, only where the text around it says that it is a day. */
const LOOSE_DAY_MONTH = /(\d{1,2})\/(\d{1,2})(?![\d/,.]\d|\d|%)|(\d{2})\.(\d{2})(?![\d/,.]\d|\d|%)/y;
const TO_HOUR = /^\s?(?:@|às\s\d|as\s\d\d?[h:]|at\s\d|a las\s\d)/u;
/** "17/IX/2023". */
const ROMAN_MONTH = /\d{1,2}([/.-])(?:I{1,3}|IV|VI{0,3}|IX|XI{0,2})\1(?:(?:19|20)\d{2}|\d{2})(?![\p{L}\d])/uy;
/** "8-XII": without a year only what is neither a step nor a type. */
const ROMAN_DAY_MONTH = /\d{1,2}[/-](?:VI{1,3}|IX|XI{1,2})(?![\p{L}\d/-])/uy;
/** "5 a 12 de fevereiro", "9-12 April": the first of two days. */
const TO_LAST_DAY =
  /\d{1,2}(?:\s?[-–/]\s?|\s(?:a|ao|al|e|y|to|and|until|até|hasta)\s(?:o\s|el\s)?)(?=\d{1,2}(?![\d]))/uy;
const UNGROUPED = /\d{8}(?!\d)/y;
/** Between the day and the name of its month. */
const TO_MONTH = /^(?:\s?(?:st|nd|rd|th|º|°|ª|o)\b\.?|[º°ª])?(?:\s+(?:de|del|of|day of)\s+|[\s./\-–]{1,3})$/i;
/** Behind the name of a month. */
const YEAR_AFTER_MONTH =
  /\.?(?:\s*,\s*|\s+de[l]?\s+|\s+of\s+|\s?['’]|[\s./\-–]{1,3})((?:19|20)\d{2}|\d{2}(?=[^\p{L}\d:.,]|$|[.,:](?!\d)))(?!\d)/uy;
const DAY_AFTER_MONTH = /\.?\s(\d{1,2})(?:st|nd|rd|th)?(?:\s*,?\s+((?:19|20)\d{2}))?(?![\d:/]|[.,]\d)/y;
/** "20mai23", "4Feb2021". */
const JOINED_MONTH =
  /\d{1,2}(?:jan|feb|fev|mar|apr|abr|may|mai|jun|jul|aug|ago|sep|set|oct|out|nov|dec|dez|dic|ene)(?:20)?\d{2}(?![\p{L}\d])/iuy;
const YEAR = /(?:19|20)\d{2}(?!\d)/y;

/** Finds dates that begin with the number at this place. @returns whether there was one */
export function findDateAtNumber(reading: Reading, at: number, rules: DateRules): boolean {
  const { text } = reading;
  const start = reading.start(at);
  if (!beginsDate(text, start) || isVersion(reading, at)) return false;
  const born = isBirthLabelled(reading, at);
  NUMERIC.lastIndex = start;
  const numeric = NUMERIC.exec(text);
  if (numeric !== null) {
    const days = readNumeric(numeric);
    const isDoubtful =
      (looksLikeChapter(numeric) && !isDay(reading, at)) || (isMeasured(reading, at) && !/\d{4}/.test(numeric[0]));
    if (days.length > 0 && (!isDoubtful || born || days.includes(rules.birthDate)))
      return put(reading, at, start, NUMERIC.lastIndex, days, born, rules);
  }
  UNGROUPED.lastIndex = start;
  const ungrouped = UNGROUPED.exec(text)?.[0];
  if (ungrouped !== undefined) {
    const days = [
      ...readDay(ungrouped.slice(0, 4), ungrouped.slice(4, 6), ungrouped.slice(6)),
      ...readDay(ungrouped.slice(4), ungrouped.slice(2, 4), ungrouped.slice(0, 2)),
      ...readDay(ungrouped.slice(4), ungrouped.slice(0, 2), ungrouped.slice(2, 4)),
    ];
    if (days.length > 0) return put(reading, at, start, start + 8, days, born, rules);
  }
  if (/^[ivx]+$/.test(reading.word(at + 1)?.text ?? ""))
    for (const form of [ROMAN_MONTH, ROMAN_DAY_MONTH]) {
      form.lastIndex = start;
      if (form.test(text)) return put(reading, at, start, form.lastIndex, [], born, rules);
    }
  const named = readNamedMonth(reading, at) ?? readLastDay(reading, at);
  if (named !== undefined) return put(reading, at, start, named.end, named.days, born, rules);
  JOINED_MONTH.lastIndex = start;
  if (JOINED_MONTH.test(text)) return put(reading, at, start, JOINED_MONTH.lastIndex, [], born, rules);
  if (isDayOfWeek(reading, at)) return put(reading, at - 1, reading.start(at - 1), reading.end(at), [], born, rules);
  MONTH_YEAR.lastIndex = start;
  const monthYear = MONTH_YEAR.exec(text);
  if (monthYear !== null && Number(monthYear[1]) >= 1 && Number(monthYear[1]) <= 12)
    return put(reading, at, start, MONTH_YEAR.lastIndex, [], born, rules);
  DAY_MONTH.lastIndex = start;
  const dayMonth = DAY_MONTH.exec(text);
  if (
    dayMonth !== null &&
    isDayMonth(dayMonth) &&
    !isInterval(reading, at, dayMonth) &&
    (born || (!isMeasured(reading, at) && !isCounted(reading, at + 1)))
  )
    return put(reading, at, start, DAY_MONTH.lastIndex, [], born, rules);
  YEAR_MONTH.lastIndex = start;
  if (YEAR_MONTH.test(text)) return put(reading, at, start, YEAR_MONTH.lastIndex, [], born, rules);
  LOOSE_DAY_MONTH.lastIndex = start;
  const loose = LOOSE_DAY_MONTH.exec(text);
  if (
    loose !== null &&
    isDayMonth(["", loose[1] ?? loose[3], loose[2] ?? loose[4]]) &&
    !isMeasured(reading, at) &&
    !isCounted(reading, at + 1) &&
    (isDay(reading, at) ||
      beginsEntry(text, start, LOOSE_DAY_MONTH.lastIndex) ||
      TO_HOUR.test(text.slice(LOOSE_DAY_MONTH.lastIndex, LOOSE_DAY_MONTH.lastIndex + 8)))
  )
    return put(reading, at, start, LOOSE_DAY_MONTH.lastIndex, [], born, rules);
  YEAR.lastIndex = start;
  return born && YEAR.test(text) && put(reading, at, start, YEAR.lastIndex, [], true, rules);
}

/** Finds dates that begin with the name of a month: "March 12, 1980", "março de 2024". @returns whether there was one */
export function findDateAtMonth(reading: Reading, at: number, rules: DateRules): boolean {
  const word = reading.word(at)!;
  const month = MONTHS.get(word.text)!;
  const isShort = word.text.length <= LONGEST_SHORT_MONTH;
  const { text } = reading;
  const born = isBirthLabelled(reading, at);
  if (word.shape !== "lower") {
    DAY_AFTER_MONTH.lastIndex = reading.end(at);
    const match = DAY_AFTER_MONTH.exec(text);
    if (
      match !== null &&
      Number(match[1]) >= 1 &&
      Number(match[1]) <= 31 &&
      !isCounted(reading, at + 1) &&
      (match[2] !== undefined ||
        !isShort ||
        CLEAR_MONTHS.has(word.text) ||
        word.text === "may" ||
        word.text === "june" ||
        word.text === "july")
    ) {
      const days = match[2] === undefined ? [] : readDay(match[2], String(month), match[1]!);
      return put(reading, at, reading.start(at), DAY_AFTER_MONTH.lastIndex, days, born, rules);
    }
  }
  const spelled = [startOfSpelledDay(reading, at), endOfSpelledYear(reading, at)] as const;
  if (spelled[0] < at || spelled[1] > at)
    return put(reading, spelled[0], reading.start(spelled[0]), reading.end(spelled[1]), [], born, rules);
  YEAR_AFTER_MONTH.lastIndex = reading.end(at);
  const year = YEAR_AFTER_MONTH.exec(text);
  if (year === null)
    return isMonthAlone(reading, at) && put(reading, at, reading.start(at), reading.end(at), [], born, rules);
  const between = year[0].slice(0, -year[1]!.length);
  // "mar 24" may be anything; "mar/24" and "mar 2024" are months.
  if (year[1]!.length === 2 && !/^\.?(?:[/-]|\s?['’])$/.test(between)) return false;
  return put(reading, at, reading.start(at), YEAR_AFTER_MONTH.lastIndex, [], born, rules);
}

/** "12 de março de 1980", "12 mar 80", "12th March". */
function readNamedMonth(reading: Reading, at: number): { end: number; days: string[] } | undefined {
  const day = Number(reading.text.slice(reading.start(at), reading.end(at)));
  if (!(day >= 1 && day <= 31)) return undefined;
  let behind = at + 1;
  while (behind < at + 4 && behind < reading.count && ((reading.word(behind)?.flags ?? 0) & FLAGS.month) === 0)
    behind++;
  const month = reading.word(behind);
  if (month === undefined || (month.flags & FLAGS.month) === 0) return undefined;
  const between = reading.text.slice(reading.end(at), reading.start(behind));
  if (between.length > 12 || !TO_MONTH.test(between)) return undefined;
  YEAR_AFTER_MONTH.lastIndex = reading.end(behind);
  const year = YEAR_AFTER_MONTH.exec(reading.text);
  const isShort = month.text.length <= LONGEST_SHORT_MONTH && month.text !== "june" && month.text !== "july";
  // "2 set" and "5 may" without a year are no dates, "12/set", "12 de set" and "5 May" are.
  if (
    year === null &&
    isShort &&
    !/[/\-–]|de|of/.test(between) &&
    !UNMISTAKABLE_MONTHS.has(month.text) &&
    !(month.shape === "title" && (month.text === "may" || CLEAR_MONTHS.has(month.text)))
  )
    return undefined;
  if (year === null) return { end: reading.end(endOfSpelledYear(reading, behind)), days: [] };
  return { end: YEAR_AFTER_MONTH.lastIndex, days: readDay(year[1]!, String(MONTHS.get(month.text)), String(day)) };
}

/** "5 a 12 de fevereiro": the month stands behind the last of the days. */
function readLastDay(reading: Reading, at: number): { end: number; days: string[] } | undefined {
  if ([1, 2, 3].every((ahead) => reading.word(at + ahead) !== undefined)) return undefined;
  TO_LAST_DAY.lastIndex = reading.start(at);
  if (!TO_LAST_DAY.test(reading.text)) return undefined;
  let last = at + 1;
  while (reading.start(last) < TO_LAST_DAY.lastIndex) last++;
  return readNamedMonth(reading, last);
}

function put(
  reading: Reading,
  at: number,
  start: number,
  end: number,
  days: readonly string[],
  born: boolean,
  { birthDate, all }: DateRules,
): boolean {
  const isBirth = born || (birthDate !== "" && days.includes(birthDate));
  if (!isBirth && !all) return false;
  reading.add({ start, end, kind: isBirth ? "birth-date" : "date" }, at);
  return true;
}

/** Nothing before it that makes it part of another number: "v1.2.2024", "10.1.2.2024". */
function beginsDate(text: string, start: number): boolean {
  if (classAt(text, start - 1) !== OTHER) return false;
  return !(/[.,/:]/.test(text.charAt(start - 1)) && /\d/.test(text.charAt(start - 2)));
}

/** The days, in ISO, that a date of three numbers may mean. */
function readNumeric([, first = "", mark = "", second = "", third = ""]: RegExpExecArray): string[] {
  if (first.length === 3) return [];
  if (first.length === 4)
    return third.length > 2 ? [] : [...readDay(first, second, third), ...readDay(first, third, second)];
  if (third.length === 1) return [];
  const days = [...readDay(third, second, first), ...readDay(third, first, second)];
  if (first.length === 2 && second.length === 2 && third.length === 2 && mark.trim() !== ".")
    days.push(...readDay(first, second, third));
  return days;
}

/** "1.2.24" numbers a chapter or a version: with full stops a date is written out. */
function looksLikeChapter([, first = "", mark = "", second = "", third = ""]: RegExpExecArray): boolean {
  return third.length === 2 && mark.trim() === "." && (first.length < 2 || second.length < 2);
}

function readDay(year: string, month: string, day: string): string[] {
  const [m, d] = [Number(month), Number(day)];
  if (m < 1 || m > 12 || d < 1 || d > 31) return [];
  if (year.length === 4 && (Number(year) < 1850 || Number(year) > 2150)) return [];
  const rest = `-${String(m).padStart(2, "0")}-${String(d).padStart(2, "0")}`;
  return year.length === 4 ? [year + rest] : [`19${year}${rest}`, `20${year}${rest}`];
}

function isDayMonth([, first, second]: readonly (string | undefined)[]): boolean {
  const [a, b] = [Number(first), Number(second)];
  return a >= 1 && b >= 1 && ((a <= 31 && b <= 12) || (a <= 12 && b <= 31));
}
