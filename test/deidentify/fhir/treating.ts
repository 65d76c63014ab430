import type { FhirPseudonymised } from "../../../src/contract/fhir.ts";
import { createResourcePolicy } from "../../../src/main/deidentify/fhir/create-resource-policy.ts";
import type {
  KnownOfPatient,
  ResourceContext,
  ResourcePolicy,
} from "../../../src/main/deidentify/fhir/resource-policy.ts";
import type { HouseWords } from "../../../src/main/deidentify/text/scrubber.ts";
import type { Json, Resource } from "../../../src/main/fhir/json.ts";

export const KEY = { name: "test", secret: Buffer.alloc(32, 7) };
const EXPORTED_AT = "2026-06-15T10:00:00Z";
export const ISSUER = "https://hospital.example";

export const DEFAULTS: FhirPseudonymised = {
  kind: "pseudonymised",
  key: "test",
  dates: "shift",
  birth: "year",
  text: "drop",
  phones: "remove",
  images: "exclude",
  withoutConsent: "include",
};

export function policyWith(options: Partial<FhirPseudonymised> = {}, house?: HouseWords): ResourcePolicy {
  return createResourcePolicy({ ...DEFAULTS, ...options }, KEY, {
    exportedAt: EXPORTED_AT,
    ...(house !== undefined && { house: () => house }),
  });
}

const NOBODY: KnownOfPatient = { names: [], identifiers: [], phones: [], addresses: [], birthDate: "" };

export function contextOf(patient: string | null = "p1", known: Partial<KnownOfPatient> = {}): ResourceContext {
  const identityOf = (id: string): { issuer: string; id: string } => ({ issuer: ISSUER, id });
  return {
    issuer: ISSUER,
    patient: patient === null ? undefined : identityOf(patient),
    identityOf,
    known: () => ({ ...NOBODY, ...known }),
  };
}

/** Under an id and a type; other elements as given. */
export function resource(type: string, elements: Record<string, unknown>): Resource {
  return { resourceType: type, id: "r1", ...(elements as Record<string, Json>) };
}

/** @returns what left @throws where it was held back */
export function treated(
  source: Resource,
  options: Partial<FhirPseudonymised> = {},
  context: ResourceContext = contextOf(),
  house?: HouseWords,
): Resource {
  const result = policyWith(options, house).treat(structuredClone(source), context);
  if (result.outcome === "withheld") throw new Error(`withheld: ${result.reason}`);
  return result.resource;
}
