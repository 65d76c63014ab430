import { isUtf8 } from "node:buffer";
import { consentDecisions } from "../fhir/consent-decisions.ts";
import { describeResource, type NoResource } from "../fhir/describe-resource.ts";
import { groupMembers } from "../fhir/group-members.ts";
import type { JsonObject } from "../fhir/json.ts";
import type { IndexedResource } from "../sources/resources-source.ts";
import { patientFacts } from "./resource-patients.ts";
import type { ResourceToWrite } from "./resource-writer.ts";

/** A resource as the catalog keeps it. Parsed once; the tree is not kept. */
export function readResource({ json: given, extra = {} }: IndexedResource): ResourceToWrite | NoResource {
  const json = typeof given === "string" ? Buffer.from(given) : given;
  if (!isUtf8(json)) return { invalid: "It is not UTF-8." };
  let tree: JsonObject;
  try {
    tree = JSON.parse(typeof given === "string" ? given : json.toString()) as JsonObject;
  } catch {
    return { invalid: "It is no JSON, or cut." };
  }
  const described = describeResource(tree);
  if ("invalid" in described) return { invalid: `It is no resource that can be kept: ${described.invalid}.` };
  const { type } = described;
  return {
    ...described,
    json,
    extra: JSON.stringify(extra),
    patientFacts: type === "Patient" ? patientFacts(tree) : undefined,
    consents: type === "Consent" ? consentDecisions(tree) : undefined,
    group: type === "Group" ? groupMembers(tree) : undefined,
  };
}
