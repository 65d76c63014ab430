import type { ScrubKind } from "../../../contract/calls/records.ts";
import { isCounted } from "./date-context.ts";
import type { KnownNumber, PatientWords } from "./known-patient.ts";
import { classAt, compact, DIGIT, LETTER, OTHER } from "./letters.ts";
import { NUMBER_FORMS } from "./number-forms.ts";
import { labelBefore } from "./number-labels.ts";
import { GAP, type Reading } from "./reading.ts";
import { FLAGS } from "./vocabulary.ts";

/** Written like a number of a case, a document or a part: too long for a measure, and grouped as no measure is. */
const CODE = /(?:\p{Lu}{1,4}-?)?\d{1,10}(?:[-./]\d{1,10}){0,4}(?:-[A-Z\d]{1,4}|[A-Z])?(?![\p{L}\d])/uy;
const FEWEST_CODE_DIGITS = 9;
const FEWEST_LETTERED_DIGITS = 6;
const NUMBERED = /(?:#|n[º°])\s?$/;
/** "2024/0332-GC": a year and a number of that year, not from one year to another. */
const OF_A_YEAR = /^(?:19|20)\d{2}[-/](?!(?:19|20)\d{2}(?!\d))\d{3,}/;
/** "1EG4-TE5-MK73" of Medicare; "BRA 2E19" on a Brazilian car. */
const MEDICARE = /\d[A-Z][A-Z\d]\d-?[A-Z][A-Z\d]\d-?[A-Z]{2}\d{2}(?![\p{L}\d])/uy;
const PLATE = /[A-Z]{3}[- ]?\d[A-J]\d{2}(?![\p{L}\d])/uy;
/** Behind a label: "KX58 ZTR". */
const BRITISH_PLATE = /[A-Z]{2}\d{2}\s?[A-Z]{3}(?![\p{L}\d])/uy;
const LETTERED = /\p{Lu}{1,4}[- ]?(?!(?:19|20)\d{2}(?!\d))\d{3,10}(?:[-/]\d{1,6})?(?![\p{L}\d])/uy;
const TO_EXTENSION = /\s?(?:x|ext|extn|extension|ramal|anexo)\.?\s?\d{1,5}(?![\p{L}\d])/iuy;
const EXTENSION = /^\d{4,5}(?![\p{L}\d.,])/u;
const INTERNATIONAL = /(?:\+|00)\s?\d{1,3}(?:[\s().-]{0,3}\d{1,5}){2,6}(?!\d)/y;
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?![\p{L}\d])/iuy;
const BARE_UUID = /[0-9a-f]{32}(?![\p{L}\d])/iuy;
/** What a label names: digits, and signs that group them. */
const LABELLED =
  /[\p{L}]{0,4}[-./]?\d(?:[\s]?[.\-/]?[\s]?[\dXx](?![\p{L}])){2,24}(?:-[A-Z]{1,3}(?![\p{L}\d])|[A-Z](?![\p{L}\d]))?/uy;
const FEWEST_DIGITS = 6;
const SPREAD_OF_DIGITS = 16;
/** Counted or measured is no number that begins with a zero. */
const LONG = /\d{8,64}|0\d{5,6}(?![\d.,:]\d|\d)/y;
const MOST_TOKENS = 40;
const LONGEST_PART = 64;

/** Finds the UUID that begins at this token, with its hyphens or without any. @returns whether there was one */
export function findUuid(reading: Reading, at: number): boolean {
  const start = reading.start(at);
  const { text } = reading;
  if (classAt(text, start - 1) !== OTHER) return false;
  const isHyphenated = text.charCodeAt(start + 8) === 0x2d && text.charCodeAt(start + 13) === 0x2d;
  if (!isHyphenated && classAt(text, reading.end(at)) === OTHER) return false;
  const form = isHyphenated ? UUID : BARE_UUID;
  form.lastIndex = start;
  return form.test(text) && put(reading, at, start, form.lastIndex, "identifier");
}

/** Finds the patient's own number that begins at this token, however it is grouped. @returns whether there was one */
export function findKnownNumber(reading: Reading, at: number, patient: PatientWords): boolean {
  const start = reading.start(at);
  const before = classAt(reading.text, start - 1);
  if (before === DIGIT) return false;
  const known = numbersFrom(reading, at, patient);
  if (known === undefined) return false;
  let written = "";
  let best: { at: number; number: KnownNumber } | undefined;
  for (let index = at; index < reading.count && index < at + MOST_TOKENS; index++) {
    if (index > at && !isGrouping(reading.text.slice(reading.end(index - 1), reading.start(index)))) break;
    written += partAt(reading, index);
    const bare = written.replace(/^0+(?=.{3})/, "");
    if (!known.some((each) => each.compact.startsWith(written) || each.compact.startsWith(bare))) break;
    const number = known.find((each) => each.compact === written || each.compact === bare);
    if (number !== undefined && classAt(reading.text, reading.end(index)) !== DIGIT) best = { at: index, number };
  }
  if (best === undefined || !isMeant(reading, at, best.at, best.number.compact)) return false;
  const end = endOfExtension(reading.text, reading.end(best.at));
  const isOpened = reading.text.charAt(start - 1) === "(" && reading.text.slice(start, end).includes(")");
  return put(reading, at, isOpened ? start - 1 : start, end, best.number.kind);
}

