import { GAP, type Reading } from "./reading.ts";
import { FLAGS, looksLikeTerm } from "./vocabulary.ts";
import { isCapital, isKnown, isListedName, mayBeName, type Word } from "./word-book.ts";

/** Whose name a token is, the strongest last. */
export const OWNER = { none: 0, person: 1, relative: 2, staff: 3, patient: 4 } as const;

export interface NameRun {
  first: number;
  start: number;
  end: number;
  owner: number;
}

const MOST_PARTICLES = 2;
const MOST_UNLISTED = 3;
const LONGEST_SIGNATURE = 6;

/** Which tokens of a text are names, surely or only beside others. */
export class NameMarks {
  readonly reading: Reading;
  readonly owner: Uint8Array;
  readonly #sure: Uint8Array;
  /** Behind these tokens stands a name: 1 where a capital is needed, 2 where it is not. */
  readonly #introductions: { at: number; strong: boolean }[] = [];

  constructor(reading: Reading) {
    this.reading = reading;
    this.owner = new Uint8Array(reading.count);
    this.#sure = new Uint8Array(reading.count);
  }

  put(at: number, owner: number, isSure: boolean): void {
    if (this.#sure[at] === 1 && (!isSure || this.owner[at]! > owner)) return;
    if (!isSure && this.owner[at]! > owner) return;
    this.owner[at] = owner;
    if (isSure) this.#sure[at] = 1;
  }

  /** "doença de Graves", "Parkinson's disease", "sinal de Murphy": named after somebody who is not in this house. */
  isEponym(at: number): boolean {
    const { reading } = this;
    const next = reading.gap(at) <= GAP.joint ? reading.word(at + 1) : undefined;
    const behind = next?.text === "s" ? reading.word(at + 2) : next;
    if (behind !== undefined && (behind.flags & FLAGS.eponymHead) !== 0) return true;
    // "Guillain-Barré", "Stevens-Johnson": as far as the hyphens go.
    let first = at;
    while (first > 0 && at - first < 3 && reading.gap(first - 1) === GAP.joint) first--;
    for (let back = first - 1; back >= 0 && back >= first - 3; back--) {
      if (reading.gap(back) > GAP.joint) return false;
      const word = reading.word(back);
      if (word === undefined) return false;
      if ((word.flags & FLAGS.eponymHead) !== 0) return true;
      if ((word.flags & FLAGS.particle) === 0 && word.text !== "of") return false;
    }
    return false;
  }

  /** Notes that a name may stand behind this token. */
  introduce(at: number, word: Word): void {
    const { reading } = this;
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

  /** Before "CRM 12345" stands who signs. */
  sign(label: number): void {
    const { reading } = this;
    if (
      !/^[\s:./-]{0,3}(?:\p{Lu}{2})?[\s:./-]{0,3}\d/u.test(
        reading.text.slice(reading.end(label), reading.end(label) + 12),
      )
    )
      return;
    for (let at = label - 1; at >= 0 && at >= label - LONGEST_SIGNATURE; at--) {
      const between = reading.text.slice(reading.end(at), reading.start(at + 1));
      if (between.length > 6 || /[;:]/.test(between)) return;
      const word = reading.word(at);
      if (word === undefined || (!mayBeName(word) && (word.flags & FLAGS.particle) === 0)) {
        if (word !== undefined && (word.flags & FLAGS.role) !== 0) continue;
        return;
      }
      if (mayBeName(word)) this.put(at, OWNER.person, true);
    }
  }

  /** Marks what stands behind the introductions. */
  introduced(): void {
    for (const { at, strong } of this.#introductions) {
      const first = this.#afterIntroduction(at);
      const word = this.reading.word(first);
      if (word === undefined || this.reading.covered[first] === 1) continue;
      if (this.owner[first] !== OWNER.none) {
        if (strong || isCapital(word)) this.put(first, this.owner[first]!, true);
      } else if (strong ? this.#followsHonorific(at, word) : mayBeName(word) && !this.#isShouted(first)) {
        this.put(first, OWNER.person, true);
      }
    }
  }

  /** "Dra. Rosa", "dr. wuttke"; not "Dr. plantonista". */
  #followsHonorific(at: number, word: Word): boolean {
    if ((word.flags & (FLAGS.role | FLAGS.particle | FLAGS.honorific)) !== 0) return false;
    if (word.shape === "initial") return true;
    if (isListedName(word)) return true;
    if (isKnown(word)) return word.shape === "title" && word.text.length > 3 && !this.#isShouted(at);
    return (isCapital(word) || this.reading.word(at)!.shape !== "capitals") && !looksLikeTerm(word.text);
  }

  /** Past "(a)", "nº", "de": where the name would begin. */
  #afterIntroduction(at: number): number {
    const { reading } = this;
    let next = at + 1;
    for (let skipped = 0; skipped < 3; skipped++) {
      const between = reading.text.slice(
        reading.end(next - 1),
        Math.min(reading.start(next), reading.end(next - 1) + 8),
      );
      if (next >= reading.count || between.length > 5 || /[;\n]|\.\s*\n/.test(between)) return -1;
      const word = reading.word(next);
      if (word === undefined) return -1;
      const isLink =
        (word.flags & (FLAGS.particle | FLAGS.honorific)) !== 0 ||
        /^[ao]s?$/.test(word.text) ||
        word.text === "sr" ||
        word.text === "com";
      if (!isLink || (isListedName(word) && isCapital(word))) return next;
      next++;
    }
    return next;
  }

