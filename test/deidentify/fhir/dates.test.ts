import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DateRule } from "../../../src/main/deidentify/fhir/dates.ts";
import { createPseudonyms } from "../../../src/main/deidentify/pseudonym.ts";
import { contextOf, ISSUER, KEY, resource, treated } from "./treating.ts";

const TODAY = "2026-06-15";
const days = createPseudonyms(KEY).dateShift({ issuer: ISSUER, id: "p1" });

function shifting(by: number): DateRule {
  const rule = new DateRule("shift", TODAY);
  rule.begin(by, "");
  return rule;
}

function addDays(date: string, by: number): string {
  const moved = new Date(`${date}T00:00:00Z`);
  moved.setUTCDate(moved.getUTCDate() + by);
  return moved.toISOString().slice(0, 10);
}

describe("dates of a resource", () => {
  it("are all moved by the patient's own whole days, times and zones as they are", () => {
    const source = resource("Observation", {
      effectivePeriod: { start: "2024-03-01T08:00:00+05:30", end: "2024-03-03" },
      issued: "2024-03-04T23:59:59.123Z",
    });
    expect(treated(source)).toMatchObject({
      effectivePeriod: { start: `${addDays("2024-03-01", days)}T08:00:00+05:30`, end: addDays("2024-03-03", days) },
      issued: `${addDays("2024-03-04", days)}T23:59:59.123Z`,
    });
  });

  it("are moved in Timing, annotations, components and nested elements too", () => {
    const source = resource("MedicationRequest", {
      dosageInstruction: [{ timing: { event: ["2024-02-29"], repeat: { boundsPeriod: { start: "2024-02-29" } } } }],
      authoredOn: "2024-02-29",
    });
    expect(JSON.stringify(treated(source))).not.toContain("2024-02-29");
    expect(JSON.stringify(treated(source)).split(addDays("2024-02-29", days))).toHaveLength(4);
  });

  it("keep their intervals, whatever day they are", () => {
    const day = fc.date({
      min: new Date("1990-01-01T00:00:00Z"),
      max: new Date("2026-06-01T00:00:00Z"),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(day, day, fc.integer({ min: -365, max: -1 }), (a, b, by) => {
        const rule = shifting(by);
        const [first, second] = [a, b].map((date) => date.toISOString().slice(0, 10));
        const moved = [first!, second!].map((text) => Date.parse(rule.treat(text, "date")!.text));
        expect(moved[1]! - moved[0]!).toBe(Date.parse(second!) - Date.parse(first!));
        expect(moved[0]! - Date.parse(first!)).toBe(by * 86_400_000);
      }),
    );
  });

  it("keep their precision: a month stays a month, a year a year", () => {
    expect(shifting(-40).treat("2024-03", "dateTime")?.text).toBe("2024-02");
    expect(shifting(-300).treat("2024", "dateTime")?.text).toBe("2023");
  });

  it("are no dates where somebody wrote something else: nothing of it leaves", () => {
    for (const text of [
      "2024-02-30",
      "2024-13",
      "yesterday",
      "2024-03-01T25:00:00Z",
      "2024-03-01 Maria",
      "2024-03-01T10:00:00Z Maria",
      "20240301",
      "",
    ])
      expect(shifting(-5).treat(text, "dateTime")).toBeUndefined();
    expect(shifting(-5).treat("2024-03-01", "instant")).toBeUndefined();
    expect(shifting(-5).treat("2024-03-01T10:00:00Z", "date")).toBeUndefined();
  });

  it("that are older than 89 years before the export go: they tell that somebody is", () => {
    for (const how of ["shift", "year", "keep"] as const) {
      const rule = new DateRule(how, TODAY);
      rule.begin(-1, "");
      expect(rule.treat("1936-12-31", "date")).toBeUndefined();
      expect(rule.treat("1937-06-01", "date")).toBeDefined();
    }
  });

  it("become years where the policy says so, and moments that must be exact go", () => {
    const source = resource("Observation", {
      effectiveDateTime: "2024-03-01T08:00:00Z",
      issued: "2024-03-04T23:59:59Z",
    });
    const left = treated(source, { dates: "year" });
    expect(left["effectiveDateTime"]).toBe("2024");
    expect(left).not.toHaveProperty("issued");
  });

  it("stay where the policy keeps them, but for the day of birth", () => {
    const source = resource("Encounter", { period: { start: "2020-05-04", end: "2020-05-06" } });
    const context = contextOf("p1", { birthDate: "2020-05-04" });
    expect(treated(source, { dates: "keep" }, context)["period"]).toEqual({ end: "2020-05-06" });
  });

  it("of what belongs to no patient go, since one offset for all would lay theirs open", () => {
    const source = resource("ResearchStudy", { status: "active", period: { start: "2024-01-01" } });
    expect(treated(source, {}, contextOf(null))).not.toHaveProperty("period");
    expect(treated(source, { dates: "year" }, contextOf(null))["period"]).toEqual({ start: "2024" });
  });
});
