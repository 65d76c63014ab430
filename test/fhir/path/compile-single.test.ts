import { expect, test } from "vitest";
import type { Resource } from "../../../src/main/fhir/json.ts";
import { compilePath, compileSinglePath } from "../../../src/main/fhir/path/compile-path.ts";
import { SEVERAL } from "../../../src/main/fhir/path/compile-single.ts";
import { bare } from "../../../src/main/fhir/path/item.ts";

const RESOURCES: readonly Resource[] = [
  { resourceType: "Observation" },
  {
    resourceType: "Observation",
    id: "a",
    status: "final",
    subject: { reference: "Patient/p1" },
    category: [{ coding: [{ code: "one" }, { code: "two" }] }, { coding: [{ code: "three" }] }],
    code: { coding: [{ system: "s", code: "c" }] },
    valueQuantity: { value: 5, unit: "mg" },
    effectiveDateTime: "2024-01-02",
    component: [{ valueQuantity: { value: 1 } }, { valueQuantity: { value: 2 } }],
  },
  {
    resourceType: "Observation",
    id: 7,
    subject: [{ reference: "Patient/p1" }, { reference: "Patient/p2" }],
    category: [{ coding: [] }, { coding: [null, { code: "late" }] }, null],
    code: "not an object",
    valueString: ["x", null],
    valueQuantity: null,
    effectivePeriod: { start: "2024", end: "2025" },
    effectiveDateTime: "2024-05",
  },
  {
    resourceType: "Observation",
    subject: { reference: "Group/g" },
    value: { unit: "odd" },
    valueCode: [null],
    encounter: { reference: "https://server/fhir/Encounter/e-1/_history/2" },
    code: { coding: [[{ code: "nested" }], { code: "flat" }] },
  },
] as never;

const PATHS = [
  "getResourceKey()",
  "subject.getReferenceKey(Patient)",
  "subject.getReferenceKey()",
  "encounter.getReferenceKey(Encounter)",
  "status",
  "Observation.status",
  "value",
  "value.unit",
  "value.code",
  "toString",
  "category.coding.code",
  "category.coding.code.first()",
  "category.first().coding.code",
  "code.coding.code",
  "code.coding.code.first()",
  "value.ofType(Quantity)",
  "value.ofType(Quantity).value",
  "value.ofType(string)",
  "value.ofType(code)",
  "component.value.ofType(Quantity).value",
  "component.value.ofType(Quantity).value.first()",
  "iif(effective.ofType(dateTime).exists(), effective.ofType(dateTime), effective.ofType(Period).start)",
  "iif(category.coding.exists(), status, id)",
  "iif(status, 'there')",
  "category.coding.exists()",
  "effective",
  "effective.start",
  "-1",
  "%rowIndex",
  "%resource.status",
  "status & '!'",
];

test.each(PATHS)("%s gives the one value that it gives as a collection, or says that there are several", (path) => {
  const whole = compilePath(path);
  const single = compileSinglePath(path);
  for (const resource of RESOURCES) {
    const scope = { resource, rowIndex: 3 };
    for (const focus of [[resource], [], [resource, resource]]) {
      const values = whole(focus, scope).map(bare);
      const value = single(focus, scope);
      if (value === SEVERAL) continue;
      expect(value === undefined ? [] : [value]).toEqual(values);
    }
  }
});

test("what most columns ask for is told without a collection", () => {
  const [, resource] = RESOURCES;
  const scope = { resource: resource!, rowIndex: 0 };
  const told = ["category.coding.code.first()", "value.ofType(Quantity).value", "subject.getReferenceKey(Patient)"];
  expect(told.map((path) => compileSinglePath(path)([resource!], scope))).toEqual(["one", 5, "p1"]);
});
