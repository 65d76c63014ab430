/**
 * Makes resources/fhir-codes.json: what Coding may say.
 *
 * - `systems`: the codes of each code system that HL7 itself publishes with FHIR R4 and R5. Systems of peoples, faiths and countries are
 *   left out: some have a few hundred members, and their words are names.
 * - `words`: the words of the displays of those and of what the value sets and the official R4 examples take from LOINC, SNOMED CT and
 *   others; what is known as a given or family name (resources/text/names.json) and is no common word is left out.
 *
 * From the npm packages that scripts/read-fhir-definitions.ts names, and hl7.fhir.r4.examples.
 *
 *     node scripts/make-fhir-codes.ts
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { foldText } from "../src/main/deidentify/clean-descriptor.ts";
import { FLAGS, flagsOf } from "../src/main/deidentify/text/vocabulary.ts";
import { isJsonObject, type Json } from "../src/main/fhir/json.ts";
import { conceptsWithin, readR4, readR5 } from "./read-fhir-definitions.ts";

const OWN_SYSTEM = /^http:\/\/(?:terminology\.hl7\.org\/CodeSystem|hl7\.org\/fhir)\//;
const LEFT_OUT =
  /Tribal|AmericanIndian|v3-Race|Breed|Religio|v2-0006|v2-0171|3166|m49|jurisdiction|country|spdx|entformula|fhir-types|resource-types|example|all-types/i;
/** Whose displays in examples are the terminology's own. */
const OTHERS =
  /^http:\/\/(?:loinc\.org|snomed\.info\/sct|www\.nlm\.nih\.gov|hl7\.org|terminology\.hl7\.org|unitsofmeasure)/;
const systems = new Map<string, Set<string>>();
const words = new Set<string>();

for (const definition of [...readR4(), ...readR5()]) {
  if (definition.resourceType === "CodeSystem" && !LEFT_OUT.test(definition.url)) {
    const concepts = conceptsWithin(definition.concept);
    for (const { display } of concepts) addWords(display);
    if (!OWN_SYSTEM.test(definition.url) || concepts.length === 0) continue;
    const codes = systems.get(definition.url) ?? new Set();
    systems.set(definition.url, codes);
    for (const { code } of concepts) if (!/\s/.test(code)) codes.add(code);
  } else if (definition.resourceType === "ValueSet" && !LEFT_OUT.test(definition.url)) {
    for (const { concept } of definition.compose?.include ?? [])
      for (const { display } of concept ?? []) addWords(display);
  }
}
const examples = join(import.meta.dirname, "..", "node_modules", "hl7.fhir.r4.examples");
for (const file of readdirSync(examples))
  if (/^[A-Z].*\.json$/.test(file) && !LEFT_OUT.test(file))
    readDisplays(JSON.parse(readFileSync(join(examples, file), "utf8")) as Json);

function readDisplays(value: Json): void {
  if (Array.isArray(value)) for (const item of value) readDisplays(item);
  if (!isJsonObject(value)) return;
  const { system, display } = value;
  if (typeof system === "string" && typeof display === "string" && OTHERS.test(system)) addWords(display);
  for (const item of Object.values(value)) readDisplays(item);
}

function addWords(text: string | undefined): void {
  for (const word of foldText(text ?? "").match(/[a-z]{3,}/g) ?? []) {
    const flags = flagsOf(word);
    const isName = (flags & (FLAGS.given | FLAGS.surname)) !== 0;
    if (!isName && (flags & FLAGS.common) === 0) words.add(word);
  }
}

writeFileSync(
  join(import.meta.dirname, "..", "resources", "fhir-codes.json"),
  `${JSON.stringify(
    {
      source: "FHIR R4 4.0.1, R5 5.0.0 and their examples, by scripts/make-fhir-codes.ts",
      systems: Object.fromEntries(
        [...systems].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([url, codes]) => [url, [...codes].join(" ")]),
      ),
      words: [...words].toSorted().join(" "),
    },
    undefined,
    1,
  )}\n`,
);
