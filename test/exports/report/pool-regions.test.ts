import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { poolRegions, type RegionCounts } from "../../../src/main/exports/report/pool-regions.ts";

const MINIMUM = 5;
const regions = (...counts: number[][]): RegionCounts[] =>
  counts.map((one, index) => ({ region: `R${index}`, counts: one }));

describe("Counts of regions", () => {
  it("stand for themselves where none is small", () => {
    const all = regions([10, 5], [0, 7]);
    expect(poolRegions(all, MINIMUM)).toEqual({ shown: all, pooled: [], pool: undefined, total: [10, 12] });
  });

  it("are told with others where one is small: subtracting what is shown from the total must not give it back", () => {
    const result = poolRegions(regions([50, 20], [40, 2], [9, 8]), MINIMUM);
    expect(result.pooled).toEqual(["R1", "R2"]);
    expect(result.shown.map(({ region }) => region)).toEqual(["R0"]);
    expect(result).toMatchObject({ pool: [49, 10], total: [99, 30] });
  });

  it("are not shown at all where all of them together are small", () => {
    expect(poolRegions(regions([2, 0], [1, 1]), MINIMUM)).toEqual({
      shown: [],
      pooled: ["R0", "R1"],
      pool: undefined,
      total: undefined,
    });
    expect(poolRegions(regions([3]), MINIMUM)).toMatchObject({ shown: [], total: undefined });
  });

  it("tell of no group of people smaller than the minimum, however they are added and subtracted", () => {
    const counts = fc.array(fc.array(fc.nat({ max: 12 }), { minLength: 2, maxLength: 2 }), {
      minLength: 1,
      maxLength: 6,
    });
    fc.assert(
      fc.property(counts, (table) => {
        const all = regions(...table);
        const { shown, pool, pooled, total } = poolRegions(all, MINIMUM);
        const groups = [...shown.map((one) => one.counts), ...(pool === undefined ? [] : [pool])];
        for (const group of groups) for (const count of group) expect(count === 0 || count >= MINIMUM).toBe(true);
        // What is published is told by the groups alone: the total is their sum, so it says no more.
        if (total !== undefined)
          expect(total).toEqual([0, 1].map((part) => groups.reduce((sum, group) => sum + (group[part] ?? 0), 0)));
        expect(pool === undefined || pooled.length >= 2).toBe(true);
        expect(shown.length + pooled.length).toBe(all.length);
        // Two or more regions share a pool: each can be bigger or smaller by one with another, and nothing that is shown changes.
        for (const hidden of all.filter(({ region }) => pooled.includes(region) && total !== undefined))
          for (const [part, count] of hidden.counts.entries())
            if (count > 0 && count < MINIMUM)
              expect(
                all.some((other) => other !== hidden && pooled.includes(other.region) && (other.counts[part] ?? 0) > 0),
              ).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});