  /** In a line of capitals a capital says nothing. */
  #isShouted(at: number): boolean {
    const word = this.reading.word(at);
    if (word?.shape !== "capitals") return false;
    for (const near of [at - 1, at + 1]) {
      const neighbour = this.reading.word(near);
      if (neighbour !== undefined && neighbour.shape === "capitals" && neighbour.text.length > 3 && isKnown(neighbour))
        return true;
    }
    return false;
  }

  /** Names with all that belongs to them, in order. */
  *runs(initials: ReadonlySet<string>): Generator<NameRun> {
    const { reading } = this;
    let free = 0;
    for (let at = 0; at < reading.count; at++) {
      if (this.#sure[at] !== 1) continue;
      let first = at;
      for (let before = this.#before(first, free, initials); before >= 0; before = this.#before(first, free, initials))
        first = before;
      let last = at;
      let unlisted = 0;
      for (let behind = this.#behind(last); behind >= 0; behind = this.#behind(last)) {
        if (this.#sure[behind] !== 1 && this.owner[behind] === OWNER.none && ++unlisted > MOST_UNLISTED) break;
        last = behind;
      }
      yield { first, start: reading.start(first), end: this.#endOf(last), owner: this.#ownerOf(first, last) };
      free = last + 1;
      at = last;
    }
  }

  /** The next token that belongs to the name, past particles; -1 where the name ends. */
  #behind(at: number): number {
    const { reading } = this;
    const isInitial = reading.word(at)?.shape === "initial";
    let next = at + 1;
    for (let skipped = 0; skipped <= MOST_PARTICLES; skipped++, next++) {
      if (next >= reading.count || reading.covered[next] === 1) return -1;
      if (!reading.isLinked(next - 1) && !(isInitial && skipped === 0 && reading.gap(next - 1) === GAP.stop)) return -1;
      const word = reading.word(next);
      if (word === undefined) return -1;
      if (this.#sure[next] === 1) return next;
      if (this.owner[next] !== OWNER.none) return this.#isPartOf(word, next) ? next : -1;
      if (word.shape === "initial" && (reading.text.charAt(reading.end(next)) === "." || this.#sure[next + 1] === 1))
        return next;
      if ((word.flags & FLAGS.particle) !== 0 && word.shape !== "initial") continue;
      return mayBeName(word) && word.shape === "title" && !this.isEponym(next) && reading.gap(next - 1) !== GAP.joint
        ? next
        : this.#isSurnameEponym(word, next)
          ? next
          : -1;
    }
    return -1;
  }

  /** "João Parkinson", but not "João Glasgow 15". */
  #isSurnameEponym(word: Word, at: number): boolean {
    return (
      (word.flags & FLAGS.eponym) !== 0 &&
      word.shape === "title" &&
      !isKnown(word) &&
      (this.reading.word(at + 1) !== undefined || at + 1 >= this.reading.count || this.reading.gap(at) !== GAP.space)
    );
  }

  #isPartOf(word: Word, at: number): boolean {
    if (!isKnown(word)) return true;
    return isCapital(word)
      ? !this.#isShouted(at) || this.owner[at] === OWNER.patient
      : isListedName(word) && this.owner[at] !== OWNER.person;
  }

  /** The token before that belongs to the name; -1 where the name begins. */
  #before(at: number, free: number, initials: ReadonlySet<string>): number {
    const { reading } = this;
    let previous = at - 1;
    for (let skipped = 0; skipped <= MOST_PARTICLES; skipped++, previous--) {
      if (previous < free || reading.covered[previous] === 1) return -1;
      const word = reading.word(previous);
      if (word === undefined) return -1;
      const isStopped = reading.gap(previous) === GAP.stop && word.shape === "initial";
      if (!reading.isLinked(previous) && !isStopped) return -1;
      if (word.shape === "initial") return isStopped || initials.has(word.text) ? previous : -1;
      if (this.owner[previous] !== OWNER.none && this.#isPartOf(word, previous)) return previous;
      if ((word.flags & FLAGS.particle) !== 0) continue;
      return skipped === 0 &&
        mayBeName(word) &&
        word.shape === "title" &&
        !reading.beginsSentence(previous) &&
        !this.isEponym(previous)
        ? previous
        : -1;
    }
    return -1;
  }

  /** An initial takes its full stop with it. */
  #endOf(last: number): number {
    const end = this.reading.end(last);
    return this.reading.word(last)?.shape === "initial" && this.reading.text.charAt(end) === "." ? end + 1 : end;
  }

  #ownerOf(first: number, last: number): number {
    const counts = [0, 0, 0, 0, 0];
    let total = 0;
    for (let at = first; at <= last; at++) {
      if (this.owner[at] === OWNER.none) continue;
      counts[this.owner[at]!]!++;
      total++;
    }
    if (counts[OWNER.patient]! * 2 >= total) return OWNER.patient;
    for (const owner of [OWNER.staff, OWNER.relative, OWNER.patient]) if (counts[owner]! > 0) return owner;
    return OWNER.person;
  }
}
