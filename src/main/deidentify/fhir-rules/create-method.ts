import { createEncrypt } from "./encrypt.ts";
import { createGeneralize } from "./generalize.ts";
import type { Method } from "./method.ts";
import { createPerturb } from "./perturb.ts";
import { createRedact } from "./redact.ts";
import { createCryptoHash, createPseudonymize } from "./replace-ids.ts";
import type { RuleKeys } from "./rule-keys.ts";
import type { Rule, Rules } from "./rules.ts";
import { createDateShift } from "./shift-dates.ts";
import { createSubstitute } from "./substitute.ts";

/**
 * What a rule does to a node.
 *
 * @param today ISO date: ages are those of that day
 */
export function createMethod(rule: Rule, { dialect, parameters }: Rules, keys: RuleKeys, today: string): Method {
  switch (rule.method) {
    case "keep":
      return () => {};
    case "redact":
      return createRedact(parameters, today);
    case "dateShift": {
      const offset = rule.fixedOffsetInDays ?? parameters.dateShiftFixedOffsetInDays;
      return createDateShift(offset, keys.dateShift, parameters, today);
    }
    case "perturb":
      return createPerturb(rule, opened(keys.chance));
    case "cryptoHash":
      return createCryptoHash(keys.cryptoHash, rule.length, dialect);
    case "encrypt":
      return createEncrypt(keys.encrypt, opened(keys.chance), dialect);
    case "substitute":
      return createSubstitute(rule.replaceWith);
    case "generalize":
      return createGeneralize(rule, dialect);
    case "pseudonymize":
      return createPseudonymize(rule.domain, opened(keys.pseudonyms));
    case "remove":
      return (node, { visited, record }) => {
        if (node.parent === undefined) return;
        node.parent.remove(node);
        for (const below of node.below()) visited.add(below);
        record("redact", "dropped");
      };
    default:
      throw new Error(`no such method: ${String(rule satisfies never)}`);
  }
}

/** openKeys has refused rules whose keys are missing. */
function opened<Key>(key: Key | undefined): Key {
  if (key === undefined) throw new Error("a rule was made without its key");
  return key;
}
