import { wordsOf } from "./letters.ts";
import { isParticle } from "./phrases.ts";
import { FLAGS, flagsOf } from "./vocabulary.ts";

const SHORTEST = 2;
const SHORTEST_SHORT = 4;

/** The names of the people of a house, and which of them belong to one person. */
export class StaffNames {
  readonly words: ReadonlySet<string>;
  readonly #short = new Set<string>();
  readonly #companions = new Map<string, Set<string>>();
  readonly #initials = new Map<string, Set<string>>();

  constructor(staff: readonly string[]) {
    const people = staff.map((name) => wordsOf(name).filter(isPartOfName));
    this.words = new Set(people.flat());
    for (const word of this.words)
      for (let length = SHORTEST_SHORT; length < word.length; length++) this.#short.add(word.slice(0, length));
    for (const person of people)
      for (const word of person)
        for (const other of person) {
          if (other === word) continue;
          addTo(this.#companions, word, other);
          addTo(this.#initials, word, other[0]!);
        }
  }

  /** "Patrick" and "Foley" of Patrick Foley. */
  areOfOne(word: string, other: string): boolean {
    return this.#companions.get(word)?.has(other) === true;
  }

  /** "Heli" of Helisandra: a name beside another alone. */
  isShort(word: string): boolean {
    return this.#short.has(word);
  }

  /** "T" before "Cushing" of Thomas Cushing. */
  hasInitial(word: string, initial: string): boolean {
    return this.#initials.get(word)?.has(initial) === true;
  }
}

function addTo(map: Map<string, Set<string>>, key: string, value: string): void {
  const values = map.get(key);
  if (values === undefined) map.set(key, new Set([value]));
  else values.add(value);
}

/** "Dra. Helena Castro": the title is nobody's name. */
function isPartOfName(word: string): boolean {
  return word.length >= SHORTEST && !isParticle(word) && (flagsOf(word) & (FLAGS.honorific | FLAGS.role)) === 0;
}
