import { describe, expect, it } from "vitest";
import { convert, DIMENSIONS } from "../../src/main/omh/units.ts";

describe("Units of Open mHealth", () => {
  it.each([
    [5.5, "mmol/L", DIMENSIONS.glucose, 99.0858],
    [95, "mg/dL", DIMENSIONS.glucose, 95],
    [98.6, "F", DIMENSIONS.temperature, 37],
    [310.15, "K", DIMENSIONS.temperature, 37],
    [150, "lb", DIMENSIONS.mass, 68.0389],
    [7.5, "h", DIMENSIONS.duration, 450],
    [2, "mi", DIMENSIONS.length, 3218.688],
    [3200, "mL", DIMENSIONS.volume, 3.2],
    [0.8, "sec", DIMENSIONS.heartbeat, 800],
  ] as const)("turn %d %s into one unit for each measure", (value, unit, dimension, expected) => {
    expect(convert(value, unit, dimension)).toEqual({ value: expected, respelled: false });
  });

  it("are understood in spellings that real data has, and that is told", () => {
    expect(convert(95, "MGDL", DIMENSIONS.glucose)).toEqual({ value: 95, respelled: true });
    expect(convert(70, "/min", DIMENSIONS.rate)).toEqual({ value: 70, respelled: true });
    expect(convert(16, "/min", DIMENSIONS.breaths)).toEqual({ value: 16, respelled: true });
  });

  it("are never guessed: a value in a unit that is not known has none", () => {
    for (const unit of ["unknown", "", "mg", "constructor", "beats/min"])
      expect(convert(95, unit, DIMENSIONS.glucose)).toEqual({ value: null, respelled: false });
    expect(convert(1, "Mo", DIMENSIONS.duration)).toEqual({ value: null, respelled: false });
  });
});
