import { describe, expect, test } from "vitest";
import { isTimeZone, timeZone } from "../src/main/time-zone.ts";

const us = (iso: string): number => Date.parse(iso) * 1000;

describe("a moment as text", () => {
  test.each([
    ["America/Bahia", "2024-03-02T00:15:00Z", "2024-03-01T21:15:00-03:00"],
    // Bahia had summer time until 2003, and again in 2011/12.
    ["America/Bahia", "2011-12-01T12:00:00Z", "2011-12-01T10:00:00-02:00"],
    ["America/Bahia", "2012-12-01T12:00:00Z", "2012-12-01T09:00:00-03:00"],
    ["Asia/Shanghai", "2025-11-11T16:00:00Z", "2025-11-12T00:00:00+08:00"],
    ["Asia/Kolkata", "2024-01-01T00:00:00Z", "2024-01-01T05:30:00+05:30"],
    ["UTC", "2024-02-29T23:59:59Z", "2024-02-29T23:59:59+00:00"],
    ["Europe/Lisbon", "2024-03-31T00:59:59Z", "2024-03-31T00:59:59+00:00"],
    ["Europe/Lisbon", "2024-03-31T01:00:00Z", "2024-03-31T02:00:00+01:00"],
  ])("in %s %s is %s", (zone, moment, text) => {
    expect(timeZone(zone).toIso(us(moment))).toBe(text);
    expect(timeZone(zone).toLocalDate(us(moment))).toBe(text.slice(0, 10));
  });

  test("bears six decimals where it has a fraction of a second, also before 1970", () => {
    expect(timeZone("UTC").toIso(us("2024-01-01T00:00:00Z") + 1)).toBe("2024-01-01T00:00:00.000001+00:00");
    expect(timeZone("UTC").toIso(us("1969-12-31T23:59:59Z") + 250_000)).toBe("1969-12-31T23:59:59.250000+00:00");
    expect(timeZone("UTC").toIso(us("1950-01-01T00:00:00Z"))).toBe("1950-01-01T00:00:00+00:00");
  });

  test("is the same moment when it is read, whatever the zone and the year", () => {
    for (const name of [
      "America/Bahia",
      "America/St_Johns",
      "Africa/Casablanca",
      "Australia/Lord_Howe",
      "Asia/Kathmandu",
    ])
      for (let year = 1890; year < 2040; year += 7)
        for (const hour of [0, 1, 2, 3, 13, 23]) {
          const moment = Date.UTC(year, (year * 5) % 12, (year % 28) + 1, hour, 31, 7) * 1000;
          expect(us(timeZone(name).toIso(moment)), `${name} ${year}`).toBe(moment);
        }
  });
});

describe("days", () => {
  test("of a zone begin and end at its midnights, both days included", () => {
    expect(timeZone("America/Bahia").daysToIntervals("2024-03-01", "2024-03-02")).toEqual([
      { from: us("2024-03-01T03:00:00Z"), until: us("2024-03-03T03:00:00Z") },
    ]);
    expect(timeZone("UTC").daysToIntervals(undefined, "2024-12-31")).toEqual([
      { from: -Infinity, until: us("2025-01-01T00:00:00Z") },
    ]);
    expect(timeZone("UTC").daysToIntervals("2024-02-29", undefined)).toEqual([
      { from: us("2024-02-29T00:00:00Z"), until: Infinity },
    ]);
    expect(timeZone("UTC").daysToIntervals("2024-02-02", "2024-02-01")).toEqual([]);
  });

  test("that midnight leaps over begin when clocks begin to show them", () => {
    // São Paulo leapt from 00:00 to 01:00 on 4 November 2018.
    expect(timeZone("America/Sao_Paulo").daysToIntervals("2018-11-04", "2018-11-04")).toEqual([
      { from: us("2018-11-04T03:00:00Z"), until: us("2018-11-05T02:00:00Z") },
    ]);
  });

  test("hold exactly the moments whose local date they are, also where clocks go back across midnight", () => {
    for (const [name, day] of [
      ["America/St_Johns", "2010-11-06"],
      ["America/St_Johns", "2010-11-07"],
      ["America/Sao_Paulo", "2018-02-17"],
      ["Africa/Casablanca", "2024-03-10"],
      ["Pacific/Apia", "2011-12-29"],
      ["Pacific/Apia", "2011-12-30"],
    ] as const) {
      const zone = timeZone(name);
      const intervals = zone.daysToIntervals(day, day);
      const middle = us(`${day}T12:00:00Z`);
      for (let moment = middle - 60 * 3_600_000_000; moment < middle + 60 * 3_600_000_000; moment += 30_000_000)
        if (
          intervals.some(({ from, until }) => moment >= from && moment < until) !==
          (zone.toLocalDate(moment) === day)
        )
          expect.fail(`${name} ${day} ${zone.toIso(moment)}`);
    }
  });

  test("count on from 1970", () => {
    expect(timeZone("America/Bahia").toLocalDay(us("1970-01-02T02:59:59Z"))).toBe(0);
    expect(timeZone("America/Bahia").toLocalDay(us("1970-01-02T03:00:00Z"))).toBe(1);
  });
});

describe("what clocks show", () => {
  test("is read in the zone, with its fraction", () => {
    expect(timeZone("America/Bahia").fromWall("2024-03-01T21:15:00.25")).toBe(us("2024-03-02T00:15:00.250Z"));
  });

  test("twice is the first time, and what they leap over comes out behind the leap", () => {
    const lisbon = timeZone("Europe/Lisbon");
    expect(lisbon.fromWall("2024-10-27T01:30:00")).toBe(us("2024-10-27T00:30:00Z"));
    expect(lisbon.toIso(lisbon.fromWall("2024-03-31T01:30:00"))).toBe("2024-03-31T02:30:00+01:00");
  });
});

test("a zone that there is not is told from one that there is", () => {
  expect(isTimeZone("America/Bahia")).toBe(true);
  expect(isTimeZone("America/Atlantis")).toBe(false);
});
