import { expect, it } from "vitest";
import { shareDone } from "../../src/renderer/frame/running-job.ts";

const amounts = { phase: "writing", verified: null, bytesDone: 0, bytesTotal: 0, itemsDone: 0, itemsTotal: 0 } as const;

it("counts bytes, and items where a job has no bytes", () => {
  expect(shareDone({ ...amounts, bytesDone: 25, bytesTotal: 100, itemsDone: 9, itemsTotal: 10 })).toBe(0.25);
  expect(shareDone({ ...amounts, itemsDone: 1, itemsTotal: 4 })).toBe(0.25);
  expect(shareDone(amounts)).toBe(0);
});

it("never shows a job as whole before its last package is verified", () => {
  const written = { ...amounts, bytesDone: 100, bytesTotal: 100 };
  expect(shareDone(written)).toBeLessThan(1);
  expect(shareDone({ ...written, phase: "finishing" })).toBeLessThan(1);
  expect(shareDone({ ...written, phase: "verifying", verified: 0.4 })).toBe(0.4);
  expect(shareDone({ ...written, phase: "verifying", verified: 1 })).toBe(1);
});

it("does not fall back while one package of several is verified", () => {
  const half = { ...amounts, bytesDone: 50, bytesTotal: 100 };
  expect(shareDone({ ...half, phase: "verifying", verified: 0.1 })).toBe(0.5);
});
