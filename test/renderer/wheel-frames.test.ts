import { expect, test } from "vitest";
import { framesOfWheel } from "../../src/renderer/screens/viewer/wheel-frames.ts";

/** Frames of turns one after the other. */
function turn(...pixels: number[]): number[] {
  let gathered = 0;
  return pixels.map((one) => {
    const turned = framesOfWheel(gathered, one);
    ({ gathered } = turned);
    return turned.frames;
  });
}

test("one notch of a mouse's wheel is one frame, on or back, and no frame is skipped", () => {
  expect(turn(100, 100, 100, 100, 100)).toEqual([1, 1, 1, 1, 1]);
  expect(turn(120, 120, -120, 240, -360)).toEqual([1, 1, -1, 2, -3]);
});

test("the many small turns of a trackpad are gathered", () => {
  expect(turn(20, 20, 20, 20, 20, 20)).toEqual([0, 0, 1, 0, 0, 1]);
  expect(turn(50, -50, -60)).toEqual([0, 0, -1]);
});
