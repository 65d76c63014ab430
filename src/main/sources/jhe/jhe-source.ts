import { SatchelError } from "../../../contract/errors.ts";
import type { KeptSecret } from "../fhir-auth/auth-server.ts";
import type { ResourcesSourceKind } from "../resources-source.ts";
import type { CheckFinding } from "../source.ts";
import { createJheApi, type JheApi } from "./jhe-api.ts";
import { jheAuthServer, type JheConfig } from "./jhe-config.ts";

/** A JupyterHealth Exchange by its Admin and its FHIR API. */
export const jheSource: ResourcesSourceKind<JheConfig> = {
  kind: "jhe",
  takesOptions: true,
  async check(config, secret, signal, kept) {
    const findings: CheckFinding[] = [];
    try {
      // What reads is loaded where something is read: every process knows all kinds of source.
      const { inspectJhe } = await import("./check-jhe.ts");
      await withApi(config, secret, kept, (api) => inspectJhe(api, config, findings, signal));
    } catch (error) {
      if (!(error instanceof SatchelError) || error.code === "CANCELLED") throw error;
      findings.push({ level: "problem", text: error.message, next: error.next });
    }
    return { ok: findings.every((finding) => finding.level !== "problem"), findings };
  },
  async sync(config, secret, target, onProgress, signal, options = {}, kept) {
    const { syncJhe } = await import("./sync-jhe.ts");
    return await withApi(config, secret, kept, (api) => syncJhe(api, config, target, onProgress, signal, options));
  },
  async choices(config, secret, signal) {
    const { readChoices } = await import("./read-choices.ts");
    return await withApi(config, secret, undefined, (api) => readChoices(api, signal));
  },
  authServer: jheAuthServer,
};

async function withApi<T>(
  config: JheConfig,
  secret: string | undefined,
  kept: KeptSecret | undefined,
  work: (api: JheApi) => Promise<T>,
): Promise<T> {
  const api = createJheApi(config, secret, kept);
  try {
    return await work(api);
  } finally {
    await api.close();
  }
}
