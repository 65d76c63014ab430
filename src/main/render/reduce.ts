import type { RenderedFrame } from "./png.ts";

/**
 * Makes a frame smaller by averaging over areas, so that thin lines grow pale and do not vanish. Never makes it larger.
 *
 * @param longest of the sides of the result, in pixels.
 */
export function reduceFrame(frame: RenderedFrame, longest: number): RenderedFrame {
  const { width, height, channels } = frame;
  const scale = Math.max(width, height) / longest;
  if (scale <= 1) return frame;
  const across = Math.max(1, Math.round(width / scale));
  const down = Math.max(1, Math.round(height / scale));
  const narrow = averageRows(frame, across);
  const pixels = averageColumns(narrow, across * channels, height, down);
  return { ...frame, width: across, height: down, pixels };
}

/** For each place of the result: the first pixel it takes from, and how much of that and of each that follows. */
function sharesOf(from: number, to: number): { first: number; shares: number[] }[] {
  const ratio = from / to;
  return Array.from({ length: to }, (_, place) => {
    const [start, end] = [place * ratio, Math.min(from, (place + 1) * ratio)];
    const first = Math.floor(start);
    const shares: number[] = [];
    for (let at = first; at < end; at++) shares.push((Math.min(end, at + 1) - Math.max(start, at)) / ratio);
    return { first, shares };
  });
}

function averageRows({ pixels, width, height, channels }: RenderedFrame, across: number): Float32Array {
  const out = new Float32Array(across * channels * height);
  const places = sharesOf(width, across);
  let to = 0;
  for (let y = 0; y < height; y++) {
    const row = y * width * channels;
    for (const { first, shares } of places) {
      for (let channel = 0; channel < channels; channel++) {
        let sum = 0;
        let at = row + first * channels + channel;
        for (const share of shares) {
          sum += (pixels[at] as number) * share;
          at += channels;
        }
        out[to++] = sum;
      }
    }
  }
  return out;
}

function averageColumns(values: Float32Array, stride: number, height: number, down: number): Buffer {
  const out = Buffer.allocUnsafe(stride * down);
  const sums = new Float32Array(stride);
  sharesOf(height, down).forEach(({ first, shares }, y) => {
    sums.fill(0.5);
    shares.forEach((share, row) => {
      const from = (first + row) * stride;
      for (let x = 0; x < stride; x++) sums[x] = (sums[x] as number) + (values[from + x] as number) * share;
    });
    for (let x = 0; x < stride; x++) out[y * stride + x] = Math.min(255, sums[x] as number);
  });
  return out;
}
