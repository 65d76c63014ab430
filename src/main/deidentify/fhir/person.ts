import { foldText } from "../clean-descriptor.ts";
import { needlesOf, findInText, type Needle } from "../sweep/needles.ts";
import { COMMON_WORDS } from "../sweep/words.ts";
import { compact } from "../text/letters.ts";
import type { PatientScrubber, Scrubber } from "../text/scrubber.ts";
import type { KnownOfPatient } from "./resource-policy.ts";
import { isPlainText, partsOfText } from "./vocabulary.ts";

/** Codes and displays come again: what they are made of is kept for so many of them. */
const KEPT_TEXTS = 20_000;
/** What is longer than any display is looked at anew. */
const LONGEST_KEPT = 300;
const LEAST_NUMBER = 1e6;
/** Answers of one patient are kept for so many texts. */
const KEPT_ANSWERS = 4_000;

/** The words, numbers and whole number of a text that is made of known words, folded; undefined of any other. */
const partsOfPlain = new Map<string, readonly string[] | undefined>();

/** What is known of the patient whose resources are treated, ready to be looked for. */
export class Person {
  readonly birthDate: string;
  readonly #known: KnownOfPatient;
  readonly #parts: ReadonlySet<string>;
  readonly #answers = new Map<string, boolean>();
  #needles: readonly Needle[] | undefined;
  #namesAndNumbers: readonly Needle[] | undefined;
  #scrubber: PatientScrubber | undefined;

  constructor(known: KnownOfPatient) {
    this.#known = known;
    this.birthDate = /^\d{4}-\d{2}-\d{2}/.exec(known.birthDate)?.[0] ?? "";
    this.#parts = tellingParts(known, this.birthDate);
  }

  /**
   * True of a text that says nothing of the patient. Of texts that are made of known words ("Graves disease") whole words and numbers count,
   * since a name of three letters is in many of them; of all others what a sweep of packages finds counts.
   *
   * @param isPlace a district or a state, which an address of the patient names and which may leave
   */
  isSilent(text: string, isPlace = false): boolean {
    // Notes are met once.
    const isKept = !isPlace && text.length <= LONGEST_KEPT;
    const before = isKept ? this.#answers.get(text) : undefined;
    if (before !== undefined) return before;
    const parts = plainPartsOf(text);
    const silent =
      parts === undefined
        ? findInText(isPlace ? this.#forPlaces() : this.#forTexts(), text).length === 0 && !this.#hasNumberOf(text)
        : !parts.some((part) => this.#parts.has(part));
    if (isKept && this.#answers.size < KEPT_ANSWERS) this.#answers.set(text, silent);
    return silent;
  }

  /** A measure of seven digits is rare; one that is the patient's number as well is that number. */
  isSilentNumber(value: number): boolean {
    return !Number.isInteger(value) || Math.abs(value) < LEAST_NUMBER || !this.#parts.has(String(Math.abs(value)));
  }

  /** Numbers written in groups, with or without country and area: "98450 12345" of "+91 98450 12345". */
  #hasNumberOf(text: string): boolean {
    return (text.match(/\d[\d ().-]{4,}\d/g) ?? []).some((run) => {
      const digits = compact(run);
      return this.#parts.has(digits) || this.#parts.has(digits.slice(-10)) || this.#parts.has(digits.slice(-8));
    });
  }

  scrub(text: string, scrubber: Scrubber): string {
    const { names, identifiers, phones, addresses } = this.#known;
    this.#scrubber ??= scrubber.forPatient({
      names,
      birthDate: this.birthDate,
      recordNumbers: [],
      identifiers: [
        ...identifiers.map((value) => ({ kind: "other" as const, value })),
        ...phones.map((value) => ({ kind: value.includes("@") ? ("email" as const) : ("phone" as const), value })),
        ...addresses.map((value) => ({ kind: "address" as const, value })),
      ],
    });
    return this.#scrubber.scrub(text).text;
  }

  #forTexts(): readonly Needle[] {
    this.#needles ??= needlesOf({ ...this.#values(), organisations: this.#known.addresses.flatMap(linesOf) });
    return this.#needles;
  }

  #forPlaces(): readonly Needle[] {
    this.#namesAndNumbers ??= needlesOf({ ...this.#values(), organisations: [] });
    return this.#namesAndNumbers;
  }

  #values(): { names: string[]; identifiers: string[]; dates: string[]; uids: string[] } {
    const { names, identifiers, phones } = this.#known;
    return {
      names: names.map(asPersonName),
      identifiers: [...identifiers, ...phones],
      dates: this.birthDate === "" ? [] : [this.birthDate.replaceAll("-", "")],
      uids: [],
    };
  }
}

/** Names as FHIR has them, given before family, as PN: the sweep knows the parts of those. */
function asPersonName(name: string): string {
  const words = name.trim().split(/\s+/);
  return words.length < 2 || name.includes("^") ? name : `${words.at(-1)!}^${words.slice(0, -1).join(" ")}`;
}

/** "12 Mill Lane, Alice Springs": only the part with the street is somebody's own; the rest is a town that others live in as well. */
function linesOf(address: string): string[] {
  const [line = ""] = address.split(/[,\n]/);
  return line.trim().length >= 4 ? [line.trim()] : [];
}

function tellingParts({ names, identifiers, phones }: KnownOfPatient, birthDate: string): ReadonlySet<string> {
  const parts = new Set<string>();
  for (const name of names)
    for (const part of partsOfText(name)) {
      const word = foldText(part);
      if (word.length >= 3 && !COMMON_WORDS.has(word)) parts.add(word);
    }
  for (const number of [...identifiers, ...phones]) {
    const whole = compact(number);
    if (whole.length >= 4) parts.add(whole);
    // "MRN-445566" is also known as 445566, a telephone number without its country.
    const digits = number.replaceAll(/\D/g, "");
    if (digits.length >= 6) parts.add(digits);
    if (digits.length >= 9) parts.add(digits.slice(-10)).add(digits.slice(-8));
  }
  if (birthDate !== "") parts.add(birthDate.replaceAll("-", ""));
  return parts;
}

function plainPartsOf(text: string): readonly string[] | undefined {
  if (text.length > LONGEST_KEPT) return undefined;
  const before = partsOfPlain.get(text);
  if (before !== undefined || partsOfPlain.has(text)) return before;
  const parts =
    isCode(text) || isPlainText(text) ? [...partsOfText(text).map((part) => foldText(part)), compact(text)] : undefined;
  if (partsOfPlain.size >= KEPT_TEXTS) partsOfPlain.clear();
  partsOfPlain.set(text, parts);
  return parts;
}

/** What numbers of terminologies look like. */
function isCode(text: string): boolean {
  return /^[A-Za-z]{0,4}[\d.-]{1,20}[A-Za-z]?$/.test(text);
}
