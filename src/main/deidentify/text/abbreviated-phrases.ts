import type { ScrubKind } from "../../../contract/calls/records.ts";
import { foldWord } from "./letters.ts";
import { isParticle } from "./phrases.ts";
import { GAP, type Reading } from "./reading.ts";
import { FLAGS, flagsOf } from "./vocabulary.ts";

/** A ward, a place or an address of several words, any of which may be written for short. */
export interface AbbreviatedPhrase {
  readonly parts: readonly string[];
  readonly kind: ScrubKind;
}

const FEWEST_EXACT = 3;
const MOST_PARTICLES = 2;
const NUMBER = /^\d+$/;

/** Names of wards and places by the sign with which they begin: each word may be cut, be its initial, or lose its vowels. */
export class AbbreviatedPhrases {
  readonly #byFirst = new Map<string, AbbreviatedPhrase[]>();

  add(parts: readonly string[], kind: ScrubKind): void {
    if (parts.length < 2) return;
    const key = parts[0]![0]!;
    const list = this.#byFirst.get(key);
    if (list === undefined) this.#byFirst.set(key, [{ parts, kind }]);
    else if (!list.some((known) => known.parts.join(" ") === parts.join(" "))) list.push({ parts, kind });
  }

  /** Those that may begin with this folded word. */
  beginningWith(written: string): readonly AbbreviatedPhrase[] | undefined {
    const list = this.#byFirst.get(written.charAt(0))?.filter(({ parts }) => abbreviates(written, parts[0]!));
    return list === undefined || list.length === 0 ? undefined : list;
  }
}

/** Finds the phrase that begins here with its words written for short: "Oak Crk", "C. do Sol", "6 E". @returns its last token, or -1 */
export function endOfAbbreviated(reading: Reading, at: number, { parts }: AbbreviatedPhrase): number {
  let token = at;
  let exact = 0;
  let digits = 0;
  let shortest = Infinity;
  for (const [index, part] of parts.entries()) {
    if (index > 0) {
      token++;
      for (let skipped = 0; skipped < MOST_PARTICLES && isSkipped(reading, token, part); skipped++) token++;
      if (token >= reading.count || reading.gap(token - 1) > GAP.stop || reading.covered[token] === 1) return -1;
    }
    const word = reading.word(token);
    const written = word?.text ?? foldWord(reading.text.slice(reading.start(token), reading.end(token)));
    if (written === part) {
      if (word === undefined) digits += part.length;
      else exact += part.length;
    } else {
      if (word === undefined || word.shape === "lower" || !abbreviates(written, part)) return -1;
      // "2 L" is an amount.
      if (written.length === 1 && digits > 0 && exact === 0 && (word.flags & FLAGS.unit) !== 0) return -1;
      shortest = Math.min(shortest, written.length);
    }
  }
  if (shortest === Infinity) return -1;
  if (exact >= FEWEST_EXACT || (digits > 0 && (exact > 0 || shortest >= FEWEST_EXACT))) return token;
  return digits > 0 && reading.word(at) === undefined ? token : -1;
}

/** "crk" of "creek", "masc" of "masculina", "u" of "unidade". */
function abbreviates(written: string, part: string): boolean {
  if (written === part) return true;
  if (written.length >= part.length || written[0] !== part[0] || NUMBER.test(part)) return false;
  if (part.startsWith(written)) return true;
  let from = 1;
  for (const letter of written.slice(1)) {
    if (/[aeiou]/.test(letter)) return false;
    from = part.indexOf(letter, from) + 1;
    if (from === 0) return false;
  }
  return true;
}

function isSkipped(reading: Reading, token: number, wanted: string): boolean {
  const word = reading.word(token);
  return word !== undefined && word.text !== wanted && isParticle(word.text) && flagsOf(wanted) !== FLAGS.particle;
}
