import { GAP, type Reading } from "./reading.ts";
import { FLAGS } from "./vocabulary.ts";
import { isKnown } from "./word-book.ts";

/** Whose name a token is, the strongest last. */
export const OWNER = { none: 0, person: 1, relative: 2, staff: 3, patient: 4 } as const;

/** Which tokens of a text are names, surely or only beside others. */
export class NameMarks {
  readonly reading: Reading;
  readonly owner: Uint8Array;
  /** 1 where it is a name by itself, not only beside another. */
  readonly sure: Uint8Array;

  constructor(reading: Reading) {
    this.reading = reading;
    this.owner = new Uint8Array(reading.count);
    this.sure = new Uint8Array(reading.count);
  }

  put(at: number, owner: number, isSure: boolean): void {
    if (this.sure[at] === 1 && (!isSure || this.owner[at]! > owner)) return;
    if (!isSure && this.owner[at]! > owner) return;
    this.owner[at] = owner;
    if (isSure) this.sure[at] = 1;
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

  /** In a line of capitals a capital says nothing. */
  isShouted(at: number): boolean {
    const word = this.reading.word(at);
    if (word?.shape !== "capitals") return false;
    for (const near of [at - 1, at + 1]) {
      const neighbour = this.reading.word(near);
      if (neighbour !== undefined && neighbour.shape === "capitals" && neighbour.text.length > 3 && isKnown(neighbour))
        return true;
    }
    return false;
  }
}
