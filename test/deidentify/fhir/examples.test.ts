import { describe, expect, it } from "vitest";
import { isJsonObject, type Json, type Resource } from "../../../src/main/fhir/json.ts";
import { contextsOf, idOf, readExamples } from "./examples.ts";
import { policyWith } from "./treating.ts";

const REFERENCE = /^[A-Z][A-Za-z]+\/[^/?#]+$/;

/** Literal references of a resource, in order, with the path to each. */
function referencesOf(value: Json, path = ""): Map<string, string> {
  const found = new Map<string, string>();
  const visit = (item: Json, at: string): void => {
    if (Array.isArray(item)) for (const one of item) visit(one, at);
    else if (isJsonObject(item))
      for (const [key, one] of Object.entries(item))
        if (key === "reference" && typeof one === "string") found.set(`${at} ${one}`, one);
        else if (key !== "contained" && key !== "text") visit(one, `${at}.${key}`);
  };
  visit(value, path);
  return found;
}

/** "https://server/Patient/1/_history/2" leads to Patient/1. */
function tailOf(reference: string): string {
  return /([A-Z][A-Za-z]+\/[^/]+)(?:\/_history\/[^/]+)?$/.exec(reference)?.[1] ?? "";
}

describe("the 5,306 official examples of HL7", () => {
  const examples = readExamples();
  const contexts = contextsOf(examples);
  const policy = policyWith();
  const left = new Map<string, { source: Resource; resource: Resource }>();
  const withheld = new Map<string, number>();
  for (const source of examples.values()) {
    const result = policy.treat(structuredClone(source), contexts(source));
    if (result.outcome === "passed")
      left.set(`${source.resourceType}/${idOf(source)}`, { source, resource: result.resource });
    else withheld.set(result.reason, (withheld.get(result.reason) ?? 0) + 1);
  }

  it("leave as JSON of the type that they came with, or are held back for a reason that is told", () => {
    expect(examples.size).toBeGreaterThanOrEqual(5_300);
    expect(left.size).toBeGreaterThan(480);
    expect([...withheld.keys()].toSorted()).toEqual(["not-listed", "picture", "unknown-modifier"]);
    for (const { source, resource } of left.values()) {
      expect(JSON.parse(JSON.stringify(resource))).toEqual(resource);
      expect(resource.resourceType).toBe(source.resourceType);
    }
  });

  it("have the ids that the plan of an export sorts them by", () => {
    for (const { source, resource } of left.values())
      expect(resource["id"]).toBe(policy.exportedId(source.resourceType, idOf(source), contexts(source)));
  });

  it("still lead to each other: a reference to a resource that left has the id that it left with", () => {
    const ids = new Set(Array.from(left.values(), ({ resource }) => `${resource.resourceType}/${idOf(resource)}`));
    let resolved = 0;
    for (const { source, resource } of left.values()) {
      const kept = new Set(referencesOf(resource).values());
      const expected = Array.from(referencesOf(source).values(), (text) => tailOf(text)).filter((text) =>
        left.has(text),
      );
      const resolving = [...kept].filter((text) => ids.has(text));
      // Some elements with a reference may not pass; what passes leads where it led.
      expect(resolving.length).toBeLessThanOrEqual(new Set(expected).size);
      const leadingElsewhere = new Set(
        Array.from(referencesOf(source).values(), (text) => tailOf(text)).filter((text) => !left.has(text)),
      );
      const dangling = [...kept].filter((text) => REFERENCE.test(text) && !ids.has(text));
      expect(dangling.length).toBeLessThanOrEqual(leadingElsewhere.size);
      resolved += resolving.length;
      for (const text of kept) if (REFERENCE.test(text)) expect(text).not.toMatch(/\/example|\/f00\d/);
    }
    expect(resolved).toBeGreaterThan(400);
  });

  it("say nothing in words: no narrative, no display of a reference, no identifier, no name", () => {
    const visit = (value: Json, key: string): void => {
      expect(["div", "family", "given", "telecom", "photo", "contained", "url_", "implicitRules"]).not.toContain(key);
      if (Array.isArray(value)) for (const item of value) visit(item, key);
      else if (isJsonObject(value)) {
        if (typeof value["reference"] === "string")
          expect(Object.keys(value).filter((name) => name !== "reference" && name !== "type")).toEqual([]);
        for (const [name, item] of Object.entries(value)) {
          expect(name.startsWith("_")).toBe(false);
          visit(item, name);
        }
      }
    };
    for (const { resource } of left.values()) visit(resource, "");
  });
});
