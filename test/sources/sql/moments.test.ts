import { describe, expect, test } from "vitest";
import { createMomentReader, formatNaive, readDate } from "../../../src/main/sources/sql/moments.ts";

const microseconds = (iso: string, more = 0) => Date.parse(iso) * 1000 + more;

describe("moments", () => {
  const read = createMomentReader({ naiveTimes: "America/New_York", numericTimes: "seconds" });

  test("are exact to the microsecond, whatever way the database writes them", () => {
    const moment = microseconds("2024-02-29T12:30:15Z", 123_456);
    for (const text of [
      "2024-02-29 12:30:15.123456+00",
      "2024-02-29T09:30:15.123456-03:00",
      "2024-02-29T12:30:15.123456789Z",
    ])
      expect(read(text)).toBe(moment);
    expect(read("2024-02-29 07:30:15.123456")).toBe(moment);
    expect(read("2024-02-29 12:30:15.1", true)).toBe(microseconds("2024-02-29T12:30:15Z", 100_000));
    expect(read("1969-12-31 23:59:59.999999+00")).toBe(-1);
    expect(read(1_709_209_815)).toBe(microseconds("2024-02-29T12:30:15Z"));
    expect(read("2024-02-29")).toBe(microseconds("2024-02-29T05:00:00Z"));
  });

  test("of an hour that comes twice are the first, of one that is skipped an hour later", () => {
    expect(read("2024-11-03 01:30:00")).toBe(microseconds("2024-11-03T05:30:00Z"));
    expect(read("2024-11-03 00:59:00")).toBe(microseconds("2024-11-03T04:59:00Z"));
    expect(read("2024-11-03 02:00:00")).toBe(microseconds("2024-11-03T07:00:00Z"));
    expect(read("2024-03-10 02:30:00")).toBe(microseconds("2024-03-10T07:30:00Z"));
    expect(read("2024-03-10 01:59:00")).toBe(microseconds("2024-03-10T06:59:00Z"));
    expect(read("2024-03-10 03:00:00")).toBe(microseconds("2024-03-10T07:00:00Z"));
  });

  test("that cannot be read are neither guessed nor taken for empty", () => {
    for (const text of [
      "infinity",
      "2023-02-29 10:00:00+00",
      "0044-03-15 10:00:00+00 BC",
      "yesterday",
      "2024-01-01 25:00",
    ])
      expect(read(text)).toBeUndefined();
    expect(read(null)).toBeNull();
    expect(read("")).toBeNull();
  });

  test("are written in the zone of a column that has none", () => {
    expect(formatNaive(microseconds("2024-07-01T12:00:00Z", 5), "America/New_York")).toBe("2024-07-01 08:00:00.000005");
    expect(formatNaive(-1, "UTC")).toBe("1969-12-31 23:59:59.999999");
  });

  test("of birth are days that exist, empty, or unreadable", () => {
    expect(readDate("1960-02-29")).toBe("1960-02-29");
    expect(readDate("19600229")).toBe("1960-02-29");
    expect(readDate("1960/02/29")).toBe("1960-02-29");
    expect(readDate("1960-02-29 00:00:00")).toBe("1960-02-29");
    expect(readDate("0000-00-00")).toBe("");
    expect(readDate(null)).toBe("");
    for (const text of ["1961-02-29", "29/02/1960", "about 1960", "1960-13-01"]) expect(readDate(text)).toBeUndefined();
  });
});
