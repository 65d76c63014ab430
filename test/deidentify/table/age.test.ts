import { describe, expect, it } from "vitest";
import { ageOn, joinHighAges } from "../../../src/main/deidentify/table/age.ts";

describe("the age of a patient on a day", () => {
  it.each([
    ["1980-03-15", "2022-03-14", 41],
    ["1980-03-15", "2022-03-15", 42],
    ["1980-03-15", "1980-03-15", 0],
    ["1999-12-31", "2000-01-01", 0],
  ])("counts whole years: born %s, on %s %d", (birthDate, day, age) => {
    expect(ageOn(birthDate, day)).toBe(age);
  });

  it("makes who was born on 29 February older on 1 March, and on 29 February where there is one", () => {
    expect(ageOn("1960-02-29", "2021-02-28")).toBe(60);
    expect(ageOn("1960-02-29", "2021-03-01")).toBe(61);
    expect(ageOn("1960-02-29", "2024-02-28")).toBe(63);
    expect(ageOn("1960-02-29", "2024-02-29")).toBe(64);
  });

  it.each([
    ["", "2022-03-14"],
    ["1980", "2022-03-14"],
    ["2022-03-15", "2022-03-14"],
    ["1980-03-15", ""],
  ])("is not told where it is not known, or the note is older than the patient: %j on %j", (birthDate, day) => {
    expect(ageOn(birthDate, day)).toBeNull();
  });
});

describe("ages by the Safe Harbor rule", () => {
  it("are joined above 89 and stay below", () => {
    expect([88, 89, 90, 91, 117].map(joinHighAges)).toEqual([88, 89, 90, 90, 90]);
    expect(joinHighAges(null)).toBeNull();
  });
});
