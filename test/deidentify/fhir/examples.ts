import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ALLOWED_ELEMENTS } from "../../../src/main/deidentify/fhir/allowed/allowed-elements.ts";
import type { ResourceContext } from "../../../src/main/deidentify/fhir/resource-policy.ts";
import { describeResource } from "../../../src/main/fhir/describe-resource.ts";
import type { Resource } from "../../../src/main/fhir/json.ts";
import { personFacts } from "../../../src/main/fhir/patient-facts.ts";
import { contextOf } from "./treating.ts";

const FOLDER = join(import.meta.dirname, "..", "..", "..", "node_modules", "hl7.fhir.r4.examples");

/** The official examples of HL7 (npm hl7.fhir.r4.examples), by file name. */
export function readExamples(): Map<string, Resource> {
  const examples = new Map<string, Resource>();
  for (const file of readdirSync(FOLDER).toSorted()) {
    if (!/^[A-Z].*\.json$/.test(file)) continue;
    examples.set(file, JSON.parse(readFileSync(join(FOLDER, file), "utf8")) as Resource);
  }
  return examples;
}

/** Those of types that may leave at all. */
export function readListedExamples(): Map<string, Resource> {
  return new Map([...readExamples()].filter(([, { resourceType }]) => Object.hasOwn(ALLOWED_ELEMENTS, resourceType)));
}

/** Of each resource the context that the catalog of all would give. */
export function contextsOf(examples: ReadonlyMap<string, Resource>): (resource: Resource) => ResourceContext {
  const patients = new Map<string, Resource>();
  for (const one of examples.values()) if (one.resourceType === "Patient") patients.set(idOf(one), one);
  return (resource) => {
    const described = describeResource(resource);
    const id = "invalid" in described || described.patient === "" ? null : described.patient;
    const patient = id === null ? undefined : patients.get(id);
    if (patient === undefined) return contextOf(id);
    const { identifiers, ...facts } = personFacts(patient);
    return contextOf(id, { ...facts, identifiers: identifiers.map(({ value }) => value) });
  };
}

export function idOf({ id }: Resource): string {
  return typeof id === "string" ? id : "";
}
