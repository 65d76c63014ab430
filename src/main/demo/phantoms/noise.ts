import { makeRandom } from "../random.ts";

/** Side of the noise tables; a power of two, so that wrapping is a mask. */
const NOISE_SIZE = 256;
const MASK = NOISE_SIZE - 1;

/** A square of noise that wraps around at its edges, mean 0, standard deviation 1. */
export type NoiseTable = Float32Array;

function blurWrapped(table: Float32Array, radius: number): Float32Array {
  let current = table;
  for (const horizontal of [true, false]) {
    const blurred = new Float32Array(NOISE_SIZE * NOISE_SIZE);
    for (let line = 0; line < NOISE_SIZE; line++) {
      const at = (i: number): number => (horizontal ? line * NOISE_SIZE + (i & MASK) : (i & MASK) * NOISE_SIZE + line);
      let sum = 0;
      for (let i = -radius; i <= radius; i++) sum += current[at(i)] ?? 0;
      for (let i = 0; i < NOISE_SIZE; i++) {
        blurred[at(i)] = sum;
        sum += (current[at(i + radius + 1)] ?? 0) - (current[at(i - radius)] ?? 0);
      }
    }
    current = blurred;
  }
  return current;
}

function normalise(table: Float32Array): NoiseTable {
  let mean = 0;
  for (const value of table) mean += value;
  mean /= table.length;
  let square = 0;
  for (const value of table) square += (value - mean) * (value - mean);
  const scale = 1 / Math.sqrt(square / table.length);
  return table.map((value) => (value - mean) * scale);
}

/**
 * Gaussian-like noise with a grain of about `radius` cells (0: white). Three box blurs in a row make a smooth, isotropic grain.
 */
export function makeNoise(seed: number, label: string, radius: number): NoiseTable {
  const random = makeRandom(seed, `noise/${label}`);
  let table: Float32Array = Float32Array.from(
    { length: NOISE_SIZE * NOISE_SIZE },
    () => random.next() + random.next() + random.next() - 1.5,
  );
  const passes = radius > 0 ? 3 : 0;
  for (let pass = 0; pass < passes; pass++) table = blurWrapped(table, radius);
  return normalise(table);
}

/** Value at a whole position; any integer is allowed. */
export function noiseAt(table: NoiseTable, x: number, y: number): number {
  return table[((y & MASK) << 8) | (x & MASK)] ?? 0;
}

/** Value between positions, bilinear. */
export function smoothNoiseAt(table: NoiseTable, x: number, y: number): number {
  const x0 = Math.floor(x);
  const y0 = Math.floor(y);
  const fx = x - x0;
  const fy = y - y0;
  const row0 = (y0 & MASK) << 8;
  const row1 = ((y0 + 1) & MASK) << 8;
  const left = x0 & MASK;
  const right = (x0 + 1) & MASK;
  const top = (table[row0 | left] ?? 0) * (1 - fx) + (table[row0 | right] ?? 0) * fx;
  const bottom = (table[row1 | left] ?? 0) * (1 - fx) + (table[row1 | right] ?? 0) * fx;
  return top * (1 - fy) + bottom * fy;
}
