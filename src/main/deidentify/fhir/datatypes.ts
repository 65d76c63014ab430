import { isJsonObject, type Json } from "../../fhir/json.ts";
import { attachmentRule } from "./attachments.ts";
import { codeableConceptRule, codingRule } from "./codings.ts";
import { treatObject, type ElementCompiler, type ObjectRule } from "./compile-elements.ts";
import type { DateKind } from "./dates.ts";
import { EXTENSION_RULES } from "./extensions.ts";
import { freeText } from "./free-text.ts";
import { addressRule, contactPointRule } from "./people.ts";
import { ageRule, quantityRule, sampledDataText } from "./quantities.ts";
import { referenceRule } from "./references.ts";
import type { Rule } from "./treatment.ts";
import { KNOWN_TYPE_RULE } from "./primitives.ts";

/** Datatypes that are made of others, with what may pass of them. The author of an annotation in words is a name. */
export const COMPOSED_DATATYPES: Readonly<Record<string, string>> = {
  Period: "start end",
  Range: "low high",
  Ratio: "numerator denominator",
  RatioRange: "lowNumerator highNumerator denominator",
  Money: "value currency",
  SampledData: "origin period interval intervalUnit factor lowerLimit upperLimit dimensions data",
  Timing:
    "event repeat(bounds[x] count countMax duration durationMax durationUnit frequency frequencyMax period periodMax periodUnit dayOfWeek timeOfDay when offset) code",
  Dosage:
    "sequence text additionalInstruction patientInstruction timing asNeeded[x] asNeeded asNeededFor site route method doseAndRate(type dose[x] rate[x]) maxDosePerPeriod maxDosePerAdministration maxDosePerLifetime",
  Annotation: "time text",
  CodeableReference: "concept reference",
};

const NUMBER: Rule = (value, treatment) =>
  typeof value === "number" && Number.isFinite(value) && treatment.person.isSilentNumber(value)
    ? value
    : treatment.drop(value);
/** An integer of nine digits counts nothing in a record: it is a number of somebody, or a telephone. */
const INTEGER: Rule = (value, treatment) =>
  typeof value === "number" &&
  Number.isInteger(value) &&
  Math.abs(value) < 1e8 &&
  treatment.person.isSilentNumber(value)
    ? value
    : treatment.drop(value);
const BOOLEAN: Rule = (value, treatment) => (typeof value === "boolean" ? value : treatment.drop(value));
const TIME: Rule = (value, treatment) =>
  typeof value === "string" && /^(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?$/.test(value)
    ? value
    : treatment.drop(value);

export function dateRule(kind: DateKind): Rule {
  return (value, treatment) => {
    const treated = typeof value === "string" ? treatment.dates.treat(value, kind) : undefined;
    if (treated === undefined) return treatment.drop(value);
    if (treated.treatment !== undefined) treatment.count(treated.treatment);
    return treated.text;
  };
}

/** Datatypes that are not here (Identifier, HumanName, uri, base64Binary, Narrative and others) never pass. */
export const SIMPLE_DATATYPES: readonly (readonly [string, Rule])[] = [
  ["boolean", BOOLEAN],
  ["integer", INTEGER],
  ["positiveInt", INTEGER],
  ["unsignedInt", INTEGER],
  ["decimal", NUMBER],
  ["time", TIME],
  ["date", dateRule("date")],
  ["dateTime", dateRule("dateTime")],
  ["instant", dateRule("instant")],
  ["string", freeText],
  ["markdown", freeText],
  ["Coding", codingRule],
  ["CodeableConcept", codeableConceptRule],
  ["Reference", referenceRule],
  ["Attachment", attachmentRule],
  ["Address", addressRule],
  ["ContactPoint", contactPointRule],
  ...["Quantity", "SimpleQuantity", "Duration", "Count", "Distance", "MoneyQuantity"].map(
    (name) => [name, quantityRule] as const,
  ),
  ["Age", ageRule],
];

/** Rules of elements wherever their datatype stands. */
export const DATATYPE_ELEMENTS: readonly (readonly [string, Rule])[] = [
  ["SampledData.data", sampledDataText],
  ["SampledData.intervalUnit", KNOWN_TYPE_RULE.unit],
  ["Money.currency", KNOWN_TYPE_RULE.currency],
];

/** Adds the composed datatypes; each may hold others of them. */
export function compileDatatypes(datatypes: Map<string, Rule>, compiler: ElementCompiler): void {
  for (const name of Object.keys(COMPOSED_DATATYPES)) {
    let compiled: ObjectRule | undefined;
    datatypes.set(name, (value: Json, treatment) => {
      compiled ??= compiler.compile(name, COMPOSED_DATATYPES[name]!);
      return isJsonObject(value) ? treatObject(compiled, value, treatment) : treatment.drop(value);
    });
  }
  datatypes.set("Extension", EXTENSION_RULES);
}
