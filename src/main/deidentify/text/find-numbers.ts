import type { ScrubKind } from "../../../contract/calls/records.ts";
import { isCounted } from "./date-context.ts";
import type { KnownNumber, PatientWords } from "./known-patient.ts";
import { classAt, compact, DIGIT, LETTER, OTHER } from "./letters.ts";
import { GAP, type Reading } from "./reading.ts";
import { FLAGS } from "./vocabulary.ts";

/** Numbers that tell by their form what they are, the most telling first. All bounded, all from a given place. */
const FORMS: readonly { form: RegExp; kind: ScrubKind }[] = [
  { form: /\d{2}\.\d{3}\.\d{3}\/\d{4}-?\d{2}(?!\d)/y, kind: "identifier" },
  { form: /\d{3}[. ]\d{3}[. ]\d{3}[-–. /]\s?\d{2}(?![\d])/y, kind: "identifier" },
  { form: /\d{9}-\d{2}(?!\d)/y, kind: "identifier" },
  { form: /\d{3}[ .]\d{4}[ .]\d{4}[ .]\d{4}(?!\d)/y, kind: "identifier" },
  { form: /\d{1,2}\.\d{3}\.\d{3}-[\dXx](?![\p{L}\d])/uy, kind: "identifier" },
  { form: /\d{3}-\d{2}-\d{4}(?!\d)/y, kind: "identifier" },
  { form: /\d{7,8}-?[A-Z](?![\p{L}\d])/uy, kind: "identifier" },
  { form: /[0-2](?:\.(?:0|[1-9]\d{0,38})){5,}(?!\d)/y, kind: "identifier" },
  { form: /(?:\d{5}|\d{2}\.\d{3})-\d{3}(?!\d)/y, kind: "address" },
  { form: /0[38]00[\s.-]?\d{3}[\s.-]?\d{3,4}(?!\d)/y, kind: "phone" },
  { form: /0?\d{2}\)?[\s.-]{0,2}9?[\s.-]?\d{4}[\s.-]\d{4}(?!\d)/y, kind: "phone" },
  { form: /0?\d{2}[)\s.-]{1,3}9?\d{8}(?!\d)/y, kind: "phone" },
  { form: /0?\d{2}\)[\s.-]{0,2}(?:\d{4,5}[\s.-]?\d{4,5}|9[\s.-]\d{4}[\s.-]?\d{4})(?!\d)/y, kind: "phone" },
  { form: /9[\s.-]?\d{4}[\s.-]\d{4}(?!\d)/y, kind: "phone" },
  { form: /(?!(?:19|20)\d{2}-(?:19|20)\d{2}(?!\d))\d{4}-\d{4}(?!\d)/y, kind: "phone" },
  { form: /(?:1[\s.-])?\d{3}\)?[\s.-]{1,2}\d{3}[\s.-]\d{4}(?!\d)/y, kind: "phone" },
  { form: /\d{3}-\d{4}(?!\d)/y, kind: "phone" },
  { form: /0\d{3,4}[\s-]\d{3}[\s-]?\d{3,4}(?!\d)/y, kind: "phone" },
  { form: /0[38]00[\s.-]?\d{4}[\s.-]?\d{3}(?!\d)/y, kind: "phone" },
  { form: /\d{3}\/\d{3}-\d{4}(?!\d)/y, kind: "phone" },
  { form: /[6-9]\d{2}[\s.-]\d{3}[\s.-]\d{3}(?!\d)/y, kind: "phone" },
  { form: /[6-9]\d{2}(?:[\s.-]\d{2}){3}(?!\d)/y, kind: "phone" },
  { form: /9\d[\s.-]\d{3}[\s.-]\d{2}[\s.-]\d{2}(?!\d)/y, kind: "phone" },
];
/** Written like a number of a case, a document or a part: too long for a measure, and grouped as no measure is. */
const CODE = /(?:\p{Lu}{1,4}-?)?\d{1,10}(?:[-./]\d{1,10}){0,4}(?:-[A-Z\d]{1,4}|[A-Z])?(?![\p{L}\d])/uy;
const FEWEST_CODE_DIGITS = 9;
const FEWEST_LETTERED_DIGITS = 6;
const NUMBERED = /#\s?$/;
const EXTENSION = /^\d{4,5}(?![\p{L}\d.,])/u;
const INTERNATIONAL = /(?:\+|00)\s?\d{1,3}(?:[\s().-]{0,3}\d{1,5}){2,6}(?!\d)/y;
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?![\p{L}\d])/iuy;
const BARE_UUID = /[0-9a-f]{32}(?![\p{L}\d])/iuy;
/** What a label names: digits, and signs that group them. */
const LABELLED = /[\p{L}]{0,4}[-./]?\d(?:[\s]?[.\-/]?[\s]?[\dXx](?![\p{L}])){2,24}(?:-?[A-Z](?![\p{L}\d]))?/uy;
const FEWEST_DIGITS = 6;
const SPREAD_OF_DIGITS = 16;
const LONG = /\d{8,64}/y;
const MOST_TOKENS = 40;
const LONGEST_PART = 64;
const LONGEST_LABEL_GAP = 6;

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
  const end = reading.end(best.at);
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
      for (const { form, kind } of FORMS) {
        form.lastIndex = start;
        if (
          !form.test(text) ||
          isShift(text.slice(start, form.lastIndex)) ||
          isCounted(reading, lastTokenBefore(reading, at, form.lastIndex))
        )
          continue;
        const opened = text.charAt(start - 1) === "(" && text.slice(start, form.lastIndex).includes(")");
        return put(reading, at, opened ? start - 1 : start, form.lastIndex, label ?? kind);
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
  const isNumberedCode = count > 3 && NUMBERED.test(text.slice(Math.max(0, start - 2), start));
  const fewest = start < digits ? FEWEST_LETTERED_DIGITS : FEWEST_CODE_DIGITS;
  if (!isNumberedCode && (count < fewest || (start === digits && !/[-/]/.test(code)))) return false;
  if (isCounted(reading, lastTokenBefore(reading, at, CODE.lastIndex))) return false;
  return put(reading, at, start, CODE.lastIndex, "identifier");
}

/** "senha KT-7712": letters and a number behind a label. */
function findLetteredCode(reading: Reading, at: number): boolean {
  const from = reading.start(at - 1);
  if (reading.word(at - 1)?.shape !== "capitals" || reading.gap(at - 1) > GAP.joint) return false;
  if (!/^\p{Lu}{2,4}-?$/u.test(reading.text.slice(from, reading.start(at)))) return false;
  const label = labelBefore(reading, at - 1);
  LABELLED.lastIndex = from;
  return label !== undefined && LABELLED.test(reading.text) && put(reading, at, from, LABELLED.lastIndex, label);
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

/** What the label before a number says it is: "prontuário nº 123", "CRM-BA 123", "tel: 123". */
function labelBefore(reading: Reading, at: number): ScrubKind | undefined {
  for (let back = at - 1; back >= 0 && back >= at - 4; back--) {
    const gap = reading.text.slice(reading.end(back), reading.start(back + 1));
    if (gap.length > LONGEST_LABEL_GAP || /[;\n,)]/.test(gap)) return undefined;
    const flags = reading.word(back)?.flags;
    if (flags === undefined) return undefined;
    if ((flags & FLAGS.recordLabel) !== 0) return "record-number";
    if ((flags & FLAGS.phoneLabel) !== 0) return "phone";
    if ((flags & FLAGS.identifierLabel) !== 0) return "identifier";
    if ((flags & FLAGS.labelLink) === 0) return undefined;
  }
  return undefined;
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
