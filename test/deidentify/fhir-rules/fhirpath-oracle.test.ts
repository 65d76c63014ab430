import { compile } from "fhirpath";
import r4 from "fhirpath/fhir-context/r4/index.js";
import { describe, expect, it } from "vitest";
import { buildNodes } from "../../../src/main/deidentify/fhir-rules/build-nodes.ts";
import { compileNodePath } from "../../../src/main/deidentify/fhir-rules/compile-node-path.ts";
import { TypedItem, type Item } from "../../../src/main/fhir/path/item.ts";
import type { Json } from "../../../src/main/fhir/json.ts";
import { resourceOf } from "./following.ts";

/** Another's reading of FHIRPath, for what our engine of nodes is asked in rules. */
const SOURCE = resourceOf("Patient", {
  id: "p1",
  active: true,
  name: [
    { use: "official", family: "Rao", given: ["Asha", "Devi"], period: { start: "2001", end: "2010-05" } },
    { use: "old", family: "Menon", given: ["Asha"] },
    { use: "nickname", text: "Ashu" },
  ],
  telecom: [
    { system: "phone", value: "98450 12345", rank: 1 },
    { system: "email", value: "asha@example.org", rank: 2 },
  ],
  identifier: [
    { type: { coding: [{ system: "http://terminology.hl7.org/CodeSystem/v2-0203", code: "MR" }] }, value: "4471" },
    { type: { coding: [{ system: "http://terminology.hl7.org/CodeSystem/v2-0203", code: "SS" }] }, value: "123" },
  ],
  birthDate: "1980-02-03",
  multipleBirthInteger: 2,
  extension: [
    { url: "urn:one", valueString: "first" },
    { url: "urn:two", valueInteger: 7 },
  ],
  contact: [{ name: { family: "Nair" }, gender: "female" }],
});

const EXPRESSIONS = [
  "name.where(use = 'official').family",
  "name.where(use != 'official').given",
  "name.where(given.count() > 1).family",
  "name.where(family.exists() and period.exists().not()).family",
  "name.where(family.startsWith('R') or family.endsWith('on')).use",
  "name.where(family in ('Rao' | 'Nair')).use",
  "name.given.where($this.contains('v'))",
  "name.given.first()",
  "name.given.last()",
  "name.given.tail()",
  "name.given.skip(1).take(1)",
  "name[1].given[0]",
  "name.first().given | contact.name.family",
  "name.select(family)",
  "name.family.union(contact.name.family)",
  "name.where(period.start >= @2000).family",
  "identifier.where(type.coding.system = 'http://terminology.hl7.org/CodeSystem/v2-0203' and type.coding.code = 'MR').value",
  "identifier.where(type.coding.where(code = 'SS').exists()).value",
  "telecom.where(rank > 1).value",
  "telecom.where(system = 'phone').value.substring(0, 5)",
  "telecom.where(value.matches('^[0-9 ]+$')).system",
  "extension.where(url = 'urn:two').value",
  "extension('urn:one').value",
  "extension.value.ofType(string)",
  "extension.value.ofType(integer)",
  "multipleBirth",
  "multipleBirth as integer",
  "multipleBirth + 1",
  "(multipleBirth div 2) * 10 - 1",
  "birthDate < @1990-01-01",
  "birthDate.toString().replaceMatches('-\\\\d+$', '')",
  "active and name.exists()",
  "active.not()",
  "name.family.count()",
  "name.all(use.exists())",
  "iif(active, name.family.first(), 'nobody')",
  "descendants().where($this = 'Asha').count()",
  "contact.name.children()",
  "nothing.here",
];

function valueOf(item: Item): Json {
  return item instanceof TypedItem ? item.value : item;
}

describe("paths over nodes give what fhirpath.js gives", () => {
  const { root } = buildNodes(SOURCE);

  it.each(EXPRESSIONS)("%s", (expression) => {
    const theirs = compile(expression, r4)(SOURCE) as Json[];
    expect(compileNodePath(expression)(root).map(valueOf)).toEqual(theirs);
  });

  it.each(["name.given.distinct()", "name.given | name.given"])("but nodes of one value stay two: %s", (expression) => {
    expect(compileNodePath(expression)(root).map(valueOf)).toEqual(["Asha", "Devi", "Asha"]);
  });
});
