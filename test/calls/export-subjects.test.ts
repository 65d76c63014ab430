import { expect, it } from "vitest";
import { imagingRecipe, type ImagingRecipe } from "../../src/contract/recipe.ts";
import { exportSubjects } from "../../src/main/calls/export-subjects.ts";

const recipeFor = (selection: unknown): ImagingRecipe =>
  imagingRecipe.parse({
    kind: "imaging",
    version: 1,
    selection,
    policy: { kind: "identified" },
    images: true,
    previews: false,
    format: "zip",
    compress: 0,
    grouping: "one",
    destination: "/there",
  });
const filter = { text: "Doe Jane", description: "for Mrs Doe", modalities: ["CT", "MR"], from: "2024-01-01" };

it("the audit names the patients of a filter where they are few, and otherwise how many and which filter, without its words", () => {
  const matching = recipeFor({ scope: "matching", of: "studies", filter });
  expect(exportSubjects(matching, { meant: { patients: 1, ids: ["P1 (North)"] } })).toEqual(["P1 (North)"]);
  const [subject, ...more] = exportSubjects(matching, { meant: { patients: 1204 } });
  expect(more).toEqual([]);
  expect(subject).toBe(
    "1204 patients: all studies that match a text, a description, modality CT or MR, from 2024-01-01",
  );
  expect(subject).not.toMatch(/doe|jane/i);
});

it("the audit names what was asked for one by one as it was asked for", () => {
  const patients = [{ id: "A" }, { id: "B", issuer: "North" }];
  expect(exportSubjects(recipeFor({ scope: "patients", patients }), {})).toEqual(["A", "B (North)"]);
  expect(exportSubjects(recipeFor({ scope: "studies", studies: ["2.25.1"] }), {})).toEqual(["2.25.1"]);
  expect(exportSubjects(recipeFor({ scope: "all" }), {})).toEqual(["everything in the catalog"]);
});
