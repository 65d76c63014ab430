import { makeRandom } from "../random.ts";
import { makeNoise, noiseAt, smoothNoiseAt, type NoiseTable } from "./noise.ts";
import { paintSlice, type Phantom, type SliceGrid, type Warp } from "./slice.ts";
import { signalTable, textureTable, type Weighting } from "./tissue.ts";

/** Grain and texture shared by all slices of one hospital. */
export interface NoiseSet {
  /** Pixel noise, slightly correlated as reconstruction filters leave it. */
  grain: NoiseTable;
  /** Folds of the cortex. */
  folds: NoiseTable;
  /** Slow variation within tissue. */
  texture: NoiseTable;
}

export function makeNoiseSet(seed: number): NoiseSet {
  return {
    grain: makeNoise(seed, "grain", 1),
    folds: makeNoise(seed, "folds", 3),
    texture: makeNoise(seed, "texture", 2),
  };
}

export interface SliceRequest {
  phantom: Phantom;
  grid: SliceGrid;
  depth: number;
  warp: Warp;
  weighting: Weighting;
  /** Standard deviation of the pixel noise, in Hounsfield units or MR signal. */
  noise: number;
  seed: number;
  /** Names the slice, for its share of chance. */
  label: string;
}

/** Binomial 3 × 3 blur: the partial volume at every border. */
function blur(picture: Float32Array, rows: number, columns: number): Float32Array {
  const across = new Float32Array(picture.length);
  for (let row = 0; row < rows; row++) {
    const start = row * columns;
    let before = picture[start] ?? 0;
    let here = before;
    for (let column = 0; column < columns; column++) {
      const after = column + 1 < columns ? (picture[start + column + 1] ?? 0) : here;
      across[start + column] = (before + 2 * here + after) / 4;
      before = here;
      here = after;
    }
  }
  const blurred = new Float32Array(picture.length);
  for (let row = 0; row < rows; row++) {
    const above = Math.max(0, row - 1) * columns;
    const below = Math.min(rows - 1, row + 1) * columns;
    const start = row * columns;
    for (let column = 0; column < columns; column++) {
      blurred[start + column] =
        ((across[above + column] ?? 0) + 2 * (across[start + column] ?? 0) + (across[below + column] ?? 0)) / 4;
    }
  }
  return blurred;
}

function tissueSignals(request: SliceRequest, noises: NoiseSet): Float32Array {
  const { columns, rows, spacing } = request.grid;
  const tissues = paintSlice(request.phantom, request.grid, request.depth, request.warp);
  const signals = signalTable(request.weighting);
  const textures = textureTable();
  const picture = new Float32Array(rows * columns);
  const drift = request.depth * 0.8;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const at = row * columns + column;
      const number = tissues[at] ?? 0;
      const strength = textures[number] ?? 0;
      const signal = signals[number] ?? 0;
      picture[at] =
        strength === 0
          ? signal
          : signal +
            strength * smoothNoiseAt(noises.texture, column * spacing * 0.9 + drift, row * spacing * 0.9 - drift);
    }
  }
  return blur(picture, rows, columns);
}

/**
 * One axial CT slice in Hounsfield units, -1024 to 3071, within the circle that a scanner reconstructs.
 */
export function makeCtSlice(request: SliceRequest, noises: NoiseSet): Int16Array {
  const { columns, rows } = request.grid;
  const signals = tissueSignals(request, noises);
  const random = makeRandom(request.seed, request.label);
  const [shiftX, shiftY] = [random.whole(0, 255), random.whole(0, 255)];
  const pixels = new Int16Array(rows * columns);
  const radius = columns / 2;
  for (let row = 0; row < rows; row++) {
    const dy = row - rows / 2 + 0.5;
    const half = Math.sqrt(Math.max(0, radius * radius - dy * dy));
    for (let column = 0; column < columns; column++) {
      const at = row * columns + column;
      const value =
        Math.abs(column - columns / 2 + 0.5) > half
          ? -1024
          : (signals[at] ?? 0) + request.noise * noiseAt(noises.grain, column + shiftX, row + shiftY);
      pixels[at] = Math.max(-1024, Math.min(3071, Math.round(value)));
    }
  }
  return pixels;
}

/**
 * One MR slice, 0 to 4095 with tissue at about 0 to 2000: Rician noise and the slow shading of a receive coil.
 */
export function makeMrSlice(request: SliceRequest, noises: NoiseSet): Uint16Array {
  const { columns, rows } = request.grid;
  const signals = tissueSignals(request, noises);
  const random = makeRandom(request.seed, request.label);
  const [shiftX, shiftY] = [random.whole(0, 255), random.whole(0, 255)];
  const pixels = new Uint16Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    const v = row / rows - 0.5;
    for (let column = 0; column < columns; column++) {
      const at = row * columns + column;
      const u = column / columns - 0.5;
      const shading = 1.08 - 0.35 * (u * u + v * v) + 0.1 * u - 0.08 * v;
      const real = (signals[at] ?? 0) * shading + request.noise * noiseAt(noises.grain, column + shiftX, row + shiftY);
      const imaginary = request.noise * noiseAt(noises.grain, column + shiftY + 97, row + shiftX + 41);
      // Math.hypot is ten times slower than this.
      pixels[at] = Math.min(4095, Math.round(1.6 * Math.sqrt(real * real + imaginary * imaginary)));
    }
  }
  return pixels;
}
