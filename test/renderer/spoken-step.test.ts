import { expect, it } from "vitest";
import { spokenStep } from "../../src/renderer/parts/spoken-step.ts";

it("speaks progress at each full ten per cent and never twice", () => {
  const spoken: number[] = [];
  let before = -1;
  for (let done = 0; done <= 1000; done += 1) {
    const step = spokenStep(before, done / 1000);
    if (step !== undefined) spoken.push((before = step));
  }
  expect(spoken).toEqual([0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100]);
});

it("does not say 100 % before the end, and stays within 0 and 100", () => {
  expect(spokenStep(-1, 0.9999)).toBe(90);
  expect(spokenStep(-1, 7)).toBe(100);
  expect(spokenStep(-1, -1)).toBe(0);
});
