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
      merge(keys, from, to, start, width);
      done += 2 * width;
      if (done < TURN) continue;
      done = 0;
      yield;
    }
    [from, to] = [to, from];
  }
  return from;
}

function merge(keys: Float64Array, from: Int32Array, to: Int32Array, start: number, width: number): void {
  const middle = Math.min(start + width, from.length);
  const end = Math.min(start + 2 * width, from.length);
  let [left, right] = [start, middle];
  for (let at = start; at < end; at++) {
    const [one, other] = [from[left] ?? 0, from[right] ?? 0];
    const takeLeft = left < middle && (right >= end || (keys[one] ?? 0) <= (keys[other] ?? 0));
    to[at] = takeLeft ? one : other;
    if (takeLeft) left += 1;
    else right += 1;
  }
}
