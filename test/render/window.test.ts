import { describe, expect, test } from "vitest";
import { reduceFrame } from "../../src/main/render/reduce.ts";
import { encodePicture, openBytes, words, type Picture } from "./picture.ts";

const RAMP: Picture = { rows: 1, columns: 5, stored: 12, pixels: words(0, 1000, 2000, 3000, 4000) };
const voi = (kind: string): Picture => ({
  ...RAMP,
  more: [
    { tag: 0x00281050, vr: "DS", values: "100" },
    { tag: 0x00281051, vr: "DS", values: "100" },
    { tag: 0x00281056, vr: "CS", values: kind },
  ],
});

describe("a window that is given", () => {
  test("is seen through the function that the instance names (PS3.3 C.11.2.1.3)", () => {
    const window = { center: 2000, width: 2000 };
    const through = (kind: string): number[] => [...openBytes(encodePicture(voi(kind))).frame(0, window).pixels];
    expect(through("LINEAR")).toEqual([0, 0, 128, 255, 255]);
    expect(through("LINEAR_EXACT")).toEqual([0, 0, 128, 255, 255]);
    expect(through("SIGMOID")).toEqual([5, 30, 128, 225, 250]);
  });

  test("is told, as is the instance's own, or the one from the lowest to the highest value where it names none", () => {
    const image = openBytes(encodePicture(voi("LINEAR")));
    expect(image.frame(0).window).toEqual({ center: 100, width: 100 });
    expect(image.frame(0, { center: 7, width: 0.5 }).window).toEqual({ center: 7, width: 0.5 });
    expect(image.frame(0).window).toEqual({ center: 100, width: 100 });
    expect(openBytes(encodePicture(RAMP)).frame(0).window).toEqual({ center: 2000, width: 4000 });
  });
});

describe("a frame made smaller", () => {
  test("averages over areas, channel by channel", () => {
    const pixels = Buffer.from([0, 10, 255, 100, 30, 255, 200, 50, 255, 100, 70, 255]);
    const reduced = reduceFrame({ width: 4, height: 1, channels: 3, pixels }, 2);
    expect([reduced.width, reduced.height, [...reduced.pixels]]).toEqual([2, 1, [50, 20, 255, 150, 60, 255]]);
  });

  test("keeps its proportions, at least one pixel of each side, and what is even", () => {
    for (const [width, height] of [
      [1000, 3],
      [7, 640],
      [511, 513],
    ] as const) {
      const frame = { width, height, channels: 1, pixels: Buffer.alloc(width * height, 255) } as const;
      const reduced = reduceFrame(frame, 100);
      expect(Math.max(reduced.width, reduced.height)).toBe(100);
      expect(Math.min(reduced.width, reduced.height)).toBeGreaterThanOrEqual(1);
      expect(new Set(reduced.pixels)).toEqual(new Set([255]));
    }
  });
});
