/** Sorted at once: a millisecond or less. */
const RUN = 1_024;
/** Merged between two steps. */
const STEP = 8_192;

/**
 * Sorts numbers in place, merging runs, and lets others have their turn between two steps: half a million entries would hold the thread for
 * a second.
 */
export function* sortInTurns(
  entries: Uint32Array,
  compare: (one: number, other: number) => number,
): Generator<undefined, void> {
  for (let start = 0; start < entries.length; start += RUN) {
    entries.subarray(start, start + RUN).sort(compare);
    yield;
  }
  let from: Uint32Array = entries;
  let to: Uint32Array = new Uint32Array(entries.length);
  for (let width = RUN; width < entries.length; width *= 2) {
    for (let start = 0; start < entries.length; start += 2 * width) {
      const middle = Math.min(start + width, entries.length);
      const end = Math.min(start + 2 * width, entries.length);
      let [left, right] = [start, middle];
      for (let at = start; at < end; at++) {
        const takeLeft = right >= end || (left < middle && compare(from[left]!, from[right]!) <= 0);
        to[at] = takeLeft ? from[left++]! : from[right++]!;
        if (at % STEP === 0) yield;
      }
    }
    [from, to] = [to, from];
  }
  if (from !== entries) entries.set(from);
}
