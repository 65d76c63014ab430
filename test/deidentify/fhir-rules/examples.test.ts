import { assert, constantFrom, integer, property } from "fast-check";
import { describe, expect, it } from "vitest";
import { buildNodes } from "../../../src/main/deidentify/fhir-rules/build-nodes.ts";
import { writeNodes } from "../../../src/main/deidentify/fhir-rules/write-nodes.ts";
import { isJsonObject, type Json, type Resource } from "../../../src/main/fhir/json.ts";
import { readExamples } from "../fhir/examples.ts";
import { documentOf, follow, textAt } from "./following.ts";

const examples = readExamples();
const files = [...examples.keys()];

/** All texts, numbers and truths, with the types of resources apart. */
function* valuesOf(value: Json, isType = false): Generator<Json> {
  if (Array.isArray(value)) for (const one of value) yield* valuesOf(one);
  else if (isJsonObject(value))
    for (const [name, one] of Object.entries(value)) yield* valuesOf(one, name === "resourceType");
  else if (value !== null && !isType) yield value;
}

function typesOf(value: Json): string[] {
  if (Array.isArray(value)) return value.flatMap(typesOf);
  if (!isJsonObject(value)) return [];
  const own = typeof value["resourceType"] === "string" ? [value["resourceType"]] : [];
  return [...own, ...Object.values(value).flatMap(typesOf)].toSorted();
}

describe("the 5,306 official examples of HL7 under imported rules", () => {
  it("come out as they went in, where no rule is for them", () => {
    for (const [file, source] of examples) {
      const { root, unknown } = buildNodes(source);
      expect([file, unknown]).toEqual([file, 0]);
      expect(writeNodes(root)).toEqual(source);
    }
  });

  it("have no value left, where one rule redacts all, but the labels and the types of resources", () => {
    const rules = documentOf([{ path: "Resource", method: "redact" }]);
    const labels = new Set<Json>(["http://terminology.hl7.org/CodeSystem/v3-ObservationValue", "REDACTED", "redacted"]);
    for (const [file, source] of examples) {
      const treated = follow(rules, source);
      expect([file, ...valuesOf(treated)].filter((value) => !labels.has(value))).toEqual([file]);
      // The instances of a scenario have an element of that name.
      if (source.resourceType !== "ExampleScenario") expect(typesOf(treated)).toEqual(typesOf(source));
    }
  });

  it("keep what they link to, where ids and references are hashed alike", () => {
    const rules = documentOf([
      { path: "Resource.id", method: "cryptoHash" },
      { path: "nodesByType('Reference').reference", method: "cryptoHash" },
    ]);
    assert(
      property(constantFrom(...files), (file) => {
        const source = examples.get(file)!;
        const linked: Resource = {
          resourceType: "Basic",
          id: "b",
          subject: { reference: `${source.resourceType}/${textAt(source, "id")}` },
        };
        const { subject } = follow(rules, linked);
        expect(subject).toEqual({ reference: `${source.resourceType}/${textAt(follow(rules, source), "id")}` });
      }),
      { numRuns: 200 },
    );
  });

  it("are shifted by one number of days within a resource, whatever the number", () => {
    const at = (days: number): string => new Date(Date.UTC(2001, 4, 1) + days * 86_400_000).toISOString().slice(0, 10);
    assert(
      property(
        integer({ min: 0, max: 8000 }),
        integer({ min: 0, max: 400 }),
        integer({ min: -400, max: 400 }),
        (start, length, offset) => {
          const rules = documentOf([{ path: "nodesByType('dateTime')", method: "dateShift" }], {
            dateShiftFixedOffsetInDays: offset,
          });
          const source: Resource = { resourceType: "Encounter", period: { start: at(start), end: at(start + length) } };
          expect(follow(rules, source)["period"]).toEqual({
            start: at(start + offset),
            end: at(start + length + offset),
          });
        },
      ),
      { numRuns: 200 },
    );
  });
});
