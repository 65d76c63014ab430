import type { ScrubKind } from "../../../contract/calls/records.ts";
import { foldWord } from "./letters.ts";
import { FLAGS, flagsOf } from "./vocabulary.ts";

/** A name of several words, or of one, that is looked for as a whole. */
export interface Phrase {
  /** Folded words and numbers, without particles: "Hospital Geral do Estado" is written without "do" too. */
  readonly parts: readonly string[];
  readonly kind: ScrubKind;
  /** Made of words everybody uses: only what begins with a capital is meant. */
  readonly capitalOnly: boolean;
}

/** Phrases by their first part. */
export type PhraseIndex = Map<string, Phrase[]>;

const SHORTEST_PHRASE = 2;
const SHORTEST_ACRONYM = 3;
/** Before the name of a ward: "Ala Santa Luzia" is called "Santa Luzia" too. */
const WARD_HEADS = new Set("ala setor unidade enfermaria ward unit sala servico posto piso planta pavilhao".split(" "));
const INSTITUTIONS = new Set("hospital maternidade clinica universidade upa instituto".split(" "));

/** The parts of a phrase, folded, particles left out. */
export function partsOf(text: string): string[] {
  return (foldWord(text).match(/\p{L}+|\p{Nd}+/gu) ?? []).filter((part) => !isParticle(part));
}

export function isParticle(part: string): boolean {
  const flags = flagsOf(part);
  return ((flags & FLAGS.particle) !== 0 && part.length > 1) || part === "of" || part === "the";
}

export function addPhrase(index: PhraseIndex, text: string, kind: ScrubKind): void {
  const parts = partsOf(text);
  if (parts.join("").length < SHORTEST_PHRASE) return;
  addParts(index, parts, kind);
  if (kind === "ward" && WARD_HEADS.has(parts[0]!) && parts.slice(1).join("").length > SHORTEST_ACRONYM)
    addParts(index, parts.slice(1), kind);
  if (INSTITUTIONS.has(parts[0]!) && parts.length >= SHORTEST_ACRONYM) {
    const acronym = parts.map((part) => part[0]).join("");
    if (flagsOf(acronym) === 0) addParts(index, [acronym], kind);
  }
}

/** Phrases of parts that are given: spelled dates, parts of an address. */
export function addParts(index: PhraseIndex, parts: readonly string[], kind: ScrubKind): void {
  const [first] = parts;
  if (first === undefined || (parts.length === 1 && /^\d+$/.test(first))) return;
  const list = index.get(first);
  const phrase = {
    parts,
    kind,
    capitalOnly:
      !parts.some((part) => /\d/.test(part)) &&
      parts.every((part) => (flagsOf(part) & FLAGS.common) !== 0 || part.length < 4),
  };
  if (list === undefined) index.set(first, [phrase]);
  // The longest first: "UTI Adulto" before "UTI".
  else if (!list.some((known) => known.parts.join(" ") === parts.join(" "))) {
    list.push(phrase);
    list.sort((a, b) => b.parts.length - a.parts.length);
  }
}
