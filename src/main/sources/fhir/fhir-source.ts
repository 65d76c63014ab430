import { SatchelError } from "../../../contract/errors.ts";
import { createTokenSource, type DescribedTokenSource } from "../fhir-auth/create-token-source.ts";
import type { AuthServer, KeptSecret } from "../fhir-auth/auth-server.ts";
import { realPatience, type Patience } from "../http/retry.ts";
import { limitsOf } from "../polite/source-limits.ts";
import type { ResourcesSourceKind } from "../resources-source.ts";
import type { CheckFinding } from "../source.ts";
import { createFhirClient, type FhirClient } from "./fhir-client.ts";
import { baseOf, type FhirConfig } from "./fhir-config.ts";
import { FHIR_WORDS } from "./fhir-words.ts";

/** A FHIR server, by searches or by bulk exports. */
export const fhirSource: ResourcesSourceKind<FhirConfig> = {
  kind: "fhir",
  takesOptions: true,
  authServer,
  async check(config, secret, signal, kept) {
    const findings: CheckFinding[] = [];
    try {
      // What reads is loaded where something is read: every process knows all kinds of source.
      const { inspectFhir } = await import("./check-fhir.ts");
      await withServer(config, secret, realPatience, kept, (client, tokens) =>
        inspectFhir(client, tokens, config, findings, signal),
      );
    } catch (error) {
      if (!(error instanceof SatchelError) || error.code === "CANCELLED") throw error;
      findings.push({ level: "problem", text: error.message, next: error.next });
    }
    return { ok: findings.every(({ level }) => level !== "problem"), findings };
  },
  async choices(config, secret, signal) {
    const { readChoices } = await import("./read-choices.ts");
    return await withServer(config, secret, realPatience, undefined, (client) => readChoices(client, signal));
  },
  async sync(config, secret, target, onProgress, signal, options = {}, kept) {
    const { syncFhir } = await import("./sync-fhir.ts");
    return await withServer(config, secret, realPatience, kept, (client) =>
      syncFhir(client, config, target, onProgress, signal, options),
    );
  },
};

/** Opens a server for one piece of work. @throws USAGE (a secret is lacking), READ_FAILED (CA file), what the work throws */
export async function withServer<T>(
  config: FhirConfig,
  secret: string | undefined,
  patience: Patience,
  kept: KeptSecret | undefined,
  work: (client: FhirClient, tokens: DescribedTokenSource) => Promise<T>,
): Promise<T> {
  const base = baseOf(config);
  const { ca, concurrency, limits } = config;
  const tokens = createTokenSource(authServer(config), secret, kept, patience);
  const client = createFhirClient({ base, ca, concurrency }, tokens, limitsOf(base.href, limits, patience), patience);
  try {
    return await work(client, tokens);
  } finally {
    await client.close();
  }
}

function authServer(config: FhirConfig): AuthServer {
  const { auth, ca } = config;
  return { url: baseOf(config).href, auth, ca, words: FHIR_WORDS };
}
