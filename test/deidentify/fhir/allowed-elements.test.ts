import { expect, it } from "vitest";
import { ALLOWED_ELEMENTS } from "../../../src/main/deidentify/fhir/allowed/allowed-elements.ts";
import { parseAllowed } from "../../../src/main/deidentify/fhir/allow-text.ts";
import { elementsOf, isResourceType } from "../../../src/main/deidentify/fhir/element-tables.ts";
import { contextOf, policyWith, resource } from "./treating.ts";

/** Datatypes that never pass as they are; who lists one of them must have a rule for it. */
const NEVER =
  /^(?:Identifier|HumanName|Signature|ContactDetail|ExtendedContactDetail|Narrative|base64Binary|uri|url|canonical|oid|uuid|xhtml|Resource|Meta)$/;
const WITH_A_RULE: ReadonlySet<string> = new Set([
  "QuestionnaireResponse.questionnaire",
  "Questionnaire.url",
  "Binary.data",
]);

it("names only elements that FHIR has, in every type", () => {
  const policy = policyWith();
  for (const type of Object.keys(ALLOWED_ELEMENTS)) {
    expect(isResourceType(type)).toBe(true);
    expect(() => policy.treat(resource(type, {}), contextOf())).not.toThrow();
  }
});

it("has no datatype of names, numbers, documents or addresses in the net among what may pass", () => {
  for (const [type, text] of Object.entries(ALLOWED_ELEMENTS))
    for (const name of parseAllowed(text).keys()) {
      const datatypes = elementsOf(type).get(name)?.datatypes ?? [];
      if (datatypes.some((datatype) => NEVER.test(datatype))) expect([...WITH_A_RULE]).toContain(`${type}.${name}`);
    }
});

it("lists every element that modifies what the rest says, or resources would be held back for a plain status", () => {
  const unlisted: string[] = [];
  for (const [type, text] of Object.entries(ALLOWED_ELEMENTS)) {
    const allowed = parseAllowed(text);
    for (const [name, { isModifier }] of elementsOf(type))
      if (isModifier && !allowed.has(name)) unlisted.push(`${type}.${name}`);
  }
  expect(unlisted.filter((path) => !/\.(?:modifierExtension|implicitRules)$/.test(path))).toEqual([]);
});
