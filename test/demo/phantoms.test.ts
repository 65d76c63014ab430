import { describe, expect, test } from "vitest";
import { makeCapture } from "../../src/main/demo/modules/capture.ts";
import { makeHead } from "../../src/main/demo/phantoms/head.ts";
import { makeCtSlice, makeMrSlice, makeNoiseSet, type SliceRequest } from "../../src/main/demo/phantoms/pixels.ts";
import { makeRadiograph } from "../../src/main/demo/phantoms/radiograph.ts";
import { makeThorax } from "../../src/main/demo/phantoms/thorax.ts";
import { makeUltrasoundLoop, sectorOf } from "../../src/main/demo/phantoms/ultrasound.ts";

const noises = makeNoiseSet(1);
const SIZE = 128;

function request(overrides: Partial<SliceRequest>): SliceRequest {
  return {
    phantom: makeHead(noises.folds, "none"),
    grid: { columns: SIZE, rows: SIZE, spacing: 1.8 },
    depth: 22,
    warp: { amplitude: 0, wavelength: 100, phase: 0 },
    weighting: "ct",
    noise: 3,
    seed: 1,
    label: "test",
    ...overrides,
  };
}

/** Mean of the pixels around x, y millimetres from the centre. */
function meanAt(pixels: ArrayLike<number>, columns: number, spacing: number, x: number, y: number): number {
  const rows = pixels.length / columns;
  const column = Math.round(x / spacing + columns / 2 - 0.5);
  const row = Math.round(y / spacing + rows / 2 - 0.5);
  let sum = 0;
  for (const dy of [-1, 0, 1]) for (const dx of [-1, 0, 1]) sum += pixels[(row + dy) * columns + column + dx] ?? 0;
  return sum / 9;
}

describe("phantoms", () => {
  test("a head in CT has air around, bone about, and brain within the numbers of brain", () => {
    const pixels = makeCtSlice(request({}), noises);
    const at = (x: number, y: number): number => meanAt(pixels, SIZE, 1.8, x, y);
    expect(at(-100, 0)).toBeLessThan(-950);
    expect(Math.max(...pixels)).toBeGreaterThan(700);
    expect(at(30, 20)).toBeGreaterThan(15);
    expect(at(30, 20)).toBeLessThan(50);
    // Outside the circle of reconstruction.
    expect(pixels[0]).toBe(-1024);
  });

  test("a haemorrhage is bright in CT where a healthy head is not", () => {
    const healthy = makeCtSlice(request({ depth: 14 }), noises);
    const bleeding = makeCtSlice(request({ depth: 14, phantom: makeHead(noises.folds, "haemorrhage") }), noises);
    expect(meanAt(healthy, SIZE, 1.8, 26, 1)).toBeLessThan(45);
    expect(meanAt(bleeding, SIZE, 1.8, 26, 1)).toBeGreaterThan(60);
  });

  test("fluid is dark in T1 and FLAIR and bright in T2", () => {
    const ventricle = (weighting: "t1" | "t2" | "flair"): number =>
      meanAt(makeMrSlice(request({ weighting, noise: 8 }), noises), SIZE, 1.8, 12, 4);
    expect(ventricle("t1")).toBeLessThan(450);
    expect(ventricle("flair")).toBeLessThan(450);
    expect(ventricle("t2")).toBeGreaterThan(900);
  });

  test("a chest in CT has lungs of air on both sides of a heart that contrast medium brightens", () => {
    const grid = { columns: SIZE, rows: SIZE, spacing: 3 };
    const chest = request({ phantom: makeThorax(1, "test", "none"), grid, depth: 0, noise: 8 });
    const native = makeCtSlice(chest, noises);
    const enhanced = makeCtSlice({ ...chest, weighting: "enhanced" }, noises);
    for (const x of [-95, 100]) expect(meanAt(native, SIZE, 3, x, 10)).toBeLessThan(-600);
    expect(meanAt(enhanced, SIZE, 3, 40, -20)).toBeGreaterThan(meanAt(native, SIZE, 3, 40, -20) + 60);
  });

  test("a chest radiograph has dark lungs, a bright spine, and white where fluid stands", () => {
    const film = (effusion: boolean): Uint16Array =>
      makeRadiograph({ view: "chest", columns: SIZE, rows: SIZE, effusion, seed: 1, label: "test" }, noises);
    const at = (pixels: Uint16Array, x: number, y: number): number => meanAt(pixels, SIZE, 370 / SIZE, x, y);
    const clear = film(false);
    expect(at(clear, -80, 0)).toBeLessThan(at(clear, 0, 0) - 500);
    expect(at(film(true), 90, 60)).toBeGreaterThan(at(clear, 90, 60) + 400);
    expect(Math.max(...clear)).toBeLessThanOrEqual(4095);
  });

  test("ultrasound stays within its fan but for the depth scale, and the heart moves", () => {
    const [columns, rows, frames] = [160, 120, 4];
    const loop = makeUltrasoundLoop({ view: "heart", columns, rows, frames, seed: 1, label: "test" });
    const sector = sectorOf(columns, rows);
    let [inside, outside] = [0, 0];
    for (let at = 0; at < rows * columns; at++) {
      const dx = (at % columns) - sector.apexX;
      const dy = Math.floor(at / columns) - sector.apexY;
      const within = Math.hypot(dx, dy) <= sector.outerRadius && Math.abs(Math.atan2(dx, dy)) <= sector.halfAngle;
      if (within) inside += loop[at] ?? 0;
      else if (at % columns < columns - 14) outside += loop[at] ?? 0;
    }
    expect(outside).toBe(0);
    expect(inside).toBeGreaterThan(0);
    const frame = (index: number): Uint8Array => loop.subarray(index * rows * columns, (index + 1) * rows * columns);
    expect(Buffer.compare(frame(0), frame(2))).not.toBe(0);
  });

  test("a screen shows each of its lines from the left margin on, below the one before", () => {
    const [columns, rows] = [320, 400];
    const picture = makeCapture(columns, rows, ["IIII", "IIII", "IIII"]);
    const ink: { x: number; y: number }[] = [];
    for (let at = 0; at < columns * rows; at++) {
      if ((picture.bytes[3 * at] ?? 0) > 100) ink.push({ x: at % columns, y: Math.floor(at / columns) });
    }
    const dot = Math.floor(columns / (8 * 6));
    expect(Math.min(...ink.map(({ x }) => x))).toBeGreaterThanOrEqual(12 * dot);
    expect(Math.max(...ink.map(({ x }) => x))).toBeLessThan((12 + 4 * 6) * dot);
    // 14 dots from line to line, 7 of them ink.
    expect([...new Set(ink.map(({ y }) => Math.floor(y / dot)))].sort((a, b) => a - b)).toEqual(
      [0, 1, 2].flatMap((line) => Array.from({ length: 7 }, (_, row) => 18 + 14 * line + row)),
    );
  });
});
