import { describe, expect, it } from "vitest";
import { createFormat } from "../../src/renderer/parts/format.ts";

const plain = (text: string): string => text.replaceAll(/[\u00a0\u202f]/g, " ");

describe("what a person reads on the screen", () => {
  const english = createFormat("en-GB", () => new Date(2026, 10, 21, 12));

  it("says sizes in powers of ten, with as many digits as help", () => {
    expect(
      ["0", "999", "1000", "1060000000", "12345678", "999999999"].map((one) => english.bytes(Number(one))),
    ).toEqual(["0 bytes", "999 bytes", "1 kB", "1.06 GB", "12.3 MB", "1 GB"]);
  });

  it("never rounds up to all: 99.9 % is 99 %", () => {
    expect(english.percent(0.999)).toBe("99%");
    expect(english.percent(1)).toBe("100%");
    expect(english.percent(1.2)).toBe("100%");
  });

  it("shows a day without a time as that day in every time zone", () => {
    expect(english.date("2024-01-02")).toBe("2 Jan 2024");
    expect(english.date("1961-12-31")).toBe("31 Dec 1961");
  });

  it("shows a time of the hospital as its clocks did, in every time zone, and a mere day as that day", () => {
    expect(english.wallTime("2024-03-01T23:15:00-03:00")).toBe("1 Mar 2024, 23:15");
    expect(english.wallTime("2024-03-01T23:15:00.250000+08:00")).toBe("1 Mar 2024, 23:15");
    expect(english.wallTime("2024-03-01")).toBe("1 Mar 2024");
    expect(english.wallTime("yesterday")).toBe("yesterday");
  });

  it("reads dates as DICOM writes them, old form too, and shows what is no date as it is", () => {
    expect(english.dicomDate("20240102")).toBe("2 Jan 2024");
    expect(english.dicomDate("1993.08.22")).toBe("22 Aug 1993");
    expect(english.dicomDate("20249999")).toBe("20249999");
    expect(english.dicomDate("unknown")).toBe("unknown");
    expect(english.dicomDate("")).toBe("");
  });

  it("says today and yesterday, and the date of other days", () => {
    expect(english.moment(new Date(2026, 10, 21, 9, 5).toISOString())).toBe("today 09:05");
    expect(english.moment(new Date(2026, 10, 20, 23, 59).toISOString())).toBe("yesterday 23:59");
    expect(english.moment(new Date(2026, 10, 19, 8, 0).toISOString())).toBe("19 Nov 2026, 08:00");
    expect(english.moment(new Date(2026, 10, 22, 8, 0).toISOString())).toBe("22 Nov 2026, 08:00");
    expect(english.moment("never")).toBe("never");
  });

  it("says durations in the two largest units that matter", () => {
    expect([0, 59.6, 125, 600, 754, 3600, 3725].map((seconds) => english.duration(seconds))).toEqual([
      "0 secs",
      "1 min",
      "2 mins 5 secs",
      "10 mins",
      "12 mins",
      "1 hr",
      "1 hr 2 mins",
    ]);
  });

  it("follows the locale", () => {
    const brazilian = createFormat("pt-BR");
    expect(plain(brazilian.bytes(1_060_000_000))).toBe("1,06 GB");
    expect(plain(brazilian.date("2024-01-02"))).toBe("2 de jan. de 2024");
    expect(createFormat("hi-IN").count(1_234_567)).toBe("12,34,567");
  });
});
