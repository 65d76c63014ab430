import { GAP, type Reading } from "./reading.ts";
import { FLAGS } from "./vocabulary.ts";

const VERBS = new Set(["signs", "tests", "scores", "stages"]);

/** "doença de Graves", "Parkinson's disease", "sinal de Murphy": named after somebody who is not in this house. */
export function isEponym(reading: Reading, at: number): boolean {
  const next = reading.gap(at) <= GAP.joint ? reading.word(at + 1) : undefined;
  const behind = next?.text === "s" ? reading.word(at + 2) : next;
  // "Dr. Brooks signs": of a name that no disease bears it is a verb.
  if (behind !== undefined && (behind.flags & FLAGS.eponymHead) !== 0)
    return !VERBS.has(behind.text) || (reading.word(at)!.flags & FLAGS.eponym) !== 0;
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
