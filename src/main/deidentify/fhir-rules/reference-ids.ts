import { allTypes, isResourceType } from "../fhir/element-tables.ts";
import type { Dialect } from "./rules.ts";

const TYPES = allTypes().filter(isResourceType).join("|");
/** FHIR R4, 2.3.0.1 literal references: relative or absolute, of a type that FHIR has. */
const LITERAL = new RegExp(
  String.raw`^(?<prefix>(?:https?://(?:[A-Za-z0-9\\/.:%$])*)?(?:${TYPES})/)(?<id>[A-Za-z0-9\-.]{1,64})(?<suffix>/_history/[A-Za-z0-9\-.]{1,64})?$`,
);
/** "Practitioner?identifier=http://hl7.org/fhir/sid/us-npi|9999974592": MIRACUM alone knows them. */
const CONDITIONAL = new RegExp(
  String.raw`^(?<prefix>(?:(?:${TYPES})\?)?identifier=(?:https?://(?:[A-Za-z0-9\\/.:%$\-])*\|)?)(?<id>[A-Za-z0-9\-.]{1,64})$`,
);
const OID = /^(?<prefix>urn:oid:)(?<id>[0-2](?:\.(?:0|[1-9][0-9]*))+)$/;
const UUID = /^(?<prefix>urn:uuid:)(?<id>[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12})$/;

export interface SplitReference {
  /** "http://example.org/fhir/Observation/" */
  prefix: string;
  id: string;
  /** "/_history/2" */
  suffix: string;
}

/** What of a reference is an id; where nothing is, all of it (ReferenceUtility of both tools). */
export function splitReference(reference: string, dialect: Dialect): SplitReference {
  if (reference.startsWith("#")) return { prefix: "#", id: reference.slice(1), suffix: "" };
  for (const pattern of dialect === "miracum" ? [LITERAL, CONDITIONAL, OID, UUID] : [LITERAL, OID, UUID]) {
    const groups = pattern.exec(reference)?.groups;
    if (groups !== undefined)
      return { prefix: groups["prefix"] ?? "", id: groups["id"] ?? "", suffix: groups["suffix"] ?? "" };
  }
  return { prefix: "", id: reference, suffix: "" };
}

/** True of a text that names a resource, literally or by an identifier. */
export function namesResource(text: string): boolean {
  return LITERAL.test(text) || CONDITIONAL.test(text);
}

/** "Patient" of "http://example.org/fhir/Patient/"; "" where no type is named. */
export function typeOfPrefix(prefix: string): string {
  return /([A-Za-z]+)[/?][^/?]*$/.exec(prefix)?.[1] ?? "";
}
