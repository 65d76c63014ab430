import type { ScrubKind } from "../../../contract/calls/records.ts";
import { foldWord } from "./letters.ts";
import { otherNames, wardCode } from "./phrase-forms.ts";
import { FLAGS, flagsOf } from "./vocabulary.ts";

/** A name of several words, or of one, that is looked for as a whole. */
export interface Phrase {
  /** Folded words and numbers, without particles: "Hospital Geral do Estado" is written without "do" too. */
  readonly parts: readonly string[];
  readonly kind: ScrubKind;
  /** Made of words everybody uses: only what begins with a capital is meant. */
  readonly capitalOnly: boolean;
  /** "7B" of Ward 7B: only where somebody is there, or goes there. */
  readonly isCode?: boolean;
}

/** Phrases by their first part. */
export type PhraseIndex = Map<string, Phrase[]>;

const SHORTEST_PHRASE = 2;
/** Words this short are abbreviations of anything. */
const SHORTEST_TELLING = 4;

/** The parts of a phrase, folded, particles left out. */
export function partsOf(text: string): string[] {
  return (foldWord(text).match(/\p{L}+|\p{Nd}+/gu) ?? []).filter((part) => !isParticle(part));
}

export function isParticle(part: string): boolean {
  const flags = flagsOf(part);
  return ((flags & FLAGS.particle) !== 0 && part.length > 1) || part === "of" || part === "the";
}

/** A ward, a place or another phrase, and what people call it for short. */
export function addPhrase(index: PhraseIndex, text: string, kind: ScrubKind): void {
  const parts = partsOf(text);
  if (parts.join("").length < SHORTEST_PHRASE) return;
  // A ward of two words is meant in lower case too: "uti adulto". A place may be everybody's words: "água fria".
  addParts(index, parts, kind, kind === "ward" && parts.length > 1 ? false : undefined);
  if (kind !== "ward" && kind !== "place") return;
  const code = kind === "ward" ? wardCode(parts) : undefined;
  if (code !== undefined) put(index, { parts: code, kind, capitalOnly: false, isCode: true });
  for (const other of otherNames(parts, kind, text)) addParts(index, other, kind, other.length === 1 || undefined);
}

/** Phrases of parts that are given: spelled dates, parts of an address. */
export function addParts(
  index: PhraseIndex,
  parts: readonly string[],
  kind: ScrubKind,
  capitalOnly = isEverybodys(parts),
): void {
  const [first] = parts;
  if (first === undefined || (parts.length === 1 && /^\d+$/.test(first))) return;
  put(index, { parts, kind, capitalOnly });
}

function put(index: PhraseIndex, phrase: Phrase): void {
  const { parts } = phrase;
  const list = index.get(parts[0]!);
  if (list === undefined) index.set(parts[0]!, [phrase]);
  // The longest first: "UTI Adulto" before "UTI".
  else if (!list.some((known) => known.parts.join(" ") === parts.join(" "))) {
    list.push(phrase);
    list.sort((a, b) => b.parts.length - a.parts.length);
  }
}

function isEverybodys(parts: readonly string[]): boolean {
  return (
    !parts.some((part) => /\d/.test(part)) &&
    parts.every((part) => (flagsOf(part) & FLAGS.common) !== 0 || part.length < SHORTEST_TELLING)
  );
}
