import { GAP, type Reading } from "./reading.ts";
import { FLAGS } from "./vocabulary.ts";

/** Fewer digits than that are a result that somebody dictated. */
const FEWEST_DIGITS = 6;
const MOST_WORDS = 8;
const TENS =
  "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety dez onze doze treze quatorze catorze quinze dezesseis dezessete dezoito dezenove vinte trinta quarenta cinquenta sessenta setenta oitenta noventa diez once doce trece catorce dieciseis diecisiete dieciocho diecinueve veinte veintiuno veintidos veintitres veinticuatro veinticinco veintiseis veintisiete veintiocho veintinueve treinta cuarenta cincuenta sesenta ochenta";
const ORDINALS = new Set(
  "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth thirtieth primeiro primero".split(
    " ",
  ),
);
const CENTURIES = new Set("mil thousand nineteen twenty".split(" "));
const NUMERALS = new Set([...TENS.split(" "), ...CENTURIES, ..."hundred novecentos novecientos".split(" ")]);
const AND = new Set(["e", "y", "and"]);
const OF = new Set(["de", "del", "of"]);

/** Finds a telephone or another number that is dictated digit by digit, from its first on. @returns whether there was one */
export function findSpokenNumber(reading: Reading, at: number): boolean {
  let last = at;
  while (last + 1 < reading.count && reading.gap(last) <= GAP.mark && isDigit(reading, last + 1)) last++;
  if (last - at + 1 < FEWEST_DIGITS) return false;
  reading.add({ start: reading.start(at), end: reading.end(last), kind: "phone" }, at);
  return true;
}

/** The first token of the day in words before this month: "trinta de abril", "third of May"; the month itself where there is none. */
export function startOfSpelledDay(reading: Reading, month: number): number {
  const isOf = OF.has(reading.word(month - 1)?.text ?? "") && reading.gap(month - 1) === GAP.space;
  let first = month;
  for (let at = isOf ? month - 2 : month - 1; at >= 0 && at >= month - MOST_WORDS; at--) {
    if (reading.gap(at) > GAP.joint || reading.covered[at] === 1) break;
    if (isNumeral(reading, at)) first = at;
    else if (!AND.has(reading.word(at)?.text ?? "")) break;
  }
  return isOf || ORDINALS.has(reading.word(month - 1)?.text ?? "") ? first : month;
}

/** The last token of a day and a year in words behind this month: "third nineteen eighty", "de dois mil e dez"; the month itself without. */
export function endOfSpelledYear(reading: Reading, month: number): number {
  let last = month;
  let isYear = false;
  for (let at = month + 1; at < reading.count && at <= month + MOST_WORDS; at++) {
    if (reading.gap(at - 1) > GAP.mark || reading.covered[at] === 1) break;
    const text = reading.word(at)?.text ?? "";
    if (isNumeral(reading, at)) {
      isYear ||= last > month && CENTURIES.has(reading.word(last)!.text);
      isYear ||= text === "mil" || text === "thousand";
      last = at;
    } else if (!AND.has(text) && !(at === month + 1 && OF.has(text)) && text !== "the") break;
  }
  return isYear ? last : month;
}

function isDigit(reading: Reading, at: number): boolean {
  return ((reading.word(at)?.flags ?? 0) & FLAGS.digitWord) !== 0;
}

function isNumeral(reading: Reading, at: number): boolean {
  const text = reading.word(at)?.text;
  return text !== undefined && (isDigit(reading, at) || NUMERALS.has(text) || ORDINALS.has(text));
}
