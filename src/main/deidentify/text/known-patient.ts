import type { IdentifierKind } from "../../../contract/records.ts";
import { AbbreviatedPhrases } from "./abbreviated-phrases.ts";
import { petNamesOf } from "./pet-names.ts";
import { nameWords, partialInitialsOf, wholeInitialsOf } from "./initials.ts";
import { addressForms } from "./known-address.ts";
import { compact, foldWord } from "./letters.ts";
import { addPhrase, addParts, partsOf, type PhraseIndex } from "./phrases.ts";
import { isOneApart, letterMask, mayBeOneApart, soundOf } from "./spelling.ts";
import { spelledDates } from "./spelled-dates.ts";
import type { ScrubKind } from "../../../contract/calls/records.ts";
import { FLAGS, flagsOf, looksLikeTerm } from "./vocabulary.ts";
import { isKnown, type Word } from "./word-book.ts";

/** What is known of the patient whose notes are scrubbed. */
export interface KnownPatient {
  /** One, or several where the catalog knows them under more: each is a name of its own, with initials of its own. */
  names: readonly string[];
  /** ISO date; "" where unknown. */
  birthDate: string;
  identifiers: readonly { kind: IdentifierKind; value: string }[];
  recordNumbers: readonly string[];
}

/** What a word has to do with the patient. */
export const MATCH = {
  none: 0,
  patient: 1,
  patientTypo: 2,
  relative: 3,
  relativeTypo: 4,
  weak: 5,
  short: 6,
  relativeShort: 7,
} as const;

/** A number of the patient, without the signs that group it. */
export interface KnownNumber {
  readonly compact: string;
  readonly kind: ScrubKind;
}

const SHORTEST_WITH_TYPO = 5;
const SHORTEST_NUMBER = 3;
/** Of three letters only with a full stop, before the rest of the name. */
const SHORTEST_SHORT = 3;
const SHORTEST_END = 4;
/** Behind Brazilian and other names; they tell generations apart and nobody from anybody. */
const SUFFIXES = new Set("filho filha neto neta junior jr sobrinho segundo ii iii iv rn gemelar senior".split(" "));
/** Short names with which a sentence begins: "Will follow up", "Drew blood". */
const VERBS = new Set(["will", "drew"]);
const UNSPACED = /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]{2,}/gu;
let patients = 0;

/** The patient's names, numbers, addresses and dates, ready to be looked for. */
export class PatientWords {
  readonly id = ++patients;
  readonly initials: ReadonlySet<string>;
  readonly wholeInitials: ReadonlySet<string>;
  /** Of which full stops are to be seen: some of the initials are enough. */
  readonly dottedInitials: ReadonlySet<string>;
  readonly phrases: PhraseIndex = new Map();
  readonly abbreviated = new AbbreviatedPhrases();
  /** By their first sign. */
  readonly numbers = new Map<string, KnownNumber[]>();
  readonly birthDate: string;
  /** In scripts that put no space between words. */
  readonly unspaced: string[];
  readonly #names = new Map<string, number>();
  readonly #short = new Map<string, number>();
  readonly #typos: { text: string; mask: number; sound: string; match: number }[] = [];

  constructor(known: KnownPatient) {
    for (const name of known.names) this.#addName(name, MATCH.patient);
    this.birthDate = /^\d{4}-\d{2}-\d{2}/.test(known.birthDate) ? known.birthDate.slice(0, 10) : "";
    this.initials = new Set(known.names.flatMap(nameWords).map((word) => word[0]!));
    this.wholeInitials = new Set(known.names.flatMap(wholeInitialsOf));
    this.dottedInitials = new Set([...this.wholeInitials, ...known.names.flatMap(partialInitialsOf)]);
    this.unspaced = known.names.flatMap((name) => name.match(UNSPACED) ?? []);
    for (const number of known.recordNumbers) this.#addNumber(number, "record-number");
    for (const { kind, value } of known.identifiers) this.#addIdentifier(kind, value);
    if (this.birthDate !== "")
      for (const words of spelledDates(this.birthDate)) addParts(this.phrases, partsOf(words), "birth-date");
  }

  /** One of MATCH. The answer is kept with the word until another patient asks. */
  match(word: Word): number {
    if (word.patient !== this.id) {
      word.patient = this.id;
      word.patientMatch = this.#judge(word);
    }
    return word.patientMatch;
  }

