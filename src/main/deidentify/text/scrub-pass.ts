import { AGE_WORDS, findAgeAtNumber, findAgeAtWord } from "./find-ages.ts";
import {
  findAbbreviatedStreet,
  findAddressAtNumber,
  findAddressAtWord,
  findOrigin,
  findPostalAtWord,
} from "./find-addresses.ts";
import { findInstitutionBefore, findInstitutionBehind, findSaint } from "./find-institutions.ts";
import { findMail, findWeb } from "./find-contacts.ts";
import { findDateAtMonth, findDateAtNumber, type DateRules } from "./find-dates.ts";
import { findInitials } from "./find-initials.ts";
import { findNames } from "./find-names.ts";
import { findKnownNumber, findNumber, findUuid } from "./find-numbers.ts";
import { findSpokenNumber } from "./find-spoken.ts";
import type { AbbreviatedPhrases } from "./abbreviated-phrases.ts";
import { findAbbreviated, findPhrase, findPhraseAtNumber } from "./find-phrases.ts";
import type { PatientWords } from "./known-patient.ts";
import type { PhraseIndex } from "./phrases.ts";
import { GAP, type Reading } from "./reading.ts";
import { NUMBER } from "./tokens.ts";
import { FLAGS } from "./vocabulary.ts";
import type { Word, WordBook } from "./word-book.ts";

/** What is looked for. */
export interface Search {
  patient: PatientWords;
  book: WordBook;
  /** Wards and places that begin with a number. */
  phrases: PhraseIndex;
  abbreviated: AbbreviatedPhrases;
  dates: DateRules;
  ages: boolean;
}

const STREETS = FLAGS.street | FLAGS.neighbourhood;

/** Goes through a text once, and leaves in the reading what has to go. */
export function findAll(reading: Reading, search: Search): void {
  if (reading.text.includes("@")) findMail(reading);
  for (let at = 0; at < reading.count; at++) {
    if (reading.covered[at] === 1) continue;
    if (reading.tokens.kinds[at] === NUMBER) findAtNumber(reading, at, search);
    else {
      const word = reading.word(at);
      if (word !== undefined) findAtWord(reading, at, word, search);
    }
  }
  for (const name of search.patient.unspaced)
    for (let start = reading.text.indexOf(name); start >= 0; start = reading.text.indexOf(name, start + name.length))
      reading.spans.push({ start, end: start + name.length, kind: "patient-name" });
  findNames(reading, search.patient, search.book);
}

function findAtNumber(reading: Reading, at: number, search: Search): void {
  if (findKnownNumber(reading, at, search.patient) || findUuid(reading, at)) return;
  if (findDateAtNumber(reading, at, search.dates) || findAddressAtNumber(reading, at)) return;
  if (findPhraseAtNumber(reading, at, search.patient.phrases) || findPhraseAtNumber(reading, at, search.phrases))
    return;
  if (isShortAtNumber(reading, at, search)) return;
  if (!findNumber(reading, at) && search.ages) findAgeAtNumber(reading, at);
}

/** "6 E" of a ward called 6 East, "12 Elm Cl". */
function isShortAtNumber(reading: Reading, at: number, search: Search): boolean {
  const next = reading.word(at + 1);
  if (next === undefined || next.shape === "lower" || reading.gap(at) > GAP.joint) return false;
  const written = reading.text.slice(reading.start(at), reading.end(at));
  return [search.patient.abbreviated, search.abbreviated].some((index) => {
    const phrases = index.beginningWith(written);
    return phrases !== undefined && findAbbreviated(reading, at, phrases);
  });
}

function findAtWord(reading: Reading, at: number, word: Word, { patient, book, dates, ages }: Search): void {
  const own = patient.phrases.get(word.text);
  if (own !== undefined && findPhrase(reading, at, own)) return;
  if (word.phrases !== undefined && findPhrase(reading, at, word.phrases)) return;
  if (reading.gap(at) === GAP.brokenWord) {
    const whole = book.read(word.text + (reading.word(at + 1)?.text ?? ""));
    if (whole.phrases !== undefined && findPhrase(reading, at, whole.phrases)) return;
  }
  if (word.shape !== "lower") {
    if (word.abbreviated !== undefined && findAbbreviated(reading, at, word.abbreviated)) return;
    const short = patient.abbreviated.beginningWith(word.text);
    if (short !== undefined && findAbbreviated(reading, at, short)) return;
  }
  if (patient.numbers.has(word.text.charAt(0)) && findKnownNumber(reading, at, patient)) return;
  if (word.shape !== "lower" && word.text.length <= 2 && findPostalAtWord(reading, at)) return;
  if (word.text.length <= 8 && findUuid(reading, at)) return;
  if (word.shape === "initial") {
    if (patient.initials.has(word.text) && findInitials(reading, at, patient)) return;
    if (word.text === "r") findAbbreviatedStreet(reading, at);
    return;
  }
  if ((word.flags & FLAGS.month) !== 0 && findDateAtMonth(reading, at, dates)) return;
  if ((word.flags & STREETS) !== 0 && findAddressAtWord(reading, at)) return;
  if ((word.flags & FLAGS.institutionEnd) !== 0 && findInstitutionBefore(reading, at)) return;
  if ((word.flags & FLAGS.institution) !== 0 && findInstitutionBehind(reading, at)) return;
  if (word.text === "sao" && word.shape === "title" && findSaint(reading, at)) return;
  if ((word.flags & FLAGS.digitWord) !== 0 && findSpokenNumber(reading, at)) return;
  if ((word.flags & FLAGS.origin) !== 0 && findOrigin(reading, at)) return;
  if ((word.flags & (FLAGS.webHead | FLAGS.webEnd)) !== 0 && findWeb(reading, at)) return;
  if (ages && AGE_WORDS.has(word.text)) findAgeAtWord(reading, at);
}
