import { classAt, foldWord, OTHER } from "./letters.ts";
import { endOfAddress } from "./find-phrases.ts";
import type { Reading } from "./reading.ts";
import { FLAGS, flagsOf, looksLikeTerm } from "./vocabulary.ts";

/** Up to seven words in capitals or numbers, with particles between: "Sete de Setembro", "das Palmeiras". */
const STREET_NAME =
  /\.?\s+(?:(?:d[aeo]s?|del?|la|las|los|el|do)\s+){0,2}(?:\p{Lu}[\p{L}\p{M}'’.-]{0,30}|\d{1,3})(?:\s+(?:(?:d[aeo]s?|del?|la|e|y)\s+){0,2}\p{Lu}[\p{L}\p{M}'’-]{0,30}){0,6}/uy;
/** In lower case only with the number of a house behind it. */
const LOWER_STREET_NAME =
  /\.?\s+(?:[\p{L}\p{M}'’-]{1,30}\s+){0,5}[\p{L}\p{M}'’-]{2,30}\s?,\s{0,2}(?:n[.º°o]{0,2}\s?)?\d{1,5}(?![\p{L}\d]|[.,]\d)/uy;
const ENGLISH_STREET =
  /\d{1,5}[A-Z]?\s(?:[NSEW]\.?\s|North\s|South\s|East\s|West\s)?(?:(?:\p{Lu}[\p{L}'’-]{1,30}|\d{1,3}(?:st|nd|rd|th))\s){1,4}(?:Street|St|Avenue|Ave|Road|Rd|Lane|Ln|Drive|Dr|Court|Ct|Boulevard|Blvd|Way|Place|Pl|Terrace|Terr|Ter|Close|Hill|Gardens|Grove|Crescent|Mews|Row|Walk|Pike|Trail|Trl|Square|Circle|Highway|Parkway)(?![\p{L}])\.?(?:(?<=(?:County|Rural|State)\s(?:Road|Rd|Highway)\.?)\s\d{1,4})?(?:,\s\p{Lu}[\p{L}'’-]{1,30}(?:\s\p{Lu}[\p{L}'’-]{1,30}){0,2},?\s(?:(?:[A-Z]{2}\s)?\d{5}(?:-\d{4})?|[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}))?(?:,?\s(?:Apt|Apartment|Unit|Suite|Ste)\.?\s[A-Z\d]{1,6}|,?\s?#\s?\d{1,5}[A-Z]?(?![\p{L}\d]))?/uy;
const LONGEST_SHORTENED = 5;
const NEIGHBOURHOOD =
  /\s*:?\s+(?:(?:d[aeo]s?|de)\s+){0,2}\p{Lu}[\p{L}\p{M}]{1,30}(?:\s+(?:(?:d[aeo]s?)\s+){0,2}\p{Lu}[\p{L}\p{M}]{1,30}){0,3}/uy;

const ORIGIN =
  /(\s+(?:de|da|do|em|no|na|en|in|from|to|para|pra|a)\s+)(\p{Lu}[\p{Ll}\p{M}]{2,30}(?:\s(?:(?:d[aeo]s?|del?|la|of)\s){0,2}\p{Lu}[\p{Ll}\p{M}]{2,30}){0,4}(?:\s?[-/,]\s?[A-Z]{2}(?![\p{L}]))?)/uy;

/** Finds the address that the word at this place begins: a kind of street, or "bairro". @returns whether there was one */
export function findAddressAtWord(reading: Reading, at: number): boolean {
  const { text } = reading;
  const word = reading.word(at)!;
  const end = reading.end(at);
  if ((word.flags & FLAGS.neighbourhood) !== 0) {
    NEIGHBOURHOOD.lastIndex = end;
    return NEIGHBOURHOOD.test(text) && put(reading, at, reading.end(at) + 1, NEIGHBOURHOOD.lastIndex);
  }
  // "av." is an abbreviation of much: as a street it is written with a capital.
  if (word.text.length <= 2 && (word.shape === "lower" || (word.shape === "capitals" && text.charAt(end) !== ".")))
    return false;
  // "Alojamento conjunto. Mãe": a whole word with a full stop ends a sentence.
  if (word.text.length > LONGEST_SHORTENED && text.charAt(end) === ".") return false;
  for (const name of [STREET_NAME, LOWER_STREET_NAME]) {
    name.lastIndex = end;
    if (name.test(text)) return put(reading, at, reading.start(at), endOfAddress(text, name.lastIndex));
  }
  return false;
}

/** Finds the place behind "natural de", "reside em", "lives in". @returns whether there was one */
export function findOrigin(reading: Reading, at: number): boolean {
  const { text } = reading;
  ORIGIN.lastIndex = reading.end(at);
  const match = ORIGIN.exec(text);
  if (match === null || isOrdinary(match[2]!)) return false;
  const start = reading.end(at) + match[1]!.length;
  // "moved to Labor & Delivery": the wards and places of the house are found as such.
  for (let next = at + 1; next < reading.count && reading.start(next) <= start; next++)
    if (reading.start(next) === start && reading.word(next)?.phrases !== undefined) return false;
  reading.add({ start, end: ORIGIN.lastIndex, kind: "place" }, at);
  return true;
}

/** "mora em Casa" names no place, "mora em Rua Chile" begins an address. */
function isOrdinary(name: string): boolean {
  const flags = flagsOf(foldWord(/^\p{L}+/u.exec(name)![0]));
  if ((flags & (FLAGS.street | FLAGS.neighbourhood)) !== 0) return true;
  return ((flags & (FLAGS.common | FLAGS.abbreviation)) !== 0 || looksLikeTerm(foldWord(name))) && !/\s/.test(name);
}

/** Finds "R. das Palmeiras, 12": one letter and a full stop, where a number follows. */
export function findAbbreviatedStreet(reading: Reading, at: number): boolean {
  const { text } = reading;
  // "linfonodo 4R. Tabagista": no street.
  if (text.charAt(reading.end(at)) !== "." || classAt(text, reading.start(at) - 1) !== OTHER) return false;
  STREET_NAME.lastIndex = reading.end(at);
  if (!STREET_NAME.test(text)) return false;
  const end = endOfAddress(text, STREET_NAME.lastIndex);
  return end > STREET_NAME.lastIndex && put(reading, at, reading.start(at), end);
}

const BOX = /P\.?\s?O\.?\s?Box\s(?:n[o.º°]{1,2}\s?)?\d{1,6}(?!\d)/iuy;
/** "AB1 2CD": British, behind a town or alone. The second half has none of the letters of units; "L1 2DP" may be a vertebra. */
const POSTCODE = /(?:[A-Z]{2}\d[A-Z\d]?|[A-Z]\d[A-Z\d])\s\d[ABD-HJLNP-UW-Z]{2}(?![\p{L}\d])/uy;

/** Finds "PO Box 12" and British postcodes. @returns whether there was one */
export function findPostalAtWord(reading: Reading, at: number): boolean {
  const start = reading.start(at);
  for (const form of [BOX, POSTCODE]) {
    form.lastIndex = start;
    if (form.test(reading.text) && !/H[RS]$/.test(reading.text.slice(start, form.lastIndex)))
      return put(reading, at, start, form.lastIndex);
  }
  return false;
}

/** Finds "123 Main Street, Apt 4". @returns whether there was one */
export function findAddressAtNumber(reading: Reading, at: number): boolean {
  const start = reading.start(at);
  if (classAt(reading.text, start - 1) !== OTHER || reading.word(at + 1)?.shape === "lower") return false;
  ENGLISH_STREET.lastIndex = start;
  return ENGLISH_STREET.test(reading.text) && put(reading, at, start, ENGLISH_STREET.lastIndex);
}

function put(reading: Reading, at: number, start: number, end: number): true {
  reading.add({ start, end, kind: "address" }, at);
  return true;
}
