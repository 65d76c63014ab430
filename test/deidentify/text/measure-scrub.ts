import type { ScrubKind } from "../../../src/contract/calls/records.ts";
import { createScrubber, type HouseWords, type Scrubber } from "../../../src/main/deidentify/text/scrubber.ts";
import type { Mark, MarkedNote } from "./corpus/read-corpus.ts";

/** One mark of the corpus and what became of it. */
export interface MarkOutcome extends Mark {
  note: string;
  language: string;
  value: string;
  /** What of it can still be read. */
  left: string;
  /** Letters and digits that had to go, and those that went. */
  characters: number;
  gone: number;
}
/** A word that is not marked and was taken away. */
export interface LostWord {
  note: string;
  language: string;
  kind: ScrubKind;
  /** The word with its neighbours. */
  context: string;
}
export interface ScrubMeasure {
  notes: number;
  marks: MarkOutcome[];
  /** Words that are not marked, by language. */
  words: Map<string, number>;
  lost: LostWord[];
}

const WORD = /[\p{L}\p{M}\p{N}]+/gu;
/** Of a name or an address these tell nothing: "de" may stay where "Maria" and "Souza" went. */
const TELLS_NOTHING =
  /^(de|da|do|das|dos|e|a|o|di|del|la|las|los|el|y|of|the|n|nº|dr|dra|doña?|dona|d|sra?|seu|mrs?|ms|miss|rua|r|av|avda|avenida|trav|travessa|calle|c|street|st|h|hosp|hospital|ubs|cs|unid|unidade|enf|enfermaria|pav|pavilhão|ala|s)$/iu;
const CONTEXT = 24;

/** Scrubs as an export for strangers does: dates and ages over 89 go. */
export function measureScrub(notes: readonly MarkedNote[]): ScrubMeasure {
  const measure: ScrubMeasure = { notes: notes.length, marks: [], words: new Map(), lost: [] };
  const scrubbers = new Map<HouseWords, Scrubber>();
  for (const note of notes) {
    const scrubber = scrubbers.get(note.house) ?? createScrubber(note.house, { dates: "replace", ages: "safe-harbor" });
    scrubbers.set(note.house, scrubber);
    const { replaced } = scrubber.forPatient(note.patient).scrub(note.text);
    const taken = (start: number, end: number) => replaced.find((span) => span.start < end && start < span.end);
    for (const mark of note.marks)
      measure.marks.push(judgeMark(note, mark, (start) => taken(start, start + 1) !== undefined));
    for (const { 0: word, index } of note.text.matchAll(WORD)) {
      const end = index + word.length;
      if ([...note.marks, ...(note.uncounted ?? [])].some((mark) => mark.start < end && index < mark.end)) continue;
      measure.words.set(note.language, (measure.words.get(note.language) ?? 0) + 1);
      const span = taken(index, end);
      if (span === undefined) continue;
      const context = `${note.text.slice(Math.max(0, index - CONTEXT), index)}{${word}}${note.text.slice(end, end + CONTEXT)}`;
      measure.lost.push({ note: note.id, language: note.language, kind: span.kind, context });
    }
  }
  return measure;
}

function judgeMark(note: MarkedNote, mark: Mark, isGone: (place: number) => boolean): MarkOutcome {
  const value = note.text.slice(mark.start, mark.end);
  let characters = 0;
  let gone = 0;
  const left: string[] = [];
  const words = [...value.matchAll(WORD)];
  const telling = words.filter(([word]) => !TELLS_NOTHING.test(word));
  for (const { 0: word, index } of telling.length > 0 ? telling : words) {
    characters += word.length;
    const stayed = word.split("").filter((_, at) => !isGone(mark.start + index + at));
    gone += word.length - stayed.length;
    if (stayed.length > 0) left.push(stayed.join(""));
  }
  return { ...mark, note: note.id, language: note.language, value, left: left.join(" "), characters, gone };
}

export interface Recall {
  spans: number;
  found: number;
  bySpan: number;
  byCharacter: number;
}

/** A span counts as found where all of it went, but for words that tell nothing. */
export function recallOf(marks: readonly MarkOutcome[]): Recall {
  const found = marks.filter(({ left }) => left === "").length;
  const characters = marks.reduce((sum, mark) => sum + mark.characters, 0);
  const gone = marks.reduce((sum, mark) => sum + mark.gone, 0);
  return { spans: marks.length, found, bySpan: found / marks.length, byCharacter: gone / characters };
}

/** The share of the words without a mark that stayed. */
export function wordsKept({ words, lost }: ScrubMeasure, language?: string): number {
  const count = language === undefined ? [...words.values()].reduce((a, b) => a + b, 0) : (words.get(language) ?? 0);
  return 1 - lost.filter((word) => language === undefined || word.language === language).length / count;
}

/** Of what the catalog knows, by place and by character. */
export const RECALL_WHERE_KNOWN = 0.99;
export const OTHER_WORDS_KEPT = 0.95;

export function recallWhereKnown({ marks }: ScrubMeasure): Recall {
  return recallOf(marks.filter(({ known }) => known));
}

export function meetsLimits(measure: ScrubMeasure): boolean {
  const { bySpan, byCharacter } = recallWhereKnown(measure);
  return Math.min(bySpan, byCharacter) >= RECALL_WHERE_KNOWN && wordsKept(measure) >= OTHER_WORDS_KEPT;
}
