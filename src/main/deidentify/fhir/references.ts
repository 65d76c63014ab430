import { isJsonObject, type Json, type JsonObject } from "../../fhir/json.ts";
import { patientIdOf } from "../../fhir/patient-reference.ts";
import { isResourceType } from "./element-tables.ts";
import type { Rule } from "./treatment.ts";

/**
 * A reference to a resource, by its pseudonym. Of those that say no resource ("#contained", "Practitioner?identifier=…", an Identifier) the
 * type stays; display and identifier go.
 */
export const referenceRule: Rule = (value, treatment) => {
  if (!isJsonObject(value)) return treatment.drop(value);
  const result: JsonObject = {};
  let filled = false;
  // Whom an identifier alone names is a patient of the catalog as well (fhir/patient-reference.ts).
  const named = value["reference"] === undefined || isConditional(value["reference"]) ? patientIdOf(value) : "";
  if (named !== "") {
    treatment.count("pseudonymised");
    result["reference"] = `Patient/${treatment.ids.exportedId("Patient", named, treatment.context)}`;
    filled = true;
  }
  for (const name in value) {
    const item = value[name]!;
    if (name === "reference" && typeof item === "string") {
      const treated = treatment.ids.reference(item, treatment.context.patient);
      if (treated === undefined) {
        if (named !== "") continue;
        treatment.drop(item);
        const type = /^([A-Z][A-Za-z]+)\?/.exec(item)?.[1];
        if (type === undefined || !isResourceType(type)) continue;
        result["type"] = type;
      } else {
        treatment.count("pseudonymised");
        result["reference"] = treated;
      }
    } else if (name === "type" && typeof item === "string" && isResourceType(item)) {
      result["type"] = item;
    } else {
      treatment.drop(item);
      continue;
    }
    filled = true;
  }
  return filled ? result : undefined;
};

function isConditional(reference: Json): boolean {
  return typeof reference === "string" && reference.includes("?");
}