/** The patient's numbers that may begin with this token, with and without leading zeros: 0012345 is 12345. */
function numbersFrom(reading: Reading, at: number, patient: PatientWords): readonly KnownNumber[] | undefined {
  const first = compact(reading.text.charAt(reading.start(at)));
  const known = patient.numbers.get(first);
  if (first !== "0") return known;
  const rest = reading.text.slice(reading.start(at), reading.end(at)).replace(/^0+/, "");
  const unpadded = patient.numbers.get(rest.charAt(0));
  return known === undefined || unpadded === undefined ? (known ?? unpadded) : [...known, ...unpadded];
}

/** Short numbers mean the patient only where nothing is counted; the shortest only behind a label. */
function isMeant(reading: Reading, first: number, last: number, number: string): boolean {
  const { text } = reading;
  // 12.345 in 12.345.678-9 is another number.
  if (/^[.,]\d/.test(text.slice(reading.end(last), reading.end(last) + 2))) return false;
  if (number.length >= 5 || labelBefore(reading, first) !== undefined || isNumbered(reading, first)) return true;
  if (/[\d][.,:/]$/.test(text.slice(Math.max(0, reading.start(first) - 2), reading.start(first)))) return false;
  if (/^[.,:/x]\d/.test(text.slice(reading.end(last), reading.end(last) + 2)) || isCounted(reading, last)) return false;
  return number.length === 4 || /[a-z]/.test(number);
}

