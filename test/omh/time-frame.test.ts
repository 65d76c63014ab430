import { describe, expect, it } from "vitest";
import type { Json } from "../../src/main/fhir/json.ts";
import { clocksOf, timesOf } from "../../src/main/omh/time-frame.ts";

const minutes = (value: number, unit = "min"): Record<string, string | number> => ({ value, unit });

describe("When something was measured", () => {
  it("is a moment, or an interval in any of the ways in which the schema lets it be written", () => {
    expect(timesOf({ date_time: "2024-03-01T08:00:00-03:00" })).toEqual({
      start: "2024-03-01T08:00:00-03:00",
      end: "2024-03-01T08:00:00-03:00",
      partOfDay: null,
    });
    const start = "2024-03-01T23:30:00-03:00";
    const end = "2024-03-02T06:30:00-03:00";
    const intervals: Json[] = [
      { start_date_time: start, end_date_time: end },
      { start_date_time: start, duration: minutes(7, "h") },
      { end_date_time: end, duration: minutes(420) },
    ];
    for (const interval of intervals)
      expect(timesOf({ time_interval: interval })).toEqual({ start, end, partOfDay: null });
    expect(timesOf({ time_interval: { date: "2024-03-01", part_of_day: "morning" } })).toEqual({
      start: "2024-03-01",
      end: null,
      partOfDay: "morning",
    });
  });

  it("has no end that nobody knows: a month has no length of its own, and what is no time moves nowhere", () => {
    const of = (interval: Record<string, string | Record<string, string | number>>): string | null =>
      timesOf({ time_interval: interval }).end;
    expect(of({ start_date_time: "2024-03-01T08:00:00Z", duration: minutes(1, "Mo") })).toBeNull();
    expect(of({ start_date_time: "yesterday", duration: minutes(5) })).toBeNull();
    expect(timesOf(undefined)).toEqual({ start: null, end: null, partOfDay: null });
    expect(timesOf("2024")).toEqual({ start: null, end: null, partOfDay: null });
  });

  it("is told by the clocks where it was, and in UTC", () => {
    expect(clocksOf("2024-03-01T23:30:00-03:00", "Asia/Kolkata")).toEqual({
      local: "2024-03-01T23:30:00",
      utc: "2024-03-02T02:30:00Z",
    });
    // Turned to UTC on its way: the clocks of the source's zone are meant, before and after they are set forward.
    expect(clocksOf("2024-03-10T09:59:59.500Z", "America/Los_Angeles").local).toBe("2024-03-10T01:59:59.500000");
    expect(clocksOf("2024-03-10T10:00:00Z", "America/Los_Angeles").local).toBe("2024-03-10T03:00:00");
    expect(clocksOf("2024-03-01T08:00:00", "UTC")).toEqual({
      local: "2024-03-01T08:00:00",
      utc: "2024-03-01T08:00:00Z",
    });
    expect(clocksOf("2024-03-01", "UTC")).toEqual({ local: null, utc: null });
    expect(clocksOf("2024-13-01T00:00:00Z", "UTC")).toEqual({ local: null, utc: null });
  });
});
