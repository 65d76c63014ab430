import { hash } from "node:crypto";
import { SatchelError } from "../../../contract/errors.ts";
import type { FhirByRules } from "../../../contract/fhir.ts";
import type { Resource } from "../../fhir/json.ts";
import { ELEMENT_TABLES } from "../fhir/element-tables.ts";
import { Person } from "../fhir/person.ts";
import type { ResourceContext, ResourcePolicy, TreatedResource } from "../fhir/resource-policy.ts";
import type { PatientIdentity, ProjectKey } from "../pseudonym.ts";
import { createPseudonyms } from "../pseudonym.ts";
import { SOFTWARE_VERSION } from "../software.ts";
import { countIdentifying } from "./count-identifying.ts";
import { ExportedIds } from "./exported-ids.ts";
import { parseRules } from "./parse-rules.ts";
import { RuleFailure, UnreadableResource } from "./refusals.ts";
import { openKeys } from "./rule-keys.ts";
import type { Rules } from "./rules.ts";
import { RulesEngine } from "./rules-engine.ts";
import { noticesOfRules, optionsOfRules } from "./rules-words.ts";
import { shapesOf } from "./shapes.ts";

/**
 * Opens a policy of somebody else's rules. Nothing is read before all of them are understood.
 *
 * @param exportedAt ISO date or moment: ages are those of that day
 * @throws USAGE where something in the rules is unknown; KEY_NEEDED where they leave a key open and no project key is named
 */
export function createRulesPolicy(
  policy: FhirByRules,
  key: ProjectKey | undefined,
  exportedAt: string,
): ResourcePolicy {
  const rules = parseRules(policy.name, policy.document);
  const keys = openKeys(rules, key);
  const engine = new RulesEngine(rules, keys, exportedAt.slice(0, 10));
  const ids = new ExportedIds(engine, keys.nameId);
  const people = new People();
  return {
    treat: (resource, context) => treat(resource, context, { name: policy.name, rules, engine, people }),
    exportedId: (type, id, context) => ids.exportedId(type, id, context),
    options: optionsOfRules(rules, keys.usesProjectKey),
    notices: noticesOfRules(rules),
    digest: digestOf(rules),
    fingerprint: key === undefined || !keys.usesProjectKey ? undefined : createPseudonyms(key).fingerprint,
  };
}

interface Opened {
  name: string;
  rules: Rules;
  engine: RulesEngine;
  people: People;
}

/**
 * Where a rule fails and `processingErrors` says "skip", Microsoft's tool writes a resource that is empty but for a label. Here it is withheld and
 * counted: an empty one would count as exported.
 */
function treat(resource: Resource, context: ResourceContext, { name, rules, engine, people }: Opened): TreatedResource {
  const type = resource.resourceType;
  if (!shapesOf(type).has("implicitRules")) return { outcome: "withheld", reason: "not-listed" };
  try {
    const { resource: left, treatments } = engine.anonymize(resource, context);
    const person = people.personOf(context);
    const identifying = person === undefined ? 0 : countIdentifying(left, person);
    if (identifying > 0) treatments.identifying = identifying;
    return { outcome: "passed", resource: left, treatments };
  } catch (error) {
    if (error instanceof UnreadableResource) return { outcome: "withheld", reason: "unreadable" };
    if (!(error instanceof RuleFailure)) throw error;
    if (rules.processingErrors === "skip" && !error.isMisplaced) return { outcome: "withheld", reason: "unreadable" };
    throw new SatchelError(
      "USAGE",
      `The rules ${name} failed on a ${type}, at ${error.message}.`,
      "Correct the rule, or select resources for which it is meant.",
    );
  }
}

/** The resources of a patient come one after another. */
class People {
  #identity: PatientIdentity | undefined;
  #person: Person | undefined;

  personOf(context: ResourceContext): Person | undefined {
    const { patient } = context;
    if (patient === undefined) return undefined;
    if (this.#person === undefined || patient.id !== this.#identity?.id || patient.issuer !== this.#identity.issuer) {
      this.#identity = patient;
      this.#person = new Person(context.known());
    }
    return this.#person;
  }
}

/** Everything that decides what the rules do, but the keys: a digest over a short key would give it away to who tries keys. */
function digestOf(rules: Rules): string {
  const { dateShiftKey, cryptoHashKey, encryptKey, ...parameters } = rules.parameters;
  const keys = [dateShiftKey, cryptoHashKey, encryptKey].map((key) => key !== "");
  return hash("sha256", JSON.stringify([{ ...rules, parameters }, keys, ELEMENT_TABLES, SOFTWARE_VERSION]), "hex");
}
