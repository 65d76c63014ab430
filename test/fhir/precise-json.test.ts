import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseResource } from "../../src/main/fhir/precise-json.ts";
import type { Resource } from "../../src/main/fhir/json.ts";

const rewrite = (text: string, change: (resource: Resource) => Resource = (resource) => resource): string => {
  const { resource, write } = parseResource(text);
  return write(change(resource));
};

describe("Numbers of a resource", () => {
  it.each([
    '{"resourceType":"Observation","valueQuantity":{"value":1.0}}',
    '{"resourceType":"Observation","valueQuantity":{"value":70.50,"unit":"kg"}}',
    '{"resourceType":"Observation","value":-0.0}',
    '{"resourceType":"Observation","value":1.20e3}',
    '{"resourceType":"Observation","value":123456789012345678901234567890}',
    '{"resourceType":"Observation","value":0.12345678901234567890}',
    '{"resourceType":"Observation","list":[1.0,2.50,3],"rank":1}',
    '{"resourceType":"Observation","value":7.0,"rank":7}',
    '{"resourceType":"Observation","text":"1.0, 2.50"}',
  ])("leave as they were written: %s", (text) => {
    expect(rewrite(text)).toBe(text);
  });

  it("leave so when others beside them are left out, and as they are when they were changed", () => {
    const text = '{"resourceType":"Observation","a":2.0,"b":[{"value":3.10},{"value":4.0}]}';
    const changed = rewrite(text, (resource) => {
      const [, second] = resource["b"] as { value: number }[];
      return { resourceType: "Observation", a: 5, b: [second!] };
    });
    expect(changed).toBe('{"resourceType":"Observation","a":5,"b":[{"value":4.0}]}');
  });

  it("of one name and value that are written in two ways are not made more precise than they were", () => {
    expect(rewrite('{"resourceType":"A","x":{"value":1},"y":{"value":1.0}}')).toBe(
      '{"resourceType":"A","x":{"value":1},"y":{"value":1}}',
    );
  });

  it("are never told wrongly, whatever the resource: what is written means what was read", () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const whole = `{"resourceType":"Basic","extension":${text}}`;
        expect(JSON.parse(rewrite(whole))).toEqual(JSON.parse(whole));
      }),
    );
  });
});
