import fc from "fast-check";
import { expect, it } from "vitest";
import { isJsonObject, type Json, type Resource } from "../../../src/main/fhir/json.ts";
import { contextsOf, readListedExamples } from "./examples.ts";
import { contextOf, DEFAULTS, policyWith, resource } from "./treating.ts";

const examples = [...readListedExamples().values()].filter((one) => JSON.stringify(one).length < 20_000);
const contextFor = contextsOf(new Map(examples.map((one, index) => [String(index), one])));

/** The resource with another value in the place of its `at`th. */
function replaced(source: Resource, at: number, value: Json): Resource {
  let count = 0;
  const visit = (item: Json): Json => {
    if (++count === at) return value;
    if (Array.isArray(item)) return item.map(visit);
    if (!isJsonObject(item)) return item;
    return Object.fromEntries(
      Object.entries(item).map(([key, one]) => [key, key === "resourceType" ? one : visit(one)]),
    );
  };
  return visit(source) as Resource;
}

it("a value of any shape in any place is treated or left out, and what leaves can be treated again", () => {
  const policies = [
    policyWith(),
    policyWith({ ...DEFAULTS, text: "scrub", dates: "keep", phones: "hash", images: "include", birth: "band10" }),
  ];
  fc.assert(
    fc.property(
      fc.constantFrom(...examples),
      fc.integer({ min: 2, max: 200 }),
      fc.jsonValue({ maxDepth: 3 }),
      fc.constantFrom(...policies),
      (source, at, value, policy) => {
        const result = policy.treat(replaced(source, at, value as Json), contextFor(source));
        if (result.outcome === "withheld") return;
        expect(JSON.parse(JSON.stringify(result.resource))).toEqual(result.resource);
        expect(result.resource.resourceType).toBe(source.resourceType);
        expect(policy.treat(structuredClone(result.resource), contextFor(source)).outcome).toBe("passed");
      },
    ),
    { numRuns: 1_500 },
  );
});

it("the same resource leaves the same, whatever was treated before it", () => {
  const alone = (source: Resource): string =>
    JSON.stringify(policyWith().treat(structuredClone(source), contextFor(source)));
  const policy = policyWith();
  for (const source of examples)
    expect(JSON.stringify(policy.treat(structuredClone(source), contextFor(source)))).toBe(alone(source));
});

it("JSON within JSON without end is held back, not followed", () => {
  let deep: Json = { a: 1 };
  for (let depth = 0; depth < 5_000; depth++) deep = { extension: [deep] };
  for (const elements of [{ contained: [deep] }, { note: [{ text: "x", extension: [deep] }] }, { component: [deep] }])
    expect(policyWith().treat(resource("Observation", elements), contextOf()).outcome).toBe("withheld");
  let item: Json = { linkId: "1" };
  for (let depth = 0; depth < 5_000; depth++) item = { linkId: "1", item: [item] };
  expect(policyWith().treat(resource("QuestionnaireResponse", { item: [item] }), contextOf()).outcome).toBe("withheld");
  let section: Json = { code: { text: "x" } };
  for (let depth = 0; depth < 5_000; depth++) section = { section: [section] };
  expect(policyWith().treat(resource("Composition", { section: [section] }), contextOf()).outcome).toBe("withheld");
});
