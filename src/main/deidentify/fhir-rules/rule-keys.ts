import { hkdfSync } from "node:crypto";
import { SatchelError } from "../../../contract/errors.ts";
import { createKeyedHash } from "../hmac.ts";
import { createPseudonyms, type ProjectKey, type Pseudonyms } from "../pseudonym.ts";
import { createKeyedChance, type Chance } from "./chance.ts";
import type { RuleParameters, Rules } from "./rules.ts";

/** MIRACUM's, of its KeyDerivation. */
const DERIVATION_SALT = "FhirPseudonymizer.KeyDerivation.v1";

/** Secrets. None of them goes into a receipt, an error or a log. */
export interface RuleKeys {
  dateShift: string;
  cryptoHash: string;
  encrypt: Buffer;
  chance: Chance | undefined;
  pseudonyms: Pseudonyms | undefined;
  /** Names ids where the rules do not say beforehand what becomes of them. */
  nameId: ((type: string, id: string) => string) | undefined;
  /** True where something is derived from the project key. */
  usesProjectKey: boolean;
}

/**
 * Keys of the document; what it leaves empty is derived from the project key, where Microsoft's tool draws a new one for each run: a job that goes
 * on after an interruption, and the next export of a project, need the same.
 *
 * @throws KEY_NEEDED where a rule needs a key that neither gives
 */
export function openKeys({ rules, parameters, dialect }: Rules, projectKey: ProjectKey | undefined): RuleKeys {
  const methods = new Set(rules.map(({ method }) => method));
  const needed: string[] = [];
  const derive = projectKey === undefined ? undefined : createKeyedHash(projectKey.secret);
  let usesProjectKey = false;
  const keyOf = (given: string, name: string, isNeeded: boolean): string => {
    if (given !== "" || !isNeeded) return given;
    if (derive === undefined) needed.push(name);
    usesProjectKey = true;
    return derive?.(`satchel/rules-key/1\u0000${name}`) ?? "";
  };
  const shifts = rules.some(
    (rule) =>
      rule.method === "dateShift" && (rule.fixedOffsetInDays ?? parameters.dateShiftFixedOffsetInDays) === undefined,
  );
  const dateShift = keyOf(parameters.dateShiftKey, "dateShiftKey", shifts);
  const cryptoHash = keyOf(parameters.cryptoHashKey, "cryptoHashKey", methods.has("cryptoHash"));
  const encrypt = keyOf(parameters.encryptKey, "encryptKey", methods.has("encrypt"));
  const secret = secretOf(parameters, projectKey);
  if (methods.has("perturb") && secret === undefined) needed.push("a key from which noise is drawn");
  if (methods.has("pseudonymize")) {
    if (projectKey === undefined) needed.push("a key of pseudonyms");
    usesProjectKey = true;
  }
  if (needed.length > 0)
    throw new SatchelError(
      "KEY_NEEDED",
      `The rules leave open: ${needed.join(", ")}.`,
      "Name a project key, from which they are derived, or write keys into the rules.",
    );
  const isDerived = dialect === "miracum" && parameters.keyDerivationContext !== "";
  const named = secret === undefined ? undefined : createKeyedHash(secret);
  return {
    dateShift,
    cryptoHash:
      isDerived && parameters.cryptoHashKey !== "" ? derived(parameters, "cryptoHash").toString("hex") : cryptoHash,
    // A digest has 64 digits; 32 of them are the bytes of a key of 256 bits.
    encrypt:
      isDerived && parameters.encryptKey !== "" ? derived(parameters, "encrypt") : Buffer.from(encrypt.slice(0, 32)),
    chance: secret === undefined ? undefined : createKeyedChance(secret),
    pseudonyms: projectKey === undefined ? undefined : createPseudonyms(projectKey),
    nameId: named === undefined ? undefined : (type, id) => named(`satchel/rules-id/1\u0000${type}\u0000${id}`),
    usesProjectKey,
  };
}

function secretOf(parameters: RuleParameters, projectKey: ProjectKey | undefined): Buffer | undefined {
  if (projectKey !== undefined) return projectKey.secret;
  const { cryptoHashKey, encryptKey, dateShiftKey } = parameters;
  const own = cryptoHashKey || encryptKey || dateShiftKey;
  return own === "" ? undefined : Buffer.from(own);
}

/** RFC 5869, as MIRACUM derives its keys: "a-context:cryptoHash" is the purpose. */
function derived(parameters: RuleParameters, purpose: "cryptoHash" | "encrypt"): Buffer {
  const master = purpose === "cryptoHash" ? parameters.cryptoHashKey : parameters.encryptKey;
  const info = `${parameters.keyDerivationContext}:${purpose}`;
  return Buffer.from(hkdfSync("sha256", Buffer.from(master), Buffer.from(DERIVATION_SALT), Buffer.from(info), 32));
}
