import { AbbreviatedPhrases } from "./abbreviated-phrases.ts";
import { addPhrase, partsOf, type PhraseIndex } from "./phrases.ts";
import { fullNames } from "./phrase-forms.ts";
import { PatientWords, type KnownPatient } from "./known-patient.ts";
import { Reading } from "./reading.ts";
import { Replacements } from "./replacements.ts";
import { findAll, type Search } from "./scrub-pass.ts";
import { joinSpans, type ScrubReplacement } from "./spans.ts";
import { StaffNames } from "./staff-names.ts";
import { suspect, type Suspicion } from "./suspicion.ts";
import { Tokenizer } from "./tokens.ts";
import { WordBook } from "./word-book.ts";

export type { KnownPatient } from "./known-patient.ts";

/** Names that may stand in any note of the house. */
export interface HouseWords {
  staff: readonly string[];
  wards: readonly string[];
  places: readonly string[];
}

export interface ScrubOptions {
  /** `replace`: every date of day and month; `keep`: the birth date alone goes. A year by itself stays. */
  dates: "replace" | "keep";
  /** `safe-harbor`: ages over 89 go. */
  ages: "exact" | "safe-harbor";
}

export interface ScrubbedText extends Suspicion {
  text: string;
  /** Places in the text that was given, in order. */
  replaced: ScrubReplacement[];
  /** Places in the scrubbed text that still look like a name or a number of somebody. */
  suspicious: { start: number; end: number }[];
  /** 0 to 1: how much speaks for something left. */
  risk: number;
}

/** Scrubs the notes of one patient. */
export interface PatientScrubber {
  scrub(text: string): ScrubbedText;
}

/** Holds the words of the house, compiled once. Of one thread. */
export interface Scrubber {
  /** Cheap: for each of thousands of patients. */
  forPatient(known: KnownPatient): PatientScrubber;
}

/** A pass on what the pass before left finds nothing, or very rarely something that a replacement uncovered. */
const MOST_PASSES = 8;

/**
 * Takes names, numbers, addresses and dates out of the text of notes. It lowers the risk that a reader learns who the patient is; it makes
 * no text anonymous.
 */
export function createScrubber(house: HouseWords, options: ScrubOptions): Scrubber {
  const phrases: PhraseIndex = new Map();
  const abbreviated = new AbbreviatedPhrases();
  for (const [kind, names] of [
    ["ward", house.wards],
    ["place", house.places],
  ] as const)
    for (const name of names) {
      addPhrase(phrases, name, kind);
      for (const form of fullNames(partsOf(name), kind)) abbreviated.add(form, kind);
    }
  const book = new WordBook(new StaffNames(house.staff), phrases, abbreviated);
  const tokenizer = new Tokenizer(book.read);
  return {
    forPatient: (known) => {
      const patient = new PatientWords(known);
      const dates = { birthDate: patient.birthDate, all: options.dates === "replace" };
      const search: Search = { patient, book, phrases, abbreviated, dates, ages: options.ages === "safe-harbor" };
      return {
        scrub: (text) => {
          const replacements = new Replacements(text);
          for (let pass = 0; ; pass++) {
            const reading = new Reading(tokenizer.tokenize(replacements.text));
            findAll(reading, search);
            const spans = joinSpans(reading.spans);
            if (spans.length === 0 || pass === MOST_PASSES)
              return { text: replacements.text, replaced: replacements.list, ...suspect(reading) };
            replacements.apply(spans);
          }
        },
      };
    },
  };
}
