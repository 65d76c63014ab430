import type { Policy } from "../../contract/policy.ts";
import type { Catalog } from "../catalog/database.ts";
import { analysesOfStudy } from "../catalog/analyses.ts";
import { pseudonymiseDocument } from "../deidentify/json.ts";
import { IDENTIFIED_NOTICE, policyNotices } from "../deidentify/notices.ts";
import { POLICY_EDITION, policyDigest } from "../deidentify/policy-digest.ts";
import { createPseudonyms, identityOf, type ProjectKey, type Pseudonyms } from "../deidentify/pseudonym.ts";
import type { PolicySettings } from "../exports/imaging/apply-policy.ts";
import { planNames, type AnalysesOf, type PlanNames } from "../exports/imaging/plan.ts";
import type { ReceiptPolicy } from "../exports/imaging/receipt-head.ts";

/** A recipe's policy with its key in hand: what workers, plan and receipt need of it. */
export interface JobPolicy {
  worker: PolicySettings;
  receipt: ReceiptPolicy;
  /** What could still identify, as sentences. */
  notices: readonly string[];
  pseudonyms: Pseudonyms | undefined;
}

/** @throws KEY_NEEDED where there is no key of that name */
export function openPolicy(policy: Policy, keyNamed: (name: string) => ProjectKey): JobPolicy {
  if (policy.kind === "identified") {
    return {
      worker: { kind: "identified" },
      receipt: { kind: "identified", options: [] },
      notices: [IDENTIFIED_NOTICE],
      pseudonyms: undefined,
    };
  }
  const key = keyNamed(policy.key);
  const pseudonyms = createPseudonyms(key);
  return {
    worker: { kind: "pseudonymised", key, options: policy.options, includeHeld: policy.includeHeld !== undefined },
    receipt: {
      kind: "pseudonymised",
      edition: POLICY_EDITION,
      options: policy.options,
      key: pseudonyms.fingerprint,
      digest: policyDigest(policy.options),
      ...(policy.includeHeld === undefined ? {} : { includeHeld: policy.includeHeld }),
    },
    notices: policyNotices(policy.options, policy.includeHeld !== undefined),
    pseudonyms,
  };
}

export function planNamesOf(policy: JobPolicy): PlanNames {
  return planNames(policy.pseudonyms, policy.receipt.options.includes("retain-uids"));
}

/** AI analysis results by study, as the policy lets them leave. */
export function analysesUnder(catalog: Catalog, policy: JobPolicy): AnalysesOf {
  return (description) =>
    analysesOfStudy(catalog, description.studyInstanceUid)
      .filter(({ document }) => document !== undefined)
      .map(({ name, document }) => {
        if (policy.worker.kind === "identified" || policy.pseudonyms === undefined)
          return { name, document, dropped: 0 };
        const result = pseudonymiseDocument(document, {
          pseudonyms: policy.pseudonyms,
          options: policy.worker.options,
          identity: identityOf(description),
          description,
        });
        return { name: result.name(name), document: result.document, dropped: result.dropped };
      });
}
