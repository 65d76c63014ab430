import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { builtInView, BUILT_IN_VIEWS } from "../../../src/main/exports/views/built-in-views.ts";
import { compileView } from "../../../src/main/exports/views/compile-view.ts";
import type { Resource } from "../../../src/main/fhir/json.ts";

const EXAMPLES = dirname(createRequire(import.meta.url).resolve("hl7.fhir.r4.examples/package.json"));

/** One row as an object. */
function table(name: string, ...resources: Resource[]): Record<string, unknown>[] {
  const view = compileView(builtInView(name));
  return resources
    .flatMap((resource) => view.rows(resource))
    .map((row) => Object.fromEntries(view.columns.map((column, index) => [column.name, row[index] ?? null])));
}

describe("The built-in views", () => {
  it("read each of HL7's own examples of their types: no column finds two values, none is empty in all", () => {
    const views = BUILT_IN_VIEWS.map((definition) => compileView(definition));
    const rows = new Map(views.map((view) => [view.name, 0]));
    const filled = new Set<string>();
    for (const file of readdirSync(EXAMPLES).filter((name) => /^[A-Z].*\.json$/.test(name))) {
      const resource = JSON.parse(readFileSync(join(EXAMPLES, file), "utf8")) as Resource;
      for (const view of views.filter((one) => one.resource === resource.resourceType)) {
        for (const row of view.rows(resource)) {
          expect(row).toHaveLength(view.columns.length);
          rows.set(view.name, (rows.get(view.name) ?? 0) + 1);
          for (const [index, column] of view.columns.entries())
            if ((row[index] ?? null) !== null) filled.add(`${view.name}.${column.name}`);
        }
      }
    }
    for (const [name, count] of rows) expect(count, name).toBeGreaterThan(0);
    const never = views.flatMap((view) =>
      view.columns.map((column) => `${view.name}.${column.name}`).filter((name) => !filled.has(name)),
    );
    // What the policy adds, and what no example of HL7 has.
    expect(never).toEqual([
      "patient.age_band",
      "observation.value_integer",
      "diagnostic-report.encounter_id",
      "task.code_display",
      "task.business_status",
      "task.output_code",
      "questionnaire-response.value_integer",
      "questionnaire-response.value_datetime",
      "questionnaire-response.value_time",
      "questionnaire-response.value_uri",
      "questionnaire-response.value_quantity",
      "questionnaire-response.value_unit",
      "questionnaire-response.attachment_type",
    ]);
  });

  it("tell both pressures of one observation as rows of their own, each with its value and unit", () => {
    const quantity = (value: number): Record<string, unknown> => ({ value, unit: "mmHg", code: "mm[Hg]" });
    const coded = (code: string): Record<string, unknown> => ({ coding: [{ system: "http://loinc.org", code }] });
    const rows = table("Observation", {
      resourceType: "Observation",
      id: "bp",
      status: "final",
      code: coded("85354-9"),
      subject: { reference: "Patient/p1" },
      effectivePeriod: { start: "2024-03-01T08:00:00-03:00", end: "2024-03-01T08:01:00-03:00" },
      component: [
        { code: coded("8480-6"), valueQuantity: quantity(120) },
        { code: coded("8462-4"), valueQuantity: quantity(80.5) },
      ],
    } as Resource);
    expect(rows.map(({ component, code_code: code, value_quantity: value }) => [component, code, value])).toEqual([
      [-1, "85354-9", null],
      [0, "8480-6", 120],
      [1, "8462-4", 80.5],
    ]);
    expect(rows[1]).toMatchObject({
      id: "bp",
      patient_id: "p1",
      value_unit: "mmHg",
      effective_start: "2024-03-01T08:00:00-03:00",
      effective_end: "2024-03-01T08:01:00-03:00",
    });
  });

  it("give one row for each answer at any depth, integers among them (the dashboard's own export drops those)", () => {
    const rows = table("questionnaire_response", {
      resourceType: "QuestionnaireResponse",
      id: "r1",
      subject: { reference: "Patient/p1" },
      item: [
        {
          linkId: "basic",
          item: [
            { linkId: "patient-age-by-years", answer: [{ valueInteger: 47 }] },
            {
              linkId: "habit",
              answer: [
                { valueCoding: { code: "current" }, item: [{ linkId: "since", answer: [{ valueDate: "2001" }] }] },
                { valueCoding: { code: "past" } },
              ],
            },
            { linkId: "never-answered" },
          ],
        },
      ],
    });
    expect(
      rows.map((row) => [
        row["link_id"],
        row["answer"],
        row["value_integer"] ?? row["value_code"] ?? row["value_date"],
      ]),
    ).toEqual([
      ["patient-age-by-years", 0, 47],
      ["habit", 0, "current"],
      ["habit", 1, "past"],
      ["since", 0, "2001"],
    ]);
  });

  it("know encounters of R4 and of R5 alike", () => {
    const r4 = { resourceType: "Encounter", id: "a", class: { code: "AMB" }, period: { start: "2024-01-02" } };
    const r5 = {
      resourceType: "Encounter",
      id: "b",
      class: [{ coding: [{ code: "IMP" }] }],
      actualPeriod: { start: "2025-01-02" },
    };
    expect(table("encounter", r4 as Resource, r5 as Resource)).toMatchObject([
      { class: "AMB", start: "2024-01-02" },
      { class: "IMP", start: "2025-01-02" },
    ]);
  });

  it("refuse a name that there is not, and say which there are", () => {
    expect(() => builtInView("patients of mine")).toThrow(
      expect.objectContaining({ code: "USAGE", next: expect.stringContaining("medication_request") as string }),
    );
  });
});
