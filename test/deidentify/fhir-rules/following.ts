import type { FhirByRules } from "../../../src/contract/fhir.ts";
import { buildNodes } from "../../../src/main/deidentify/fhir-rules/build-nodes.ts";
import { createRulesPolicy } from "../../../src/main/deidentify/fhir-rules/create-rules-policy.ts";
import { parseRules } from "../../../src/main/deidentify/fhir-rules/parse-rules.ts";
import { openKeys } from "../../../src/main/deidentify/fhir-rules/rule-keys.ts";
import { RulesEngine } from "../../../src/main/deidentify/fhir-rules/rules-engine.ts";
import { writeNodes } from "../../../src/main/deidentify/fhir-rules/write-nodes.ts";
import type { ResourceContext, ResourcePolicy } from "../../../src/main/deidentify/fhir/resource-policy.ts";
import type { ProjectKey } from "../../../src/main/deidentify/pseudonym.ts";
import type { Json, Resource } from "../../../src/main/fhir/json.ts";
import { contextOf, KEY } from "../fhir/treating.ts";

/** A day on which nobody of the samples is over 89 yet. */
export const TODAY = "2026-06-15";

export type RuleText = Record<string, unknown> & { path: string; method: string };

/** A document as Microsoft's tool reads it. */
export function documentOf(rules: readonly RuleText[], parameters: object = {}, others: object = {}): string {
  return JSON.stringify({ fhirVersion: "R4", ...others, fhirPathRules: rules, parameters });
}

export interface Following {
  today?: string;
  /** Null for none. */
  key?: ProjectKey | null;
  context?: ResourceContext;
}

/** What the engine alone makes of a resource. */
export function follow(
  document: string,
  resource: Resource,
  { today = TODAY, key = KEY, context = contextOf() }: Following = {},
): Resource {
  const rules = parseRules("test.json", document);
  return new RulesEngine(rules, openKeys(rules, key ?? undefined), today).anonymize(structuredClone(resource), context)
    .resource;
}

export function policyOf(
  document: string,
  { key = KEY, exportedAt = `${TODAY}T10:00:00Z` }: { key?: ProjectKey | null; exportedAt?: string } = {},
): ResourcePolicy {
  const policy: FhirByRules = { kind: "rules", name: "test.json", document, withoutConsent: "include" };
  return createRulesPolicy(policy, key ?? undefined, exportedAt);
}

/** JSON with the elements in the order of their definitions: the other tools' tests compare in this form, too. */
export function inOrder(resource: Resource): string {
  return JSON.stringify(writeNodes(buildNodes(resource).root), undefined, 2);
}

export function patient(elements: Record<string, unknown> = {}): Resource {
  return resourceOf("Patient", { id: "p1", ...elements });
}

export function resourceOf(resourceType: string, elements: Record<string, unknown>): Resource {
  return { resourceType, ...(elements as Record<string, Json>) };
}

/** "" where it is no text. */
export function textAt(resource: Resource, element: string): string {
  const value = resource[element];
  return typeof value === "string" ? value : "";
}
