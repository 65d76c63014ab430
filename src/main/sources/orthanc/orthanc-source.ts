import { SatchelError } from "../../../contract/errors.ts";
import type { SourceKind } from "../source.ts";
import { checkOrthanc } from "./check-orthanc.ts";
import { createOrthancClient } from "./orthanc-client.ts";
import { createOrthancApi, type OrthancApi } from "./orthanc-api.ts";
import type { OrthancConfig } from "./orthanc-config.ts";
import { createOrthancReader } from "./orthanc-reader.ts";
import { syncOrthanc } from "./sync-orthanc.ts";

/** An Orthanc server by its REST API, without plugins. */
export const orthancSource: SourceKind<OrthancConfig> = {
  kind: "orthanc",
  async check(config, secret, signal) {
    try {
      return await withApi(config, secret, (api) => checkOrthanc(api, config, signal));
    } catch (error) {
      // A missing secret or an unreadable CA file, before any request.
      if (!(error instanceof SatchelError) || error.code === "CANCELLED") throw error;
      return { ok: false, findings: [{ level: "problem", text: error.message, next: error.next }] };
    }
  },
  sync: (config, secret, target, onProgress, signal) =>
    withApi(config, secret, (api) => syncOrthanc(api, config, target, onProgress, signal)),
  openReader: (config, secret, scratch) => createOrthancReader(createOrthancClient(config, secret), scratch),
};

async function withApi<T>(
  config: OrthancConfig,
  secret: string | undefined,
  work: (api: OrthancApi) => Promise<T>,
): Promise<T> {
  const client = createOrthancClient(config, secret);
  try {
    return await work(createOrthancApi(client));
  } finally {
    client.close();
  }
}
