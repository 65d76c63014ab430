import { OWNER, type NameMarks } from "./name-marks.ts";
import { GAP } from "./reading.ts";
import { FLAGS, looksLikeTerm } from "./vocabulary.ts";
import { isCapital, isKnown, isListedName, mayBeName, type Word } from "./word-book.ts";

const LONGEST_SIGNATURE = 6;
const MOST_OTHERS = 6;
const LONGEST_SHORTENED = 5;
const AND = new Set(["e", "y", "and"]);

/** Names that are known by what stands before or behind them: "Dra.", "esposa", "avaliado por", "CRM 12345". */
export class NameIntroductions {
  readonly #marks: NameMarks;
  /** Strong ones need no capital. */
  readonly #introductions: { at: number; strong: boolean }[] = [];

  constructor(marks: NameMarks) {
    this.#marks = marks;
  }

  /** Notes that a name may stand behind this token. */
  add(at: number, word: Word): void {
    const { reading } = this.#marks;
    const behind = reading.text.slice(reading.end(at), reading.end(at) + 4);
    if (
      (word.flags & FLAGS.honorific) !== 0 &&
      (word.shape === "title" || /^\.|^\(a\)/.test(behind) || word.text.length > 2)
    ) {
      this.#introductions.push({ at, strong: true });
    } else if ((word.flags & (FLAGS.introduction | FLAGS.role)) !== 0) this.#introductions.push({ at, strong: false });
    else if ((word.flags & FLAGS.agent) !== 0 && ((reading.word(at - 1)?.flags ?? 0) & FLAGS.deed) !== 0)
      this.#introductions.push({ at, strong: false });
  }

  /** "RN Dempsey", "SHO Bashir": letters of a grade before a name. */
  grade(at: number): void {
    if (this.#marks.reading.gap(at) === GAP.space && this.#marks.reading.word(at + 1)?.shape === "title")
      this.#introductions.push({ at, strong: false });
  }

  /** ": K. Obi", "S/N J. Coe": an initial where a name begins, and a name that nobody listed behind it. */
  initial(at: number): void {
    const { reading } = this.#marks;
    const name = reading.word(at + 1);
    // "D. Lurdes": a title.
    if (reading.word(at)!.text === "d" || reading.gap(at) !== GAP.stop || name?.shape !== "title" || !mayBeName(name))
      return;
    const before = reading.text.slice(Math.max(0, reading.start(at) - 4), reading.start(at));
    if (!/(?:^|[:(\n]\s?|S\/N\s)$/.test(before)) return;
    this.#marks.put(at + 1, OWNER.person, true);
  }

  /** Before "CRM 12345" stands who signs. */
  sign(label: number): void {
    const { reading } = this.#marks;
    if (
      !/^[\s:./-]{0,3}(?:\p{Lu}{2})?[\s:./-]{0,3}\d/u.test(
        reading.text.slice(reading.end(label), reading.end(label) + 12),
      )
    )
      return;
    this.signBefore(label);
  }

  /** The name before what only people carry: "RN", "CRM 12345". */
  signBefore(label: number): void {
    const { reading } = this.#marks;
    for (let at = label - 1; at >= 0 && at >= label - LONGEST_SIGNATURE; at--) {
      const between = reading.text.slice(reading.end(at), reading.start(at + 1));
      if (between.length > 6 || /[;:]/.test(between)) return;
      const word = reading.word(at);
      if (word?.shape === "initial") continue;
      if (word === undefined || (!mayBeName(word) && (word.flags & FLAGS.particle) === 0)) {
        if (word !== undefined && (word.flags & FLAGS.role) !== 0) continue;
        return;
      }
      if (mayBeName(word)) this.#marks.put(at, OWNER.person, true);
    }
  }

  /** Marks what stands behind the introductions. */
  mark(): void {
    for (const { at, strong } of this.#introductions) {
      const first = this.#afterIntroduction(at);
      const word = this.#marks.reading.word(first);
      if (word === undefined || this.#marks.reading.covered[first] === 1) continue;
      if (this.#marks.owner[first] !== OWNER.none) {
        if (strong || isCapital(word) || !isKnown(word)) this.#marks.put(first, this.#marks.owner[first]!, true);
      } else if (strong ? this.#followsHonorific(at, word) : mayBeName(word) && !this.#marks.isShouted(first)) {
        this.#marks.put(first, OWNER.person, true);
      }
      if (this.#marks.sure[first] === 1) this.#markOthers(at, first);
    }
  }

  /** "filhos Valter, Wilma e Walmir", "kids Max and Ada": the others of a list. */
  #markOthers(introduction: number, first: number): void {
    const { reading } = this.#marks;
    const isOfSeveral = reading.word(introduction)!.text.endsWith("s");
    let last = first;
    for (let found = 0; found < MOST_OTHERS; found++) {
      const isAnd = AND.has(reading.word(last + 1)?.text ?? "") && reading.gap(last) === GAP.space;
      const isListed =
        isOfSeveral && /^\s?[,&]\s?$/.test(reading.text.slice(reading.end(last), reading.start(last + 1)));
      const next = isAnd ? last + 2 : last + 1;
      const word = reading.word(next);
      if ((!isAnd && !isListed) || word === undefined || reading.gap(next - 1) > GAP.mark) return;
      if (reading.covered[next] === 1 || this.#marks.isShouted(next) || !mayBeName(word)) return;
      this.#marks.put(next, OWNER.person, true);
      last = next;
    }
  }

  /** "Dra. Rosa", "dr. wuttke"; not "Dr. plantonista". */
  #followsHonorific(at: number, word: Word): boolean {
    if ((word.flags & (FLAGS.role | FLAGS.particle | FLAGS.honorific)) !== 0) return false;
    if (word.shape === "initial") return true;
    if (isListedName(word)) return true;
    if (isKnown(word)) return word.shape === "title" && word.text.length > 3 && !this.#marks.isShouted(at);
    if (word.shape === "title") return true;
    return (isCapital(word) || this.#marks.reading.word(at)!.shape !== "capitals") && !looksLikeTerm(word.text);
  }

  /** Past "(a)", "nº", "de": where the name would begin. */
  #afterIntroduction(at: number): number {
    const { reading } = this.#marks;
    let next = at + 1;
    for (let skipped = 0; skipped < 3; skipped++) {
      const between = reading.text.slice(
        reading.end(next - 1),
        Math.min(reading.start(next), reading.end(next - 1) + 8),
      );
      // "enf. Ana", but not "dentista. Candidato".
      if (skipped === 0 && between.includes(".") && reading.word(at)!.text.length > LONGEST_SHORTENED) return -1;
      if (next >= reading.count || between.length > 5 || /[;\n]|\.\s*\n/.test(between)) return -1;
      const word = reading.word(next);
      if (word === undefined) return -1;
      const isLink =
        (word.flags & (FLAGS.particle | FLAGS.honorific)) !== 0 || /^[ao]s?$/.test(word.text) || word.text === "sr";
      if (!isLink || (isListedName(word) && isCapital(word))) return next;
      next++;
    }
    return next;
  }
}
