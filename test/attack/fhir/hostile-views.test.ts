import { describe, expect, it } from "vitest";
import { compileView } from "../../../src/main/exports/views/compile-view.ts";
import { viewsDataset } from "../../../src/main/exports/views/views-dataset.ts";
import type { Resource } from "../../../src/main/fhir/json.ts";
import { viewTo } from "../../jobs/dataset-workshop.ts";

const patient: Resource = { resourceType: "Patient", id: "x", name: [{ given: ["a", "b"] }] };

const viewOf = (select: unknown, name = "hostile"): Record<string, unknown> => ({
  resourceType: "ViewDefinition",
  resource: "Patient",
  name,
  select: [select],
});
const ofPath = (path: string): Record<string, unknown> => viewOf({ column: [{ name: "a", path }] });

describe("a view of somebody else's", () => {
  it.each([
    ["a repeat that grows", ofPath("id.repeat($this & 'x').count()")],
    ["a repeat that finds itself", viewOf({ repeat: ["$this"], column: [{ name: "a", path: "id" }] })],
    ["a text that doubles", ofPath(`id${".select($this & $this)".repeat(40)}`)],
    ["a list that doubles", ofPath(`name.given${".select(%resource.name.given)".repeat(40)}.count()`)],
    [
      "rows of rows",
      viewOf({
        select: Array.from({ length: 20 }, (_, index) => ({
          forEach: "name.given.combine(name.given)",
          column: [{ name: `a${index}`, path: "$this" }],
        })),
      }),
    ],
  ])("%s is ended with a reason, and not by the memory", (_name, document) => {
    const { rows } = compileView(document);
    expect(() => rows(structuredClone(patient))).toThrow(expect.objectContaining({ code: "TOO_LARGE" }));
  });

  it("reaches nothing that JavaScript has and FHIR has not", () => {
    const paths = ["__proto__", "constructor", "id.constructor", "toString", "name.length", "id.length.constructor"];
    const column = paths.map((path, index) => ({ name: `a${index}`, path }));
    expect(compileView(viewOf({ column })).rows(patient)).toEqual([paths.map(() => null)]);
  });

  it.each(["CON", "aux", "Lpt1", "a".repeat(300)])("named %s makes no file that a system cannot have", (name) => {
    const recipe = viewTo("/nowhere", { views: [{ document: viewOf({ column: [{ name: "a", path: "id" }] }, name) }] });
    expect(() => viewsDataset.shape({} as never, recipe, [])).toThrow(expect.objectContaining({ code: "USAGE" }));
  });
});
