import { describe, expect, test } from "vitest";
import { mergeHistory } from "../../../src/main/sources/sql/merge-history.ts";

const row = (from: number, is: string, before?: string, tie: string | null = null) => ({
  from,
  tie,
  value: { is },
  ...(before === undefined ? {} : { before: { is: before } }),
});
const told = (levels: Parameters<typeof mergeHistory<{ is: string }>>[0], created: number | null = null) =>
  mergeHistory(levels, created).map(({ from, is }) => [from, is]);

describe("one history of several", () => {
  test("lets what was entered later only fill the time before what was written down as it happened", () => {
    expect(told([[row(50, "in")], [row(20, "out"), row(60, "dead")], [row(10, "emergency"), row(30, "gone")]])).toEqual(
      [
        [10, "emergency"],
        [20, "out"],
        [50, "in"],
      ],
    );
  });

  test("takes the greatest tie of one moment last, numbers as numbers", () => {
    expect(told([[row(10, "second", undefined, "10"), row(10, "first", undefined, "9")]])).toEqual([
      [10, "first"],
      [10, "second"],
    ]);
  });

  test("says since the patient's creation what was before the first change, and nothing where it is the same", () => {
    expect(told([[row(10, "in", "out")]], 1)).toEqual([
      [1, "out"],
      [10, "in"],
    ]);
    expect(told([[], [row(10, "out", "in")], [row(5, "in")]], 1)).toEqual([
      [5, "in"],
      [10, "out"],
    ]);
    expect(told([[], [row(10, "in", "out")], [row(8, "in")]], 1)).toEqual([
      [1, "out"],
      [8, "in"],
    ]);
    expect(told([[row(10, "in", "out")]], 10)).toEqual([[10, "in"]]);
  });

  test("leaves out rows that change nothing", () => {
    expect(told([[row(1, "in"), row(2, "in"), row(3, "out"), row(4, "in")]])).toEqual([
      [1, "in"],
      [3, "out"],
      [4, "in"],
    ]);
  });
});