  #judge(word: Word): number {
    const { text, mask } = word;
    const exact = this.#names.get(text);
    if (exact !== undefined) return exact;
    const isWord = isKnown(word) || (word.flags & FLAGS.eponym) !== 0;
    // "Sam" of Samantha is an abbreviation too: with one capital it is her.
    const mayBeShort = word.shape === "title" && (!isWord || (word.flags & FLAGS.given) !== 0);
    const short = mayBeShort ? this.#short.get(text) : undefined;
    if (short !== undefined) return short;
    if (text.length < SHORTEST_WITH_TYPO - 1) return MATCH.none;
    if (isWord && (word.shape === "lower" || text.length < SHORTEST_WITH_TYPO)) return MATCH.none;
    for (const name of this.#typos) {
      if (
        name.sound !== word.sound &&
        (!mayBeOneApart(mask, text.length, name.mask, name.text.length) || !isOneApart(text, name.text))
      )
        continue;
      // "Sharp" of Lucille Sharpe: only beside another name.
      if (isWord) return MATCH.weak;
      // "fernado" in lower case is built like a word: only beside another name.
      return word.shape === "lower" && (looksLikeTerm(text) || name.text.length === SHORTEST_WITH_TYPO)
        ? MATCH.weak
        : name.match;
    }
    return MATCH.none;
  }

  #addName(name: string, match: number): void {
    const words = nameWords(name);
    const put = (text: string, how: number): void => {
      if (!this.#names.has(text) || this.#names.get(text) === MATCH.weak) this.#names.set(text, how);
    };
    for (const [index, word] of words.entries()) {
      if (SUFFIXES.has(word)) put(word, MATCH.weak);
      else if (word.length > 1) {
        put(word, match);
        if (word.length >= SHORTEST_WITH_TYPO)
          this.#typos.push({
            text: word,
            mask: letterMask(word),
            sound: soundOf(word),
            match: match === MATCH.patient ? MATCH.patientTypo : MATCH.relativeTypo,
          });
        for (const form of petForms(word)) put(form, match);
        for (const form of petNamesOf(word)) put(form, VERBS.has(form) ? MATCH.weak : match);
        // The given names: what stands last is no one's short name.
        if (index < 2 && (index === 0 || index < words.length - 1))
          for (const form of cutForms(word))
            this.#short.set(form, match === MATCH.patient ? MATCH.short : MATCH.relativeShort);
      }
      const next = words[index + 1];
      if (next !== undefined && (word + next).length >= SHORTEST_WITH_TYPO && flagsOf(word + next) === 0)
        put(word + next, match);
    }
    const [first, last] = [words[0], words.at(-1)];
    if (words.length > 2)
      for (const form of [words.join(""), first! + last!, last! + first!]) if (flagsOf(form) === 0) put(form, match);
    // O'Brien, D'Avila, Ana-Maria.
    for (const joined of name.match(/[\p{L}\p{M}]+(?:['’´`-][\p{L}\p{M}]+)+/gu) ?? [])
      put(foldWord(joined).replaceAll(/[^\p{L}]/gu, ""), match);
  }

  #addIdentifier(kind: IdentifierKind, value: string): void {
    switch (kind) {
      case "former-name":
        return this.#addName(value, MATCH.patient);
      case "relative":
        return this.#addName(value, MATCH.relative);
      case "city":
      case "state":
        // "BA" is Bahia, and much else.
        if (compact(value).length > 3) {
          addPhrase(this.phrases, value, "place");
          this.abbreviated.add(partsOf(value), "place");
        }
        return;
      case "address":
        return this.#addAddress(value);
      case "phone":
        return this.#addPhone(value);
      case "email": {
        const [local = ""] = value.split("@");
        if (local.length >= 5) addPhrase(this.phrases, local, "email");
        return;
      }
      case "zip-code":
        return this.#addNumber(value, "address");
      case "record-number":
        return this.#addNumber(value, "record-number");
      default:
        if (/\p{Nd}/u.test(value)) this.#addNumber(value, "identifier");
        else if (compact(value).length >= 4) addPhrase(this.phrases, value, "identifier");
    }
  }

  #addAddress(value: string): void {
    for (const form of addressForms(value)) {
      addParts(this.phrases, form, "address");
      this.abbreviated.add(form, "address");
    }
  }

  /** With and without country and area: people write what they need to call. */
  #addPhone(value: string): void {
    const digits = compact(value).replace(/^0+/, "");
    const forms = new Set([digits]);
    const national = digits.length > 11 && digits.startsWith("55") ? digits.slice(2) : digits;
    forms.add(national).add(`0${national}`).add(`55${national}`);
    for (const length of [10, 9, 8, 7]) if (national.length > length) forms.add(national.slice(-length));
    // "+44 7700…" is dialled as 07700… at home.
    const withZero = Array.from(forms, (form) => `0${form}`);
    for (const form of [...forms, ...withZero]) if (form.length >= 7) this.#addNumber(form, "phone");
  }

  #addNumber(value: string, kind: ScrubKind): void {
    const whole = compact(value);
    for (const form of new Set([whole, whole.replace(/^0+(?=.{3})/, "")])) {
      if (form.length < SHORTEST_NUMBER || !/\p{Nd}/u.test(form)) continue;
      const list = this.numbers.get(form[0]!);
      if (list === undefined) this.numbers.set(form[0]!, [{ compact: form, kind }]);
      else list.push({ compact: form, kind });
    }
  }
}

/** "Bernadete" as "Ber", "Berna", and as "Dete": the beginning or the end of a given name. */
function cutForms(word: string): string[] {
  const forms: string[] = [];
  for (let length = SHORTEST_SHORT; length < word.length; length++) forms.push(word.slice(0, length));
  for (let length = SHORTEST_END; length < word.length; length++) forms.push(word.slice(-length));
  return forms;
}

/** Joãozinho, Aninha. */
function petForms(word: string): string[] {
  if (word.length < 3 || (flagsOf(word) & FLAGS.given) === 0) return [];
  const stem = word.replace(/[aeo]$/, "");
  const forms = word.endsWith("a") ? [`${stem}inha`, `${word}zinha`] : [`${stem}inho`, `${word}zinho`];
  return forms.filter((form) => flagsOf(form) === 0);
}
