import { foldWord } from "./letters.ts";
import type { AbbreviatedPhrase, AbbreviatedPhrases } from "./abbreviated-phrases.ts";
import type { PhraseIndex, Phrase } from "./phrases.ts";
import { isOneApart, letterMask, mayBeOneApart, soundOf } from "./spelling.ts";
import type { StaffNames } from "./staff-names.ts";
import { FLAGS, flagsOf, looksLikeTerm } from "./vocabulary.ts";

export type Shape = "lower" | "title" | "capitals" | "initial";

/** How a word stands to the names of the house. */
export type HouseMatch = "none" | "exact" | "typo" | "short";

/** A word as it is written, and all that is known of it whoever the patient is. */
export interface Word {
  /** Folded. */
  readonly text: string;
  readonly mask: number;
  /** How it is said: "Rebeca" and "Rebecca" are one. "" of short words. */
  readonly sound: string;
  readonly flags: number;
  readonly shape: Shape;
  readonly staff: HouseMatch;
  /** Wards and places that begin with it. */
  readonly phrases: readonly Phrase[] | undefined;
  /** Those that may begin with it as a short form of their first word. */
  readonly abbreviated: readonly AbbreviatedPhrase[] | undefined;
  /** What the patient whose notes are read has to do with it, and which patient that was. */
  patient: number;
  patientMatch: number;
}

/** Everything that a word can be but a name. */
const KNOWN = ~(FLAGS.given | FLAGS.surname | FLAGS.eponym);
const SHORTEST_WITH_TYPO = 5;
/** Names of which one letter and a sign are written. */
const WRITTEN_SHORT = new Map([
  ["mª", "maria"],
  ["fº", "filho"],
  ["fco", "francisco"],
]);
const MOST_WORDS = 65_536;
/** Capitals this short are more often an abbreviation than a name. */
const LONGEST_ABBREVIATION = 4;

export function isKnown(word: Word): boolean {
  return (word.flags & KNOWN) !== 0;
}

export function isListedName(word: Word): boolean {
  return (word.flags & (FLAGS.given | FLAGS.surname)) !== 0;
}

export function isCapital(word: Word): boolean {
  return word.shape !== "lower";
}

/** A word that may be a name that nobody listed. */
export function mayBeName(word: Word): boolean {
  if (!isCapital(word) || word.shape === "initial" || word.text.length < 3) return false;
  if (isListedName(word)) return true;
  if (isKnown(word) || (word.flags & FLAGS.eponym) !== 0 || looksLikeTerm(word.text)) return false;
  return word.shape === "title" || word.text.length > LONGEST_ABBREVIATION;
}

/** Reads written words; the same one is judged once for many texts. Holds a bounded number of them. */
export class WordBook {
  readonly #words = new Map<string, Word>();
  readonly staff: StaffNames;
  readonly #sounds: ReadonlySet<string>;
  readonly #typos: { text: string; mask: number }[];
  readonly #phrases: PhraseIndex;
  readonly #abbreviated: AbbreviatedPhrases;

  constructor(staff: StaffNames, phrases: PhraseIndex, abbreviated: AbbreviatedPhrases) {
    this.staff = staff;
    const long = [...staff.words].filter((text) => text.length >= SHORTEST_WITH_TYPO);
    this.#sounds = new Set(long.map(soundOf));
    this.#typos = long.map((text) => ({ text, mask: letterMask(text) }));
    this.#phrases = phrases;
    this.#abbreviated = abbreviated;
  }

  readonly read = (written: string): Word => {
    const known = this.#words.get(written);
    if (known !== undefined) return known;
    if (this.#words.size >= MOST_WORDS) this.#words.clear();
    const word = this.#judge(written);
    // A slice would keep the whole note in memory.
    this.#words.set(Buffer.from(written, "utf16le").toString("utf16le"), word);
    return word;
  };

  #judge(written: string): Word {
    const text = WRITTEN_SHORT.get(written.toLowerCase()) ?? foldWord(written);
    const mask = letterMask(text);
    const flags = flagsOf(text);
    const shape = shapeOf(written);
    return {
      text,
      mask,
      sound: text.length < SHORTEST_WITH_TYPO ? "" : soundOf(text),
      flags,
      shape,
      staff: this.#matchStaff(text, mask, flags),
      phrases: this.#phrases.get(text),
      abbreviated: this.#abbreviated.beginningWith(text),
      patient: 0,
      patientMatch: 0,
    };
  }

  #matchStaff(text: string, mask: number, flags: number): HouseMatch {
    if (this.staff.words.has(text)) return "exact";
    if (this.#isTypo(text, mask, flags)) return "typo";
    return (flags & (KNOWN | FLAGS.eponym)) === 0 && this.staff.isShort(text) ? "short" : "none";
  }

  #isTypo(text: string, mask: number, flags: number): boolean {
    if (text.length < SHORTEST_WITH_TYPO - 1 || (flags & (KNOWN | FLAGS.eponym)) !== 0 || looksLikeTerm(text))
      return false;
    if (text.length >= SHORTEST_WITH_TYPO && this.#sounds.has(soundOf(text))) return true;
    return this.#typos.some(
      (name) => mayBeOneApart(mask, text.length, name.mask, name.text.length) && isOneApart(text, name.text),
    );
  }
}

function shapeOf(written: string): Shape {
  const lower = written.toLowerCase();
  const [first = ""] = written;
  if (first === first.toLowerCase()) return "lower";
  if (foldWord(written).length === 1) return "initial";
  // "SatO", "HbA", "EtOH": letters of a formula.
  if (written.length <= LONGEST_ABBREVIATION && /^.+\p{Lu}/u.test(written)) return "capitals";
  return written === written.toUpperCase() && written !== lower ? "capitals" : "title";
}
