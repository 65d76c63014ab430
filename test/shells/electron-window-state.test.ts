import { readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { placeWindow, readWindowState, writeWindowState } from "../../src/main/shells/electron/window-state.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";

const desk = { x: 0, y: 0, width: 1920, height: 1040 };
const left = { x: -1280, y: 0, width: 1280, height: 984 };
const at = (x: number, y: number, width = 1200, height = 800) => ({
  bounds: { x, y, width, height },
  maximized: false,
});

describe("the place of the window", () => {
  it("is the middle of the first display at the first start, and no larger than that display", () => {
    expect(placeWindow(undefined, [desk])).toEqual({ width: 1280, height: 860 });
    expect(placeWindow(undefined, [{ x: 0, y: 0, width: 1024, height: 700 }])).toEqual({ width: 1024, height: 700 });
    expect(placeWindow(undefined, [])).toEqual({ width: 1280, height: 860 });
  });

  it("is where it was left, on whichever display that was", () => {
    expect(placeWindow(at(100, 50), [desk])).toEqual({ x: 100, y: 50, width: 1200, height: 800 });
    expect(placeWindow(at(-1250, 90), [desk, left])).toEqual({ x: -1250, y: 90, width: 1200, height: 800 });
  });

  it("is brought back whole where part of it would be out of reach", () => {
    expect(placeWindow(at(1500, 700), [desk])).toEqual({ x: 720, y: 240, width: 1200, height: 800 });
    expect(placeWindow(at(-300, -200), [desk])).toEqual({ x: 0, y: 0, width: 1200, height: 800 });
  });

  it("is the first display where its own has gone, and not larger than what is there", () => {
    expect(placeWindow(at(-1250, 90), [desk])).toEqual({ width: 1200, height: 800 });
    expect(placeWindow(at(5000, 90, 3000, 2000), [desk])).toEqual({ width: 1920, height: 1040 });
  });

  it("never becomes too small to work in", () => {
    expect(placeWindow(at(10, 10, 40, 30), [desk])).toEqual({ width: 800, height: 560 });
    expect(placeWindow(at(10, 10, 300, 300), [desk])).toMatchObject({ width: 800, height: 560 });
  });
});

describe("the file that remembers the window", () => {
  const folder = temporaryDirectory("window-state");
  const file = join(folder, "window.json");

  it("gives back what was written, and leaves nothing else", () => {
    const state = { bounds: { x: -10, y: 20, width: 900, height: 600 }, maximized: true };
    writeWindowState(file, state);
    expect(readWindowState(file)).toEqual(state);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(["window.json"]);
  });

  it.each(["", "{", "[]", '{"bounds":{"x":0,"y":0,"width":-5,"height":1},"maximized":false}', '{"maximized":true}'])(
    "counts as absent where it holds %j",
    (text) => {
      writeFileSync(file, text);
      expect(readWindowState(file)).toBeUndefined();
    },
  );

  it("does not matter where it can neither be read nor written", () => {
    const nowhere = join(folder, "absent", "window.json");
    writeWindowState(nowhere, { bounds: { x: 0, y: 0, width: 1, height: 1 }, maximized: false });
    expect(readWindowState(nowhere)).toBeUndefined();
  });
});
