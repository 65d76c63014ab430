import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { capAge, shiftDate, shiftDateTime, shiftTemporal } from "../../src/main/deidentify/dates.ts";

const DAY = 86_400_000;
const shifts = fc.integer({ min: -365, max: -1 });
const days = fc.date({
  min: new Date("1902-01-01T00:00:00Z"),
  max: new Date("2099-12-31T00:00:00Z"),
  noInvalidDate: true,
});
const da = (date: Date): string => date.toISOString().slice(0, 10).replaceAll("-", "");
const parse = (text: string): number =>
  Date.UTC(Number(text.slice(0, 4)), Number(text.slice(4, 6)) - 1, Number(text.slice(6, 8)));

describe("Shifting dates", () => {
  it("keeps every interval to the day", () => {
    fc.assert(
      fc.property(days, days, shifts, (a, b, shift) => {
        const [before, after] = [shiftDate(da(a), shift)!, shiftDate(da(b), shift)!];
        expect(parse(after) - parse(before)).toBe(parse(da(b)) - parse(da(a)));
        expect(parse(before) - parse(da(a))).toBe(shift * DAY);
      }),
    );
  });

  it("moves DA and DT of one moment alike, and leaves time, fraction and offset as they are", () => {
    fc.assert(
      fc.property(
        days,
        shifts,
        fc.constantFrom("", "00", "235959", "000000.000001", "120000+0100", "-0330"),
        (date, shift, rest) => {
          expect(shiftDateTime(da(date) + rest, shift)).toBe(shiftDate(da(date), shift)! + rest);
        },
      ),
    );
  });

  it("crosses leap days and years", () => {
    expect(shiftDate("20200301", -1)).toBe("20200229");
    expect(shiftDate("20210301", -1)).toBe("20210228");
    expect(shiftDate("20200229", -366)).toBe("20190228");
    expect(shiftDateTime("20210101000000", -1)).toBe("20201231000000");
  });

  it("keeps the old form with dots, and the precision of a partial DT", () => {
    expect(shiftDate("1998.03.01", -1)).toBe("1998.02.28");
    expect(shiftDateTime("2020", -30)).toBe("2020");
    expect(shiftDateTime("202003", -30)).toBe("202002");
  });

  it("moves both ends of a range, open ones too", () => {
    expect(shiftTemporal("DA", "20200101-20200131", -1)).toBe("20191231-20200130");
    expect(shiftTemporal("DA", "20200101-", -1)).toBe("20191231-");
  });

  it.each(["", "20201301", "20200230", "SMITH", "2020022", "20200229X", "-", "99999999", "18991231"])(
    "takes %j for no date",
    (text) => {
      expect(shiftTemporal("DA", text, -1)).toBeUndefined();
    },
  );

  it("does not go back before 1900", () => {
    expect(shiftDate("19000101", -1)).toBeUndefined();
  });
});

describe("capAge", () => {
  it.each([
    ["095Y", "090Y"],
    ["090Y", "090Y"],
    ["089Y", "089Y"],
    ["999M", "999M"],
    ["003D", "003D"],
    ["999W", "999W"],
  ])("makes %s %s", (age, capped) => expect(capAge(age)).toBe(capped));

  it("takes anything else for no age", () => {
    expect(capAge("95")).toBeUndefined();
    expect(capAge("Jane")).toBeUndefined();
  });
});
