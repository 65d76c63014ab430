import { classAt, OTHER } from "./letters.ts";
import type { Reading } from "./reading.ts";
import { TAG } from "./tokens.ts";
import { FLAGS } from "./vocabulary.ts";

const OLDEST_KEPT = 89;
const OLDEST = 130;
const UNIT = /\s?-?\s?(?:anos|a(?![\p{L}])|años|anios|years?|yrs?|y[/.]?o|yo)(?![\p{L}])/iuy;
const IN_WORDS =
  /(?:noventa|ninety|cem|cento)(?:(?:\s+[ey]\s+|[\s-])\p{L}{2,6})?(?=\s+(?:anos|años|years?)|-years?)/iuy;

/** Finds an age over 89 whose number is at this place: the number goes, what it counts stays (45 CFR 164.514(b)(2)(i)(C)). */
export function findAgeAtNumber(reading: Reading, at: number): boolean {
  const { text } = reading;
  const start = reading.start(at);
  const end = reading.end(at);
  if (end - start > 3 || classAt(text, start - 1) !== OTHER) return false;
  const age = Number(text.slice(start, end));
  if (!(age > OLDEST_KEPT && age < OLDEST)) return false;
  UNIT.lastIndex = end;
  const word = reading.word(at - 1);
  const isLabelled =
    word !== undefined &&
    (word.flags & FLAGS.ageLabel) !== 0 &&
    /^[\s:=-]*$/.test(text.slice(reading.end(at - 1), start));
  const isFirst = BEGINS_NOTE.test(text.slice(Math.max(0, start - 4), start)) && SEX.test(text.slice(end, end + 2));
  if (!UNIT.test(text) && !isLabelled && !isFirst && !isBehindName(reading, at)) return false;
  reading.add({ start, end, kind: "age" }, at);
  return true;
}

/** "95F with", "a 92M": elsewhere F are degrees. */
const BEGINS_NOTE = /(?:^|\n|(?:^|\s)an? )$/i;
const BEHIND_NAME = /^,?\s?$/;
const SEX = /^[MFmf](?![\p{L}\d])/u;

/** "[PATIENT], 94, retired", "[PATIENT], 91M": of a name that an earlier pass took. */
function isBehindName(reading: Reading, at: number): boolean {
  if (at === 0 || reading.tokens.kinds[at - 1] !== TAG) return false;
  const tag = reading.text.slice(reading.start(at - 1), reading.end(at - 1));
  const between = reading.text.slice(reading.end(at - 1), reading.start(at));
  if (!/^\[(?:PATIENT|NAME|STAFF)\]$/.test(tag) || !BEHIND_NAME.test(between)) return false;
  const behind = reading.text.slice(reading.end(at), reading.end(at) + 2);
  return SEX.test(behind) || (between.startsWith(",") && /^(?:[.,;)](?!\d)|$|\n)/.test(behind));
}

/** Finds an age over 89 in words. */
export function findAgeAtWord(reading: Reading, at: number): boolean {
  IN_WORDS.lastIndex = reading.start(at);
  if (!IN_WORDS.test(reading.text)) return false;
  reading.add({ start: reading.start(at), end: IN_WORDS.lastIndex, kind: "age" }, at);
  return true;
}

/** Words with which such an age begins. */
export const AGE_WORDS: ReadonlySet<string> = new Set(["noventa", "ninety", "cem", "cento"]);
