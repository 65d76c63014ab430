import { cannotRender } from "./limits.ts";
import type { Containers } from "./samples.ts";
import type { Photometric } from "./pixel-format.ts";

/** Brings samples of three components to 8 bits each, pixel by pixel. 8-bit samples that lie so already are handed back as they are. */
export function interleave(
  containers: Containers,
  pixels: number,
  planar: boolean,
  bitsStored: number,
  shift: number,
): Buffer {
  const eightBit = containers instanceof Uint8Array && bitsStored === 8 && shift === 0;
  if (eightBit && !planar) return Buffer.from(containers.buffer, containers.byteOffset, pixels * 3);
  const out = Buffer.allocUnsafe(pixels * 3);
  const step = planar ? 1 : 3;
  const plane = planar ? pixels : 1;
  const down = shift + Math.max(bitsStored - 8, 0);
  // Fewer than 8 bits are stretched to the full range.
  const scale = bitsStored < 8 ? 255 / (2 ** bitsStored - 1) : 1;
  const mask = 2 ** Math.min(bitsStored, 8) - 1;
  for (let channel = 0; channel < 3; channel++) {
    let from = channel * plane;
    for (let to = channel; to < out.length; to += 3, from += step) {
      const sample = ((containers[from] as number) >>> down) & mask;
      out[to] = scale === 1 ? sample : Math.round(sample * scale);
    }
  }
  return out;
}

/** Spreads uncompressed 4:2:2 (Y1 Y2 Cb Cr for two neighbours, PS3.3 C.7.6.3.1.2) to Y Cb Cr for each pixel. */
export function spread422(containers: Containers, pixels: number): Buffer {
  if (!(containers instanceof Uint8Array))
    throw cannotRender("uncompressed 4:2:2 colour of more than 8 bits is not supported");
  const out = Buffer.allocUnsafe(pixels * 3);
  let from = 0;
  for (let to = 0; to + 6 <= out.length; to += 6, from += 4) {
    out[to] = containers[from] as number;
    out[to + 3] = containers[from + 1] as number;
    out[to + 1] = out[to + 4] = containers[from + 2] as number;
    out[to + 2] = out[to + 5] = containers[from + 3] as number;
  }
  return out;
}

/** Turns interleaved YCbCr into RGB: full range (PS3.3 C.7.6.3.1.2, ITU-R BT.601) or, for the YBR_PARTIAL family, 16 to 235. */
export function ybrToRgb(pixels: Buffer, photometric: Photometric): Buffer {
  const partial = photometric.startsWith("YBR_PARTIAL");
  const luminance = partial ? 255 / 219 : 1;
  const chrominance = partial ? 255 / 224 : 1;
  const black = partial ? 16 : 0;
  const out = Buffer.allocUnsafe(pixels.length);
  for (let i = 0; i + 3 <= pixels.length; i += 3) {
    const y = ((pixels[i] as number) - black) * luminance;
    const cb = ((pixels[i + 1] as number) - 128) * chrominance;
    const cr = ((pixels[i + 2] as number) - 128) * chrominance;
    out[i] = clamp(y + 1.402 * cr);
    out[i + 1] = clamp(y - 0.344136 * cb - 0.714136 * cr);
    out[i + 2] = clamp(y + 1.772 * cb);
  }
  return out;
}

function clamp(value: number): number {
  if (value <= 0) return 0;
  return value >= 255 ? 255 : Math.round(value);
}
