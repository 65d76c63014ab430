/**
 * A decoder is other people's code made for honest pictures: a hostile or damaged one may keep it busy for ever, and nothing but the end
 * of its thread stops it. So a worker notes when it begins a frame, and the main thread looks.
 */

/** Longest that one frame may take. The slowest damaged frame met in tests took 18 s. */
const LONGEST_FRAME_SECONDS = 60;

export function createWatch(workers: number): SharedArrayBuffer {
  return new SharedArrayBuffer(8 * workers);
}

function now(): number {
  return Math.floor(performance.timeOrigin / 1000 + performance.now() / 1000) | 0;
}

/** For a worker: notes that a frame of `item` is begun, or, without one, that it is done. */
export function noteFrame(watch: SharedArrayBuffer, worker: number, item?: number): void {
  const words = new Int32Array(watch, 8 * worker, 2);
  words[1] = now();
  Atomics.store(words, 0, item === undefined ? 0 : item + 1);
}

/** For the main thread: workers that are at one frame for too long, each with its item. */
export function findStuck(
  watch: SharedArrayBuffer,
  longest = LONGEST_FRAME_SECONDS,
): { worker: number; item: number }[] {
  const words = new Int32Array(watch);
  const stuck: { worker: number; item: number }[] = [];
  for (let worker = 0; 2 * worker < words.length; worker++) {
    const item = Atomics.load(words, 2 * worker);
    if (item !== 0 && now() - (words[2 * worker + 1] ?? 0) > longest) stuck.push({ worker, item: item - 1 });
  }
  return stuck;
}
