/** Comparisons of one turn: some milliseconds. */
const TURN = 50_000;

/**
 * The places of `keys` in ascending order of their keys, equal ones as they stand. A merge sort, in steps of some milliseconds:
 * sorting a million at once would hold the thread for half a second.
 */
export function* sortingPlaces(keys: Float64Array): Generator<void, Int32Array> {
  let from = Int32Array.from(keys, (_, place) => place);
  let to = new Int32Array(keys.length);
  let done = 0;
  for (let width = 1; width < keys.length; width *= 2) {
    for (let start = 0; start < keys.length; start += 2 * width) {
      const middle = Math.min(start + width, keys.length);
      const end = Math.min(start + 2 * width, keys.length);
      let [left, right] = [start, middle];
      for (let at = start; at < end; at++) {
        const [one, other] = [from[left] ?? 0, from[right] ?? 0];
        const takesLeft = left < middle && (right >= end || (keys[one] ?? 0) <= (keys[other] ?? 0));
        to[at] = takesLeft ? one : other;
        if (takesLeft) left += 1;
        else right += 1;
        if (++done % TURN === 0) yield;
      }
    }
    [from, to] = [to, from];
  }
  return from;
}
