import { isEponym } from "./eponyms.ts";
import { OWNER, type NameMarks } from "./name-marks.ts";
import { GAP } from "./reading.ts";
import { FLAGS, looksLikeTerm } from "./vocabulary.ts";
import { isCapital, isKnown, isListedName, mayBeName, type Word } from "./word-book.ts";

/** A name from its first token to its last, [start, end) in the text. */
export interface NameRun {
  first: number;
  start: number;
  end: number;
  owner: number;
}

const MOST_PARTICLES = 2;
const MOST_UNLISTED = 3;
const SIDES = new Set("deilr".split(""));
const HEAD_PARTICLES = new Set("van von bin ibn abu".split(" "));
const FOREIGN_PARTICLES = new Set([...HEAD_PARTICLES, "der", "den", "de", "het"]);
const GENERATIONS = new Set("jr jnr junior filho neto sobrinho".split(" "));

/** Puts together what belongs to one name: sure tokens, what is a name beside them, particles and initials between. */
export class NameRuns {
  readonly #marks: NameMarks;
  readonly #initials: ReadonlySet<string>;

  /** @param initials of the patient: "J. Silva" is known by them. */
  constructor(marks: NameMarks, initials: ReadonlySet<string>) {
    this.#marks = marks;
    this.#initials = initials;
  }

