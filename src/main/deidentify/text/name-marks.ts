import type { Reading } from "./reading.ts";
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
