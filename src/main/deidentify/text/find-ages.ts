import { classAt, OTHER } from "./letters.ts";
import type { Reading } from "./reading.ts";
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
  if (!UNIT.test(text) && !isLabelled) return false;
  reading.add({ start, end, kind: "age" }, at);
  return true;
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
