import type { ResourcesSourceKind } from "../resources-source.ts";
import type { NdjsonConfig } from "./ndjson-config.ts";

/** A file or folder of NDJSON, Bundles, single resources or Open mHealth data points. */
export const ndjsonSource: ResourcesSourceKind<NdjsonConfig> = {
  kind: "ndjson",
  // What reads is loaded where something is read: every process knows all kinds of source.
  async check(config, _secret, signal) {
    const { checkNdjson } = await import("./check-ndjson.ts");
    return await checkNdjson(config, signal);
  },
  async sync(config, _secret, target, onProgress, signal) {
    const { syncNdjson } = await import("./sync-ndjson.ts");
    return await syncNdjson(config, target, onProgress, signal);
  },
};