  /** Names with all that belongs to them, in order. */
  *all(): Generator<NameRun> {
    const { reading } = this.#marks;
    let free = 0;
    for (let at = 0; at < reading.count; at++) {
      if (this.#marks.sure[at] !== 1) continue;
      let first = at;
      for (let before = this.#before(first, free); before >= 0; before = this.#before(first, free)) first = before;
      first = this.#withParticles(first, free);
      let last = at;
      let unlisted = 0;
      for (let behind = this.#behind(last); behind >= 0; behind = this.#behind(last)) {
        if (this.#marks.sure[behind] !== 1 && this.#marks.owner[behind] === OWNER.none && ++unlisted > MOST_UNLISTED)
          break;
        last = behind;
      }
      yield { first, start: reading.start(first), end: this.#endOf(last), owner: this.#ownerOf(first, last) };
      free = last + 1;
      at = last;
    }
  }

  /** The next token that belongs to the name, past particles; -1 where the name ends. */
  #behind(at: number): number {
    const { reading } = this.#marks;
    const isInitial = reading.word(at)?.text.length === 1;
    let next = at + 1;
    for (let skipped = 0; skipped <= MOST_PARTICLES; skipped++, next++) {
      if (next >= reading.count || reading.covered[next] === 1) return -1;
      if (skipped === 0 && this.#isListedInitial(at, next)) return next;
      if (!reading.isLinked(next - 1) && !(isInitial && skipped === 0 && reading.gap(next - 1) === GAP.stop)) return -1;
      const word = reading.word(next);
      if (word === undefined) return -1;
      if (this.#marks.sure[next] === 1) return next;
      if (skipped === 0 && this.#isLeft(word, at, next)) return next;
      if (this.#marks.owner[next] !== OWNER.none) return this.#isPartOf(word, next) ? next : -1;
      if (word.shape === "initial" && this.#isInitialOfName(next)) return next;
      if (this.#joins(word, at, next)) continue;
      return (mayBeName(word) || (skipped === 0 && this.#isBuiltLikeTerm(word, at))) &&
        word.shape === "title" &&
        !isEponym(reading, next) &&
        (isInitial
          ? reading.gap(next - 1) === GAP.joint || this.#goesOn(word, at)
          : reading.gap(next - 1) !== GAP.joint)
        ? next
        : this.#isSurnameEponym(word, next)
          ? next
          : -1;
    }
    return -1;
  }

  /** "Moira Kettering": behind a given name with a capital it is no word of the trade. */
  #isBuiltLikeTerm(word: Word, before: number): boolean {
    const name = this.#marks.reading.word(before);
    if (name === undefined || this.#marks.sure[before] !== 1 || (name.flags & FLAGS.given) === 0) return false;
    return !isKnown(word) && (word.flags & FLAGS.eponym) === 0 && looksLikeTerm(word.text);
  }

  /** What a name that was found leaves behind it: a generation, the patient's own initial. */
  #isLeft(word: Word, before: number, at: number): boolean {
    const { reading, owner } = this.#marks;
    if (reading.gap(before) !== GAP.space) return false;
    if (GENERATIONS.has(word.text)) return word.shape === "title" && !reading.beginsSentence(at);
    if (word.text.length !== 1 || owner[before] !== OWNER.patient || !this.#initials.has(word.text)) return false;
    if (word.shape === "lower") return owner[at + 1] === OWNER.patient && reading.gap(at) === GAP.stop;
    // "D" and "L" before another word are a side.
    const ends = SIDES.has(word.text) ? /^(?:[,;\n)]|$)/ : /^(?:[,;\n) ]|$)/;
    return ends.test(reading.text.slice(reading.end(at), reading.end(at) + 1));
  }

  /** "Whitman, D." of the patient: the surname first. */
  #isListedInitial(before: number, at: number): boolean {
    const { reading, owner } = this.#marks;
    const word = reading.word(at);
    return (
      owner[before] === OWNER.patient &&
      word?.shape === "initial" &&
      this.#initials.has(word.text) &&
      reading.text.charAt(reading.end(at)) === "." &&
      /^,\s?$/.test(reading.text.slice(reading.end(before), reading.start(at)))
    );
  }

  /** "Ana W. Called home": behind a name and its initial a sentence may begin. */
  #goesOn(word: Word, initial: number): boolean {
    return isListedName(word) || initial === 0 || this.#marks.owner[initial - 1] === OWNER.none;
  }

  /** "fêmur E. Vilma", "H&P. Paula", "D. Vilma": a side, another word, a title. */
  #isInitialBefore(word: Word, at: number, name: number, isStopped: boolean): boolean {
    const { reading, owner } = this.#marks;
    if (this.#initials.has(word.text)) return !/[&/\d]/.test(reading.text.charAt(reading.start(at) - 1));
    return isStopped && owner[name] !== OWNER.patient && word.text !== "d";
  }

  /** "da", "de"; "e" within the name of one person only. */
  #joins(word: Word, before: number, at: number): boolean {
    if ((word.flags & FLAGS.particle) === 0 || word.shape === "initial") return false;
    const { owner } = this.#marks;
    return word.text.length > 1 || (owner[before] === OWNER.patient && owner[at + 1] === OWNER.patient);
  }

  /** "P." in "João P. Silva", "O" in "O'Connor". */
  #isInitialOfName(at: number): boolean {
    const { reading, sure } = this.#marks;
    if (reading.text.charAt(reading.end(at)) === "." || sure[at + 1] === 1) return true;
    return reading.gap(at) === GAP.joint && reading.word(at + 1)?.shape === "title";
  }

  /** "João Parkinson", but not "João Glasgow 15". */
  #isSurnameEponym(word: Word, at: number): boolean {
    return (
      (word.flags & FLAGS.eponym) !== 0 &&
      word.shape === "title" &&
      !isKnown(word) &&
      (this.#marks.reading.word(at + 1) !== undefined ||
        at + 1 >= this.#marks.reading.count ||
        this.#marks.reading.gap(at) !== GAP.space)
    );
  }

  #isPartOf(word: Word, at: number): boolean {
    if (!isKnown(word)) return true;
    return isCapital(word)
      ? !this.#marks.isShouted(at) || this.#marks.owner[at]! >= OWNER.relative
      : isListedName(word) && this.#marks.owner[at] !== OWNER.person;
  }

  /** "van der Berg", "bin Laith": particles that only names have. */
  #withParticles(at: number, free: number): number {
    const { reading } = this.#marks;
    let first = at;
    for (let before = at - 1; before >= free && at - before <= MOST_PARTICLES; before--) {
      const particle = reading.word(before)?.text ?? "";
      if (reading.gap(before) !== GAP.space || reading.covered[before] === 1 || !FOREIGN_PARTICLES.has(particle)) break;
      // "na van de Nonato": of a stranger only with a capital, or as "van der".
      const isName = this.#marks.owner[at] !== OWNER.person || reading.word(before)!.shape === "title";
      if (HEAD_PARTICLES.has(particle) && (isName || /^(?:der|den|het)$/.test(reading.word(before + 1)?.text ?? "")))
        first = before;
    }
    return first;
  }

  /** The token before that belongs to the name; -1 where the name begins. */
  #before(at: number, free: number): number {
    const { reading } = this.#marks;
    let previous = at - 1;
    for (let skipped = 0; skipped <= MOST_PARTICLES; skipped++, previous--) {
      if (previous < free || reading.covered[previous] === 1) return -1;
      const word = reading.word(previous);
      if (word === undefined) return -1;
      const isStopped = reading.gap(previous) === GAP.stop && word.shape === "initial";
      if (!reading.isLinked(previous) && !isStopped) return -1;
      if (word.shape === "initial") return this.#isInitialBefore(word, previous, at, isStopped) ? previous : -1;
      if (this.#marks.owner[previous] !== OWNER.none && this.#isPartOf(word, previous)) return previous;
      if ((word.flags & FLAGS.particle) !== 0 && word.text.length > 1) continue;
      return mayBeName(word) &&
        word.shape === "title" &&
        !reading.beginsSentence(previous) &&
        !isEponym(reading, previous)
        ? previous
        : -1;
    }
    return -1;
  }

  /** An initial takes its full stop with it. */
  #endOf(last: number): number {
    const end = this.#marks.reading.end(last);
    return this.#marks.reading.word(last)?.shape === "initial" && this.#marks.reading.text.charAt(end) === "."
      ? end + 1
      : end;
  }

  #ownerOf(first: number, last: number): number {
    const counts = [0, 0, 0, 0, 0];
    let total = 0;
    for (let at = first; at <= last; at++) {
      if (this.#marks.owner[at] === OWNER.none) continue;
      counts[this.#marks.owner[at]!]!++;
      total++;
    }
    if (counts[OWNER.patient]! * 2 >= total) return OWNER.patient;
    for (const owner of [OWNER.staff, OWNER.relative, OWNER.patient]) if (counts[owner]! > 0) return owner;
    return OWNER.person;
  }
}
