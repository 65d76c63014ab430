import { describe, expect, it } from "vitest";
import { recipe as recipeSchema } from "../../src/contract/recipe.ts";
import { en } from "../../src/renderer/labels/en/index.ts";
import { createFormat } from "../../src/renderer/parts/format.ts";
import { READY_RESOURCES, readyResourcesNameOf } from "../../src/renderer/ready-resources-recipes.ts";
import { sayResources } from "../../src/renderer/resources-words.ts";
import { compareLines } from "../../src/renderer/screens/exports/resources/compare-lines.ts";
import {
  FIRST_RESOURCES_DRAFT,
  toResourcesDraft,
  toResourcesRecipe,
  type ResourcesDraft,
  type ResourcesKind,
} from "../../src/renderer/screens/exports/resources/resources-draft.ts";
import { missingOfResources, reasonsNotToStart } from "../../src/renderer/screens/exports/start-reasons.ts";
import { identitiesIn } from "../../src/renderer/screens/exports/tables/table-identity.ts";

const KINDS: readonly ResourcesKind[] = ["fhir", "view", "observations", "report", "quality"];
const whole: ResourcesDraft = {
  ...FIRST_RESOURCES_DRAFT,
  key: "clinic",
  withoutConsent: "exclude",
  views: [{ name: "patient" }],
  destination: "/out",
};
const recipeOf = (kind: ResourcesKind, changes: Partial<ResourcesDraft> = {}) =>
  toResourcesRecipe(kind, { ...whole, ...changes }, { types: ["Patient"] }, "/out");

describe("an export of resources while it is put together", () => {
  it.each(KINDS)("becomes a recipe of the kind %s that the engine takes, and begins anew from it", (kind) => {
    const recipe = recipeOf(kind);
    expect(recipeSchema.parse(recipe)).toEqual(recipe);
    const again = toResourcesDraft(recipe!);
    expect(toResourcesRecipe(kind, again, again.selection!, again.destination)).toEqual(recipe);
  });

  it.each([
    ["identified", { identity: "identified", reason: "transfer" }],
    ["rules", { identity: "rules", rules: { name: "r.json", document: "{}" } }],
    ["rules without a key", { identity: "rules", key: "", rules: { name: "r.json", document: "{}" } }],
    ["pseudonymised with local codes", { codeSystems: ["https://clinic.example/codes"], dates: "keep" }],
  ] as const)("keeps a policy that is %s", (_name, changes) => {
    const recipe = recipeOf("fhir", changes);
    const again = toResourcesDraft(recipeSchema.parse(recipe) as NonNullable<typeof recipe>);
    expect(toResourcesRecipe("fhir", again, again.selection!, again.destination)).toEqual(recipe);
  });

  it("is no recipe before it is decided what becomes of patients without consent", () => {
    expect(recipeOf("fhir", { withoutConsent: "" })).toBeUndefined();
    expect(recipeOf("report", { withoutConsent: "" })).toBeDefined();
  });

  it("is no recipe without a reason where identity leaves, nor without the file of rules", () => {
    expect(recipeOf("fhir", { identity: "identified", reason: "  " })).toBeUndefined();
    expect(recipeOf("fhir", { identity: "rules" })).toBeUndefined();
  });

  it("never asks for several tables in one file", () => {
    const two = { views: [{ name: "patient" }, { name: "observation" }], format: "file" } as const;
    expect(recipeOf("view", two)).toMatchObject({ format: "zip" });
    expect(recipeOf("view", { format: "file" })).toMatchObject({ format: "file" });
    expect(recipeOf("observations", { format: "beside", tidy: false })).toMatchObject({ format: "zip" });
    expect(recipeOf("quality", { format: "file" })).toMatchObject({ format: "zip" });
  });

  it("compresses files of NDJSON alone", () => {
    expect(recipeOf("fhir", { gzip: true })).toMatchObject({ gzip: true });
    expect(recipeOf("fhir", { gzip: true, layout: "bundle" })).toMatchObject({ gzip: false });
  });
});

describe("what an export of resources lacks", () => {
  const first = (kind: ResourcesKind, changes: Partial<ResourcesDraft>): string | undefined =>
    missingOfResources(kind, { ...whole, ...changes }, true)[0];

  it("is said one after another, each of its kind alone", () => {
    expect(missingOfResources("fhir", whole, false)).toEqual(["resources-not-picked"]);
    expect(first("fhir", { key: "" })).toBe("key-missing");
    expect(first("report", { key: "", withoutConsent: "", views: [] })).toBeUndefined();
    expect(first("quality", { key: "" })).toBe("key-missing");
    expect(first("fhir", { withoutConsent: "" })).toBe("consent-missing");
    expect(first("fhir", { identity: "identified", key: "" })).toBe("identity-reason-missing");
    expect(first("fhir", { identity: "rules", key: "" })).toBe("rules-missing");
    expect(first("view", { views: [] })).toBe("views-missing");
    expect(first("report", { measures: [] })).toBe("measures-missing");
    expect(first("fhir", { destination: "" })).toBe("destination-missing");
  });

  it("is a choice that finds nothing", () => {
    const none = { patients: 0, studies: 0, series: 0, instances: 0, previews: 0, rows: null, bytes: 0, exists: false };
    const plan = (resources: number) => ({
      packages: [{ ...none, name: "fhir_export.zip", resources }],
      bytes: 0,
      freeBytes: 1,
      notices: [],
      noticeMeanings: [],
    });
    expect(reasonsNotToStart([], plan(0), false, undefined, "file")).toEqual(["nothing-found"]);
    expect(reasonsNotToStart([], plan(3), false, undefined, "file")).toEqual([]);
  });
});

it("names what leads to persons before it leaves", () => {
  const identities = (changes: Partial<ResourcesDraft>): string[] => identitiesIn(recipeOf("fhir", changes)!);
  expect(identities({})).toEqual([]);
  expect(identities({ images: "include" })).toEqual(["pictures"]);
  expect(identities({ identity: "identified", reason: "transfer" })).toEqual(["resources"]);
  expect(identities({ identity: "rules", rules: { name: "r.json", document: "{}" } })).toEqual(["rules"]);
  expect(identitiesIn(recipeOf("report", { images: "include" })!)).toEqual([]);
});

it("knows a ready manner again, and one that was adjusted as none", () => {
  for (const [name, manner] of Object.entries(READY_RESOURCES)) expect(readyResourcesNameOf(manner)).toBe(name);
  expect(readyResourcesNameOf({ ...READY_RESOURCES.research, text: "scrub" })).toBeUndefined();
});

it("says which resources leave as a person would", () => {
  const format = createFormat("en-GB");
  expect(sayResources({}, en, format)).toBe("All resources");
  expect(sayResources({ types: ["Patient", "Observation"], patients: ["p1"] }, en, format)).toBe(
    "Resources that match: type Patient and Observation, patient p1",
  );
  const codes = ["a", "b", "c", "d", "e", "f"];
  expect(sayResources({ codes, from: "2024-01-02" }, en, format)).toMatch(/a, b, c and d and 2 more, since/);
});

it("marks the lines of a resource that the other side has not, as often as it has them", () => {
  const before = '{\n  "id": "p1",\n  "a": 1,\n  "b": 1,\n  "a": 1\n}';
  const after = '{\n  "id": "x9",\n  "a": 1\n}';
  expect(compareLines(before, after, 100).map(({ only }) => only)).toEqual([false, true, false, true, true, false]);
  expect(compareLines(after, before, 100).map(({ only }) => only)).toEqual([false, true, false, false]);
  expect(compareLines(before, after, 2)).toHaveLength(2);
});
