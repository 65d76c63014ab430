import { makeNoise, noiseAt, smoothNoiseAt, type NoiseTable } from "./noise.ts";
import { makeRandom } from "../random.ts";

export interface UltrasoundRequest {
  view: "heart" | "abdomen";
  columns: number;
  rows: number;
  frames: number;
  seed: number;
  label: string;
}

/** The fan in the picture, in pixels: apex, radii and half-angle. Rows below are the same for every picture size. */
export interface Sector {
  apexX: number;
  apexY: number;
  innerRadius: number;
  outerRadius: number;
  halfAngle: number;
}

export function sectorOf(columns: number, rows: number): Sector {
  return {
    apexX: Math.round(columns / 2),
    apexY: Math.round(rows * 0.07),
    innerRadius: rows * 0.04,
    outerRadius: rows * 0.88,
    halfAngle: 0.68,
  };
}

/** Depth that the fan shows, in centimetres. */
export const SECTOR_DEPTH_CM = 16;

/** Brightness of tissue at x, y (centimetres from the apex, y into the body) at a moment of the beat, 0 (blood) to 1. */
type Tissue = (x: number, y: number, beat: number) => number;

/** Below 1 inside the ellipse, 1 at its border. */
function oval(x: number, y: number, cx: number, cy: number, a: number, b: number, turn: number): number {
  const cos = Math.cos(turn);
  const sin = Math.sin(turn);
  const dx = x - cx;
  const dy = y - cy;
  const u = (dx * cos + dy * sin) / a;
  const v = (dy * cos - dx * sin) / b;
  return Math.sqrt(u * u + v * v);
}

function wall(distance: number, brightness: number, thickness: number): number {
  const off = (distance - 1) / thickness;
  return off > 3 || off < -3 ? 0 : brightness * Math.exp(-off * off);
}

/** Apical four chambers: ventricles above, atria below, septum between, valves that open in the filling half of the beat. */
const heart: Tissue = (x, y, beat) => {
  const squeeze = 0.5 - 0.5 * Math.cos(2 * Math.PI * beat);
  const left = oval(x, y, 1.5, 5.7, 1.75 - 0.55 * squeeze, 3.3 - 0.55 * squeeze, -0.12);
  const right = oval(x, y, -1.75, 6.1, 1.25 - 0.35 * squeeze, 2.7 - 0.4 * squeeze, 0.2);
  const leftAtrium = oval(x, y, 1.7, 11, 1.75 + 0.25 * squeeze, 1.75 + 0.25 * squeeze, 0);
  const rightAtrium = oval(x, y, -1.8, 10.8, 1.6 + 0.2 * squeeze, 1.7 + 0.2 * squeeze, 0);
  const inside = Math.min(left, right, leftAtrium, rightAtrium);
  let value = 0.34;
  const outer = oval(x, y, 0, 7.6, 4.7 - 0.25 * squeeze, 6.6 - 0.2 * squeeze, 0);
  if (outer < 1) value = 0.52 + wall(outer, 0.5, 0.05);
  else value = 0.25 + wall(outer, 0.6, 0.04);
  if (inside < 1) value = 0.035;
  value += wall(left, 0.24, 0.07) + wall(right, 0.2, 0.09) + wall(leftAtrium, 0.2, 0.06) + wall(rightAtrium, 0.2, 0.06);
  // Leaflets hang from the ring: closed across while the ventricle squeezes, folded downwards while it fills.
  const open = Math.max(0, 1 - squeeze * 1.7);
  for (const [hinge, direction] of [
    [0.15, 1],
    [3.2, -1],
    [-0.3, -1],
    [-3.1, 1],
  ] as const) {
    const along = (x - hinge) * direction;
    if (along < 0 || along > 1.6) continue;
    const leaf = 9.05 - along * (0.25 + 1.9 * open);
    value += 0.85 * Math.exp(-(((y - leaf) / 0.14) ** 2)) * (along < 1.6 - 0.7 * open ? 1 : 0);
  }
  return value;
};

