import { classAt, DIGIT, foldWord } from "./letters.ts";
import { isEponym } from "./eponyms.ts";
import type { Reading } from "./reading.ts";
import { FLAGS } from "./vocabulary.ts";
import { isKnown, isListedName, mayBeName } from "./word-book.ts";

export interface Suspicion {
  suspicious: { start: number; end: number }[];
  /** 0 to 1. */
  risk: number;
}

const WEIGHTS = { pair: 1, listed: 0.8, number: 0.7, single: 0.2 };
/** What gives a risk of one half. */
const HALF = 1.5;
const LONGEST_NUMBER_KEPT = 6;

/** What of a scrubbed text still looks like a name or somebody's number: for people to look at, nothing is changed. */
export function suspect(reading: Reading): Suspicion {
  const suspicious: Suspicion["suspicious"] = [];
  let weight = 0;
  const seen = new Set<string>();
  // What is written five times is one thing to look at.
  const add = (start: number, end: number, each: number): void => {
    suspicious.push({ start, end });
    const written = foldWord(reading.text.slice(start, end));
    if (!seen.has(written)) weight += each;
    seen.add(written);
  };
  for (let at = 0; at < reading.count; at++) {
    const start = reading.start(at);
    const word = reading.word(at);
    if (word === undefined) {
      if (reading.end(at) - start > LONGEST_NUMBER_KEPT && /\d/.test(reading.text.charAt(start))) {
        add(start, reading.end(at), WEIGHTS.number);
      }
      continue;
    }
    const isListed = isListedName(word) && !isKnown(word) && (word.flags & FLAGS.eponym) === 0;
    if ((!mayBeName(word) && !isListed) || isKnown(word) || isEponym(reading, at)) continue;
    // "SatO2": letters of a formula.
    if (classAt(reading.text, reading.end(at)) === DIGIT || classAt(reading.text, start - 1) === DIGIT) continue;
    let last = at;
    while (
      last - at < 4 &&
      reading.isLinked(last) &&
      reading.word(last + 1) !== undefined &&
      mayBeName(reading.word(last + 1)!)
    )
      last++;
    // Where all is in capitals, and where a sentence begins, a capital says nothing.
    if (last === at && !isListed && (word.shape === "capitals" || reading.beginsSentence(at))) continue;
    add(start, reading.end(last), last > at ? WEIGHTS.pair : isListed ? WEIGHTS.listed : WEIGHTS.single);
    at = last;
  }
  return { suspicious, risk: weight / (weight + HALF) };
}
