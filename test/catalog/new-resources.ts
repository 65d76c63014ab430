import type { Catalog } from "../../src/main/catalog/database.ts";
import { resourcesTarget, type ResourcesOutcome } from "../../src/main/catalog/resources-sync.ts";
import { addSource } from "../../src/main/catalog/sources.ts";
import type { ResourcesTarget } from "../../src/main/sources/resources-source.ts";

/** A source of resources in Kolkata (UTC+5:30). @returns its id */
export function addResourcesSource(catalog: Catalog, name = "Server", config: Record<string, unknown> = {}): number {
  return addSource(catalog, {
    kind: "ndjson",
    name,
    config: { path: "there", timeZone: "Asia/Kolkata", issuer: name, patientIdentifierSystem: "", ...config },
  }).id;
}

/** One sync that does what is given. @param complete a pass over everything */
export function syncResources(
  catalog: Catalog,
  source: number,
  action: (target: ResourcesTarget) => void,
  complete = true,
): ResourcesOutcome {
  const target = resourcesTarget(catalog, source);
  action(target);
  return target.finish(complete);
}

/** One sync that puts exactly these. */
export function putAll(catalog: Catalog, source: number, resources: readonly object[]): ResourcesOutcome {
  return syncResources(catalog, source, (target) => {
    for (const resource of resources) target.put({ json: JSON.stringify(resource) });
    for (const type of target.types()) target.removeUnmet(type);
  });
}

export function aPatient(id: string, change: object = {}): object {
  return { resourceType: "Patient", id, name: [{ family: "Sharma", given: [`Asha ${id}`] }], ...change };
}

export function anObservation(id: string, patient: string, change: object = {}): object {
  return {
    resourceType: "Observation",
    id,
    status: "final",
    code: { coding: [{ system: "http://loinc.org", code: "8867-4", display: "Heart rate" }] },
    ...(patient === "" ? {} : { subject: { reference: `Patient/${patient}` } }),
    effectiveDateTime: "2024-03-01T12:00:00Z",
    valueQuantity: { value: 72, unit: "/min" },
    ...change,
  };
}
