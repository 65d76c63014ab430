import { describe, expect, it } from "vitest";
import type { Json, Resource } from "../../../src/main/fhir/json.ts";
import { contextsOf, readListedExamples } from "./examples.ts";
import { contextOf, policyWith } from "./treating.ts";

/** What stands where it should not: a name, a number, a mixture, an address in the net, a local path. */
const CANARIES = [
  "Zyxqua Kanarius",
  "Kanarius-8827364",
  "8827364551",
  "kanarius@zyxqua.test",
  "https://zyxqua.test/Kanarius/8827364",
];
/** Elements of Address that keep names of places, by decision: a name of letters passes there. */
const PLACES: ReadonlySet<string> = new Set(["district", "state", "country"]);
/** What is left of any of them. */
const TRACE = /kanarius|zyxqua|8827364/i;
/** The largest examples repeat themselves. */
const MOST_STRINGS = 1_000;

interface Place {
  holder: Record<string, Json> | Json[];
  key: string | number;
  name: string;
}

function stringsOf(value: Json, name: string, places: Place[]): void {
  if (Array.isArray(value)) {
    for (const [key, item] of value.entries()) visit({ holder: value, key, name }, item, places);
  } else if (typeof value === "object" && value !== null) {
    for (const [key, item] of Object.entries(value)) visit({ holder: value, key, name: key }, item, places);
  }
}

function visit(place: Place, value: Json, places: Place[]): void {
  if (typeof value === "string") places.push(place);
  else stringsOf(value, place.name, places);
}

/** @returns where a canary survived */
function survivors(source: Resource, treat: (resource: Resource) => string): string[] {
  const places: Place[] = [];
  stringsOf(source, "", places);
  const found: string[] = [];
  for (const { holder, key, name } of places.slice(0, MOST_STRINGS)) {
    const slots = holder as Record<string | number, Json>;
    const before = slots[key]!;
    for (const canary of CANARIES) {
      slots[key] = canary;
      const isPlace = PLACES.has(name) && canary === CANARIES[0];
      if (!isPlace && TRACE.test(treat(source))) found.push(`${source.resourceType} ${name}: ${canary}`);
    }
    slots[key] = before;
  }
  return found;
}

describe("a canary in any string of the official examples of HL7", () => {
  const examples = readListedExamples();
  const contexts = contextsOf(examples);

  for (const options of [
    {},
    { dates: "keep", images: "include", birth: "band5", phones: "hash" },
    { dates: "year" },
  ] as const)
    it(`survives nowhere, with ${JSON.stringify(options)}`, () => {
      const policy = policyWith(options);
      const found: string[] = [];
      let planted = 0;
      for (const source of examples.values()) {
        const context = contexts(source);
        found.push(
          ...survivors(source, (resource) => {
            planted++;
            const result = policy.treat(resource, context);
            return result.outcome === "passed" ? JSON.stringify(result.resource) : "";
          }),
        );
      }
      expect(planted).toBeGreaterThan(80_000);
      expect([...new Set(found)]).toEqual([]);
    });

  it("survives as no key, wherever an object has one", () => {
    const policy = policyWith();
    const found: string[] = [];
    for (const source of examples.values()) {
      const planted = JSON.parse(JSON.stringify(source), (_key, value: Json) =>
        typeof value === "object" && value !== null && !Array.isArray(value)
          ? {
              ...value,
              "Kanarius-8827364": "Zyxqua",
              _Kanarius: { extension: [{ url: "zyxqua", valueString: "Kanarius" }] },
            }
          : value,
      ) as Resource;
      const result = policy.treat(planted, contexts(source));
      if (result.outcome === "passed" && TRACE.test(JSON.stringify(result.resource))) found.push(source.resourceType);
    }
    expect(found).toEqual([]);
  });
});

describe("a canary in free text that is scrubbed", () => {
  it("goes where it is known of the patient", () => {
    const policy = policyWith({ text: "scrub" });
    const known = { names: ["Zyxqua Kanarius"], identifiers: ["8827364551"] };
    const result = policy.treat(
      {
        resourceType: "Condition",
        id: "c1",
        note: [{ text: "Zyxqua Kanarius, number 8827364551, feels better. ZYXQUA slept well." }],
      },
      contextOf("p1", known),
    );
    expect(JSON.stringify(result)).not.toMatch(TRACE);
    expect(JSON.stringify(result)).toContain("slept well");
  });
});
