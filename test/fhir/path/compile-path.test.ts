import { describe, expect, it } from "vitest";
import type { Resource } from "../../../src/main/fhir/json.ts";
import { compilePath } from "../../../src/main/fhir/path/compile-path.ts";
import { bare } from "../../../src/main/fhir/path/item.ts";

const patient = {
  resourceType: "Patient",
  id: "p1",
  active: true,
  birthDate: "1970-06",
  name: [
    { use: "official", family: "Silva", given: ["Ana", "Maria"] },
    { use: "maiden", family: "Souza" },
  ],
  multipleBirthInteger: 2,
  extension: [{ url: "http://example.org/x", valueCode: "F" }],
  generalPractitioner: [{ reference: "Practitioner/d1/_history/3" }, { reference: "urn:uuid:0a" }],
} as Resource;

const evaluate = (path: string): unknown[] =>
  [...compilePath(path)([patient], { resource: patient, rowIndex: 0 })].map(bare);

describe("FHIRPath expressions of views", () => {
  it.each([
    ["name.given", ["Ana", "Maria"]],
    ["Patient.name.family", ["Silva", "Souza"]],
    ["name.where(use = 'maiden').family", ["Souza"]],
    ["name[1].family", ["Souza"]],
    ["name.select(family & ', ' & given.first())", ["Silva, Ana", "Souza, "]],
    ["multipleBirth.ofType(integer) + 1", [3]],
    ["multipleBirth is integer", [true]],
    ["(multipleBirth as integer) > 1", [true]],
    ["deceased.exists()", [false]],
    ["deceased = true", []],
    ["deceased.exists() or active", [true]],
    ["deceased = true or active", [true]],
    ["deceased = true and active", []],
    ["deceased = true and active.not()", [false]],
    ["0.1 + 0.2", [0.3]],
    ["7 div 2", [3]],
    ["7 / 0", []],
    ["-(3 - 5)", [2]],
    ["1 + 2 * 3", [7]],
    ["birthDate < '1970-07'", [true]],
    ["birthDate = @1970-06-01", []],
    ["'2024-01-01T10:00:00Z' = '2024-01-01T11:00:00+01:00'", [true]],
    ["'b' in ('a' | 'b')", [true]],
    ["(1 | 1 | 2).count()", [2]],
    ["extension('http://example.org/x').value", ["F"]],
    ["generalPractitioner.getReferenceKey()", ["d1", "0a"]],
    ["generalPractitioner.getReferenceKey(Patient)", []],
    ["name.family.join('/')", ["Silva/Souza"]],
    ["iif(active, 'yes', 'no')", ["yes"]],
    ["name.family.lower().first()", []],
    ["name.first().family.lower()", ["silva"]],
    ["'Satchel'.substring(0, 3)", ["Sat"]],
    ["'a1b2'.replaceMatches('[0-9]', '')", ["ab"]],
    ["name.exists(use = 'old')", [false]],
    ["name.all(family.exists())", [true]],
    ["`name`.`family`.first()", ["Silva"]],
    ["name.given.first() = 'it\\'s'", [false]],
    ["{}", []],
    ["name /* names */ .count() // two", [2]],
  ] as const)("gives for %s what FHIRPath says", (path, expected) => {
    expect(evaluate(path)).toEqual(expected);
  });

  it.each([
    "name.",
    "name..given",
    "name[0",
    "@@",
    "'open",
    "where(",
    "name.given)",
    "1 +",
    "",
    "name.unheardOf()",
    "%unheardOf",
    "value.ofType(1)",
    `${"(".repeat(200)}1${")".repeat(200)}`,
  ])("refuses %s with a sentence, before anything is read", (path) => {
    expect(() => compilePath(path)).toThrow(expect.objectContaining({ code: "USAGE" }));
  });

  it("does not take what every object of JavaScript has for a member or a function", () => {
    expect(() => compilePath("name.toLocaleString()")).toThrow(expect.objectContaining({ code: "USAGE" }));
    expect(() => compilePath("name.hasOwnProperty('x')")).toThrow(expect.objectContaining({ code: "USAGE" }));
    expect(evaluate("constructor")).toEqual([]);
    expect(evaluate("__proto__")).toEqual([]);
  });
});
