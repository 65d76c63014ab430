import { describe, expect, it } from "vitest";
import { parseDate, parseMoment } from "../../src/main/sources/parse-moment.ts";

const utc = (iso: string): number => Date.parse(iso) * 1000;

describe("A moment in a file or an answer", () => {
  it.each([
    ["2024-01-02T10:00:00+00:00", utc("2024-01-02T10:00:00Z")],
    ["2024-01-02 10:00:00.123456+00:00", utc("2024-01-02T10:00:00Z") + 123_456],
    ["2024-01-02T10:00:00.1Z", utc("2024-01-02T10:00:00Z") + 100_000],
    ["2024-01-02T10:00:00.123456789Z", utc("2024-01-02T10:00:00Z") + 123_456],
    ["2024-01-02T10:00:00-03:00", utc("2024-01-02T13:00:00Z")],
    ["2024-01-02T10:00:00+0530", utc("2024-01-02T04:30:00Z")],
    ["2024-01-02T10:00:00-03", utc("2024-01-02T13:00:00Z")],
    ["1969-12-31T23:59:59.999999Z", -1],
    ["  2024-02-29T00:00Z ", utc("2024-02-29T00:00:00Z")],
  ])("%s is read to the microsecond", (text, moment) => {
    expect(parseMoment(text, "iso", "America/Bahia")).toEqual({ moment, naive: false });
  });

  it.each([
    // Bahia kept summer time (UTC-2) in the southern summer of 2011/12.
    ["2012-01-15 10:00:00", "America/Bahia", utc("2012-01-15T12:00:00Z")],
    ["2013-01-15 10:00:00", "America/Bahia", utc("2013-01-15T13:00:00Z")],
    ["2024-01-02", "Asia/Shanghai", utc("2024-01-01T16:00:00Z")],
    ["2024-01-02T10:00:00,5", "UTC", utc("2024-01-02T10:00:00Z") + 500_000],
  ])("%s without an offset is read in %s", (text, zone, moment) => {
    expect(parseMoment(text, "iso", zone)).toEqual({ moment, naive: true });
  });

  it("with day and month in the order of the country is read as the mapping says", () => {
    expect(parseMoment("03/04/2024 7:05", "day-first", "UTC")?.moment).toBe(utc("2024-04-03T07:05:00Z"));
    expect(parseMoment("03/04/2024 07:05:09", "month-first", "UTC")?.moment).toBe(utc("2024-03-04T07:05:09Z"));
    expect(parseDate("29.02.1960", "day-first")).toBe("1960-02-29");
  });

  it.each([
    "",
    "yesterday",
    "2024-02-30T10:00:00Z",
    "2023-02-29",
    "2024-13-01",
    "2024-01-02T24:30:00Z",
    "2024-01-02T10:61:00Z",
    "2024-01-02T10:00:00+19:00",
    "03/04/2024",
    "1704189600",
    "20240102",
  ])('"%s" is none', (text) => {
    expect(parseMoment(text, "iso", "UTC")).toBeUndefined();
    expect(parseMoment("31/04/2024", "day-first", "UTC")).toBeUndefined();
  });

  it("that is no day gives no birth date", () => {
    for (const text of ["", "不详", "2023-02-29", "31/04/1990"]) expect(parseDate(text, "day-first")).toBe("");
  });
});