/** "No. 712", "nº 712", "#712". */
function isNumbered(reading: Reading, at: number): boolean {
  const before = reading.text.slice(Math.max(0, reading.start(at) - 8), reading.start(at));
  return /(?:^|[^\p{L}])(?:n[o\u00ba\u00b0.]|n[o\u00ba\u00b0]\.|nr\.?|num\.?|#)[ :]{0,2}$/iu.test(before);
}

/** Finds what by its form or its label is a number of somebody: documents, telephones, records. @returns whether there was one */
export function findNumber(reading: Reading, at: number): boolean {
  const { text } = reading;
  const start = reading.start(at);
  if (findInternational(reading, at) || findLetteredCode(reading, at)) return true;
  const label = labelBefore(reading, at);
  if (classAt(text, start - 1) === OTHER && !/\d[.,/:-]$/.test(text.slice(Math.max(0, start - 2), start))) {
    if (hasDigits(text, start))
      for (const { form, kind } of NUMBER_FORMS) {
        form.lastIndex = start;
        if (
          !form.test(text) ||
          isShift(text.slice(start, form.lastIndex)) ||
          (endOfExtension(text, form.lastIndex) === form.lastIndex &&
            isCounted(reading, lastTokenBefore(reading, at, form.lastIndex)))
        )
          continue;
        const end = kind === "phone" ? endOfExtension(text, form.lastIndex) : form.lastIndex;
        const opened = text.charAt(start - 1) === "(" && text.slice(start, form.lastIndex).includes(")");
        return put(reading, at, opened ? start - 1 : start, end, label ?? kind);
      }
  }
  if (label !== undefined) {
    const from =
      classAt(text, start - 1) === LETTER &&
      reading.start(at - 1) >= start - 4 &&
      labelBefore(reading, at - 1) !== undefined
        ? reading.start(at - 1)
        : start;
    LABELLED.lastIndex = from;
    if (LABELLED.test(text)) return put(reading, at, from, LABELLED.lastIndex, label);
  }
  if (findCode(reading, at)) return true;
  LONG.lastIndex = start;
  if (LONG.test(text) && !isCounted(reading, at)) return put(reading, at, start, reading.end(at), "identifier");
  return false;
}

/** "555 0100 ext 19": with what is dialled behind it. */
function endOfExtension(text: string, end: number): number {
  TO_EXTENSION.lastIndex = end;
  return TO_EXTENSION.test(text) ? TO_EXTENSION.lastIndex : end;
}

/** "NSP-2024-00871", "2024.118.339-0", "#38812", "x4471". */
function findCode(reading: Reading, at: number): boolean {
  const { text } = reading;
  const digits = reading.start(at);
  let start = digits;
  while (start > 0 && digits - start <= 5 && /[\p{Lu}-]/u.test(text.charAt(start - 1))) start--;
  while (start < digits && text.charAt(start) === "-") start++;
  if (
    text.charAt(digits - 1) === "x" &&
    /\s/.test(text.charAt(digits - 2)) &&
    EXTENSION.test(text.slice(digits, digits + 7))
  )
    return put(reading, at, digits - 1, reading.end(at), "phone");
  if (classAt(text, start - 1) !== OTHER || /[\d\p{L}][.,/:-]$/u.test(text.slice(Math.max(0, start - 2), start)))
    return false;
  CODE.lastIndex = start;
  const code = CODE.exec(text)?.[0];
  if (code === undefined || code.length <= digits - start) return false;
  const count = code.replaceAll(/\D/g, "").length;
  const isNumberedCode =
    (count > 3 && NUMBERED.test(text.slice(Math.max(0, start - 3), start))) || OF_A_YEAR.test(code);
  const fewest = start < digits ? FEWEST_LETTERED_DIGITS : FEWEST_CODE_DIGITS;
  if (!isNumberedCode && (count < fewest || (start === digits && !/[-/]/.test(code)))) return false;
  if (isCounted(reading, lastTokenBefore(reading, at, CODE.lastIndex))) return false;
  return put(reading, at, start, CODE.lastIndex, "identifier");
}

/** "senha KT-7712": letters and a number behind a label; cars and insurances whose form is enough. */
function findLetteredCode(reading: Reading, at: number): boolean {
  const { text } = reading;
  MEDICARE.lastIndex = reading.start(at);
  if (classAt(text, reading.end(at)) === LETTER && MEDICARE.test(text))
    return put(reading, at, reading.start(at), MEDICARE.lastIndex, "identifier");
  const from = reading.start(at - 1);
  const shape = reading.word(at - 1)?.shape;
  if ((shape !== "capitals" && shape !== "initial") || reading.gap(at - 1) > GAP.joint) return false;
  if (!/^\p{Lu}{1,4}[- ]?$/u.test(text.slice(from, reading.start(at)))) return false;
  PLATE.lastIndex = from;
  if (PLATE.test(text)) return put(reading, at, from, PLATE.lastIndex, "identifier");
  const label = labelBefore(reading, at - 1);
  // "CRM-MG 48213": where a register is, not what is registered.
  const isState = (reading.word(at - 1)!.flags & FLAGS.labelLink) !== 0 && text.charAt(reading.start(at) - 1) === " ";
  if (label === undefined || isState) return false;
  for (const form of [BRITISH_PLATE, LETTERED, LABELLED]) {
    form.lastIndex = from;
    if (form.test(text)) return put(reading, at, from, form.lastIndex, label);
  }
  return false;
}

function findInternational(reading: Reading, at: number): boolean {
  const { text } = reading;
  const start = reading.start(at);
  const from = text.charAt(start - 1) === "+" ? start - 1 : text.startsWith("00", start) ? start : -1;
  if (from < 0 || classAt(text, from - 1) === DIGIT) return false;
  INTERNATIONAL.lastIndex = from;
  const match = INTERNATIONAL.exec(text);
  if (match === null || compact(match[0]).length < 9) return false;
  return put(reading, at, from, INTERNATIONAL.lastIndex, "phone");
}

/** Folded; of a very long one as much as tells that it is nobody's. */
function partAt(reading: Reading, at: number): string {
  return (
    reading.word(at)?.text ??
    compact(reading.text.slice(reading.start(at), Math.min(reading.end(at), reading.start(at) + LONGEST_PART)))
  );
}

/** "0700-1900", "2300-0500": from one hour to another. */
function isShift(written: string): boolean {
  return /^(?:[01]\d|2[0-3])[0-5][05]-(?:[01]\d|2[0-4])[0-5][05]$/.test(written) && /^[01]|00$|30$/.test(written);
}

/** Whether enough digits are near for any of the forms: most numbers of a note are short and stand alone. */
function hasDigits(text: string, start: number): boolean {
  let digits = 0;
  for (let index = start; index < start + SPREAD_OF_DIGITS; index++) {
    const kind = classAt(text, index);
    if (kind === LETTER) return false;
    if (kind === DIGIT && ++digits === FEWEST_DIGITS) return true;
  }
  return false;
}

function isGrouping(between: string): boolean {
  return between.length <= 4 && /^[\s.\-/()\u00a0\u2010-\u2013_]*$/.test(between) && between.split("\n").length <= 2;
}

function lastTokenBefore(reading: Reading, at: number, end: number): number {
  let last = at;
  while (last + 1 < reading.count && reading.start(last + 1) < end) last++;
  return last;
}

function put(reading: Reading, at: number, start: number, end: number, kind: ScrubKind): boolean {
  reading.add({ start, end, kind }, Math.max(0, at - 1));
  return true;
}
