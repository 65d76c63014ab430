import { hash } from "node:crypto";
import { SatchelError } from "../../../contract/errors.ts";
import type { FhirPolicy, FhirPseudonymised } from "../../../contract/fhir.ts";
import { createRulesPolicy } from "../fhir-rules/create-rules-policy.ts";
import { createPseudonyms, type ProjectKey } from "../pseudonym.ts";
import { SOFTWARE_VERSION } from "../software.ts";
import { createScrubber, type HouseWords, type Scrubber } from "../text/scrubber.ts";
import { ALLOWED_ELEMENTS } from "./allowed/allowed-elements.ts";
import { KNOWN_SYSTEMS } from "./code-systems.ts";
import { DATA_POINT_NAMES } from "./data-points.ts";
import { COMPOSED_DATATYPES } from "./datatypes.ts";
import { ELEMENT_TABLES } from "./element-tables.ts";
import { KNOWN_EXTENSIONS } from "./extensions.ts";
import { IDENTIFIED_NOTICE, noticesOf, optionsOf } from "./policy-words.ts";
import type { ResourcePolicy } from "./resource-policy.ts";
import { ResourceTreatment } from "./resource-treatment.ts";
import { Treatment } from "./treatment.ts";

interface ResourcePolicySettings {
  /** ISO date or moment of the export: ages are those of that day. A job that goes on keeps the one it began with. */
  exportedAt: string;
  /** Names of the house that scrubbed text loses: of practitioners, organisations and locations of the source. Asked for when text is met. */
  house?: () => HouseWords;
}

/**
 * Opens a policy for FHIR resources.
 *
 * @throws KEY_NEEDED where the policy needs a project key and none was given
 */
export function createResourcePolicy(
  policy: FhirPolicy,
  key: ProjectKey | undefined,
  settings: ResourcePolicySettings,
): ResourcePolicy {
  switch (policy.kind) {
    case "identified":
      return identified(policy);
    case "pseudonymised":
      if (key === undefined)
        throw new SatchelError(
          "KEY_NEEDED",
          "The policy replaces identities by means of a project key, and none was given.",
          "Name a project key.",
        );
      return pseudonymised(policy, key, settings);
    case "rules":
      return createRulesPolicy(policy, key, settings.exportedAt);
    default:
      throw new Error(`no such policy: ${String(policy satisfies never)}`);
  }
}

function identified(policy: FhirPolicy): ResourcePolicy {
  return {
    treat: (resource) => ({ outcome: "passed", resource, treatments: {} }),
    exportedId: (_type, id) => id,
    options: ["everything as it was at the source"],
    notices: [IDENTIFIED_NOTICE],
    digest: hash("sha256", JSON.stringify([policy.kind, SOFTWARE_VERSION]), "hex"),
    fingerprint: undefined,
  };
}

function pseudonymised(
  policy: FhirPseudonymised,
  key: ProjectKey,
  { exportedAt, house }: ResourcePolicySettings,
): ResourcePolicy {
  const pseudonyms = createPseudonyms(key);
  let scrubber: Scrubber | undefined;
  const treatment = new Treatment(policy, pseudonyms, exportedAt.slice(0, 10), () => {
    scrubber ??= createScrubber(house?.() ?? { staff: [], wards: [], places: [] }, {
      // A date within a text cannot be told from one of somebody else, so it goes whatever becomes of the others.
      dates: policy.dates === "keep" ? "keep" : "replace",
      ages: "safe-harbor",
    });
    return scrubber;
  });
  const treater = new ResourceTreatment(treatment);
  return {
    treat: (resource, context) => treater.treat(resource, context),
    exportedId: (type, id, context) => treatment.ids.exportedId(type, id, context),
    options: optionsOf(policy),
    notices: noticesOf(policy),
    digest: digestOf(policy),
    fingerprint: pseudonyms.fingerprint,
  };
}

/** Everything that decides what the policy does, but the key. */
function digestOf(policy: FhirPseudonymised): string {
  const options = { ...policy, key: "" };
  const document = [
    ELEMENT_TABLES,
    ALLOWED_ELEMENTS,
    COMPOSED_DATATYPES,
    KNOWN_SYSTEMS,
    KNOWN_EXTENSIONS,
    DATA_POINT_NAMES,
    options,
    SOFTWARE_VERSION,
  ];
  return hash("sha256", JSON.stringify(document), "hex");
}
