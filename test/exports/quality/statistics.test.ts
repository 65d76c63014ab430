import { describe, expect, it } from "vitest";
import { outlierRules, statisticsOf } from "../../../src/main/exports/quality/statistics.ts";

describe("Statistics of a measure", () => {
  it("are those that NumPy and R tell", () => {
    const statistics = statisticsOf(Float64Array.of(4, 1, 3, 2, 10));
    expect(statistics).toMatchObject({
      count: 5,
      mean: 4,
      minimum: 1,
      lowerQuartile: 2,
      median: 3,
      upperQuartile: 4,
      maximum: 10,
    });
    expect(statistics.standardDeviation).toBeCloseTo(3.535534, 6);
    expect(statisticsOf(Float64Array.of(1, 2, 3, 4))).toMatchObject({
      lowerQuartile: 1.75,
      median: 2.5,
      upperQuartile: 3.25,
    });
    expect(statisticsOf(Float64Array.of(7))).toMatchObject({ standardDeviation: 0, median: 7 });
  });

  it("stay exact where values are large and close together", () => {
    const values = Float64Array.from({ length: 1000 }, (_, index) => 1e9 + (index % 2));
    expect(statisticsOf(values).standardDeviation).toBeCloseTo(0.50025, 5);
  });

  it("call far off what lies beyond three deviations, or one and a half ranges beyond the quartiles", () => {
    const values = Float64Array.from({ length: 100 }, (_, index) => 90 + (index % 21));
    const statistics = statisticsOf(values);
    expect(outlierRules(100, statistics)).toEqual([]);
    expect(
      outlierRules(4, { ...statistics, mean: 0, standardDeviation: 1, lowerQuartile: -5, upperQuartile: 5 }),
    ).toEqual(["3-sd"]);
    expect(
      outlierRules(21, { ...statistics, mean: 0, standardDeviation: 9, lowerQuartile: -5, upperQuartile: 5 }),
    ).toEqual(["iqr"]);
    expect(outlierRules(900, statistics)).toEqual(["3-sd", "iqr"]);
    expect(outlierRules(5, statisticsOf(Float64Array.of(5, 5, 5)))).toEqual([]);
  });
});