/** Liver with vessels, right kidney, gallbladder with the enhancement behind it, diaphragm. It moves with the breath. */
const abdomen: Tissue = (x, y, beat) => {
  const breath = 0.35 * Math.sin(2 * Math.PI * beat);
  const yy = y - breath;
  let value = yy < 1.4 ? 0.55 + 0.25 * Math.sin(yy * 16) : 0.44;
  const kidney = oval(x, yy, 2.7, 9.2, 3, 1.75, 0.35);
  if (kidney < 1.06) {
    value = kidney < 0.5 ? 0.78 : 0.27;
    value += wall(kidney, 0.4, 0.04);
    for (const [cx, cy] of [
      [1.2, 8.1],
      [2.9, 8.3],
      [4.3, 9.2],
      [2.2, 10.2],
    ] as const) {
      if (oval(x, yy, cx, cy, 0.42, 0.36, 0) < 1) value = 0.12;
    }
  }
  const gallbladder = oval(x, yy, -2.2, 5.6, 1.15, 2, 0.5);
  const behind = Math.abs(x + 2.7 - (yy - 5.6) * -0.35) < 0.95 && yy > 7 && yy < 14;
  if (gallbladder < 1) value = 0.02;
  else if (behind) value *= 1.32;
  value += wall(gallbladder, 0.35, 0.06);
  for (const [cx, cy, a, b, turn] of [
    [-3.6, 9.4, 1.6, 0.28, 0.7],
    [-0.4, 4.1, 0.42, 0.34, 0],
    [0.7, 6.3, 1.4, 0.24, -0.5],
    [-4.2, 6.8, 0.3, 0.26, 0],
  ] as const) {
    const vessel = oval(x, yy, cx, cy, a, b, turn);
    if (vessel < 1) value = 0.04;
    else if (vessel < 2.4) value += wall(vessel, 0.22, 0.25);
  }
  const diaphragm = Math.sqrt((x + 0.5) ** 2 + (yy - 2) ** 2) - 11.2;
  if (diaphragm > 0) value = 0.3;
  value += 0.9 * Math.exp(-((diaphragm / 0.13) ** 2));
  return value;
};

interface FanPixel {
  at: number;
  x: number;
  y: number;
  radius: number;
  angle: number;
  gain: number;
}

function fanPixels(columns: number, rows: number, sector: Sector): FanPixel[] {
  const pixels: FanPixel[] = [];
  const toCm = SECTOR_DEPTH_CM / sector.outerRadius;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const dx = column - sector.apexX;
      const dy = row - sector.apexY;
      const distance = Math.sqrt(dx * dx + dy * dy);
      const angle = Math.atan2(dx, dy);
      if (distance < sector.innerRadius || distance > sector.outerRadius || Math.abs(angle) > sector.halfAngle)
        continue;
      const radius = distance * toCm;
      pixels.push({
        at: row * columns + column,
        x: dx * toCm,
        y: dy * toCm,
        radius,
        angle,
        gain: (1.1 - 0.035 * radius) * (1 - 0.35 * (angle / sector.halfAngle) ** 4),
      });
    }
  }
  return pixels;
}

/** Log-compressed brightness: speckle is the magnitude of two independent noises, finer along the beam than across it. */
function speckle(real: NoiseTable, imaginary: NoiseTable, along: number, across: number): number {
  const one = smoothNoiseAt(real, along, across);
  const other = smoothNoiseAt(imaginary, along, across);
  return Math.sqrt(one * one + other * other);
}

/**
 * A loop of one heartbeat (or breath) of 8-bit frames, black outside the fan, with a depth scale at its right.
 *
 * @returns frames × rows × columns bytes.
 */
export function makeUltrasoundLoop(request: UltrasoundRequest): Uint8Array {
  const { columns, rows, frames } = request;
  const sector = sectorOf(columns, rows);
  const random = makeRandom(request.seed, `ultrasound/${request.label}`);
  const [real, imaginary] = [
    makeNoise(request.seed, "speckle real", 1),
    makeNoise(request.seed, "speckle imaginary", 1),
  ];
  const tissue = request.view === "heart" ? heart : abdomen;
  const fan = fanPixels(columns, rows, sector);
  const [shiftAlong, shiftAcross] = [random.between(0, 200), random.between(0, 200)];
  const loop = new Uint8Array(frames * rows * columns);
  for (let frame = 0; frame < frames; frame++) {
    const beat = frame / frames;
    const start = frame * rows * columns;
    const sway = 1.5 * Math.sin(2 * Math.PI * beat);
    for (const { at, x, y, radius, angle, gain } of fan) {
      const wobble = 0.12 * noiseAt(real, at * 7, at >> 8);
      const echo = Math.max(0.012, tissue(x, y, beat)) * gain;
      const grain = speckle(real, imaginary, radius * 22 + sway + shiftAlong, angle * 95 + shiftAcross);
      const value = 196 + 62 * Math.log(echo * (0.18 + 0.62 * grain) + 0.012) + wobble * 30;
      loop[start + at] = Math.max(0, Math.min(255, Math.round(value)));
    }
    drawScale(loop.subarray(start, start + rows * columns), columns, sector);
  }
  return loop;
}

/** One tick for each centimetre, a longer one for each five: what every device shows, and what identifies nobody. */
function drawScale(picture: Uint8Array, columns: number, sector: Sector): void {
  for (let cm = 0; cm <= SECTOR_DEPTH_CM; cm++) {
    const row = Math.round(sector.apexY + (cm * sector.outerRadius) / SECTOR_DEPTH_CM);
    const length = cm % 5 === 0 ? 10 : 5;
    picture.fill(210, row * columns + columns - 14, row * columns + columns - 14 + length);
  }
}
