import { describe, expect, it } from "vitest";
import { ColumnStatistics, columnNotices } from "../../../src/main/exports/table/column-statistics.ts";
import type { Row } from "../../../src/main/exports/table/table.ts";
import { column } from "./nasty-values.ts";

const columns = [
  column("at", { type: "datetime" }),
  column("born", { type: "date" }),
  column("age", { type: "integer" }),
  column("text"),
];

function statisticsOf(rows: readonly Row[]): ColumnStatistics {
  const statistics = new ColumnStatistics(columns);
  for (const row of rows) statistics.add(row);
  return statistics;
}

const ROWS: Row[] = [
  ["2024-03-01T21:15:00-03:00", "1990-02-28", 34, "zz"],
  ["2024-03-01T21:15:00.000001-03:00", null, 90, ""],
  ["2024-03-01T23:00:00+00:00", "1933-01-01", null, null],
  [null, "", 0, "aa"],
];

describe("what a receipt says of the columns", () => {
  it("counts empty cells, and takes a missing value and an empty text for the same", () => {
    expect(
      statisticsOf(ROWS)
        .toJSON()
        .map(({ nulls }) => nulls),
    ).toEqual([1, 2, 1, 2]);
  });

  it("finds the earliest and the latest moment, whatever their offsets and fractions", () => {
    expect(statisticsOf(ROWS).toJSON()[0]).toMatchObject({
      min: "2024-03-01T23:00:00+00:00",
      max: "2024-03-01T21:15:00.000001-03:00",
    });
  });

  it("finds the range of dates and numbers, and of no text at all", () => {
    const [, born, age, text] = statisticsOf(ROWS).toJSON();
    expect(born).toMatchObject({ min: "1933-01-01", max: "1990-02-28" });
    expect(age).toMatchObject({ min: 0, max: 90 });
    expect(text).toEqual({ name: "text", nulls: 2, illFormed: 0, offType: 0, longest: 2 });
  });

  it("says the same whether rows were counted together or in parts", () => {
    const whole = statisticsOf(ROWS);
    const parts = new ColumnStatistics(columns);
    for (const row of ROWS.toReversed()) parts.merge(JSON.parse(JSON.stringify(statisticsOf([row]))));
    expect(parts.toJSON()).toEqual(whole.toJSON());
  });

  it("tells of cells that UTF-8 cannot hold and of dates that are none, without saying what they are", () => {
    const statistics = statisticsOf([
      ["ontem", "31/12/1990", 5, "a\uD800b"],
      [null, null, null, "\uDFFF\uDFFF"],
    ]);
    expect(statistics.toJSON()).toMatchObject([
      { offType: 1 },
      { offType: 1 },
      { offType: 0 },
      { illFormed: 2, offType: 0 },
    ]);
    expect(statistics.toJSON()[0]).not.toHaveProperty("min");
    const notices = columnNotices(statistics.toJSON());
    expect(notices).toHaveLength(3);
    expect(notices.join(" ")).toContain("2 cells of text");
    expect(notices.join(" ")).not.toMatch(/ontem|1990/);
  });

  it("has nothing to tell of a table as it should be", () => {
    expect(columnNotices(statisticsOf(ROWS).toJSON())).toEqual([]);
  });
});
