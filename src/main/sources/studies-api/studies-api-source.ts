import { SatchelError } from "../../../contract/errors.ts";
import type { RecordsSourceKind } from "../records-source.ts";
import type { CheckFinding } from "../source.ts";
import { inspectStudiesApi } from "./check-studies-api.ts";
import { createStudiesApi, type StudiesApi } from "./studies-api.ts";
import type { StudiesApiConfig } from "./studies-api-config.ts";
import { syncStudies } from "./sync-studies.ts";

/** A studies platform by its search over HTTP. */
export const studiesApiSource: RecordsSourceKind<StudiesApiConfig> = {
  kind: "studies-api",
  async check(config, secret, signal) {
    const findings: CheckFinding[] = [];
    const withToken = secret !== undefined && secret !== "";
    try {
      await withApi(config, secret, (api) => inspectStudiesApi(api, config, withToken, findings, signal));
    } catch (error) {
      if (!(error instanceof SatchelError) || error.code === "CANCELLED") throw error;
      findings.push({ level: "problem", text: error.message, next: error.next });
    }
    return { ok: findings.every((finding) => finding.level !== "problem"), findings };
  },
  sync: (config, secret, target, onProgress, signal) =>
    withApi(config, secret, (api) => syncStudies(api, target, onProgress, signal)),
};

async function withApi<T>(
  config: StudiesApiConfig,
  secret: string | undefined,
  work: (api: StudiesApi) => Promise<T>,
): Promise<T> {
  const api = createStudiesApi(config, secret);
  try {
    return await work(api);
  } finally {
    api.close();
  }
}
