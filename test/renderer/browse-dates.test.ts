import { describe, expect, test } from "vitest";
import {
  bucketsOfRange,
  fillBuckets,
  presetOfRange,
  rangeOfBuckets,
  rangeOfPreset,
} from "../../src/renderer/screens/browse/date-range.ts";

describe("presets of the date filter", () => {
  // Local time: what "today" is, the user's own clock says.
  const now = new Date(2024, 2, 1, 0, 5);

  test("count today as one of the days, over the end of a month in a leap year", () => {
    expect(rangeOfPreset("today", now)).toEqual({ from: "2024-03-01", to: "2024-03-01" });
    expect(rangeOfPreset("week", now)).toEqual({ from: "2024-02-24", to: "2024-03-01" });
    expect(rangeOfPreset("month", now)).toEqual({ from: "2024-02-01", to: "2024-03-01" });
  });

  test("of years are whole years", () => {
    expect(rangeOfPreset("thisYear", now)).toEqual({ from: "2024-01-01", to: "2024-12-31" });
    expect(rangeOfPreset("lastYear", now)).toEqual({ from: "2023-01-01", to: "2023-12-31" });
  });

  test("are recognised in a filter, and other ranges are not taken for one", () => {
    expect(presetOfRange({ from: "2023-01-01", to: "2023-12-31" }, now)).toBe("lastYear");
    expect(presetOfRange({}, now)).toBe("all");
    expect(presetOfRange({ from: "2023-01-01" }, now)).toBeUndefined();
  });
});

describe("the histogram over the dates", () => {
  test("has a bar for each month between, also where there was no study", () => {
    const filled = fillBuckets([
      { value: "2024-01", count: 2 },
      { value: "2023-11", count: 5 },
    ]);
    expect(filled).toEqual([
      { value: "2023-11", count: 5 },
      { value: "2023-12", count: 0 },
      { value: "2024-01", count: 2 },
    ]);
  });

  test("does not draw two thousand bars for one mistyped year, nor any for what is no date", () => {
    const filled = fillBuckets([
      { value: "", count: 4 },
      { value: "0020", count: 1 },
      { value: "2024", count: 9 },
    ]);
    expect(filled.map((bucket) => bucket.value)).toEqual(["0020", "2024"]);
  });

  test("a drawn range reaches from the first day of its first bar to the last day of its last", () => {
    expect(rangeOfBuckets("2023-11", "2024-02")).toEqual({ from: "2023-11-01", to: "2024-02-29" });
    expect(rangeOfBuckets("2019", "2023")).toEqual({ from: "2019-01-01", to: "2023-12-31" });
  });

  test("shows the range that is set, as far as it has bars for it", () => {
    const years = ["2019", "2020", "2021", "2022"].map((value) => ({ value, count: 1 }));
    expect(bucketsOfRange(years, {})).toEqual([0, 3]);
    expect(bucketsOfRange(years, { from: "2020-06-01", to: "2021-01-01" })).toEqual([1, 2]);
    expect(bucketsOfRange(years, { from: "2025-01-01" })).toEqual([3, 3]);
    expect(bucketsOfRange(years, { to: "2001-01-01" })).toEqual([0, 0]);
    expect(bucketsOfRange([], { from: "2020-01-01" })).toEqual([0, 0]);
  });

  test("a range drawn over bars is found again as these bars", () => {
    const months = fillBuckets([
      { value: "2023-01", count: 1 },
      { value: "2024-12", count: 1 },
    ]);
    for (const [first, last] of [
      [0, 0],
      [1, 13],
      [5, 23],
    ] as const) {
      const range = rangeOfBuckets(months[first]?.value ?? "", months[last]?.value ?? "");
      expect(bucketsOfRange(months, range)).toEqual([first, last]);
    }
  });
});
