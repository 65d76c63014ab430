import { describe, expect, test } from "vitest";
import { countFrames, frameAt } from "../../src/renderer/screens/viewer/frame-list.ts";
import { readViewerKey } from "../../src/renderer/screens/viewer/viewer-keys.ts";
import {
  dragWindow,
  presetOf,
  presetsFor,
  PRESETS,
  roundWindow,
  windowOfPreset,
} from "../../src/renderer/screens/viewer/windowing.ts";

describe("the stack of frames", () => {
  const stack = [
    { instance: 7, frames: 1 },
    { instance: 8, frames: 3 },
    { instance: 9, frames: 0 },
    { instance: 10, frames: 1 },
  ];

  test("goes through every frame of every instance, in order and once", () => {
    const places = Array.from({ length: countFrames(stack) }, (_, position) => frameAt(stack, position));
    expect(places.map((place) => [place?.instance.instance, place?.frame])).toEqual([
      [7, 0],
      [8, 0],
      [8, 1],
      [8, 2],
      [9, 0],
      [10, 0],
    ]);
  });

  test("says which instance of the series a frame belongs to, and ends where the series ends", () => {
    expect(frameAt(stack, 3)?.at).toBe(1);
    expect(frameAt(stack, 6)).toBeUndefined();
    expect(frameAt([], 0)).toBeUndefined();
  });
});

describe("window and level", () => {
  const start = { center: 40, width: 400 };

  test("a drag to the right widens, to the left narrows, down brightens", () => {
    expect(dragWindow(start, 100, 0).width).toBeGreaterThan(400);
    expect(dragWindow(start, -100, 0).width).toBeLessThan(400);
    expect(dragWindow(start, 0, 100).center).toBeLessThan(40);
    expect(dragWindow(start, 0, 0)).toEqual(start);
  });

  test("never reaches a width of nothing, which no picture has", () => {
    expect(dragWindow(start, -9999, 0).width).toBeGreaterThan(0);
    expect(dragWindow({ center: 0.5, width: 0.01 }, -9999, 0).width).toBeGreaterThan(0);
  });

  test("moves finely where values are small and coarsely where they are large", () => {
    const fine = dragWindow({ center: 0.5, width: 1 }, 10, 10);
    expect(Math.abs(fine.center - 0.5)).toBeLessThan(0.1);
    expect(Math.abs(dragWindow({ center: 2000, width: 4000 }, 0, 10).center - 2000)).toBeGreaterThan(100);
    expect(roundWindow({ center: 40.4, width: 80.2 })).toEqual({ center: 40, width: 80 });
  });

  test("the customary windows are offered for CT alone: other values have no common unit", () => {
    expect(presetsFor("CT")).toEqual(PRESETS);
    expect(presetsFor("MR")).toEqual(["original"]);
    for (const preset of PRESETS) expect(presetOf(windowOfPreset(preset))).toBe(preset);
    expect(presetOf({ center: 1, width: 2 })).toBeUndefined();
  });
});

describe("keys of the viewer", () => {
  const press = (key: string, more: { shiftKey?: boolean; ctrlKey?: boolean; altKey?: boolean } = {}) =>
    readViewerKey({ key, shiftKey: false, ctrlKey: false, altKey: false, metaKey: false, ...more });

  test("do everything that the mouse does", () => {
    expect(press("ArrowDown")).toEqual({ type: "frame", by: 1 });
    expect(press("ArrowLeft")).toEqual({ type: "frame", by: -1 });
    expect(press("ArrowRight", { shiftKey: true })).toMatchObject({ type: "window", y: 0 });
    expect(press("ArrowRight", { ctrlKey: true })).toMatchObject({ type: "pan" });
    expect(press("+")).toMatchObject({ type: "zoom" });
    expect(press("3")).toEqual({ type: "preset", preset: "lung" });
    expect(press(" ")).toEqual({ type: "play" });
    expect(press("R")).toEqual({ type: "reset" });
    expect(press("Escape")).toEqual({ type: "close" });
  });

  test("leave those of the browser and the system alone", () => {
    expect(press("ArrowLeft", { altKey: true })).toBeUndefined();
    expect(press("r", { ctrlKey: true })).toBeUndefined();
    expect(press("Tab")).toBeUndefined();
    expect(press("9")).toBeUndefined();
  });
});
